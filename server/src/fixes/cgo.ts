import { byInstruction, type Evidence } from '../fact.js';
import type { PlacedProgram } from '../interpret/placed.js';
import { insert, type Edit } from '../text/edit.js';

/** Puts CGO_ENABLED=0 before a go build that leaves cgo to the default; null where the file itself turns cgo on. */
export function withoutCgo({ artifact }: PlacedProgram): { title: string; edits: readonly Edit[] } | null {
  const isDefault = artifact.linkage.known && artifact.linkage.value === 'cgo';
  const isWanted = artifact.linkage.because.some(({ note }) => note.startsWith('CGO_ENABLED is set'));
  if (artifact.language !== 'go' || !artifact.built || !isDefault || isWanted) return null;
  return { title: 'Build without cgo', edits: [insert(artifact.built.insertAt, 'CGO_ENABLED=0 ')] };
}

/** The command that built the program, as the first reason of a finding about it. */
export function builtHere({ artifact }: PlacedProgram): Evidence[] {
  return artifact.built ? [byInstruction(artifact.built.span, `'${artifact.built.text}' builds it here.`)] : [];
}
