import { interpreterName, interpreterOf } from '../../interpret/interpreters.js';
import { startedProgram } from '../../interpret/placed.js';
import { startProcess } from '../../interpret/query.js';
import type { Process, Stage, Step } from '../../interpret/state.js';
import type { Cmd, Entrypoint, Healthcheck } from '../../syntax/model.js';
import { signalHint } from './hints.js';
import { programNote } from './libc-note.js';
import { bullets, code, commandLine, lineOf, page, reasons } from './markdown.js';
import { scriptNotes } from './script-note.js';
import { circumstances, processNotes, startSentence } from './start.js';
import type { View } from './view.js';

export const heading = '**What really happens**';

/** CMD and ENTRYPOINT: what the container starts, and what becomes of this instruction. */
export function startHover(step: Step, stage: Stage, view: View): string | null {
  const { instruction } = step;
  if (instruction.kind !== 'cmd' && instruction.kind !== 'entrypoint') return null;
  const useless = uselessNote(instruction, stage, view);
  const process = startProcess(stage.end);
  const sentence = startSentence(stage.end);
  if (useless) return page(`**No effect**: ${useless}`, sentence);
  const found = [
    ...partNotes(step, stage),
    ...(process.known && process.value ? processNotes(process.value, stage.end) : []),
    ...scriptNotes(stage, 'start', view),
    ...libcNotes(stage, view),
  ];
  // A program that does not start gets no signals.
  const hints = found.some((note) => note.includes('**')) ? [] : signalHint(stage, view);
  const [failing, others] = [found.filter(isFailing), found.filter((note) => !isFailing(note))];
  const notes = [...failing, ...others, ...hints, ...reasons(userEvidence(stage), view.lines)];
  return page(
    heading,
    sentence ?? 'What the container starts is not known.',
    bullets(notes.slice(0, 4)),
    targetNote(stage, view),
  );
}

/** The answer to the question, so that it comes before what explains it. */
function isFailing(note: string): boolean {
  return note.startsWith('**It does not start');
}

/** HEALTHCHECK: what runs, how often, and as whom. */
export function healthHover(step: Step, stage: Stage, view: View): string | null {
  const { instruction } = step;
  if (instruction.kind !== 'healthcheck') return null;
  if (instruction.none) return page(heading, noCheck(step));
  const later = laterOf(instruction, stage);
  if (later) return `**No effect**: the HEALTHCHECK on ${lineOf(view.lines, later.span)} replaces it.`;
  const process = stage.end.healthcheck;
  if (!process.known || !process.value) return null;
  const found = [...processNotes(process.value, stage.end), ...scriptNotes(stage, 'healthcheck', view)];
  const notes = [...missingOnly(found), 'Kubernetes does not read HEALTHCHECK.'];
  const sentence = `In the running container ${commandLine(process.value.argv)} is run ${circumstances(stage.end)}, ${rhythm(instruction)}.`;
  return page(heading, sentence, bullets(notes), targetNote(stage, view));
}

/** Which stage this concerns, unless it is the final one. */
export function targetNote(stage: Stage, { analysis }: View): string | null {
  if (stage.isFinal) return null;
  const isContinued = analysis.stages.some(({ base }) => base.kind === 'stage' && base.stage === stage);
  if (isContinued) return 'Stages that continue this one inherit it.';
  const target = code(`docker build --target ${stage.name ?? stage.index}`);
  return `This is not the final stage: it matters only with ${target}.`;
}

function noCheck({ before: { healthcheck } }: Step): string {
  if (!healthcheck.known) return 'No health check runs; one that the base image sets is turned off.';
  if (!healthcheck.value) return 'No health check runs, and none was set before this line.';
  return `No health check runs: ${commandLine(healthcheck.value.argv)}, which was set before, is turned off.`;
}

function uselessNote(instruction: Cmd | Entrypoint, stage: Stage, { lines }: View): string | null {
  const keyword = instruction.kind.toUpperCase();
  const later = laterOf(instruction, stage);
  if (later) return `the ${keyword} on ${lineOf(lines, later.span)} replaces it.`;
  const { entrypoint } = stage.end;
  if (instruction.kind !== 'cmd' || !entrypoint.known || entrypoint.value?.form !== 'shell') return null;
  const at = entrypoint.value.instruction;
  return `the shell-form ENTRYPOINT${at ? ` on ${lineOf(lines, at.span)}` : ''} ignores CMD.`;
}

function laterOf({ kind, span }: Cmd | Entrypoint | Healthcheck, { steps }: Stage) {
  const same = steps.map(({ instruction }) => instruction).filter((other) => other.kind === kind && !other.isOnbuild);
  const last = same.at(-1);
  return last && last.span.start > span.start ? last : null;
}

/** How this instruction and those of the base image go together. */
function partNotes({ instruction, before }: Step, { end }: Stage): string[] {
  if (instruction.kind === 'cmd') {
    const process = end.entrypoint.known ? end.entrypoint.value : null;
    if (!process) return [];
    const origin = process.instruction ? 'ENTRYPOINT' : 'the ENTRYPOINT of the base image,';
    return [
      `CMD is appended to ${origin} ${commandLine(process.argv)}.`,
      ...repeated(process, end.cmd.known ? end.cmd.value : null),
    ];
  }
  const replaced =
    before.entrypoint.known && before.entrypoint.value?.instruction === null ? before.entrypoint.value : null;
  const cmd = before.cmd.known && before.cmd.value?.instruction === null ? before.cmd.value : null;
  return [
    ...(replaced ? [`It replaces the ENTRYPOINT of the base image, ${commandLine(replaced.argv)}.`] : []),
    ...(cmd ? [`It also drops the CMD of the base image, ${commandLine(cmd.argv)}.`] : []),
  ];
}

/** `CMD ["node", "x.js"]` behind an ENTRYPOINT that is node already. */
function repeated(entrypoint: Process, cmd: Process | null): string[] {
  const interpreter = interpreterOf(entrypoint);
  const [first = ''] = cmd?.argv ?? [];
  if (!interpreter || entrypoint.instruction || interpreterName(first) !== interpreter.name) return [];
  return [`**${code(interpreter.path)} runs already**, so ${code(first)} is its first argument, not a program.`];
}

function missingOnly(notes: readonly string[]): string[] {
  return notes
    .filter((note) => /^(\*\*|Exec|The shell)/.test(note))
    .map((note) => note.replace('It does not start:', 'It never succeeds:'));
}

/** The defaults are those of https://docs.docker.com/reference/dockerfile/#healthcheck. */
function rhythm({ flags }: Healthcheck): string {
  const flag = (name: string, usual: string) => flags.find((one) => one.name === name)?.value ?? usual;
  const retries = flag('retries', '3');
  const patience = retries === '1' ? 'one failure makes' : `${retries} failures in a row make`;
  return `every ${flag('interval', '30s')} with ${flag('timeout', '30s')} to finish; ${patience} it unhealthy`;
}

function libcNotes(stage: Stage, view: View): string[] {
  const program = startedProgram(stage);
  const { libc } = stage.end;
  const note = program && programNote(program, libc.known ? libc.value : null, view);
  return note ? [note] : [];
}

/** Who chose the user, when the file did. */
function userEvidence({ end }: Stage) {
  return end.user.because.filter(({ kind }) => kind === 'instruction').slice(0, 1);
}
