import { dockerfile } from '../../server/src/rules/rule.js';
import type { LabCase } from './model.js';
import { goModule, program, serverGo, serverJs, text } from './programs.js';

const goContext = { 'go.mod': text(goModule), 'main.go': text(serverGo) };

/** Programs, accounts and paths that are named and not there, or not as they are named. */
export const nameCases: readonly LabCase[] = [
  {
    rule: 'chown-name-unresolvable',
    context: { app: program },
    fails: 'build',
    quote: 'invalid user index: -1',
    seen: 'looking up UID/GID for "app:app"',
    remedy: 'fix',
  },
  {
    rule: 'debug-tag-busybox-entrypoint',
    context: goContext,
    fails: 'start',
    quote: '/app: line 1: syntax error: unexpected ")"',
    remedy: 'fix',
  },
  {
    rule: 'entrypoint-not-executable',
    instead: {
      dockerfile: dockerfile`
        FROM gcr.io/distroless/static-debian13:nonroot
        COPY --chmod=0644 tool /usr/local/bin/tool
        ENTRYPOINT ["/usr/local/bin/tool"]
      `,
      because: 'It takes the permission away itself, since builds have no network here.',
    },
    context: { tool: program },
    fails: 'start',
    quote: 'exec: "/usr/local/bin/tool": permission denied',
    remedy: 'fix',
  },
  {
    rule: 'exec-form-shell-syntax',
    instead: {
      dockerfile: dockerfile`
        FROM debian:13
        ENV APP=/app
        COPY app /app
        USER 65532:65532
        CMD ["$APP", "--port", "8080"]
      `,
      because: 'The name of the program, which makes it an error.',
    },
    context: { app: program },
    fails: 'start',
    quote: 'exec: "$APP": executable file not found in $PATH',
    remedy: 'fix',
  },
  {
    rule: 'init-binary-missing',
    context: { 'server.js': text(serverJs) },
    fails: 'start',
    quote: 'exec: "tini": executable file not found in $PATH',
    remedy: 'fix',
  },
  {
    rule: 'relative-exec-after-workdir-change',
    context: goContext,
    fails: 'start',
    quote: 'exec: "./app": stat ./app: no such file or directory',
    remedy: 'fix',
  },
  {
    rule: 'relative-exec-after-workdir-change',
    variant: 'script',
    instead: {
      dockerfile: dockerfile`
        FROM gcr.io/distroless/nodejs24-debian13:nonroot
        COPY server.js /
        CMD ["server.js"]
      `,
      because: 'The second error that the page quotes.',
    },
    context: { 'server.js': text(serverJs) },
    fails: 'start',
    quote: "Error: Cannot find module '/home/nonroot/server.js'",
    remedy: 'fix',
  },
  {
    rule: 'shadow-tools-on-busybox',
    instead: {
      dockerfile: dockerfile`
        FROM alpine:3.24
        RUN groupadd -g 10001 app && useradd -u 10001 -g app app
        USER 10001:10001
        CMD ["echo", "lab: started"]
      `,
      because: 'Alpine without Node.js, which says when it has started.',
    },
    context: {},
    fails: 'build',
    quote: '/bin/sh: groupadd: not found',
    remedy: { notStaged: 'the BusyBox of Debian is built without addgroup and adduser' },
  },
];
