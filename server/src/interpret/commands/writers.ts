import { putFile, putUnknownFiles } from '../effects.js';
import type { StageState } from '../state.js';
import { isProgramFolder } from '../query.js';
import { baseName, currentEntry, parentOf } from '../tree.js';
import { because, pathOf, type CommandContext, type CommandEffect } from './command.js';

/** Commands that are there for other things, and write a program where they are told to: `gpg -o`, `dd of=`, `rustc -o`. */
const writers = new Set(
  (
    'dd gunzip gzip bzip2 xz gpg gpg2 openssl rustc swift zig php composer bundle stack cabal dart flutter jar dotnet ' +
    'awk gawk protoc mix sbt lein npx esbuild tsc poetry hatch pear pecl truncate split'
  ).split(' '),
);

/** A program may lie, or not, where one of them is told to write. */
export const mayWrite: CommandEffect = (state, context) => {
  if (!writers.has(baseName(context.words[0] ?? ''))) return state;
  return context.words.slice(1).reduce<StageState>((next, word) => writeTo(next, context, word), state);
};

function writeTo(state: StageState, context: CommandContext, word: string | null): StageState {
  const text = word?.replace(/^(--?[\w-]+=|of=|-o(?=\/))/, '').replace(/\.(gz|xz|bz2|gpg)$/, '') ?? '';
  const path = text === '' || text.startsWith('-') ? null : pathOf(context, text);
  if (path === null || currentEntry(state, path)) return state;
  const by = { ...because(context, `'${context.words[0]}' may write '${path}'.`), certain: false };
  if (isProgramFolder(path)) return putUnknownFiles(state, path, { by });
  return isProgramFolder(parentOf(path)) ? putFile(state, path, { by }) : state;
}
