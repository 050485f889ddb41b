import type { StageGraph, StageLink, StageNode } from '../../../server/src/protocol.js';

/** What a reader is told of a node besides its name: `glibc 2.41`, `no shell`, `runs as root`. Only what is known. */
export function factsOf({ kind, libc, shell, user }: StageNode): readonly string[] {
  if (kind === 'context' || kind === 'scratch') return [];
  return [libc, shell, user === null ? null : `runs as ${user}`].filter((fact) => fact !== null);
}

/** What stands out about a stage, for the eye and the ear alike. */
export function marksOf({ isFinal, isNeeded, kind }: StageNode): readonly string[] {
  return [isFinal ? 'final' : null, kind === 'stage' && !isNeeded ? 'not needed' : null].filter(
    (mark) => mark !== null,
  );
}

/** The paths of a link in little room: `/app, /etc/ssl and 2 more`. */
export function pathsText({ kind, paths }: StageLink): string {
  const shown = paths.slice(0, 2).map((path) => shortened(path, 26));
  const more = paths.length > shown.length ? ` and ${paths.length - shown.length} more` : '';
  const text = shown.join(', ') + more;
  return kind === 'mount' ? `mount ${text}`.trim() : text;
}

/** `copied from build: /app, /etc/ssl`, in full. */
export function linkText({ kind, paths }: StageLink, from: string): string {
  const list = paths.length > 0 ? `: ${paths.join(', ')}` : '';
  if (kind === 'base') return `based on ${from}`;
  return kind === 'copy' ? `copied from ${from}${list}` : `mounted from ${from}${list}`;
}

/** Where a node is written: its own line, else that of the first thing taken from it. Null when nowhere. */
export function lineOf({ id, line }: StageNode, { links }: StageGraph): number | null {
  return line ?? links.find(({ from }) => from === id)?.line ?? null;
}

/** Keeps both ends of a text, which tell paths and image names apart. */
export function shortened(text: string, longest: number): string {
  if (text.length <= longest) return text;
  const head = Math.ceil((longest - 1) / 2);
  return `${text.slice(0, head)}…${text.slice(text.length - (longest - 1 - head))}`;
}

/** As much of both ends of a text as fits into a width. */
export function fitted(text: string, width: number, measure: (text: string) => number): string {
  let [low, high] = [8, Math.min(text.length, 200)];
  if (text.length <= high && measure(text) <= width) return text;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (measure(shortened(text, middle)) <= width) low = middle;
    else high = middle - 1;
  }
  return shortened(text, low);
}
