import { byInstruction, known, mapFact, unknown, withEvidence } from '../../fact.js';
import { platformArgs } from '../../stages/link.js';
import type { Arg, Env, Shell, User, Workdir } from '../../syntax/model.js';
import { putDirectory, cause } from '../effects.js';
import { putOwner, userText } from '../access.js';
import { accountFact, fileFact, resolvePath } from '../query.js';
import { expand, type Scene } from '../scene.js';
import type { StageState } from '../state.js';
import { isFolder } from '../tree.js';

export function applyArg(state: StageState, instruction: Arg, scene: Scene): StageState {
  let { args } = state;
  for (const { name, value, span } of instruction.declarations) {
    const evidence = byInstruction(span, `The build argument '${name}' is declared here.`);
    const given = Object.hasOwn(scene.buildArgs, name) ? scene.buildArgs[name] : undefined;
    const global = scene.graph.globals.get(name);
    if (given !== undefined) args = args.with(name, known(given, evidence));
    else if (Object.hasOwn(scene.buildArgs, name)) args = args.with(name, unknown(evidence));
    // BuildKit replaces variables with the values from before the instruction, also those of its own names.
    else if (value) args = args.with(name, withEvidence(expand(state, value, scene), evidence));
    else if (typeof global === 'string') args = args.with(name, known(global, evidence));
    else args = args.with(name, isUnset(scene, name) ? known(null, evidence) : unknown(evidence));
  }
  return { ...state, args };
}

/** Declared without a value, here and before the first FROM, and not set by BuildKit itself. */
function isUnset({ graph }: Scene, name: string): boolean {
  return !platformArgs.includes(name) && (!graph.globals.has(name) || graph.globals.get(name) === null);
}

export function applyEnv(state: StageState, instruction: Env, scene: Scene): StageState {
  let { env } = state;
  for (const { name, value, span } of instruction.assignments) {
    const evidence = byInstruction(span, `ENV sets '${name}' here.`);
    // Docker replaces variables with the values from before the instruction.
    const fact = value ? expand(state, value, scene) : known('');
    env = env.with(name, withEvidence(fact, evidence));
  }
  return { ...state, env };
}

export function applyUser(state: StageState, instruction: User, scene: Scene): StageState {
  if (!instruction.user) return state;
  const fact = expand(state, instruction.user, scene);
  const evidence = byInstruction(instruction.span, `USER sets '${instruction.user.text}'.`);
  if (!fact.known) return { ...state, user: unknown(evidence, ...fact.because) };
  const name = fact.value.split(':')[0] ?? '';
  if (name === '') return { ...state, user: known({ name: null, uid: 0 }, evidence) };
  if (/^\d+$/.test(name)) return { ...state, user: known({ name: null, uid: Number(name) }, evidence) };
  const account = accountFact(state, name);
  const uid = name === 'root' ? 0 : account.known && account.value ? account.value.uid : null;
  return { ...state, user: known({ name, uid }, evidence) };
}

export function applyWorkdir(state: StageState, instruction: Workdir, scene: Scene): StageState {
  if (!instruction.path) return state;
  const path = expand(state, instruction.path, scene);
  const evidence = byInstruction(instruction.span, `WORKDIR sets '${instruction.path.text}'.`);
  if (!path.known) return { ...state, workdir: unknown(evidence, ...path.because) };
  if (!path.value.startsWith('/') && !state.workdir.known)
    return { ...state, workdir: unknown(evidence, ...state.workdir.because) };
  const base = state.workdir.known ? state.workdir.value : '/';
  const workdir = resolvePath(base, path.value);
  const made = putDirectory(state, workdir, cause(instruction.span, `WORKDIR creates '${workdir}'.`));
  const next = ownWorkdir(made, workdir, { before: state, instruction });
  return { ...next, workdir: known(workdir, evidence) };
}

/** BuildKit makes the directory as the user of the moment: dispatchWorkdir in dockerfile2llb/convert.go. */
function ownWorkdir(made: StageState, path: string, at: { before: StageState; instruction: Workdir }): StageState {
  const { before, instruction } = at;
  const there = fileFact(before, path);
  if (path === '/' || isFolder(before, path) || (there.known && there.value)) return made;
  const { user } = before;
  const note = user.known ? `WORKDIR creates '${path}' as ${userText(user.value)}.` : `WORKDIR creates '${path}'.`;
  return putOwner(made, path, {
    value: user.known ? user.value : null,
    span: instruction.span,
    note,
    isSure: there.known,
  });
}

export function applyShell(state: StageState, instruction: Shell): StageState {
  const { body } = instruction;
  const evidence = byInstruction(instruction.span, 'SHELL sets the shell of shell-form instructions.');
  if (body?.form !== 'exec' || body.words.length === 0) return { ...state, shellPrefix: unknown(evidence) };
  return { ...state, shellPrefix: mapFact(known(body.words, evidence), (words) => words.map((word) => word.value)) };
}
