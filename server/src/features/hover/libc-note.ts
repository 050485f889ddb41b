import type { Libc } from '../../catalog/model.js';
import { rootFacts } from '../../interpret/bases.js';
import { placedPrograms, type PlacedProgram } from '../../interpret/placed.js';
import type { Artifact, Stage } from '../../interpret/state.js';
import type { LineIndex } from '../../text/lines.js';
import { code, lineOf } from './markdown.js';
import { libcTitle } from './words.js';

/**
 * What the libc of a stage means for it, in one or two sentences: for the program it starts when its making was
 * followed, otherwise for programs in general. Null when the libc is not known.
 */
export function libcNote(stage: Stage, lines: LineIndex): string | null {
  const { libc } = stage.end;
  const program = placedPrograms(stage).find(({ isStarted, artifact }) => isStarted && artifact.linkage.known);
  if (program) return programNote(program, { libc: libc.known ? libc.value : null, lines });
  if (!libc.known) return null;
  return isShipped(stage) ? runNote(libc.value, stage) : buildNote(libc.value);
}

/** How a program is linked, and where that was decided: `static (line 5)`. */
export function linkageTitle({ linkage, libc, built }: Artifact, lines: LineIndex): string | null {
  if (!linkage.known) return null;
  const cause = linkage.because.find((item) => item.kind === 'instruction');
  const at = cause?.kind === 'instruction' ? cause.span : built?.span;
  const where = at ? ` (${lineOf(lines, at)})` : '';
  if (linkage.value === 'static') return `static${where}`;
  const against = libc.known ? `against ${libcTitle(libc.value)}` : 'dynamically';
  return linkage.value === 'cgo' ? `with cgo ${against}${where}` : `${against}${where}`;
}

function isShipped({ isFinal, steps }: Stage): boolean {
  return isFinal || steps.some(({ instruction }) => instruction.kind === 'cmd' || instruction.kind === 'entrypoint');
}

function programNote({ path, artifact }: PlacedProgram, here: { libc: Libc | null; lines: LineIndex }): string {
  const how = linkageTitle(artifact, here.lines) ?? '';
  const name = code(path);
  if (artifact.linkage.known && artifact.linkage.value === 'static') return `${name} is linked ${how}, so it needs no libc.`;
  return `${name} is linked ${how}${verdict(artifact, here.libc)}`;
}

function verdict({ linkage, libc }: Artifact, here: Libc | null): string {
  if (!here || !libc.known) return '.';
  const isCgo = linkage.known && linkage.value === 'cgo';
  const fails = isCgo ? 'it does not start if it uses `net`, `os/user` or a C library' : 'it does not start';
  if (here.kind === 'none') return `; there is no libc here, so ${fails}.`;
  if (here.kind !== libc.value.kind) return `; here is ${here.kind}, so ${fails}.`;
  if (isOlder(here.version, libc.value.version)) return `; here is the older ${libcTitle(here)}, which may lack symbols that it asks for.`;
  return `, and ${libcTitle(here)} is here to load it.`;
}

function runNote(libc: Libc, stage: Stage): string {
  if (libc.kind === 'none') return 'Without a libc only statically linked programs start here.';
  if (libc.kind === 'musl') return muslNote(stage);
  if (libc.kind === 'glibc' && libc.version) {
    return `Runs programs built on glibc ${libc.version} or older; none built on Alpine, unless they are static.`;
  }
  return `Programs built for another libc than ${libc.kind} do not start here, unless they are static.`;
}

function muslNote(stage: Stage): string {
  const runtime = rootFacts(stage)?.runtime;
  const language = runtime?.known ? runtime.value?.name : undefined;
  const foreign = 'programs built on Debian or Ubuntu do not start here, unless they are static';
  if (language === 'python') return `musl: pip takes pure and \`musllinux\` wheels and compiles the rest; ${foreign}.`;
  if (language === 'node') return `musl: native add-ons must be installed on Alpine too; ${foreign}.`;
  return `musl: ${foreign}.`;
}

function buildNote(libc: Libc): string {
  if (libc.kind === 'none') return 'There is no libc here: nothing can be linked dynamically.';
  const floor = libc.version && libc.kind === 'glibc' ? `; ${libc.version} or newer, to be sure` : '';
  return `What is linked dynamically here needs ${libc.kind} wherever it runs${floor}.`;
}

/** Versions by their numbers; false when one of them is not known. */
export function isOlder(version: string | null, other: string | null): boolean {
  if (version === null || other === null) return false;
  const [a, b] = [version, other].map((text) => text.split('.').map(Number));
  for (let index = 0; index < Math.max(a?.length ?? 0, b?.length ?? 0); index++) {
    const difference = (a?.[index] ?? 0) - (b?.[index] ?? 0);
    if (difference !== 0) return difference < 0;
  }
  return false;
}
