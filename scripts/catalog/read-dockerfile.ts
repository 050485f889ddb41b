import packages from '../../server/src/catalog/data/packages.json';
import type { PackageData } from '../../server/src/catalog/data-model.js';
import { analyze, createWorld } from '../../server/src/analyze.js';
import { shellPath } from '../../server/src/interpret/query.js';
import type { StageState } from '../../server/src/interpret/state.js';
import type { Fact } from '../../server/src/fact.js';
import { knownWords } from './check/words.js';

/** What a published Dockerfile makes, in the words of the catalog's data; a missing key is not known. */
export type ReadImage = {
  os?: string | null;
  libc?: string;
  shells?: string;
  packageManager?: string | null;
  user?: string;
  entrypoint?: readonly string[] | null;
  cmd?: readonly string[] | null;
  workdir?: string;
  env?: Record<string, string>;
  contents?: string;
  files?: string;
};

const words = knownWords(packages as PackageData);

type Job = { text: string; today: string; target?: string | undefined; buildArgs?: Readonly<Record<string, string>> };

/**
 * Reads one target of a Dockerfile with the guide itself: what it does not understand stays out. Null when the base is
 * not known, so that nothing would be worth telling.
 */
export function readDockerfile({ text, today, target, buildArgs = {} }: Job): ReadImage | null {
  const { stages } = analyze(text, createWorld(today, buildArgs));
  const stage = target ? stages.find(({ name }) => name === target) : stages.at(-1);
  if (!stage) return null;
  const { end } = stage;
  const { os } = end;
  if (!os.known) return null;
  const shells = shellsOf(end);
  return {
    os: os.value && `${os.value.id}:${os.value.version ?? ''}`.replace(/:$/, ''),
    ...keep('libc', end.libc, ({ kind, version }) => (version ? `${kind}:${version}` : kind)),
    ...shells,
    ...keep('packageManager', end.packageManager, (manager) => manager),
    ...keep('user', end.user, ({ name, uid }) =>
      uid === 0 ? '0' : name === null ? `${uid ?? ''}` : `${name}:${uid ?? ''}`,
    ),
    ...keep('entrypoint', end.entrypoint, (process) => process?.argv ?? null),
    ...keep('cmd', end.cmd, (process) => process?.argv ?? null),
    ...keep('workdir', end.workdir, (path) => path),
    ...environment(end),
    contents: presentIn(end),
  };
}

function keep<K extends keyof ReadImage, T>(key: K, fact: Fact<T>, read: (value: T) => ReadImage[K]): ReadImage {
  return fact.known ? { [key]: read(fact.value) } : {};
}

/** After something that was not understood there may be more shells than those of the base: they are named as files. */
function shellsOf(state: StageState): ReadImage {
  const { files, blur, contents } = state;
  const paths = [...files.entries()]
    .filter(([path, { kind }]) => kind === 'file' && isShell(path))
    .map(([path]) => path);
  const bash = contents.get('bash');
  if (bash?.known && bash.value && paths.length > 0 && !paths.includes('/bin/bash')) paths.push('/bin/bash');
  if (paths.length > 0) return { [blur ? 'files' : 'shells']: paths.sort(byShell).join(' ') };
  const shell = shellPath(state);
  return shell.known && shell.value === null ? { shells: '' } : {};
}

function isShell(path: string): boolean {
  return /^\/bin\/(?:sh|ash|dash|bash)$/.test(path);
}

function byShell(left: string, right: string): number {
  const order = ['/bin/sh', '/bin/ash', '/bin/dash', '/bin/bash'];
  return order.indexOf(left) - order.indexOf(right);
}

/** Variables whose value is not known leave the list incomplete, so that it is left out as a whole. */
function environment({ env, closed }: StageState): ReadImage {
  const entries = [...env.entries()];
  if (!closed.env.known || entries.some(([, fact]) => !fact.known)) return {};
  const set = entries.flatMap(([name, fact]): [string, string][] =>
    fact.known && fact.value !== null && !/VERSION|_SHA|SHA256|SHA512|CHECKSUM|_HASH|_URL|GPG/i.test(name)
      ? [[name, fact.value]]
      : [],
  );
  return { env: Object.fromEntries(set) };
}

/** What stands for a package by its own name is left out: the words for what it brings are there too. */
function presentIn({ contents }: StageState): string {
  return [...contents.entries()]
    .filter(([word, fact]) => fact.known && fact.value && words.has(word))
    .map(([word]) => word)
    .sort()
    .join(' ');
}
