import { findImage } from '../catalog/catalog.js';
import { parseReference } from '../catalog/reference.js';
import { compareVersions } from '../catalog/tag-words.js';
import { builtHere } from '../fixes/cgo.js';
import { withSuite } from '../fixes/tags.js';
import { placedPrograms, type PlacedProgram } from '../interpret/placed.js';
import { finalStage } from '../interpret/processes.js';
import type { Analysis, Stage } from '../interpret/state.js';
import { replace } from '../text/edit.js';
import { defineRule, dockerfile, type Fix, type Severity } from './rule.js';

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
        message: `'${path}' is built on glibc ${builder}, and this image has glibc ${runtime}.`,
        because: [...builtHere(program), ...artifact.libc.because, ...stage.end.libc.because],
        data: { program, stage },
        severity: severityOf(artifact.linkage.value, { builder, runtime }),
      };
    }
  },

  fix: ({ data }, analysis) => [...buildOnRuntimeRelease(data, analysis)],
});

function glibcOf(libc: PlacedProgram['artifact']['libc'] | undefined): string | null {
  return libc?.known && libc.value.kind === 'glibc' ? libc.value.version : null;
}

/**
 * glibc 2.34 moved the threads library into libc, so every cgo program built after it fails before it; beyond that
 * line Go's own use of libc has stayed on old symbols.
 */
function severityOf(linkage: 'dynamic' | 'cgo', { builder, runtime }: { builder: string; runtime: string }): Severity {
  const crosses = compareVersions(builder, '2.34') >= 0 && compareVersions(runtime, '2.34') < 0;
  return linkage === 'dynamic' || crosses ? 'warning' : 'information';
}

/** The builder's tag with the runtime's Debian release as suffix, where the catalog knows such a tag. */
function* buildOnRuntimeRelease({ program, stage }: Data, { stages, today, catalog }: Analysis): Iterable<Fix> {
  const builder = program.artifact.stage === null ? undefined : stages[program.artifact.stage];
  const codename = stage.end.os.known ? stage.end.os.value?.codename : null;
  if (!builder || builder.base.kind !== 'image' || !builder.base.reference || !codename) return;
  const { image } = builder.syntax.from;
  const written = builder.base.reference;
  if (!image || image.text !== written.text || written.digest) return;
  const text = withSuite(written, codename);
  const reference = text ? parseReference(text) : null;
  const facts = reference ? findImage(catalog, reference) : null;
  if (!facts?.os.known || facts.os.value?.codename !== codename || facts.status === 'retired') return;
  // A builder without security support is no advice.
  const fits = (facts.osLtsEol ?? facts.osEol ?? today) > today;
  if (text && fits) yield { title: `Build on '${text}'`, edits: [replace(image.span, text)] };
}
