import type { PlacedProgram } from '../interpret/placed.js';
import { insert } from '../text/edit.js';

/** Puts -static after gcc, g++ or clang, where the whole link command is written out. */
export function linkedStatically({ artifact }: PlacedProgram) {
  const { built, language, linkage } = artifact;
  const isDynamic = linkage.known && linkage.value === 'dynamic';
  const compiler = built?.text.split(' ')[0] ?? '';
  if (!built || !isDynamic || (language !== 'c' && language !== 'c++') || !/^[\w+-]+$/.test(compiler)) return [];
  return [{ title: 'Link statically', edits: [insert(built.insertAt + compiler.length, ' -static')] }];
}
