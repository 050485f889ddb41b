import { knownTrue } from '../fact.js';
import { finalStage } from '../interpret/processes.js';
import { contentFact } from '../interpret/query.js';
import type { StageState } from '../interpret/state.js';
import { onOtherLibc, withoutLibc, type Misfit } from './misfit.js';
import { defineRule, dockerfile } from './rule.js';

export default defineRule<Misfit>({
  meta: {
    id: 'glibc-binary-in-musl-stage',
    summary: 'Program linked against glibc in a musl image',
    category: 'libc',
    severity: 'error',
    fix: 'review',
  },

  docs: {
    why:
      'A dynamically linked program names its loader by path. One built on Debian, Ubuntu or Wolfi asks for ' +
      '`/lib64/ld-linux-x86-64.so.2`, which Alpine and other musl images do not have: the container ends with ' +
      '"exec /app: no such file or directory", or a shell says "./server: not found", although the file is there. Build ' +
      'it statically (CGO_ENABLED=0 for Go, a musl target for Rust, -static for C), build it on the same libc, or run it ' +
      'on a glibc image. A Go program built with cgo is reported as a warning, since it needs libc only with some ' +
      'packages, and a Rust program too, since a Cargo configuration may have made it static: unless the files of the ' +
      'build context show what holds.',
    bad: dockerfile`
      FROM gcc:15 AS build
      WORKDIR /src
      COPY server.c .
      RUN gcc -O2 -o server server.c

      FROM alpine:3.24
      COPY --from=build /src/server /usr/local/bin/server
      USER 65532:65532
      ENTRYPOINT ["/usr/local/bin/server"]
    `,
    good: dockerfile`
      FROM gcc:15 AS build
      WORKDIR /src
      COPY server.c .
      RUN gcc -static -O2 -o server server.c

      FROM alpine:3.24
      COPY --from=build /src/server /usr/local/bin/server
      USER 65532:65532
      ENTRYPOINT ["/usr/local/bin/server"]
    `,
    references: [
      'https://wiki.alpinelinux.org/wiki/Running_glibc_programs',
      'https://musl.libc.org/doc/1.1.24/manual.html',
    ],
  },

  *check(analysis) {
    const stage = finalStage(analysis);
    if (stage && !lendsGlibc(stage.end)) yield* onOtherLibc(analysis, 'glibc', 'musl');
  },

  fix: ({ data }) => withoutLibc(data),
});

/** A layer or a copy of glibc lends an Alpine image its loader; whether a given program runs with it is not known. */
function lendsGlibc(state: StageState): boolean {
  if (['gcompat', 'libc6-compat', 'glibc'].some((name) => knownTrue(contentFact(state, name)))) return true;
  const paths = [...state.files.entries()].filter(([, { kind }]) => kind !== 'absent').map(([path]) => path);
  return paths.some((path) => /\/glibc|\/ld-linux|-linux-gnu(\/|$)/.test(path));
}
