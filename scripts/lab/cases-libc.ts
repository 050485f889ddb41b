import { dockerfile } from '../../server/src/rules/rule.js';
import type { LabCase } from './model.js';
import { goModule, serverC, serverGo, text } from './programs.js';

const noLoader = 'exec /app: no such file or directory';
const goContext = { 'go.mod': text(goModule), 'cmd/app/main.go': text(serverGo) };

/** Programs whose loader is not in the image. */
export const libcCases: readonly LabCase[] = [
  {
    rule: 'glibc-binary-in-musl-stage',
    context: { 'server.c': text(serverC) },
    fails: 'start',
    quote: noLoader,
    seen: 'exec /usr/local/bin/server: no such file or directory',
    remedy: 'fix',
  },
  {
    rule: 'glibc-binary-in-musl-stage',
    variant: 'through a shell',
    instead: {
      dockerfile: dockerfile`
        FROM gcc:15 AS build
        WORKDIR /src
        COPY server.c .
        RUN gcc -O2 -o server server.c

        FROM alpine:3.24
        WORKDIR /app
        COPY --from=build /src/server server
        USER 65532:65532
        CMD ./server
      `,
      because: 'The second error that the page quotes.',
    },
    context: { 'server.c': text(serverC) },
    fails: 'start',
    quote: './server: not found',
    remedy: 'fix',
  },
  {
    rule: 'go-dynamic-binary-in-static-base',
    context: goContext,
    fails: 'start',
    quote: noLoader,
    remedy: 'fix',
  },
  {
    rule: 'go-dynamic-binary-in-static-base',
    variant: 'linked externally',
    instead: {
      dockerfile: dockerfile`
        FROM golang:1.26 AS build
        WORKDIR /src
        COPY . .
        RUN go build -ldflags "-linkmode external" -o /out/app ./cmd/app

        FROM gcr.io/distroless/static-debian13:nonroot
        COPY --from=build /out/app /app
        ENTRYPOINT ["/app"]
      `,
      because: 'The flags alone decide here, so it is an error.',
    },
    context: goContext,
    fails: 'start',
    quote: noLoader,
    remedy: 'fix',
  },
  {
    rule: 'musl-binary-in-glibc-stage',
    context: { 'server.c': text(serverC) },
    roots: { 'alpine:3.24': 'alpine-with-gcc' },
    fails: 'start',
    quote: noLoader,
    seen: 'exec /server: no such file or directory',
    remedy: 'fix',
  },
  {
    rule: 'scratch-dynamic-binary',
    context: { 'server.c': text(serverC) },
    fails: 'start',
    quote: noLoader,
    seen: 'exec /server: no such file or directory',
    remedy: 'fix',
  },
];
