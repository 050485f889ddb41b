import type { UserId } from '../../catalog/model.js';
import { byInstruction } from '../../fact.js';
import { changeMode, modeMark, ownerOf, putMode, putOwner, userText, type MarkOptions } from '../access.js';
import { editedBelow } from '../placements.js';
import type { ModeBits, StageState } from '../state.js';
import { parentOf } from '../tree.js';
import { hasOption, operands, optionValue, pathOf, type CommandContext, type CommandEffect } from './command.js';

/** chown OWNER FILE…; what may not have run, and a name that is not known, leave the owner unknown. */
export const chown: CommandEffect = (state, context) => {
  if (hasOption(context, '--reference') || optionValue(context, '--reference') !== undefined) return state;
  const [word, ...targets] = operands(context, ['--from']);
  const owner = typeof word === 'string' ? ownerOf(state, word.replace(/\.(?=[\w-]*$)/, ':')) : null;
  // `chown :group` leaves the owner.
  if (typeof word === 'string' && word.startsWith(':')) return state;
  return targets.reduce<StageState>((next, target) => {
    if (openPlace(context, target) !== null) return forget(next, openPlace(context, target) ?? '/', context);
    const note = `chown gives '${target ?? ''}' to ${owner ? userText(owner) : 'another user'}.`;
    return give(next, { context, target, owner, note, isMeant: true });
  }, state);
};

/** chmod MODE FILE… */
export const chmod: CommandEffect = (state, context) => {
  const words = context.words.slice(1).filter((word) => word === null || !/^--|^-[cfvR]+$/.test(word));
  const [change, ...targets] = words;
  return targets.reduce<StageState>((next, target) => {
    const open = openPlace(context, target);
    const path = pathOf(context, target);
    if (open !== null || path === null) return forget(next, open ?? '/', context);
    const before = modeMark(next, path)?.value ?? null;
    const bits = typeof change === 'string' ? changeMode(before, change) : null;
    return grant(next, path, { context, bits, isDeep: hasOption(context, '-R', '--recursive') });
  }, state);
};

/** `find … -exec chmod`, `xargs chown`: which files they change is not known. */
export const changesSome: CommandEffect = (state, context) => {
  const isChange = context.words.slice(1).some((word) => /^(\/bin\/)?ch(mod|own)$/.test(word ?? ''));
  const isEdit = context.words
    .slice(1)
    .some((word) => /^(\/usr)?(\/bin\/)?(sed|perl|dos2unix|sh|bash)$/.test(word ?? ''));
  const edited = isEdit ? editedBelow(state, byInstruction(context.command.span, 'Edits files.')) : state;
  return isChange ? forget(edited, '/', context) : edited;
};

/** The directory below which a pattern, or a path that is not known, may be; null for a plain path. */
function openPlace(context: CommandContext, target: string | null): string | null {
  const path = pathOf(context, target);
  if (path === null) return '/';
  const fixed = path.split(/[*?[{]/, 1)[0] ?? '';
  return fixed === path ? null : parentOf(`${fixed}x`);
}

/** Owners and modes below a directory are not known from here on. */
function forget(state: StageState, path: string, { command: { span } }: CommandContext): StageState {
  const options = { value: null, span, reach: 'below', note: 'Changes owners or modes.' } as const;
  return putMode(putOwner(state, path, options), path, options);
}

/** mkdir, touch and install make files as the user of the moment, or as their options say. */
export function madeBy(state: StageState, path: string, context: CommandContext): StageState {
  const isInstall = context.words[0] === 'install' || context.words[0]?.endsWith('/install');
  const named = isInstall ? optionValue(context, '-o', '--owner') : undefined;
  const mode = optionValue(context, '-m', '--mode');
  const owner = named === undefined ? builder(state, context) : named === null ? null : ownerOf(state, named);
  const note = `'${path}' is made as ${owner ? userText(owner) : 'another user'}.`;
  const isSure = named !== undefined || isInstall || !hasOption(context, '-p', '--parents');
  const owned = give(state, { context, target: path, owner, note, isMeant: named !== undefined, isSure });
  const bits = mode === undefined ? (isInstall ? changeMode(null, '755') : null) : changeMode(null, mode ?? '');
  return grant(owned, path, { context, bits, isDeep: false });
}

/** The user that runs the command; not known behind sudo, su-exec and the like. */
function builder(state: StageState, { command, raw }: CommandContext): UserId | null {
  const [first] = command.words;
  if (first?.raw !== raw[0] || !state.user.known) return null;
  return state.user.value;
}

type Gift = {
  readonly context: CommandContext;
  readonly target: string | null | undefined;
  readonly owner: UserId | null;
  readonly note: string;
  readonly isMeant: boolean;
  readonly isSure?: boolean;
};

function give(state: StageState, { context, target, owner, note, isMeant, isSure = true }: Gift): StageState {
  const path = pathOf(context, target);
  const isDeep = hasOption(context, '-R', '--recursive');
  if (path === null || (path === '/' && !isDeep)) return state;
  const { span, always } = context.command;
  const reach: MarkOptions<UserId>['reach'] = isDeep ? 'both' : 'itself';
  return putOwner(state, path, { value: always ? owner : null, span, note, reach, isMeant, isSure });
}

function grant(
  state: StageState,
  path: string,
  { context, bits, isDeep }: { context: CommandContext; bits: ModeBits | null; isDeep: boolean },
): StageState {
  if (path === '/' && !isDeep) return state;
  const { span, always } = context.command;
  const value = always ? bits : null;
  return putMode(state, path, { value, span, note: `Sets the mode of '${path}'.`, reach: isDeep ? 'both' : 'itself' });
}
