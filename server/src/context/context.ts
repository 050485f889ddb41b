import { byDocker, byFile, type Evidence } from '../fact.js';
import type { SourceFile } from '../text/source-file.js';
import type { Build } from './builds.js';
import { composeFiles } from './compose-files.js';
import type { ContextFile, FileKind, FilePlace, FileTree } from './file-tree.js';
import { foldersUp, folderOf, joinPath, kindAt } from './file-tree.js';
import { decidingPattern, readIgnoreFile, type IgnorePattern } from './ignore-file.js';

/**
 * The files that a build is given. Paths are relative to the root of the build context. What .dockerignore keeps out
 * counts as not there. Null means "known not to be there", undefined "not known".
 */
export type BuildContext = {
  /** The folder, from the tree's; null when there are no files to look at. */
  readonly root: string | null;
  /** False when another folder may be the root just as well: then nothing that rests on the context is certain. */
  readonly isSure: boolean;
  /** Why the root is this folder. */
  readonly because: Evidence | null;
  readonly builds: readonly Build[];
  /** The compose files around the Dockerfile, whether they build it or not. */
  readonly composeFiles: () => readonly SourceFile[];
  readonly kind: (path: string) => FileKind | null | undefined;
  readonly read: (path: string) => ContextFile | null | undefined;
  /** The names in a folder; what .dockerignore keeps out is left out. */
  readonly list: (path: string) => ReadonlyMap<string, FileKind> | null | undefined;
  /** The pattern that keeps a path out, null when none does, undefined when that is not known. */
  readonly ignoring: (path: string) => IgnorePattern | null | undefined;
  /** The file that keeps paths out, or the place for one (from the tree's folder); undefined when it is not known. */
  readonly ignoreFile: IgnoreFile | undefined;
};

/** `file` is null where there is none yet, and `path` the place for it. */
export type IgnoreFile = { readonly path: string; readonly file: ContextFile | null };

/** For a Dockerfile whose surroundings are not known. */
export const noContext: BuildContext = {
  root: null,
  isSure: false,
  because: null,
  builds: [],
  composeFiles: () => [],
  kind: () => undefined,
  read: () => undefined,
  list: () => undefined,
  ignoring: () => undefined,
  ignoreFile: undefined,
};

/** `sources` are the paths that the Dockerfile takes from the context, as far as they are written in full. */
export function openContext(
  place: FilePlace,
  { builds, sources }: { readonly builds: readonly Build[]; readonly sources: readonly string[] },
): BuildContext {
  const { tree } = place;
  const { root, isSure, because } = findRoot(place, builds, sources);
  const ignoreFile = findIgnoreFile(place, root);
  const patterns = ignoreFile && ignorePatterns(ignoreFile);
  const ignoring = (path: string) => {
    if (patterns === undefined) return undefined;
    const pattern = path === '' ? null : decidingPattern(patterns, path);
    return pattern && !pattern.isException ? pattern : null;
  };
  const inTree = (path: string) => joinPath(root, path.replace(/^\/+/, ''));
  const asked = <T>(path: string, ask: (path: string) => T | null | undefined): T | null | undefined => {
    const [full, pattern] = [inTree(path), ignoring(path)];
    if (full === null || pattern) return null;
    const answer = ask(full);
    return answer && pattern === undefined ? undefined : answer;
  };
  return {
    root,
    isSure,
    because,
    builds,
    composeFiles: () => composeFiles(place),
    ignoring,
    ignoreFile,
    kind: (path) => asked(path, (full) => kindAt(tree, full)),
    read: (path) => asked(path, (full) => readAt(tree, full)),
    list: (path) => {
      const names = asked(path, (full) => tree.list(full));
      const folder = path === '' ? '' : `${path}/`;
      return names && new Map([...names].filter(([name]) => !ignoring(folder + name)));
    },
  };
}

/** Whether it is there is asked first: a file that is not there is not to be read. */
function readAt(tree: FileTree, path: string): ContextFile | null | undefined {
  const kind = kindAt(tree, path);
  // A link is there, but where it leads is not looked at.
  if (kind === undefined || kind === 'link') return undefined;
  return kind === 'file' ? tree.read(path) : null;
}

type Root = Pick<BuildContext, 'isSure' | 'because'> & { readonly root: string };

/** What the build files say, else the folder that holds most of what is copied, the nearest one first. */
function findRoot({ tree, path }: FilePlace, builds: readonly Build[], sources: readonly string[]): Root {
  const [build] = builds.filter(({ context }) => context !== null);
  const roots = new Set(builds.map(({ context }) => context));
  if (build?.context != null && roots.size === 1) {
    const note = `'${build.name}' is built with this context.`;
    return { root: build.context, isSure: true, because: byFile(build.file, build.span, note) };
  }
  const folder = folderOf(path);
  const scores = foldersUp(folder).map((root) => {
    const kinds = sources.map((source) => kindAt(tree, joinPath(root, source) ?? '..'));
    return { root, count: kinds.filter(Boolean).length, isKnown: !kinds.includes(undefined) };
  });
  const most = Math.max(...scores.map(({ count }) => count));
  const [best] = scores.filter(({ count }) => count === most);
  // Builds that differ in their context, or do not tell it, may use any.
  const isAgreed = builds.length === 0;
  const isAlone = scores.filter(({ count }) => count === most).length === 1;
  const isKnown = scores.every((score) => score.isKnown);
  const isSure = isAgreed && isAlone && isKnown && (most > 0 || sources.length === 0);
  const root = best?.root ?? folder;
  return { root, isSure, because: byDocker(whyRoot(root)) };
}

function whyRoot(root: string): string {
  const name = root === '' ? 'the folder that is open' : `'${root}'`;
  return `The build context is taken to be ${name}.`;
}

/** A file named after the Dockerfile goes before the one of the context. Undefined when it is not known. */
function findIgnoreFile({ tree, path }: FilePlace, root: string): IgnoreFile | undefined {
  const usual = joinPath(root, '.dockerignore') ?? '';
  for (const candidate of [`${path}.dockerignore`, usual]) {
    const file = readAt(tree, candidate);
    if (file === undefined) return undefined;
    if (file) return { path: candidate, file };
  }
  return { path: usual, file: null };
}

function ignorePatterns({ file }: IgnoreFile): readonly IgnorePattern[] | undefined {
  return file ? (readIgnoreFile(file) ?? undefined) : [];
}
