import { byInstruction, type Evidence } from '../fact.js';
import { mayHoldC } from '../interpret/go-cgo.js';
import type { PlacedProgram } from '../interpret/placed.js';
import { insert, type Edit } from '../text/edit.js';

/**
 * Puts CGO_ENABLED=0 before a go build that leaves cgo to the default; null where the file itself turns cgo on, and
 * where the sources show that the program holds C code.
 */
export function withoutCgo({ artifact }: PlacedProgram): { title: string; edits: readonly Edit[] } | null {
  const { linkage, language, built, sources } = artifact;
  const isByImport = linkage.because.some(({ kind }) => kind === 'file');
  const isDefault = linkage.known && (linkage.value === 'cgo' || (linkage.value === 'dynamic' && isByImport));
  const isWanted = linkage.because.some(({ note }) => note.startsWith('CGO_ENABLED is set'));
  if (language !== 'go' || !built || !isDefault || isWanted || (sources?.kind === 'go' && mayHoldC(sources)))
    return null;
  return { title: 'Build without cgo', edits: [insert(built.insertAt, 'CGO_ENABLED=0 ')] };
}

/** The command that built the program, as the first reason of a finding about it. */
export function builtHere({ artifact }: PlacedProgram): Evidence[] {
  return artifact.built ? [byInstruction(artifact.built.span, `'${artifact.built.text}' builds it here.`)] : [];
}
