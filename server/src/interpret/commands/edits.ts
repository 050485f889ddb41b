import { byInstruction } from '../../fact.js';
import { forgetAccounts, putFile } from '../effects.js';
import { editedBelow, replaced } from '../placements.js';
import type { StageState } from '../state.js';
import { because, hasOption, pathOf, type CommandContext, type CommandEffect } from './command.js';

/** sed -i, dos2unix, tee: of what they write, accounts matter, and the files that are no longer those of the context. */
export const editFiles: CommandEffect = (state, context) => {
  const isStream = /^(sed|perl)$/.test(context.words[0] ?? '');
  if (isStream && !hasOption(context, '-i', '--in-place') && !isInPlace(context)) return state;
  const evidence = byInstruction(context.command.span, `'${context.words[0] ?? ''}' edits files.`);
  const edited = context.words.slice(1).reduce<StageState>((next, word) => {
    const path = word?.startsWith('-') ? null : pathOf(context, word);
    if (!path) return next;
    const isWritten = context.words[0] === 'tee';
    const written = isWritten ? putFile(next, path, { by: because(context, `Writes '${path}'.`) }) : next;
    return replaced(written, path, evidence);
  }, state);
  const isOpen = context.words.some((word) => word === null || /[*?[]/.test(word));
  const next = isOpen ? editedBelow(edited, evidence) : edited;
  const touches = context.words.slice(1).some((word) => word === '/etc/passwd');
  return touches ? forgetAccounts(next, byInstruction(context.command.span, 'Edits /etc/passwd.')) : next;
};

/** `-i.bak`, `-Ei` */
function isInPlace({ words }: CommandContext): boolean {
  return words.some((word) => word !== null && /^(-[a-zA-Z]*i|--in-place)/.test(word));
}
