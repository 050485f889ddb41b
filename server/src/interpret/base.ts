import { healthcheckOf, type BaseHealthcheck } from '../catalog/base-healthcheck.js';
import { missingTools } from '../catalog/base-tools.js';
import type { Account, ImageFacts, PackageManager } from '../catalog/model.js';
import { byDocker, byInstruction, known, mapFact, unknown, type Evidence, type Fact } from '../fact.js';
import type { Span } from '../text/span.js';
import { emptyBase } from './bases.js';
import type { FileEntry, Process, StageState } from './state.js';
import { Versioned } from './versioned.js';

const defaultPath = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

/** Every place a shell is looked for; those that a base with a full list does not name are known to be absent. */
export const shellPaths = ['sh', 'bash', 'ash', 'dash', 'zsh', 'ksh', 'mksh', 'csh', 'fish', 'busybox', 'pwsh'].flatMap(
  (name) => [`/bin/${name}`, `/usr/bin/${name}`],
);

const dockerDefaults = {
  shellPrefix: known<readonly string[]>(['/bin/sh', '-c'], byDocker('Shell form runs through /bin/sh -c by default.')),
  workdir: '/',
};

/** `FROM scratch`: an empty file system and an empty configuration. */
export function scratchState(at: Span): StageState {
  const empty = byInstruction(at, emptyBase);
  return {
    ...blankState(),
    os: known(null, empty),
    libc: known({ kind: 'none', version: null }, empty),
    packageManager: known(null, empty),
    user: known({ name: null, uid: 0 }, byDocker('Without USER a container runs as root.')),
    workdir: known('/', byDocker('Without WORKDIR the working directory is /.')),
    env: withDefaultPath(Versioned.empty(), true),
    entrypoint: known(null, empty),
    cmd: known(null, empty),
    healthcheck: known(null, empty),
    runtime: known(null, empty),
    closed: {
      env: known(true, empty),
      programs: known(true, empty),
      accounts: known(true, empty),
      files: known(true, empty),
    },
  };
}

/** A base of which nothing is known; `because` says why. */
export function unknownState(...because: Evidence[]): StageState {
  const none = unknown(...because);
  return {
    ...blankState(),
    os: none,
    libc: none,
    packageManager: none,
    user: none,
    workdir: none,
    shellPrefix: none,
    entrypoint: none,
    cmd: none,
    healthcheck: none,
    runtime: none,
    closed: { env: none, programs: none, accounts: none, files: none },
  };
}

/** What the catalog says about an image, as the state before the first instruction. */
export function imageState(facts: ImageFacts, at: Span): StageState {
  if (facts.isWindows) return windowsState(facts, at);
  const because = [...facts.libc.because, ...facts.shells.because].slice(0, 1);
  return {
    ...blankState(),
    os: facts.os,
    libc: facts.libc,
    packageManager: facts.packageManager,
    user: facts.user,
    workdir: facts.workdir,
    env: envOf(facts),
    entrypoint: mapFact(facts.entrypoint, processOf),
    cmd: mapFact(facts.cmd, processOf),
    healthcheck: healthcheckFact(facts, because),
    runtime: facts.runtime,
    contents: contentsOf(facts),
    accounts: accountsOf(facts),
    files: filesOf(facts),
    closed: {
      env: mapFact(facts.env, () => true),
      programs: facts.closed,
      accounts: mapFact(facts.accounts, () => true),
      files: unknown(...because),
    },
  };
}

/** What is inside a Windows image is not followed; its commands are not read as those of a Unix shell. */
function windowsState({ name, tag }: ImageFacts, at: Span): StageState {
  const evidence = byInstruction(at, `'${name}:${tag}' is a Windows image.`);
  return { ...unknownState(evidence), shellPrefix: known(['cmd', '/S', '/C'], evidence) };
}

function blankState(): StageState {
  const nothing = unknown();
  return {
    os: nothing,
    libc: nothing,
    packageManager: nothing,
    user: nothing,
    workdir: nothing,
    env: Versioned.empty(),
    args: Versioned.empty(),
    shellPrefix: dockerDefaults.shellPrefix,
    entrypoint: nothing,
    cmd: nothing,
    healthcheck: nothing,
    runtime: nothing,
    contents: Versioned.empty(),
    accounts: Versioned.empty(),
    files: Versioned.empty(),
    owners: Versioned.empty(),
    modes: Versioned.empty(),
    closed: { env: nothing, programs: nothing, accounts: nothing, files: nothing },
    blur: null,
    blurredAt: 0,
    clock: 0,
    settings: Versioned.empty(),
    packages: Versioned.empty(),
    packageGroups: Versioned.empty(),
    python: Versioned.empty(),
    placements: Versioned.empty(),
  };
}

function processOf(argv: readonly string[] | null): Process | null {
  return argv && argv.length > 0 ? { argv, form: 'exec', instruction: null } : null;
}

function healthcheckFact(facts: ImageFacts, because: readonly Evidence[]): StageState['healthcheck'] {
  const fact = healthcheckOf(facts);
  return fact.known ? mapFact(fact, checkProcess) : unknown(...because);
}

function checkProcess(check: BaseHealthcheck | null): Process | null {
  if (!check) return null;
  const shell = check.form === 'shell' ? dockerDefaults.shellPrefix.value : [];
  return { argv: [...shell, ...check.words], form: check.form, instruction: null };
}

function envOf({ env }: ImageFacts): StageState['env'] {
  if (!env.known) return Versioned.empty();
  const entries = Object.entries(env.value).map(([name, value]) => [name, known(value, ...env.because)] as const);
  return withDefaultPath(Versioned.from(entries), !('PATH' in env.value));
}

function withDefaultPath(env: StageState['env'], isMissing: boolean): StageState['env'] {
  return isMissing ? env.with('PATH', known(defaultPath, byDocker('The default PATH of a Linux image.'))) : env;
}

const managerPrograms: readonly (readonly [readonly PackageManager[], readonly string[]])[] = [
  [['apt'], ['apt', 'apt-get', 'aptitude', 'apt-cache', 'apt-key']],
  [['apk'], ['apk']],
  [
    ['dnf', 'microdnf', 'yum', 'tdnf'],
    ['dnf', 'microdnf', 'yum', 'tdnf'],
  ],
  [['zypper'], ['zypper']],
  [['pacman'], ['pacman']],
];

/** A base whose package manager is known does not have those of other families. */
function contentsOf(facts: ImageFacts): Versioned<Fact<boolean>> {
  const { packageManager } = facts;
  const contents = [...missingTools(facts), ...ownProgram(facts), ...facts.contents];
  if (!packageManager.known) return Versioned.from(contents);
  const own = packageManager.value;
  const foreign = managerPrograms.flatMap(([managers, programs]) => (own && managers.includes(own) ? [] : programs));
  const absent = foreign.map((program) => [program, known(false, ...packageManager.because)] as const);
  return Versioned.from([...absent, ...contents]);
}

/** An image holds the programs that it starts itself; those that are named without a folder. */
function ownProgram({ entrypoint, cmd }: ImageFacts): [string, Fact<boolean>][] {
  if (!entrypoint.known) return [];
  // The entrypoint scripts of the official library start what CMD names.
  const isHandedOn = entrypoint.value === null || /entrypoint(\.sh)?$/.test(entrypoint.value[0] ?? '');
  return [entrypoint, ...(isHandedOn ? [cmd] : [])].flatMap((process): [string, Fact<boolean>][] => {
    const name = process.known ? process.value?.[0] : undefined;
    const isPlain = name !== undefined && /^[A-Za-z][\w.-]*$/.test(name);
    return isPlain ? [[name, known(true, ...process.because)]] : [];
  });
}

function accountsOf({ accounts, namedUsers }: ImageFacts): Versioned<Fact<Account | null>> {
  const list = accounts.known ? accounts.value : namedUsers;
  const because = accounts.known ? accounts.because : [];
  return Versioned.from(list.map((account) => [account.name, known(account, ...because)] as const));
}

function filesOf(facts: ImageFacts): Versioned<FileEntry> {
  const entries: [string, FileEntry][] = facts.files.map((path) => [path, baseFile('file', facts.libc.because)]);
  const { entrypoint, workdir } = facts;
  if (workdir.known && workdir.value !== '/')
    entries.push([workdir.value, { ...baseFile('file', workdir.because), kind: 'directory' }]);
  const own = entrypoint.known ? entrypoint.value?.[0] : undefined;
  if (own?.startsWith('/')) entries.push([own, baseFile('file', entrypoint.because)]);
  if (!facts.shells.known) return Versioned.from(entries);
  const { value: shells, because } = facts.shells;
  const absent = shellPaths.filter((path) => !shells.some((shell) => samePlace(shell, path)));
  const busybox = facts.contents.get('busybox');
  const certain = absent.filter((path) => !path.endsWith('/busybox') || (busybox?.known && !busybox.value));
  for (const path of certain) entries.push([path, baseFile('absent', because)]);
  for (const path of shells) entries.push([path, baseFile('file', because)]);
  return Versioned.from(entries);
}

/** /bin is a link to /usr/bin in merged systems, so the two are taken as one. */
function samePlace(a: string, b: string): boolean {
  return a.replace(/^\/usr\/bin\//, '/bin/') === b.replace(/^\/usr\/bin\//, '/bin/');
}

function baseFile(kind: 'file' | 'absent', because: readonly Evidence[]): FileEntry {
  return { kind, because, artifact: null, unlisted: 'nothing', order: 0, emptied: kind === 'absent' ? 0 : -1 };
}
