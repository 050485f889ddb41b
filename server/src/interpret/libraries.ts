import type { LibcKind } from '../catalog/model.js';
import { isProgram } from '../catalog/vocabulary.js';
import { unknown, type Evidence, type Fact } from '../fact.js';
import type { PlacedProgram } from './placed.js';
import { contentFact } from './query.js';
import type { StageState } from './state.js';
import { baseName } from './tree.js';

/** The files of libraries that the catalog knows by name. */
const files: Readonly<Record<string, string>> = {
  libgcc: 'libgcc_s.so.1',
  'libstdc++': 'libstdc++.so.6',
  fontconfig: 'libfontconfig.so.1',
  freetype: 'libfreetype.so.6',
};

/** The file that the loader looks for: `libgcc_s.so.1` for `libgcc`. */
function libraryFile(library: string): string {
  return files[library] ?? `${library}.so`;
}

/**
 * Whether the loader finds a shared library by the catalog's name. Nothing is known to be absent where a search path of
 * the image's own, or a folder of unlisted libraries, may hold it.
 */
export function libraryFact(state: StageState, library: string): Fact<boolean> {
  const fact = contentFact(state, library);
  if (!fact.known || fact.value) return fact;
  // A name that the catalog does not use says nothing about an image of which only the programs are all known.
  const isListed = !isProgram(library) || state.contents.get(library) !== undefined || state.closed.files.known;
  if (!isListed) return unknown(...state.closed.files.because);
  const elsewhere = foreignLibraries(state, libraryFile(library));
  return elsewhere.length > 0 ? unknown(...elsewhere) : fact;
}

/** The reasons why a program of the image does not find a library that it loads for certain; null when it may find it. */
export function missingLibrary(
  { artifact }: PlacedProgram,
  end: StageState,
  library: string,
): readonly Evidence[] | null {
  const isDynamic = artifact.linkage.known && artifact.linkage.value === 'dynamic';
  if (!isDynamic || !artifact.libraries?.includes(library) || !sharesLibc(artifact.libc, end.libc)) return null;
  const fact = libraryFact(end, library);
  return fact.known && !fact.value ? fact.because : null;
}

/** What says that libraries may lie elsewhere than where the distribution keeps them. */
export function foreignLibraries(state: StageState, file: string): readonly Evidence[] {
  for (const name of ['LD_LIBRARY_PATH', 'LD_PRELOAD']) {
    const fact = state.env.get(name);
    if (fact && !(fact.known && fact.value === null)) return fact.because;
  }
  const stem = file.replace(/\.so.*$/, '.so');
  for (const [path, { kind, unlisted, because }] of state.files.entries()) {
    if (kind === 'absent') continue;
    if (baseName(path).startsWith(stem) || /^\/etc\/ld([.-])/.test(path)) return because;
    if (unlisted === 'anything' && libraryFolder.test(path)) return because;
  }
  return [];
}

/** Where the loader looks by itself, and where people keep libraries of their own. */
const libraryFolder = /^\/(usr(\/local)?)?$|\/(lib|lib64|libs)$|\/lib\/[^/]*-linux-[^/]*$/;

type LibcFact = StageState['libc'];

/** A program of another libc does not start for that reason alone. */
function sharesLibc(built: LibcFact, here: LibcFact): boolean {
  const own: readonly LibcKind[] = ['glibc', 'musl'];
  return built.known && here.known && built.value.kind === here.value.kind && own.includes(here.value.kind);
}
