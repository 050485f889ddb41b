import { mkdirSync, readFileSync, statfsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ensureDebianPackages, findOnPath } from '../editor/debian.mjs';
import { download, rootImage, type Workshop } from './assemble.js';
import { startImage } from './container.js';
import { caseTag, type Engine } from './engine.js';
import { isLate } from './patience.js';
import { startedMark } from './programs.js';

/** The exit status that tells that nothing was tried: EX_TEMPFAIL of sysexits.h. */
export const cannotRunStatus = 75;

const debianVersion = '12';
const gigabytes = 5;

/**
 * What keeps a machine from running the lab, as a sentence; null when nothing does as far as it can be told without
 * starting anything. Installs the engines where they are missing.
 */
export function obstacleOf(folder: string): string | null {
  if (process.platform !== 'linux' || process.arch !== 'x64')
    return `It needs Linux on x86-64, and this is ${process.platform} on ${process.arch}.`;
  const system = systemName();
  if (system !== `debian ${debianVersion}`)
    return `It takes packages of Debian ${debianVersion}, and this is ${system || 'another system'}.`;
  if (process.getuid?.() !== 0) return 'It needs root: it unpacks file systems and starts containers.';
  const tools = ['buildah', 'runc'].map((name) => [name, () => findOnPath(name) !== null] as const);
  const lacking = failureOf(() => ensureDebianPackages(Object.fromEntries(tools), 'the lab'));
  if (lacking) return lacking;
  mkdirSync(folder, { recursive: true });
  const { bavail, bsize } = statfsSync(folder);
  const free = (bavail * bsize) / 2 ** 30;
  return free < gigabytes ? `It needs ${gigabytes} GB of free disk, and ${folder} has ${free.toFixed(1)}.` : null;
}

/** Whether a directory of a container can be mounted: not in a sandbox without that privilege. */
export function mountObstacle(engine: Engine): string | null {
  const failure = failureOf(() => engine.call('mount', engine.call('from', 'scratch')));
  engine.clear();
  return failure && `A container cannot be mounted. ${briefly(failure)}`;
}

/** Whether packages can be had. Throws when the lab asks for one that its release of Debian has not. */
export function downloadObstacle(workshop: Workshop, roots: readonly string[]): string | null {
  const failure = failureOf(() => download(workshop, roots));
  if (failure && /Unable to locate package|no installation candidate/.test(failure)) throw new Error(failure);
  return failure && `Packages cannot be downloaded. ${briefly(failure)}`;
}

/** Whether an image of the simplest root is built, starts, and lets its health check run. */
export async function startObstacle({ engine }: Workshop, root: string, folder: string): Promise<string | null> {
  const words = `echo '${startedMark}'; sleep 60`;
  const lines = [`FROM ${rootImage(root)}`, 'RUN true', 'HEALTHCHECK CMD true', `CMD ["sh", "-c", "${words}"]`];
  const bundle = join(folder, 'bundle');
  mkdirSync(bundle, { recursive: true });
  const file = join(folder, 'Dockerfile');
  writeFileSync(file, `${lines.join('\n')}\n`);
  try {
    const built = engine.build({ file, context: bundle, volumes: [] });
    if (built.code !== 0) return `A container cannot be started. ${briefly(built.output)}`;
    const { failed, output } = await startImage(engine, caseTag, bundle);
    return failed === null ? null : `A container cannot be started. ${briefly(output)}`;
  } finally {
    engine.clear();
  }
}

/** The message of what a function throws; null when it throws nothing. That it was too slow is thrown on. */
function failureOf(action: () => unknown): string | null {
  try {
    action();
    return null;
  } catch (error) {
    if (isLate(error)) throw error;
    return error instanceof Error ? error.message : String(error);
  }
}

/** As `debian 12`; empty when the machine does not tell. */
function systemName(): string {
  let text = '';
  if (failureOf(() => (text = readFileSync('/etc/os-release', 'utf8')))) return '';
  const field = (name: string) => new RegExp(`^${name}="?([^"\\n]*)`, 'm').exec(text)?.[1] ?? '';
  return `${field('ID')} ${field('VERSION_ID')}`.trim();
}

/** The line that tells an error, else the last one. */
function briefly(output: string): string {
  const lines = output.trim().split('\n');
  return lines.findLast((line) => /^(E|Error): /.test(line)) ?? lines.at(-1) ?? '';
}
