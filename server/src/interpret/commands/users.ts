import { byInstruction, known, unknown } from '../../fact.js';
import { forgetAccounts, putAccount, putContent } from '../effects.js';
import type { StageState } from '../state.js';
import { because, operands, optionValue, type CommandContext, type CommandEffect } from './command.js';

const useraddValued = [
  '-u',
  '--uid',
  '-g',
  '--gid',
  '-G',
  '--groups',
  '-d',
  '--home-dir',
  '--home',
  '-s',
  '--shell',
  '-c',
  '--comment',
  '-k',
  '--skel',
  '-b',
  '--base-dir',
  '-e',
  '--expiredate',
  '-f',
  '--inactive',
  '-K',
  '--key',
  '-p',
  '--password',
  '-R',
  '--root',
  '-P',
  '--prefix',
  '-Z',
];
const adduserValued = [
  '-u',
  '--uid',
  '-g',
  '--gid',
  '-G',
  '--ingroup',
  '-h',
  '--home',
  '-s',
  '--shell',
  '-k',
  '--gecos',
  '--comment',
  '-c',
  '--firstuid',
  '--lastuid',
  '--conf',
  '-d',
];

/** useradd puts the name last; shadow-utils' manual allows it only there. */
export const useradd: CommandEffect = (state, context) =>
  create(state, context, operands(context, useraddValued).at(-1));

/** adduser NAME, and `adduser NAME GROUP`, which adds an account to a group. */
export const adduser: CommandEffect = (state, context) => create(state, context, operands(context, adduserValued)[0]);

export const removeUser: CommandEffect = (state, context) => {
  const name = operands(context)[0];
  const evidence = byInstruction(context.command.span, 'Removes an account.');
  if (typeof name !== 'string') return forgetAccounts(state, evidence);
  const fact = context.command.always ? known(null, evidence) : unknown(evidence);
  return { ...state, accounts: state.accounts.with(name, fact) };
};

/** usermod -l NEW OLD gives an account another name, -u another number. */
export const changeUser: CommandEffect = (state, context) => {
  const login = optionValue(context, '-l', '--login');
  const given = optionValue(context, '-u', '--uid');
  const name = operands(context, [...useraddValued, '-l', '--login']).at(-1);
  if (login !== undefined) return rename(state, context, { from: name, to: login, given });
  if (given === undefined || typeof name !== 'string') return state;
  const uid = /^\d+$/.test(given ?? '') ? Number(given) : null;
  return putAccount(state, { name, uid }, because(context, `Gives '${name}' another number.`));
};

type Names = {
  readonly from: string | null | undefined;
  readonly to: string | null;
  /** Of -u. */
  readonly given: string | null | undefined;
};

function rename(state: StageState, context: CommandContext, { from, to, given }: Names): StageState {
  const by = because(context, `Gives '${from ?? 'an account'}' another name.`);
  const evidence = by.evidence;
  if (typeof from !== 'string' || to === null || !by.certain) return forgetAccounts(state, evidence);
  const old = state.accounts.get(from);
  const kept = old?.known ? (old.value?.uid ?? null) : null;
  const uid = given === undefined ? kept : /^\d+$/.test(given ?? '') ? Number(given) : null;
  const next = putAccount(state, { name: to, uid }, by);
  return { ...next, accounts: next.accounts.with(from, known(null, evidence)) };
}

function create(state: StageState, context: CommandContext, name: string | null | undefined): StageState {
  if (typeof name !== 'string') {
    return forgetAccounts(state, byInstruction(context.command.span, 'Adds an account whose name is not known.'));
  }
  const by = because(context, `Creates the user '${name}'.`);
  const exists = state.accounts.get(name);
  if (exists?.known && exists.value) return state;
  const uid = Number(optionValue(context, '-u', '--uid') ?? NaN);
  const withPasswd = putContent(state, 'passwd', { present: true, by });
  return putAccount(withPasswd, { name, uid: Number.isInteger(uid) ? uid : null }, by);
}
