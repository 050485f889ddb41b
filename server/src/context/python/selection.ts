import { memo } from '../memo.js';
import { normalName, type LockedPackage } from './lock.js';
import { markerHolds, type MarkerPlace } from './marker.js';
import type { PoetryPackage } from './poetry-lock.js';
import type { Pyproject } from './pyproject.js';
import type { UvDemand, UvLock, UvPackage } from './uv-lock.js';

/** What an install command asks for, of what a lock holds. */
export type Selection = {
  readonly extras: readonly string[] | 'all';
  /** Of all extras, those that are left out. */
  readonly withoutExtras: readonly string[];
  /** Groups asked for by name, on top of the usual ones. */
  readonly groups: readonly string[] | 'all';
  readonly without: readonly string[];
  /** Nothing but these groups; `main` is the program itself. Null where that is not asked. */
  readonly only: readonly string[] | null;
  /** False with --no-default-groups. */
  readonly withDefaults: boolean;
  /** The member of a workspace; null for the project itself, `all` for every one. */
  readonly member: string | null;
  /** False where a word of the command is not known. */
  readonly isKnown: boolean;
};

/** A package that a command installs; `isCertain` false when that depends on what is not known. */
export type Selected<T extends LockedPackage> = { readonly locked: T; readonly isCertain: boolean };

/** What conditions and groups are asked of. */
export type Around = { readonly place: MarkerPlace; readonly project: Pyproject | null };

/** Of a lock of uv: what the project needs, followed from package to package. */
export function selectUv(lock: UvLock, selection: Selection, around: Around): readonly Selected<UvPackage>[] {
  const kept = answers(lock);
  const key = JSON.stringify([selection, around.place]);
  const found = kept.get(key);
  if (found?.project === around.project) return found.selected;
  if (kept.size >= mostAnswers) kept.clear();
  const selected = followUv(lock, selection, around);
  kept.set(key, { project: around.project, selected });
  return selected;
}

type Answer = Pick<Around, 'project'> & { readonly selected: readonly Selected<UvPackage>[] };

/** The same few questions are asked on every key: of several rules, for several machines. */
const answers = memo<UvLock, Map<string, Answer>>(() => new Map());
const mostAnswers = 50;

function followUv({ packages }: UvLock, selection: Selection, { place, project }: Around): Selected<UvPackage>[] {
  const walk: Walk = { byName: groupByName(packages), found: new Map(), seen: new Set(), queue: [], place };
  const roots = packages.filter((one) => isRoot(one, selection));
  for (const root of roots) {
    const isMain = selection.only === null || selection.only.includes('main');
    if (isMain) walk.queue.push(...wanted(root.dependencies, selection.isKnown));
    for (const [extra, list] of root.extras) {
      const isLeftOut = selection.withoutExtras.includes(extra);
      const isAsked = !isLeftOut && (selection.extras === 'all' || selection.extras.includes(extra));
      if (isMain && isAsked) walk.queue.push(...wanted(list, selection.isKnown));
    }
    for (const [group, list] of root.groups) {
      const isIn = hasGroup(group, selection, uvDefaults(project));
      if (isIn) walk.queue.push(...wanted(list, selection.isKnown && (project !== null || isNamed(group, selection))));
    }
  }
  for (let next = walk.queue.pop(); next; next = walk.queue.pop()) visit(walk, next);
  return [...walk.found]
    .map(([locked, isCertain]) => ({ locked, isCertain }))
    .sort((a, b) => a.locked.span.start - b.locked.span.start);
}

/** Of a lock of Poetry. Locks of Poetry 1 do not tell groups: there the project's own dependencies are followed. */
export function selectPoetry(
  packages: readonly PoetryPackage[],
  selection: Selection,
  { place, project }: Around,
): Selected<PoetryPackage>[] {
  const reached = project ? reachedFrom(packages, project.dependencies) : null;
  const isWhole = selection.only === null && selection.without.length === 0;
  return packages.flatMap((locked) => {
    const { groups, isOptional } = locked;
    if (isOptional && selection.extras !== 'all' && selection.extras.length === 0) return [];
    if (groups === null) {
      const own = reached?.get(locked.name);
      const isPart = own !== undefined || isWhole || reached === null;
      const isMain = hasGroup('main', selection, () => true);
      return isPart ? [{ locked, isCertain: selection.isKnown && !isOptional && own === true && isMain }] : [];
    }
    const chosen = groups.filter((group) => hasGroup(normalName(group), selection, poetryDefaults(project)));
    const answers = chosen.map((group) => answerOf(locked, group, { place, project }));
    if (answers.every((answer) => answer === false)) return [];
    return [{ locked, isCertain: selection.isKnown && !isOptional && answers.includes(true) }];
  });
}

function answerOf(locked: PoetryPackage, group: string, { place, project }: Around): boolean | null {
  const holds = markerHolds(locked.marker(group), place);
  return holds === true && project === null && group !== 'main' ? null : holds;
}

type Defaults = (group: string) => boolean;

function uvDefaults(project: Pyproject | null): Defaults {
  const groups = project?.uvGroups ?? ['dev'];
  return (group) => groups === 'all' || groups.includes(group);
}

function poetryDefaults(project: Pyproject | null): Defaults {
  return (group) => project?.optionalGroups.includes(group) !== true;
}

function isNamed(group: string, { groups, only }: Selection): boolean {
  return groups === 'all' || groups.includes(group) || only?.includes(group) === true;
}

function hasGroup(group: string, selection: Selection, isDefault: Defaults): boolean {
  if (selection.without.includes(group)) return false;
  if (selection.only) return selection.only.includes(group);
  return isNamed(group, selection) || ((selection.withDefaults || group === 'main') && isDefault(group));
}

function isRoot({ folder, name }: UvPackage, { member }: Selection): boolean {
  if (folder === null) return false;
  return member === 'all' || (member === null ? folder === '.' : name === normalName(member));
}

type Walk = {
  readonly byName: ReadonlyMap<string, readonly UvPackage[]>;
  readonly found: Map<UvPackage, boolean>;
  readonly seen: Set<string>;
  readonly queue: Wanted[];
  readonly place: MarkerPlace;
};

type Wanted = { readonly demand: UvDemand; readonly isCertain: boolean };

function wanted(demands: readonly UvDemand[], isCertain: boolean): Wanted[] {
  return demands.map((demand) => ({ demand, isCertain }));
}

function visit(walk: Walk, { demand, isCertain }: Wanted): void {
  const holds = markerHolds(demand.marker, walk.place);
  if (holds === false) return;
  const all = walk.byName.get(demand.name) ?? [];
  const candidates = all.filter(({ version }) => demand.version === null || version === demand.version);
  const isSure = isCertain && holds === true && candidates.length === 1;
  for (const one of candidates) {
    for (const part of ['', ...demand.extras]) {
      const key = `${one.name} ${one.version} ${part}`;
      if (walk.seen.has(`${key} true`) || walk.seen.has(`${key} ${isSure}`)) continue;
      walk.seen.add(`${key} ${isSure}`);
      walk.found.set(one, isSure || walk.found.get(one) === true);
      walk.queue.push(...wanted(part === '' ? one.dependencies : (one.extras.get(part) ?? []), isSure));
    }
  }
}

function groupByName(packages: readonly UvPackage[]): Map<string, UvPackage[]> {
  const groups = new Map<string, UvPackage[]>();
  for (const one of packages) {
    const group = groups.get(one.name);
    if (group) group.push(one);
    else groups.set(one.name, [one]);
  }
  return groups;
}

/** By name; true for what is needed on every system. */
function reachedFrom(packages: readonly PoetryPackage[], names: readonly string[]): Map<string, boolean> {
  const byName = new Map(packages.map((one) => [one.name, one]));
  const reached = new Map<string, boolean>();
  const queue = names.map((name) => ({ name, isCertain: true }));
  for (let next = queue.pop(); next; next = queue.pop()) {
    const { name, isCertain } = next;
    const before = reached.get(name);
    if (before === true || before === isCertain) continue;
    reached.set(name, isCertain);
    for (const [need, isAlways] of byName.get(name)?.needs ?? [])
      queue.push({ name: need, isCertain: isCertain && isAlways });
  }
  return reached;
}
