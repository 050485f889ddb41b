import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Engine, ImageConfig } from './engine.js';
import type { Trial } from './model.js';
import { lateness, secondsFor } from './patience.js';
import { must, run } from './process.js';
import { startedMark } from './programs.js';

/** The name shows in the control groups of the machine, where another lab may run. */
const id = `lab-${randomUUID().slice(0, 13)}`;
const defaultPath = 'PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

/** Starts an image as Docker would, then runs its health check in the container. `folder` is an empty directory. */
export async function startImage(engine: Engine, image: string, folder: string): Promise<Trial> {
  const config = engine.config(image) ?? {};
  const container = engine.call('from', '--pull-never', image);
  const rootDirectory = engine.call('mount', container);
  const user = numericUser(rootDirectory, config.User ?? '');
  // A name that cannot be looked up is refused by the engine itself, in its own words.
  if (!user) return { failed: 'start', output: engine.runIn(container, commandOf(config)).output };
  writeHosts(rootDirectory);
  must(['runc', 'spec', '--bundle', folder]);
  const file = join(folder, 'config.json');
  const spec = JSON.parse(readFileSync(file, 'utf8')) as Spec;
  writeFileSync(file, JSON.stringify(specFor(spec, { config, rootDirectory, user })));
  return startBundle(engine, folder, config);
}

/** Docker puts the names of the container there when it starts it. */
function writeHosts(rootDirectory: string): void {
  mkdirSync(join(rootDirectory, 'etc'), { recursive: true });
  writeFileSync(join(rootDirectory, 'etc/hosts'), '127.0.0.1 localhost\n::1 localhost ip6-localhost\n');
}

/** ENTRYPOINT with CMD as its arguments. */
export function commandOf({ Entrypoint, Cmd }: ImageConfig): string[] {
  return [...(Entrypoint ?? []), ...(Cmd ?? [])];
}

/** What Docker runs in the container for HEALTHCHECK; null for none. */
export function healthCommand({ Healthcheck, Shell }: ImageConfig): string[] | null {
  const [kind, ...rest] = Healthcheck?.Test ?? [];
  if (kind === 'CMD') return rest;
  return kind === 'CMD-SHELL' ? [...(Shell ?? ['/bin/sh', '-c']), ...rest] : null;
}

type User = { readonly uid: number; readonly gid: number };

/** Numbers as they are, names by /etc/passwd of the image; null when the name is not there. */
function numericUser(rootDirectory: string, text: string): User | null {
  const [name = '', group = ''] = text.split(':');
  const lines = linesOf(join(rootDirectory, 'etc/passwd')).map((line) => line.split(':'));
  const found = lines.find((fields) => fields[0] === name || fields[2] === name);
  const uid = /^\d*$/.test(name) ? Number(name) : Number(found?.[2] ?? NaN);
  const gid = /^\d+$/.test(group) ? Number(group) : Number(found?.[3] ?? 0);
  return Number.isNaN(uid) ? null : { uid, gid };
}

function linesOf(path: string): string[] {
  return existsSync(path) ? readFileSync(path, 'utf8').split('\n') : [];
}

type Spec = {
  process: { terminal: boolean; user: User; args: string[]; env: string[]; cwd: string; noNewPrivileges: boolean };
  root: { path: string; readonly: boolean };
  mounts: { destination: string }[];
};

type Start = { readonly config: ImageConfig; readonly rootDirectory: string; readonly user: User };

/** The configuration that `runc spec` proposes, with what Docker would put in. */
function specFor(spec: Spec, { config, rootDirectory, user }: Start): Spec {
  const env = [...(config.Env ?? [])];
  if (!env.some((line) => line.startsWith('PATH='))) env.unshift(defaultPath);
  return {
    ...spec,
    process: {
      ...spec.process,
      terminal: false,
      user,
      args: commandOf(config),
      env,
      cwd: config.WorkingDir || '/',
      noNewPrivileges: false,
    },
    root: { path: rootDirectory, readonly: false },
    mounts: spec.mounts.filter(({ destination }) => destination !== '/sys/fs/cgroup'),
  };
}

async function startBundle(engine: Engine, bundle: string, config: ImageConfig): Promise<Trial> {
  const runc = ['runc', '--root', engine.runcState];
  try {
    const { started, output } = await startedOrEnded([...runc, 'run', '--bundle', bundle, id]);
    if (!started) return { failed: 'start', output };
    const check = healthCommand(config);
    const checked = check && run([...runc, 'exec', id, ...check], { seconds: 60 });
    return checked && checked.code !== 0 ? { failed: 'health', output: checked.output } : { failed: null, output };
  } finally {
    run([...runc, 'delete', '--force', id]);
  }
}

/** Waits until the program says that it runs, or until it ends. It may take a minute. */
function startedOrEnded(words: readonly string[]): Promise<{ started: boolean; output: string }> {
  const [program = '', ...rest] = words;
  return new Promise((resolve, reject) => {
    const child = spawn(program, rest, { stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    const settle = (started: boolean) => {
      clearTimeout(timer);
      resolve({ started, output });
    };
    const seconds = 60;
    const timer = setTimeout(
      () => reject(lateness('The program in the container', seconds)),
      secondsFor(seconds) * 1000,
    );
    const gather = (chunk: Buffer) => {
      output += chunk.toString();
      if (output.includes(startedMark)) settle(true);
    };
    child.stdout.on('data', gather);
    child.stderr.on('data', gather);
    child.on('error', (error) => ((output += error.message), settle(false)));
    child.on('close', () => settle(false));
  });
}
