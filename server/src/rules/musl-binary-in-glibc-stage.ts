import { knownTrue } from '../fact.js';
import { finalStage } from '../interpret/processes.js';
import { contentFact } from '../interpret/query.js';
import type { StageState } from '../interpret/state.js';
import { onOtherLibc, withoutLibc, type Misfit } from './misfit.js';
import { defineRule, dockerfile } from './rule.js';

export default defineRule<Misfit>({
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
    if (stage && !hasMusl(stage.end)) yield* onOtherLibc(analysis, 'musl', 'glibc');
  },

  fix: ({ data }) => withoutLibc(data),
});

/** Debian's package musl, or a copied loader, makes musl programs start on glibc images. */
function hasMusl(state: StageState): boolean {
  if (knownTrue(contentFact(state, 'musl'))) return true;
  for (const [path, entry] of state.files.entries())
    if (path.includes('/ld-musl-') && entry.kind !== 'absent') return true;
  return false;
}
