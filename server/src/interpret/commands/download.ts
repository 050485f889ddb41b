import { byInstruction } from '../../fact.js';
import { blur, putFile, putUnknownFiles } from '../effects.js';
import { resolvePath } from '../query.js';
import { because, optionValue, pathOf, type CommandContext, type CommandEffect } from './command.js';

/** curl and wget: one new file, or none where they write to standard output. */
export const download: CommandEffect = (state, context) => {
  const target = targetOf(context);
  if (target === null) return state;
  const path = target === undefined ? null : pathOf(context, target);
  if (path) return putFile(state, path, { by: because(context, `Downloads '${path}'.`) });
  const folder = context.cwd;
  const evidence = byInstruction(context.command.span, 'Downloads a file whose place is not known.');
  if (folder === null || (target !== undefined && !isRemoteName(context))) return blur(state, evidence);
  // One file of unknown name: in a folder of programs it may be any of them.
  return folder === '/' ? state : putUnknownFiles(state, folder, { by: because(context, evidence.note) });
};

/** Null: standard output. Undefined: a name that is not known. */
function targetOf(context: CommandContext): string | null | undefined {
  const isCurl = context.words[0]?.endsWith('curl') ?? false;
  const written = outputOf(context, isCurl);
  if (written !== null) return written === '-' ? null : written;
  if (isCurl && !isRemoteName(context)) return null;
  const folder = optionValue(context, isCurl ? '--output-dir' : '-P', '--directory-prefix');
  const name = remoteName(context);
  if (folder === null || name === undefined) return undefined;
  return folder === undefined ? name : `${folder}/${name}`;
}

/** What follows -o of curl and -O of wget, also at the end of joined letters (-fsSLo FILE, -qO/FILE). */
function outputOf(context: CommandContext, isCurl: boolean): string | null | undefined {
  const letter = isCurl ? 'o' : 'O';
  const valued = isCurl ? 'XHduAebcTmxwFEKCrQDPt' : 'oaePiTUtwlBQADRIX';
  const long = isCurl ? '--output' : '--output-document';
  for (let index = 1; index < context.words.length; index++) {
    const word = context.words[index] ?? context.raw[index] ?? '';
    if (word === long) return context.words[index + 1] ?? undefined;
    if (word.startsWith(`${long}=`)) return context.words[index]?.slice(long.length + 1);
    if (!/^-[^-]/.test(word)) continue;
    const at = [...word].findIndex((char, place) => place > 0 && (char === letter || valued.includes(char)));
    if (at < 0 || word[at] !== letter) continue;
    if (at === word.length - 1) return context.words[index + 1] ?? undefined;
    return context.words[index]?.slice(at + 1);
  }
  return null;
}

function isRemoteName(context: CommandContext): boolean {
  if (!context.words[0]?.endsWith('curl')) return true;
  return context.words.some((word) => word !== null && /^(-[A-Za-z]*O|--remote-name)/.test(word));
}

/** The last part of the one address. */
function remoteName(context: CommandContext): string | undefined {
  const addresses = context.raw.filter((word) => /^["']?(https?|ftp):\/\//.test(word));
  const [only] = context.words.filter((word) => word !== null && /^(https?|ftp):\/\//.test(word));
  if (addresses.length !== 1 || !only) return undefined;
  const path = new URL(only).pathname;
  return path.endsWith('/') ? 'index.html' : resolvePath('/', path.slice(path.lastIndexOf('/') + 1)).slice(1);
}
