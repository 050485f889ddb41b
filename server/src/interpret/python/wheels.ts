import { memo } from '../../context/memo.js';
import { normalName, type LockedPackage } from '../../context/python/lock.js';
import { fitsSystem, fitsTarget, isPureWheel, type Machine } from '../../context/python/wheel.js';
import type { Evidence } from '../../fact.js';
import type { PythonInstall } from '../commands/python-install.js';
import type { Analysis, CommandStep, Stage, StageState } from '../state.js';
import { listedPackages, type ListedPackage } from './lists.js';
import { minorNumber } from './packages.js';

/** Packages that a command installs on musl, and that have wheels for glibc only. */
export type WheelGap = {
  readonly install: PythonInstall;
  /** Those that cannot be installed at all, or else those that are compiled. */
  readonly packages: readonly ListedPackage[];
  readonly isInstallable: boolean;
  readonly isSure: boolean;
  readonly because: readonly Evidence[];
};

export type InstallStep = { readonly step: CommandStep; readonly stage: Stage };

/** The commands that install packages from a list in a file. */
export function listedInstalls({ stages }: Analysis): InstallStep[] {
  return stages.flatMap((stage) =>
    stage.steps.flatMap(({ commands, instruction }) =>
      instruction.isOnbuild ? [] : commands.filter(({ python }) => python).map((step) => ({ step, stage })),
    ),
  );
}

/** Null when there are none, or when that is not known. */
export function wheelGap(step: CommandStep, stage: Stage, { context }: Analysis): WheelGap | null {
  const { python: install, before } = step;
  if (!install || !before.libc.known || before.libc.value.kind !== 'musl' || pretendsGlibc(before)) return null;
  const minor = minorNumber(install.python?.version ?? null);
  const machines = machinesOf(stage);
  let sure = true;
  const because: Evidence[] = [];
  const found: Found[] = [];
  for (const list of install.lists) {
    const [first, ...others] = machines.map((machine) => listedPackages(list, context, { minor, machine }));
    if (!first) continue;
    const gaps = first.packages.flatMap((one): Found[] => {
      const isOnAll = others.every((other) =>
        other?.packages.some(({ locked, isCertain }) => locked === one.locked && isCertain),
      );
      const lack = isOnAll && one.isCertain ? lackOf(one, { machines, minor, install, before }) : null;
      return lack ? [{ one, lack }] : [];
    });
    if (gaps.length > 0) because.push(...first.because);
    if (gaps.length > 0) sure &&= first.isSure && !gaps.some(({ one }) => mayBeThere(before, one.name));
    found.push(...gaps);
  }
  const missing = found.filter(({ lack }) => lack === 'missing');
  const packages = (missing.length > 0 ? missing : found).map(({ one }) => one);
  if (packages.length === 0) return null;
  return { install, packages, isInstallable: missing.length === 0, isSure: sure, because };
}

/** A package that was installed before, as from a wheel of one's own, is not installed again. */
function mayBeThere({ python }: StageState, wanted: string): boolean {
  return [...python.entries()].some(([, place]) => {
    if (place.kind === 'environment') return place.because.length > 1;
    return place.kind === 'packages' && place.names.some((name) => isIt(name, wanted));
  });
}

function isIt(written: string, wanted: string): boolean {
  return /\/|\.(whl|gz)$/.test(written) || normalName(/^[\w.-]*/.exec(written)?.[0] ?? '') === wanted;
}

type Found = { readonly one: ListedPackage; readonly lack: 'missing' | 'compiled' };

type Question = {
  readonly machines: readonly Machine[];
  readonly minor: number | null;
  readonly install: PythonInstall;
  readonly before: StageState;
};

/** What is wrong with a package; null when nothing is, or when it is no better on glibc. */
function lackOf({ locked, name }: ListedPackage, question: Question): Found['lack'] | null {
  const { install, before } = question;
  if (!locked?.files || install.leftOut.includes(name) || before.packages.get(`py3-${name}`)?.installed) return null;
  const { wheels, hasSource } = locked.files;
  if (!question.machines.every((machine) => isForGlibcOnly(locked, machine, question.minor))) return null;
  if (wheels.some(isPureWheel)) return null;
  return hasSource && !install.isWheelsOnly ? 'compiled' : 'missing';
}

function isForGlibcOnly(locked: LockedPackage, machine: Machine, minor: number | null): boolean {
  const kept = tried(locked);
  const key = `${machine} ${minor}`;
  const answer = kept.get(key) ?? areForGlibcOnly(locked, machine, minor);
  kept.set(key, answer);
  return answer;
}

const tried = memo<LockedPackage, Map<string, boolean>>(() => new Map());

function areForGlibcOnly({ files }: LockedPackage, machine: Machine, minor: number | null): boolean {
  const wheels = files?.wheels ?? [];
  const fits = (libc: 'glibc' | 'musl') => wheels.some((wheel) => fitsTarget(wheel, { minor, libc, machine }));
  if (minor !== null) return fits('glibc') && !fits('musl');
  return fits('glibc') && !wheels.some((wheel) => fitsSystem(wheel, { libc: 'musl', machine }));
}

/** The machines that the stage may be built for. */
function machinesOf({ syntax }: Stage): readonly Machine[] {
  const platform = syntax.from.flags.find(({ name }) => name === 'platform')?.value ?? '';
  if (platform === 'linux/amd64') return ['x86_64'];
  if (/^linux\/arm64(\/v8)?$/.test(platform)) return ['aarch64'];
  return platform === '' || platform.includes('$') ? ['x86_64', 'aarch64'] : [];
}

/** A module of this name makes pip take wheels for glibc: https://peps.python.org/pep-0600/#package-installers */
function pretendsGlibc({ files }: StageState): boolean {
  return [...files.entries()].some(([path, { kind }]) => kind !== 'absent' && path.endsWith('/_manylinux.py'));
}
