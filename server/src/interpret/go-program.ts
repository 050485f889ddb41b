import { systemTag, takesPart, type TagLookup } from '../context/go/build-constraint.js';
import { readGoFile, type GoFile } from '../context/go/go-file.js';
import { readGoMod, type GoMod } from '../context/go/go-mod.js';
import { cgoPackage, isStandard, loadsLibc } from '../context/go/packages.js';
import type { BuildContext } from '../context/context.js';
import { folderOf, joinPath, type ContextFile } from '../context/file-tree.js';
import { byFile, type Evidence, type Fact } from '../fact.js';
import type { Span } from '../text/span.js';
import { placedAt } from './placements.js';
import type { Artifact, StageState } from './state.js';
import { parentOf, resolvePath } from './tree.js';

/** A Go program of the build context, as far as its sources show what is in it. */
export type GoProgram = {
  readonly mod: GoMod;
  /** go.mod itself. */
  readonly file: ContextFile;
  /** By the import path: the packages that its own packages import, other modules' and the standard library's. */
  readonly imports: ReadonlyMap<string, GoImport>;
  /** Its own sources, as far as they were read. */
  readonly files: readonly ContextFile[];
  /** True when all packages of the module that it is made of were read, so that what is missing is not imported. */
  readonly isWhole: boolean;
};

export type GoImport = {
  readonly path: string;
  /** True where the import is there for its effect alone. */
  readonly isBlank: boolean;
  /** False when the file may not take part in the build, or when it may be another one. */
  readonly isSure: boolean;
  readonly file: ContextFile;
  readonly span: Span;
};

/** What a build command sees; `goProgram` reads it when somebody asks. */
export type GoSources = {
  readonly kind: 'go';
  readonly state: StageState;
  readonly context: BuildContext;
  readonly folder: string;
  /** The packages that are built, as written; null when they are not known. */
  readonly packages: readonly string[] | null;
  /** True when it may be other ones. */
  readonly isOpen: boolean;
  readonly tags: readonly string[] | null;
  /** Null when it is not known. */
  readonly cgo: boolean | null;
};

/** What a go command sees of its environment. */
export type GoEnvironment = {
  /** What sets CGO_ENABLED to 1; null where nothing does. */
  readonly cgo: Evidence | null;
  /** Whether cgo is on. */
  readonly isOn: Fact<boolean>;
  /** Null when it is not known. */
  readonly compiler: string | null;
  /** What `go build` and `go install` compile; null for other commands and where it is not known. */
  readonly sources: GoSources | null;
  /** Build tags; null when they are not all known. */
  readonly tags: readonly string[] | null;
};

/** Files of one program that are read, packages of it, and programs of one build that are looked at. */
const mostFiles = 250;
const mostFolders = 60;
const mostPrograms = 40;

/** The program that a build command makes; null when the module is not one of the build context. */
export function goProgram(sources: GoSources): GoProgram | null {
  const known = programs.get(sources);
  if (known !== undefined) return known;
  const program = sources.context.root === null || isTooMany(sources.context) ? null : readProgram(sources);
  programs.set(sources, program);
  return program;
}

export type Required = { readonly version: string; readonly because: Evidence };

/** The line of go.mod that names the module of a package; null when it is replaced by another, or not named. */
export function requiredFor({ mod, file }: GoProgram, path: string): Required | null {
  for (let at = path; at !== ''; at = folderOf(at)) {
    const found = mod.requires.get(at);
    if (found && (mod.isReplaced || mod.replaced.has(at))) return null;
    if (found) return { version: found.version, because: byFile(file, found.span, `'${at}' is required here.`) };
  }
  return null;
}

/** Whether a Go program brings the time zone data along. */
export function embedsZones({ sources }: Artifact): boolean {
  const program = sources?.kind === 'go' ? goProgram(sources) : null;
  return program?.imports.has('time/tzdata') ?? false;
}

/** True where all that the program imports is Go's own, and none of it needs libc. */
export function isPlain({ imports, isWhole }: GoProgram): boolean {
  return isWhole && [...imports.keys()].every((path) => isStandard(path) && !loadsLibc(path));
}

/** An import for which the program loads libc where cgo is on, a sure one first. */
export function libcImport({ imports }: GoProgram): GoImport | null {
  const found = [...imports.values()].filter(({ path }) => loadsLibc(path));
  return (
    found.find(({ isSure, path }) => isSure && cgoPackage(path)) ??
    found.find(({ isSure }) => isSure) ??
    found[0] ??
    null
  );
}

export function importEvidence({ file, span, path }: GoImport): Evidence {
  return byFile(file, span, `'${path}' is imported here.`);
}

const programs = new WeakMap<GoSources, GoProgram | null>();

function readProgram(sources: GoSources): GoProgram | null {
  const { state, context } = sources;
  const root = moduleAt(state, sources.folder, context);
  if (!root) return null;
  const walk: Walk = {
    ...root,
    state,
    context,
    imports: new Map(),
    files: 0,
    read: [],
    isWhole: true,
    tags: lookupOf(sources),
  };
  const first = firstPackages(walk, sources);
  const isCertain = first !== null && !sources.isOpen;
  if (!isCertain) walk.isWhole = false;
  const sure = new Set(isCertain ? first : []);
  // Where it is not known which packages are built, it may be any of the module.
  const doubtful = new Set(isCertain ? [] : (first ?? foldersBelow(walk, walk.folder)));
  readAll(walk, sure, { isSure: true, others: doubtful });
  for (const path of sure) doubtful.delete(path);
  readAll(walk, doubtful, { isSure: false, others: doubtful });
  const { mod, file, imports, isWhole, read } = walk;
  return { mod, file, imports, isWhole, files: read };
}

/** Reads folders and files, and the folders that they import; those of files that may not take part go to `others`. */
function readAll(walk: Walk, paths: Set<string>, { isSure, others }: { isSure: boolean; others: Set<string> }): void {
  // What is added while the loop runs is visited as well.
  for (const path of paths) {
    if (paths.size > mostFolders || walk.files > mostFiles) {
      walk.isWhole = false;
      return;
    }
    for (const file of path.endsWith('.go') ? [path] : filesOf(walk, path)) {
      const read = readOne(walk, file, isSure);
      for (const folder of read.folders) (read.isSure ? paths : others).add(folder);
    }
  }
}

/** How often sources were looked at in one analysis, which has a context of its own. */
const counts = new WeakMap<BuildContext, number>();

function isTooMany(context: BuildContext): boolean {
  const count = (counts.get(context) ?? 0) + 1;
  counts.set(context, count);
  return count > mostPrograms;
}

type Module = { readonly mod: GoMod; readonly file: ContextFile; readonly folder: string; readonly origin: string };

type Walk = Module & {
  readonly state: StageState;
  readonly context: BuildContext;
  readonly tags: TagLookup;
  readonly imports: Map<string, GoImport>;
  readonly read: ContextFile[];
  files: number;
  isWhole: boolean;
};

/** The nearest go.mod; `origin` is its folder in the build context. */
function moduleAt(state: StageState, start: string, context: BuildContext): Module | null {
  for (let folder = start; ; folder = parentOf(folder)) {
    const placed = placedAt(state, resolvePath(folder, 'go.mod'), context);
    if (placed?.kind === 'file') {
      const mod = readGoMod(placed.file);
      const found = mod && { mod, file: placed.file, folder, origin: folderOf(placed.path) };
      return found && hasWorkspace(state, folder, context)
        ? { ...found, mod: { ...found.mod, isReplaced: true } }
        : found;
    }
    if (placed || folder === '/') return null;
  }
}

/** A go.work beside the module or above it may take any module from elsewhere, also by naming its folder. */
function hasWorkspace(state: StageState, start: string, context: BuildContext): boolean {
  for (let folder = start; ; folder = parentOf(folder)) {
    if (placedAt(state, resolvePath(folder, 'go.work'), context)) return true;
    if (folder === '/') return false;
  }
}

function lookupOf({ tags, cgo }: GoSources): TagLookup {
  return (tag) => {
    if (tag === 'cgo') return cgo;
    return systemTag(tag) ?? (systemTag(tag) === null ? null : tags && tags.includes(tag));
  };
}

/** Folders, or single files; null when they are not known, or not of this module. */
function firstPackages({ folder: root, mod }: Walk, { folder, packages }: GoSources): string[] | null {
  if (!packages) return null;
  const paths: string[] = [];
  for (const word of packages.length > 0 ? packages : ['.']) {
    const inModule = localPath(mod, word);
    const isPath = /^\.{0,2}(\/|$)|\.go$/.test(word);
    const path = inModule !== null ? resolvePath(root, inModule) : isPath ? resolvePath(folder, word) : null;
    if (path === null || word.includes('...') || !`${path}/`.startsWith(root === '/' ? root : `${root}/`)) return null;
    paths.push(path);
  }
  return paths;
}

/** `internal/db` for `example.com/app/internal/db`. */
function localPath({ module, requires }: GoMod, path: string): string | null {
  if (module === null || !(path === module || path.startsWith(`${module}/`))) return null;
  // A module of its own may lie below.
  for (let at = path; at.length > module.length; at = folderOf(at)) if (requires.has(at)) return null;
  return path === module ? '.' : path.slice(module.length + 1);
}

/** A folder and those below it that hold packages of the same module. */
function foldersBelow(walk: Walk, folder: string): string[] {
  const folders = [folder];
  for (const each of folders) {
    if (folders.length > mostFolders) break;
    for (const [name, kind] of walk.context.list(originOf(walk, each)) ?? []) {
      if (kind !== 'directory' || /^[._]|^(vendor|testdata|node_modules)$/.test(name)) continue;
      const below = resolvePath(each, name);
      if (walk.context.kind(`${originOf(walk, below)}/go.mod`) !== 'file') folders.push(below);
    }
  }
  return folders;
}

/** Where a folder of the module lies in the build context. */
function originOf({ folder: root, origin }: Module, folder: string): string {
  return joinPath(origin, folder.slice(root === '/' ? 1 : root.length + 1)) ?? '';
}

function filesOf(walk: Walk, folder: string): string[] {
  const names = [...(walk.context.list(originOf(walk, folder))?.keys() ?? [])];
  const files = names.filter((name) => name.endsWith('.go') && !/^[._]|_test\.go$/.test(name));
  if (files.length === 0) walk.isWhole = false;
  return files.map((name) => resolvePath(folder, name));
}

type Read = { readonly folders: readonly string[]; readonly isSure: boolean };

/** Notes what a file imports; the packages of the module among that are still to be read. */
function readOne(walk: Walk, path: string, isReached: boolean): Read {
  const nothing = { folders: [], isSure: true };
  if (walk.files++ > mostFiles) return nothing;
  const placed = placedAt(walk.state, path, walk.context);
  const source = placed?.kind === 'file' ? readGoFile(placed.file) : null;
  if (placed?.kind !== 'file' || !source || !placed.isSure) walk.isWhole = false;
  if (placed?.kind !== 'file' || !source) return nothing;
  const takes = partOf(source, path, walk.tags);
  if (takes === false) return nothing;
  walk.read.push(placed.file);
  const isSure = takes === true && placed.isSure && isReached;
  const folders: string[] = [];
  for (const { path: imported, name, span } of source.imports) {
    const inside = localPath(walk.mod, imported);
    if (inside === null) note(walk, { path: imported, isBlank: name === '_', isSure, file: placed.file, span });
    else folders.push(resolvePath(walk.folder, inside));
  }
  return { folders, isSure };
}

/** Source: https://pkg.go.dev/cmd/cgo: a file that imports "C" is left out without cgo. */
function partOf({ package: name, constraint, isOldForm, imports }: GoFile, path: string, tags: TagLookup) {
  if (name === 'documentation') return false;
  const takes = takesPart(path.slice(path.lastIndexOf('/') + 1), constraint, tags);
  const withC = imports.some((one) => one.path === 'C') ? tags('cgo') : true;
  if (takes === false || withC === false) return false;
  return isOldForm || withC === null ? null : takes;
}

/** The surest import of a package is kept, and one that uses it. */
function note({ imports }: Walk, entry: GoImport): void {
  const before = imports.get(entry.path);
  const isBetter = before?.isSure === entry.isSure ? before.isBlank && !entry.isBlank : entry.isSure;
  if (!before || isBetter) imports.set(entry.path, entry);
}
