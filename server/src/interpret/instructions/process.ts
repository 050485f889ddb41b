import { byInstruction, known, unknown, type Fact } from '../../fact.js';
import type { Cmd, CommandBody, Entrypoint, Healthcheck } from '../../syntax/model.js';
import type { Process, StageState } from '../state.js';

export function applyCmd(state: StageState, instruction: Cmd): StageState {
  return { ...state, cmd: processOf(state, instruction, 'CMD is set here.') };
}

/** Setting ENTRYPOINT drops the CMD of the base image, but not one written in the same stage. */
export function applyEntrypoint(state: StageState, instruction: Entrypoint, stageStart: number): StageState {
  const entrypoint = processOf(state, instruction, 'ENTRYPOINT is set here.');
  const ownCmd = state.cmd.because.some((item) => item.kind === 'instruction' && item.span.start > stageStart);
  if (ownCmd) return { ...state, entrypoint };
  const dropped = byInstruction(instruction.span, 'Setting ENTRYPOINT drops the CMD of the base image.');
  return { ...state, entrypoint, cmd: known(null, dropped) };
}

export function applyHealthcheck(state: StageState, instruction: Healthcheck): StageState {
  if (instruction.none) {
    return {
      ...state,
      healthcheck: known(null, byInstruction(instruction.span, 'HEALTHCHECK NONE turns the check off.')),
    };
  }
  return { ...state, healthcheck: processOf(state, instruction, 'HEALTHCHECK is set here.') };
}

function processOf(state: StageState, instruction: Cmd | Entrypoint | Healthcheck, note: string): Fact<Process | null> {
  const evidence = byInstruction(instruction.span, note);
  const { body } = instruction;
  if (!body) return unknown(evidence);
  if (body.form === 'exec') return known(execForm(body, instruction), evidence);
  if (!state.shellPrefix.known) return unknown(evidence, ...state.shellPrefix.because);
  return known({ argv: [...state.shellPrefix.value, body.text.text.trim()], form: 'shell', instruction }, evidence);
}

/** An empty array means "nothing", as `ENTRYPOINT []` is written to drop the base image's. */
function execForm(body: CommandBody & { form: 'exec' }, instruction: Process['instruction']): Process | null {
  const argv = body.words.map((word) => word.value);
  return argv.length > 0 ? { argv, form: 'exec', instruction } : null;
}
