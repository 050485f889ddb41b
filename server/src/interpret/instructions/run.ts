import { byInstruction } from '../../fact.js';
import type { Script, ShellWord, SimpleCommand } from '../../shell/model.js';
import { parseShell, type ShellOptions } from '../../shell/parse.js';
import type { CommandBody, Run } from '../../syntax/model.js';
import type { Span } from '../../text/span.js';
import { blur } from '../effects.js';
import type { Scene } from '../scene.js';
import type { CommandStep, StageState } from '../state.js';
import { mountsOf, secretVariables, withMounts, withoutMounts } from './mounts.js';
import { decidingVariables, Session } from './session.js';

export type RunResult = {
  /** What the commands see: the stage with the mounts of this RUN. */
  readonly inside: StageState;
  readonly after: StageState;
  readonly commands: readonly CommandStep[];
  readonly script: Script | null;
};

/** RUN: every simple command in turn, or "not understood" for what is not plain shell text. */
export function applyRun(state: StageState, instruction: Run, scene: Scene): RunResult {
  const script = scriptOf(state, instruction);
  const mounts = mountsOf(state, instruction, scene);
  const inside = withMounts(state, mounts);
  if (!script) {
    const after = blur(state, byInstruction(instruction.span, 'What this RUN does is not known.'));
    return { inside, after, commands: [], script: null };
  }
  const session = new Session(inside, { layer: instruction.span, scene, mounts });
  session.doubt(secretVariables(instruction), instruction.span);
  if (readsProfile(state)) session.doubt(decidingVariables, instruction.span);
  session.run(script);
  if (!script.plain)
    session.state = blur(session.state, byInstruction(instruction.span, 'Parts of this RUN could not be read.'));
  const after = withoutMounts(session.state, state, mounts);
  return { inside, after, commands: session.steps, script: instruction.body?.form === 'exec' ? null : script };
}

/** A login shell and BASH_ENV read files that may set any variable. */
function readsProfile({ shellPrefix, env }: StageState): boolean {
  const words = shellPrefix.known ? shellPrefix.value.slice(1) : [];
  const isLogin = words.some((word) => /^-[a-z]*[li]|^--(login|interactive)$/.test(word));
  return (
    isLogin || ['BASH_ENV', 'ENV'].some((name) => env.get(name)?.because.some((one) => one.kind === 'instruction'))
  );
}

/** The shell text of a RUN, its heredoc included; an exec form counts as one command. */
function scriptOf(state: StageState, { body, heredocs, span }: Run): Script | null {
  if (!body) return null;
  if (body.form === 'exec') return { commands: [execCommand(body, span)], plain: true };
  if (!isPosix(state)) return null;
  const [first, ...others] = heredocs;
  if (!first) return parseShell(body.text, optionsOf(state));
  // Without a command the heredoc is the script; a shell reads it from its input.
  const isScript = /^((\/(usr\/)?bin\/)?(ba|da|a)?sh(\s+-\w+)*\s*)?\d*<<-?\s*["']?[\w.-]+["']?$/.test(
    body.text.text.trim(),
  );
  if (isScript && others.length === 0)
    return /^#!(?!.*\b(ba|da|a)?sh\b)/.test(first.content.text) ? null : parseShell(first.content);
  return /^\d*<</.test(body.text.text) ? null : parseShell(body.text, optionsOf(state));
}

/** `SHELL ["/bin/bash", "-eo", "pipefail", "-c"]` */
function optionsOf({ shellPrefix }: StageState): ShellOptions {
  const words = shellPrefix.known ? shellPrefix.value.slice(1) : [];
  return { errexit: words.some((word) => /^-[a-z]*e/.test(word)), pipefail: words.includes('pipefail') };
}

function isPosix({ shellPrefix }: StageState): boolean {
  if (!shellPrefix.known) return true;
  const [program] = shellPrefix.value;
  return /(^|\/)(ba|da|a|z|k)?sh$/.test(program ?? '');
}

function execCommand(body: CommandBody & { form: 'exec' }, span: Span): SimpleCommand {
  const words: ShellWord[] = body.words.map((word) => ({
    raw: word.value,
    parts: [{ kind: 'literal', text: word.value, quoted: true }],
    span: word.span,
  }));
  return { assignments: [], words, redirects: [], span, always: true, decisive: true, isolated: false, guards: [] };
}
