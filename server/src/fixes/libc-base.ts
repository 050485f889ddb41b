import { findImage, type Catalog } from '../catalog/catalog.js';
import { parseReference } from '../catalog/reference.js';
import { compareVersions } from '../catalog/tag-words.js';
import type { PlacedProgram } from '../interpret/placed.js';
import type { Analysis, Stage } from '../interpret/state.js';
import type { Fix } from '../rules/rule.js';
import { replace } from '../text/edit.js';
import { installPackages } from './install-package.js';

/** Distroless base is static plus glibc, and cc is base plus the libraries of Rust and C++. */
export function onBaseWithLibc({ artifact }: PlacedProgram, { base, syntax }: Stage, catalog: Catalog) {
  const { image } = syntax.from;
  const libc = artifact.libc.known ? artifact.libc.value : null;
  if (!image || base.kind !== 'image' || base.reference?.text !== image.text || libc?.kind !== 'glibc') return [];
  const at = /(?<=^gcr\.io\/distroless\/)static(?=-debian\d+(:|$))/.exec(image.text);
  if (!at) return [];
  const name = artifact.language === 'rust' || artifact.language === 'c++' ? 'cc' : 'base';
  const reference = parseReference(image.text.replace(/\/static-/, `/${name}-`));
  const facts = reference && findImage(catalog, reference);
  const runtime = facts?.libc.known ? facts.libc.value.version : null;
  // On an older glibc the program might not start either.
  if (!libc.version || !runtime || compareVersions(libc.version, runtime) > 0) return [];
  const start = image.span.start + at.index;
  const what = name === 'cc' ? 'distroless cc, which has glibc and libgcc' : 'distroless base, which has glibc';
  return [{ title: `Use ${what}`, edits: [replace({ start, end: start + 'static'.length }, name)] }];
}

/** A library of GCC for what is built on the libc of the image; on other distributions its packages have other names. */
export function withLibrary(stage: Stage, name: 'libgcc' | 'libstdc++', { catalog, file }: Analysis): Fix[] {
  const { libc } = stage.end;
  const isMusl = libc.known && libc.value.kind === 'musl';
  return [...onBaseWithLibraries(stage, catalog), ...(isMusl ? installPackages(stage, name, file.text) : [])];
}

/** Distroless cc in place of base. */
function onBaseWithLibraries({ base, syntax }: Stage, catalog: Catalog): Fix[] {
  const { image } = syntax.from;
  if (!image || base.kind !== 'image' || base.reference?.text !== image.text || base.reference.digest) return [];
  const at = /(?<=^gcr\.io\/distroless\/)base(-nossl)?(?=-debian\d+(:|$))/.exec(image.text);
  const reference = at && parseReference(image.text.replace(at[0], 'cc'));
  if (!at || !reference || !findImage(catalog, reference)) return [];
  const start = image.span.start + at.index;
  const edits = [replace({ start, end: start + at[0].length }, 'cc')];
  return [{ title: 'Use distroless cc, which has libgcc and libstdc++', edits }];
}
