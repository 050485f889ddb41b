import { compareVersions } from '../catalog/tag-words.js';
import { buildOnRuntimeRelease } from '../fixes/build-release.js';
import { builtHere } from '../fixes/cgo.js';
import { placedPrograms, type PlacedProgram } from '../interpret/placed.js';
import { finalStage } from '../interpret/processes.js';
import { startsProduct } from '../interpret/product.js';
import type { Stage } from '../interpret/state.js';
import { causeOfBuild } from './causes.js';
import { defineRule, dockerfile, type Severity } from './rule.js';

type Data = { readonly program: PlacedProgram; readonly stage: Stage };

export default defineRule<Data>({
  meta: {
    id: 'glibc-version-skew',
    summary: 'Program built on a newer glibc than the image has',
    category: 'libc',
    severity: 'warning',
    fix: 'review',
  },

  docs: {
    why:
      'A program binds to the symbol versions of the glibc it was linked with. An older glibc does not have the newer ' +
      'ones, and the container ends with "/lib/x86_64-linux-gnu/libc.so.6: version `GLIBC_2.38\' not found". Whether a ' +
      'given program uses a newer symbol cannot be seen in a Dockerfile; whether it does can change with any update of ' +
      'the builder, whose unsuffixed tag moves to the next Debian release by itself. Build on the release the image runs ' +
      'on, or run on a newer one.',
    bad: dockerfile`
      FROM rust:1 AS build
      WORKDIR /src
      COPY . .
      RUN cargo build --release

      FROM debian:bookworm-slim
      COPY --from=build /src/target/release/app /usr/local/bin/app
      USER 65532:65532
      ENTRYPOINT ["app"]
    `,
    good: dockerfile`
      FROM rust:1-bookworm AS build
      WORKDIR /src
      COPY . .
      RUN cargo build --release

      FROM debian:bookworm-slim
      COPY --from=build /src/target/release/app /usr/local/bin/app
      USER 65532:65532
      ENTRYPOINT ["app"]
    `,
    references: [
      'https://github.com/GoogleContainerTools/distroless/issues/1342',
      'https://sourceware.org/glibc/wiki/FAQ#Why_is_it_impossible_to_run_a_binary_that_was_compiled_with_a_newer_glibc_on_a_system_with_an_older_glibc.3F',
    ],
  },

  *check(analysis) {
    const stage = finalStage(analysis);
    const runtime = glibcOf(stage?.end.libc);
    if (!stage || !runtime || !stage.end.libc.known) return;
    for (const program of placedPrograms(stage)) {
      const { artifact, path } = program;
      const builder = glibcOf(artifact.libc);
      if (!builder || !artifact.linkage.known || artifact.linkage.value === 'static') continue;
      if (compareVersions(builder, runtime) <= 0) continue;
      yield {
        span: program.placedBy,
        message: `'${path}' is built on glibc ${builder}, and may not start on the ${runtime} of this image.`,
        because: [...builtHere(program), ...artifact.libc.because, ...stage.end.libc.because],
        data: { program, stage },
        severity: severityOf(program, { stage, builder, runtime }),
        cause: causeOfBuild(artifact),
      };
    }
  },

  fix: ({ data: { program, stage } }, analysis) => buildOnRuntimeRelease(program, stage, analysis),
});

function glibcOf(libc: PlacedProgram['artifact']['libc'] | undefined): string | null {
  return libc?.known && libc.value.kind === 'glibc' ? libc.value.version : null;
}

type Skew = { readonly stage: Stage; readonly builder: string; readonly runtime: string };

/**
 * glibc 2.34 moved the threads library into libc, so every cgo program built after it fails before it; beyond that
 * line Go's own use of libc has stayed on old symbols. An image that starts nothing of its own may only hand it on.
 */
function severityOf({ artifact, isStarted }: PlacedProgram, { stage, builder, runtime }: Skew): Severity {
  const crosses = compareVersions(builder, '2.34') >= 0 && compareVersions(runtime, '2.34') < 0;
  const isLikely = artifact.language !== 'go' || crosses;
  return isLikely && (isStarted || startsProduct(stage)) ? 'warning' : 'information';
}
