import type { BuildContext } from '../context/context.js';
import { readModule, type Loading, type ModuleFile, type ModuleStep } from '../context/node/module-file.js';
import { readManifest } from '../context/node/package-json.js';
import { byFile, type Evidence } from '../fact.js';
import type { SourceFile } from '../text/source-file.js';
import { isReplaced } from './node-changes.js';
import { startedModule } from './node-start.js';
import { placedAt, type Placed } from './placements.js';
import type { Stage, StageState } from './state.js';
import { currentEntry, parentOf, resolvePath } from './tree.js';

/** A package that the program surely loads when it starts. */
export type Load = {
  readonly name: string;
  /** The module that loads it, and its path in the image. */
  readonly file: SourceFile;
  readonly path: string;
  /** True where what it exports is called as soon as it is loaded, as in `new Database(…)`. */
  readonly isCalled: boolean;
  readonly because: readonly Evidence[];
  /** The offset in the Dockerfile where the first of the modules arrives that lead to it. */
  readonly since: number;
};

/** Modules that are read for one program. */
const mostModules = 50;

/**
 * The packages that the program of a stage surely loads: those that the started file imports at its top level, and the
 * modules beside it that it imports in the same way. Empty where it is not known what is started, or what is in it.
 */
export function loadsAtStart(stage: Stage, context: BuildContext): readonly Load[] {
  const kept = known.get(stage);
  if (kept) return kept;
  const walk: Walk = { at: stage.end, context, seen: new Set(), loads: [], isOver: false };
  const script = startedModule(stage, context);
  const path = script && moduleAt(walk, script);
  if (path) visit(walk, path, { because: [], since: Infinity });
  known.set(stage, walk.loads);
  return walk.loads;
}

/** Whether a module finds a package in this node_modules, as far as that can be told. */
export function findsIn(folder: string, { name, path }: Load, image: Image): boolean {
  if (isReplaced(image, folder, name)) return false;
  const { end, context } = image;
  for (let above = path; above !== '/';) {
    above = parentOf(above);
    const place = resolvePath(above, 'node_modules');
    if (place === folder) return true;
    const entry = currentEntry(end, place);
    if (entry && entry.kind !== 'absent') return false;
    if (placedAt(end, resolvePath(place, `${name}/package.json`), context)) return false;
  }
  return false;
}

type Image = { readonly end: StageState; readonly context: BuildContext };

const known = new WeakMap<Stage, readonly Load[]>();

type Walk = {
  readonly at: StageState;
  readonly context: BuildContext;
  readonly seen: Set<string>;
  readonly loads: Load[];
  /** Whether the program may have ended well before, or may find other modules from here on. */
  isOver: boolean;
};

/** What a module loads, in the order in which Node.js does so. */
function visit(walk: Walk, path: string, by: Pick<Load, 'because' | 'since'>): void {
  if (walk.isOver || walk.seen.has(path) || walk.seen.size >= mostModules) return;
  walk.seen.add(path);
  const placed = surelyAt(walk, path);
  if (!placed) return;
  const { file } = placed;
  const read = readModule(file);
  const isEcmaScript = isModule(walk, path, read);
  if (read.isEcmaScript && !isEcmaScript) return;
  walk.isOver ||= read.mayRedirect;
  const starts = placed.because.flatMap((one) => (one.kind === 'instruction' ? [one.span.start] : []));
  const since = Math.min(by.since, ...starts);
  const place: Place = { file, path, isEcmaScript, because: by.because, since, bound: new Map() };
  for (const one of read.imports) load(walk, one, place);
  for (const step of read.steps) take(walk, step, place);
  walk.isOver ||= read.mayExit;
}

type Place = Pick<Load, 'file' | 'path' | 'because' | 'since'> & {
  readonly isEcmaScript: boolean;
  /** The packages that were loaded, by the names that the module gives them. */
  readonly bound: Map<string, Load>;
};

function take(walk: Walk, step: ModuleStep, place: Place): void {
  if (step.kind === 'require') {
    if (!place.isEcmaScript) load(walk, step, place);
    return;
  }
  const one = place.bound.get(step.name);
  if (!one || walk.isOver) return;
  const because = [...one.because, byFile(place.file, step.span, `'${one.name}' is called here.`)];
  walk.loads.push({ ...one, isCalled: true, because });
}

function load(walk: Walk, one: Loading & { readonly isCalled?: boolean }, place: Place): void {
  const { file, path, isEcmaScript, bound, since } = place;
  const { specifier: name, local, span } = one;
  if (walk.isOver) return;
  const because = [...place.because, byFile(file, span, `'${name}' is imported here.`)];
  if (/^\.{0,2}\//.test(name)) {
    const target = resolvePath(parentOf(path), name);
    const found = isEcmaScript ? target : moduleAt(walk, target);
    if (found && isScript.test(found)) visit(walk, found, { because, since });
  } else if (isPackage.test(name)) {
    const loaded = { name, file, path, isCalled: one.isCalled === true, because, since };
    walk.loads.push(loaded);
    if (local !== null) bound.set(local, loaded);
  }
}

/** The main entry of a package: what lies below one may be something else. */
const isPackage = /^(@[\w.-]+\/)?[\w-][\w.-]*$/;
const isScript = /\.[cm]?js$/;

function surelyAt({ at, context }: Walk, path: string): (Placed & { readonly kind: 'file' }) | null {
  const placed = placedAt(at, path, context);
  return placed?.kind === 'file' && placed.isSure ? placed : null;
}

/** The file that require takes for a path. Source: https://nodejs.org/api/modules.html#all-together. */
function moduleAt(walk: Walk, path: string): string | null {
  const names = [path, `${path}.js`];
  const found = names.find((name) => placedAt(walk.at, name, walk.context) !== null);
  if (found !== undefined) return isScript.test(found) ? found : null;
  const manifest = placedAt(walk.at, resolvePath(path, 'package.json'), walk.context);
  if (manifest && (manifest.kind !== 'file' || !manifest.isSure)) return null;
  const main = (manifest && readManifest(manifest.file)?.main) ?? 'index.js';
  const inside = resolvePath(path, main);
  return [inside, `${inside}.js`].find((name) => isScript.test(name) && surelyAt(walk, name)) ?? null;
}

/**
 * Whether Node.js takes a file for an ECMAScript module.
 * Source: https://nodejs.org/api/packages.html#determining-module-system.
 */
function isModule(walk: Walk, path: string, { isEcmaScript }: ModuleFile): boolean {
  if (!path.endsWith('.js')) return path.endsWith('.mjs');
  for (let folder = path; folder !== '/';) {
    folder = parentOf(folder);
    const manifest = surelyAt(walk, resolvePath(folder, 'package.json'));
    if (manifest) return isOfType(readManifest(manifest.file)?.type ?? null, isEcmaScript);
  }
  return isEcmaScript;
}

function isOfType(type: string | null, isEcmaScript: boolean): boolean {
  return type === null ? isEcmaScript : type === 'module';
}
