import { byInstruction } from '../../fact.js';
import { shellPaths } from '../base.js';
import { blur, doubt, putFile, putUnknownFiles } from '../effects.js';
import type { StageState } from '../state.js';
import { baseName } from '../tree.js';
import { because, optionValue, pathOf, type CommandContext, type CommandEffect } from './command.js';

/** curl and wget: one new file, or none where they write to standard output. */
export const download: CommandEffect = (state, context) => {
  const isCurl = /(^|\/)curl$/.test(context.words[0] ?? '');
  const written = outputOf(context, isCurl);
  if (written === '-' || written?.startsWith('/dev/')) return state;
  if (written !== undefined) {
    const path = pathOf(context, written);
    if (path) return putFile(state, path, { by: because(context, `Downloads '${path}'.`) });
    return somewhere(state, context, written);
  }
  return isCurl && !keepsName(context) ? state : intoFolder(state, context);
};

const address = /^(?:https?|ftp):\/\/[^/?#]+(?:\/[^?#]*)?/;

/** wget, and curl -O, name the file after the address. */
const intoFolder: CommandEffect = (state, context) => {
  const given = optionValue(context, '-P', '--directory-prefix', '--output-dir');
  const folder = given === undefined ? context.cwd : pathOf(context, given);
  const addresses = context.words.slice(1).filter((word) => word === null || address.test(word));
  const [only] = addresses;
  const name = addresses.length === 1 && only ? /[^/]*$/.exec(address.exec(only)?.[0] ?? '')?.[0] : undefined;
  if (folder === null) return somewhere(state, context, name ?? null);
  const by = because(context, `Downloads a file into '${folder}'.`);
  if (name) return putFile(state, folder === '/' ? `/${name}` : `${folder}/${name}`, { by });
  // One file of unknown name: in a folder of programs it may be any of them.
  return folder === '/' ? state : putUnknownFiles(state, folder, { by });
};

/** A file of a known name in a folder that is not known may be only the program of that name. */
function somewhere(state: StageState, { command }: CommandContext, file: string | null): StageState {
  const evidence = byInstruction(command.span, 'Downloads a file to a place that is not known.');
  const name = file === null ? '' : baseName(file);
  if (name === '' || shellPaths.includes(`/bin/${name}`)) return blur(state, evidence);
  return { ...state, contents: doubt(state, [name], evidence) };
}

/**
 * What follows -o of curl and -O of wget, also at the end of joined letters (-fsSLo FILE, -qO/FILE); null when its value
 * is not known, undefined when there is none.
 */
function outputOf({ words, raw }: CommandContext, isCurl: boolean): string | null | undefined {
  const long = isCurl ? '--output' : '--output-document';
  const letters = isCurl ? /^-[^-oXHduAebcTmxwFEKCrQDPt]*o/ : /^-[^-OoaePiTUtwlBQADRIX]*O/;
  for (let index = 1; index < words.length; index++) {
    const word = words[index] ?? raw[index] ?? '';
    if (word === long) return words[index + 1] ?? null;
    if (word.startsWith(`${long}=`)) return words[index]?.slice(long.length + 1) ?? null;
    const match = letters.exec(word);
    if (!match) continue;
    return match[0] === word ? (words[index + 1] ?? null) : (words[index]?.slice(match[0].length) ?? null);
  }
  return undefined;
}

function keepsName({ words }: CommandContext): boolean {
  return words.some((word) => word !== null && /^(-[A-Za-z]*O|--remote-name)/.test(word));
}
