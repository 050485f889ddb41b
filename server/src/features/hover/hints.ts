import type { LanguageRuntime } from '../../catalog/model.js';
import { rootFacts } from '../../interpret/bases.js';
import { interpreterName } from '../../interpret/interpreters.js';
import { startedProgram } from '../../interpret/placed.js';
import { startedCommands } from '../../interpret/product.js';
import { startProcess } from '../../interpret/query.js';
import { isInit } from '../../interpret/inits.js';
import type { Stage } from '../../interpret/state.js';
import { baseName } from '../../interpret/tree.js';
import { flowsFrom } from './flows.js';
import { code, link } from './markdown.js';
import type { View } from './view.js';

/** What people ought to know of musl before they ship on it: the one thing that this image is most likely to meet. */
export function muslHint(stage: Stage, { links }: View): string | null {
  if (!stage.isFinal) return null;
  const note = slowAllocator(stage) ?? alpineNote(stage);
  const more = link('More differences', links.page('guide/glibc-and-musl.md'));
  return note && `${note} ${more ?? ''}`.trim();
}

/** For an image without a shell. */
export const probeHint = 'Probes and hooks that run a command find only what is in the image.';

/** What BuildKit leaves out of the list of contents, in a stage whose libraries end up in the program. */
export function sbomHint(stage: Stage, view: View): string | null {
  const { analysis, links } = view;
  const hasAsked = [
    ...analysis.file.globalArgs.flatMap(({ declarations }) => declarations),
    ...stage.syntax.instructions.flatMap((one) => (one.kind === 'arg' ? one.declarations : [])),
  ].some(({ name }) => name === 'BUILDKIT_SBOM_SCAN_STAGE');
  // Of Go programs a scanner reads the modules from the program itself.
  const isCompiled = flowsFrom(stage, view).some(({ artifact }) => /^(rust|c|c\+\+)$/.test(artifact?.language ?? ''));
  if (hasAsked || stage.isFinal || !stage.isNeeded || !isCompiled) return null;
  const asking = `${code('ARG BUILDKIT_SBOM_SCAN_STAGE=true')} lists this stage in the SBOM, whose libraries are part of the program.`;
  return [asking, link('Release requirements', links.page('guide/release-requirements.md'))].filter(Boolean).join(' ');
}

/** What signals do to the program when it is process 1. */
export function signalHint(stage: Stage, { links }: View): string[] {
  const note = lostStopSignal(stage) ?? noHandler(stage);
  const more = link('More', links.page('guide/going-distroless.md'));
  return note ? [`${note} ${more ?? ''}`.trim()] : [];
}

/** Alpine has musl 1.2.4 from 3.18 on. */
function alpineNote({ end }: Stage): string | null {
  const os = end.os.known ? end.os.value : null;
  if (os?.id !== 'alpine' || !end.libc.known || end.libc.value.kind !== 'musl') return null;
  const [major = 0, minor = 0] = (os.version ?? '').split('.').map(Number);
  if (major === 3 && minor < 18)
    return '**DNS answers too long for UDP** arrive cut off or not at all: the musl of Alpine before 3.18 has no DNS over TCP.';
  return end.runtime.known ? runtimeNote(end.runtime.value) : null;
}

/** CPython asks for a larger stack from 3.15 on: https://github.com/python/cpython/issues/148260 */
function runtimeNote(runtime: LanguageRuntime | null): string | null {
  const isOldPython = runtime?.name === 'python' && !(Number(runtime.version?.split('.')[1] ?? 0) >= 15);
  if (isOldPython || runtime?.name === 'ruby')
    return 'Threads get 128 KiB of stack on musl: deep recursion in one ends in a segmentation fault.';
  return runtime?.name === 'node' || runtime?.name === 'php'
    ? 'musl asks all name servers at once and tries no search domain for names with `ndots` dots or more.'
    : null;
}

/** A program of Go has an allocator of its own. */
function slowAllocator(stage: Stage): string | null {
  const artifact = startedProgram(stage)?.artifact;
  const isMusl = artifact?.libc.known === true && artifact.libc.value.kind === 'musl';
  if (!isMusl || !/^(rust|c\+\+)$/.test(artifact.language ?? '')) return null;
  return 'Many threads that allocate much can be far slower with the allocator of musl; another one helps.';
}

/** Official images set STOPSIGNAL for these; it is no part of the files. */
const stopSignals: Readonly<Record<string, string>> = {
  nginx: 'SIGQUIT',
  'php-fpm': 'SIGQUIT',
  httpd: 'SIGWINCH',
  postgres: 'SIGINT',
};

function lostStopSignal(stage: Stage): string | null {
  const [program = ''] = startedCommands(stage)[0] ?? [];
  const name = baseName(program);
  const signal = Object.hasOwn(stopSignals, name) ? stopSignals[name] : undefined;
  if (!signal || rootFacts(stage)?.runtime.known !== true || rootFacts(stage)?.name === name) return null;
  const isCopied = stage.steps.some(
    ({ instruction }) =>
      instruction.kind === 'copy' &&
      instruction.flags.some((flag) => flag.name === 'from') &&
      instruction.sources.some(({ value }) => baseName(value) === name),
  );
  const isSet = stage.steps.some(({ instruction }) => instruction.kind === 'stopsignal');
  return isCopied && !isSet
    ? `The image that ${code(name)} comes from sets ${code(`STOPSIGNAL ${signal}`)}, which the copy does not bring.`
    : null;
}

/** Neither Node.js nor Python handles SIGTERM, and the kernel has no default action for process 1. */
function noHandler(stage: Stage): string | null {
  const process = startProcess(stage.end);
  const commands = startedCommands(stage);
  if (!process.known || process.value?.form !== 'exec' || commands.length !== 1) return null;
  if (process.value.argv.some((word) => isInit(word) || /(^|\/)(ba|da|a)?sh$/.test(word))) return null;
  const [program = '', script = ''] = commands[0] ?? [];
  const name = interpreterName(program);
  const title = name === 'node' ? 'Node.js' : name === 'python' && script.endsWith('.py') ? 'Python' : null;
  return title && `As process 1, ${title} ignores SIGTERM unless the program handles it, or an init starts it.`;
}
