import type { Libc } from '../../catalog/model.js';
import { rootFacts } from '../../interpret/bases.js';
import { startedProgram, type PlacedProgram } from '../../interpret/placed.js';
import type { Artifact, Stage } from '../../interpret/state.js';
import { flowsFrom } from './flows.js';
import { linkageTitle } from './linkage.js';
import { code, linesOf } from './markdown.js';
import { isOlder } from './versions.js';
import type { View } from './view.js';
import { libcTitle } from './words.js';

/**
 * What the libc of a stage means for it, in one or two sentences: for the program it starts when its making was
 * followed, otherwise for programs in general. Null when the libc is not known.
 */
export function libcNote(stage: Stage, view: View): string | null {
  const { libc } = stage.end;
  const program = startedProgram(stage);
  const note = program && programNote(program, libc.known ? libc.value : null, view);
  if (note) return note;
  if (!libc.known) return null;
  return isShipped(stage) ? runNote(libc.value, stage) : buildNote(libc.value, stage, view);
}

/** Whether a program whose making was followed finds its libc; null when its linkage is not known. */
export function programNote({ path, artifact }: PlacedProgram, here: Libc | null, view: View): string | null {
  const how = linkageTitle(artifact, view);
  if (!how || !artifact.linkage.known) return null;
  if (artifact.linkage.value === 'static') return `${code(path)} is ${how}: it needs no libc.`;
  return `${code(path)} is linked ${how}${verdict(artifact, here)}`;
}

function isShipped({ isFinal, steps }: Stage): boolean {
  return isFinal || steps.some(({ instruction }) => instruction.kind === 'cmd' || instruction.kind === 'entrypoint');
}

function verdict({ linkage, libc }: Artifact, here: Libc | null): string {
  if (!here || !libc.known) return '.';
  const isCgo = linkage.known && linkage.value === 'cgo';
  const fails = isCgo ? 'it does not start if it uses `net`, `os/user` or a C library' : 'it does not start';
  if (here.kind === 'none') return `; there is no libc here, so ${fails}.`;
  if (here.kind !== libc.value.kind) return `; here is ${here.kind}, so ${fails}.`;
  if (isOlder(here.version, libc.value.version))
    return `; ${libcTitle(here)} here is older and may lack symbols that it asks for.`;
  return `, and ${libcTitle(here)} is here to load it.`;
}

function runNote(libc: Libc, stage: Stage): string {
  if (libc.kind === 'none') return 'Without a libc only statically linked programs start here.';
  if (libc.kind === 'musl') return muslNote(stage);
  if (libc.kind === 'glibc' && libc.version) {
    return `Runs programs built on glibc ${libc.version} or older; none built on Alpine, unless they are static.`;
  }
  return `Programs built for another libc than ${libc.kind} do not start here, unless they are static.`;
}

function muslNote(stage: Stage): string {
  const language = languageOf(stage);
  const foreign = 'programs built on Debian or Ubuntu do not start here, unless they are static';
  if (language === 'python') return `musl: pip takes pure and \`musllinux\` wheels and compiles the rest; ${foreign}.`;
  if (language === 'node') return `musl: native add-ons have to be installed on Alpine too; ${foreign}.`;
  return `musl: ${foreign}.`;
}

/** Of what leaves a build stage, only dynamically linked programs care about its libc. */
function buildNote(libc: Libc, stage: Stage, view: View): string | null {
  const flows = flowsFrom(stage, view);
  if (flows.every(({ isData }) => isData)) return null;
  const programs = flows.flatMap(({ artifact, span }) => (artifact ? [{ artifact, span }] : []));
  const isStatic = programs.every(({ artifact: { linkage } }) => linkage.known && linkage.value === 'static');
  const [first] = programs;
  if (first && isStatic) {
    const taken = linesOf(
      view.lines,
      programs.map(({ span }) => span),
    );
    return `The program taken from here on ${taken} is ${linkageTitle(first.artifact, view) ?? 'static'}: it needs no libc.`;
  }
  if (libc.kind === 'none' || ['java', 'dotnet', 'aspnetcore'].includes(languageOf(stage) ?? '')) return null;
  const floor = libc.version && libc.kind === 'glibc' ? `; ${libc.version} or newer, to be sure` : '';
  const subject = subjects[languageOf(stage) ?? ''] ?? 'Programs linked dynamically here';
  return `${subject} need ${libc.kind} wherever they run${floor}.`;
}

const subjects: Readonly<Record<string, string>> = {
  node: 'Native add-ons installed here',
  python: 'Extension modules installed here',
  ruby: 'Native extensions installed here',
};

function languageOf(stage: Stage): string | undefined {
  const runtime = rootFacts(stage)?.runtime;
  return runtime?.known ? runtime.value?.name : undefined;
}
