import type { Evidence } from '../fact.js';
import { startProcess } from './query.js';
import type { Stage } from './state.js';
import { parentOf, resolvePath } from './tree.js';

/** A file that the program is told to write, and what tells it so. */
export type Written = { readonly file: string; readonly because: Evidence };

/** A database or log that ENV or the start command puts right into the directory, and that is not there yet. */
export function writtenFile({ end }: Stage, path: string): Written | null {
  const places: { text: string; because: Evidence | undefined }[] = [...end.env.entries()].flatMap(([, fact]) =>
    fact.known && fact.value ? [{ text: fact.value, because: fact.because[0] }] : [],
  );
  const process = startProcess(end);
  if (process.known)
    for (const text of process.value?.argv ?? []) places.push({ text, because: process.because.at(-1) });
  for (const { text, because } of places) {
    const file = /^(?:sqlite:\/\/\/|file:(?:\/\/)?|--[\w.-]+=)?((?:\.?\/)?[\w./-]+\.(?:db|sqlite3?|log))$/.exec(
      text,
    )?.[1];
    if (!file || because?.kind !== 'instruction') continue;
    const place = resolvePath(path, file);
    if (parentOf(place) === path && !end.files.get(place)) return { file: place, because };
  }
  return null;
}
