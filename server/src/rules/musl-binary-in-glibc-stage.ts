import { knownTrue } from '../fact.js';
import { builtHere, withoutCgo } from '../fixes/cgo.js';
import { linkedStatically } from '../fixes/static-link.js';
import { isCertain, placedPrograms, type PlacedProgram } from '../interpret/placed.js';
import { finalStage } from '../interpret/processes.js';
import { contentFact } from '../interpret/query.js';
import type { StageState } from '../interpret/state.js';
import { causeOfBuild } from './causes.js';
import { defineRule, dockerfile } from './rule.js';

export default defineRule<PlacedProgram>({
  meta: {
    id: 'musl-binary-in-glibc-stage',
    summary: 'Program linked against musl in a glibc image',
    category: 'libc',
    severity: 'error',
    fix: 'review',
  },

  docs: {
    why:
      'A program built dynamically on Alpine asks for the loader `/lib/ld-musl-x86_64.so.1`, which Debian, Ubuntu, Wolfi ' +
      'and distroless images do not have: the container ends with "exec /app: no such file or directory". Build it on a ' +
      'glibc image, or link it statically, which musl is made for. A Go program built with cgo is reported as a warning, ' +
      'since it needs libc only with some packages.',
    bad: dockerfile`
      FROM alpine:3.24 AS build
      RUN apk add --no-cache gcc musl-dev
      WORKDIR /src
      COPY server.c .
      RUN gcc -O2 -o server server.c

      FROM gcr.io/distroless/base-debian13:nonroot
      COPY --from=build /src/server /server
      ENTRYPOINT ["/server"]
    `,
    good: dockerfile`
      FROM alpine:3.24 AS build
      RUN apk add --no-cache gcc musl-dev
      WORKDIR /src
      COPY server.c .
      RUN gcc -static -O2 -o server server.c

      FROM gcr.io/distroless/base-debian13:nonroot
      COPY --from=build /src/server /server
      ENTRYPOINT ["/server"]
    `,
    references: [
      'https://pkg.go.dev/cmd/cgo',
      'https://doc.rust-lang.org/reference/linkage.html#static-and-dynamic-c-runtimes',
    ],
  },

  *check(analysis) {
    const stage = finalStage(analysis);
    if (!stage || !stage.end.libc.known || stage.end.libc.value.kind !== 'glibc' || hasMusl(stage.end)) return;
    for (const program of placedPrograms(stage)) {
      const { artifact, path } = program;
      if (!artifact.libc.known || artifact.libc.value.kind !== 'musl' || !artifact.linkage.known) continue;
      if (artifact.linkage.value === 'static') continue;
      const isCgo = artifact.linkage.value === 'cgo';
      yield {
        span: program.placedBy,
        message: isCgo
          ? `The Go program '${path}' is built with cgo against musl and will not start on glibc as soon as it uses net or os/user.`
          : `'${path}' is linked against musl, and this image has only glibc.`,
        because: [
          ...builtHere(program),
          ...artifact.linkage.because,
          ...artifact.libc.because,
          ...stage.end.libc.because,
        ],
        data: program,
        severity: isCertain(program, stage.end) ? 'error' : 'warning',
        cause: causeOfBuild(artifact),
      };
    }
  },

  fix({ data }) {
    const rebuild = withoutCgo(data);
    return rebuild ? [rebuild] : linkedStatically(data);
  },
});

/** Debian's package musl, or a copied loader, makes musl programs start on glibc images. */
function hasMusl(state: StageState): boolean {
  if (knownTrue(contentFact(state, 'musl'))) return true;
  for (const [path, entry] of state.files.entries())
    if (path.includes('/ld-musl-') && entry.kind !== 'absent') return true;
  return false;
}
