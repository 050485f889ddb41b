import type { PlacedProgram } from '../interpret/placed.js';
import { insert } from '../text/edit.js';

/** Puts -static after gcc, g++ or clang, where the whole link command is written out. */
export function linkedStatically({ artifact }: PlacedProgram) {
  const { built, language, linkage } = artifact;
  const isDynamic = linkage.known && linkage.value === 'dynamic';
  const compiler = built?.text.split(' ')[0] ?? '';
  if (!built || !isDynamic || (language !== 'c' && language !== 'c++') || !/^[\w+-]+$/.test(compiler)) return [];
  return [{ title: 'Link statically', edits: [insert(built.optionsAt, ' -static')] }];
}

/** Puts the options that link the libraries of GCC into a C++ program after g++, where the command is written out. */
export function withOwnLibraries({ artifact }: PlacedProgram) {
  const { built, linkage } = artifact;
  const compiler = built?.text.split(' ')[0] ?? '';
  if (!built || !linkage.known || linkage.value !== 'dynamic' || !/^[\w-]*g\+\+$/.test(compiler)) return [];
  return [
    { title: 'Link libstdc++ statically', edits: [insert(built.optionsAt, ' -static-libstdc++ -static-libgcc')] },
  ];
}
