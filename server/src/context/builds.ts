import type { SourceFile } from '../text/source-file.js';
import type { Span } from '../text/span.js';
import { readBake } from './bake.js';
import { readCompose } from './compose.js';
import { folderOf, foldersUp, type FileTree } from './file-tree.js';

/** A value in a build file with the place it stands at; null where it is not known (a variable without default). */
export type BuildValue = { readonly value: string | null; readonly span: Span };

/** A service of a compose file or a target of a bake file that builds a Dockerfile. */
export type Build = {
  readonly file: SourceFile;
  readonly kind: 'compose' | 'bake';
  /** The name of the service or target, and where it stands. */
  readonly name: string;
  readonly span: Span;
  /** Folder and Dockerfile, from the tree's folder; null where they are not known or lie elsewhere. */
  readonly context: string | null;
  readonly dockerfile: string | null;
  /** The stage that is built; null for the last one. */
  readonly target: BuildValue | null;
  /** Those that are given a value; one that is only named may keep its own. */
  readonly args: ReadonlyMap<string, BuildValue>;
  /** The names of stages and images that the build takes from elsewhere. */
  readonly contexts: readonly string[];
  /** What of context, dockerfile and target is written. */
  readonly stated: ReadonlySet<string>;
};

/** `hasEnvironment`: a file `.env`, which is not read, gives variables values. */
export type BuildPlace = { readonly folder: string; readonly hasEnvironment: boolean };

type Reader = (file: SourceFile, place: BuildPlace) => readonly Build[];

type Group = { readonly names: readonly string[]; readonly further: readonly string[]; readonly read: Reader };

/**
 * Of each group one file is read, the first that is there. What a `further` one changes is not known: the tools read it
 * too, but not where somebody names the files. Sources:
 * https://docs.docker.com/compose/how-tos/multiple-compose-files/merge/ and https://docs.docker.com/build/bake/overrides/
 */
const groups: readonly Group[] = [
  {
    names: ['compose.yaml', 'compose.yml', 'docker-compose.yaml', 'docker-compose.yml'],
    further: ['compose', 'docker-compose'].flatMap((name) => [`${name}.override.yaml`, `${name}.override.yml`]),
    read: readCompose,
  },
  {
    names: ['docker-bake.hcl', 'docker-bake.json'],
    further: ['docker-bake.json', 'docker-bake.override.hcl', 'docker-bake.override.json'],
    read: readBake,
  },
];

/** The builds of one Dockerfile (`path`, from the tree's folder), found beside it and in the folders above it. */
export function findBuilds(tree: FileTree, path: string): readonly Build[] {
  const folders = foldersUp(folderOf(path));
  const builds = folders.flatMap((folder) => {
    const names = tree.list(folder);
    if (!names) return [];
    const place = { folder, hasEnvironment: names.has('.env') };
    return groups.flatMap(({ names: candidates, further, read }) => {
      const isThere = (name: string) => names.get(name) === 'file';
      const main = candidates.find(isThere);
      if (main === undefined) return [];
      const [first = [], ...others] = [main, ...further.filter((name) => name !== main && isThere(name))].map(
        (name) => {
          const file = tree.read(folder === '' ? name : `${folder}/${name}`);
          return file ? readOnce(file, place, read) : [];
        },
      );
      return others.reduce(changedBy, first);
    });
  });
  return builds.filter(({ dockerfile }) => dockerfile === path);
}

function changedBy(builds: readonly Build[], further: readonly Build[]): readonly Build[] {
  const others = new Map(further.map((build) => [build.name, build]));
  const own = new Set(builds.map(({ name }) => name));
  const changed = builds.map((build) => {
    const other = others.get(build.name);
    return other ? changedByOne(build, other) : build;
  });
  return [...changed, ...further.filter(({ name }) => !own.has(name))];
}

function changedByOne(build: Build, other: Build): Build {
  const differs = (key: 'context' | 'dockerfile') => other.stated.has(key) && other[key] !== build[key];
  const isMoved = differs('context');
  const isOtherTarget = other.stated.has('target') && other.target?.value !== build.target?.value;
  const args = [...other.args].filter(([name, { value }]) => build.args.get(name)?.value !== value);
  return {
    ...build,
    context: isMoved ? null : build.context,
    dockerfile: isMoved || differs('dockerfile') ? null : build.dockerfile,
    target: isOtherTarget ? { value: null, span: build.span } : build.target,
    args: new Map([...build.args, ...args.map(([name]) => [name, { value: null, span: build.span }] as const)]),
    contexts: [...build.contexts, ...other.contexts],
  };
}

const kept = new WeakMap<SourceFile, Map<boolean, readonly Build[]>>();

/** A file lies in one folder, and a change of it makes another object. */
function readOnce(file: SourceFile, place: BuildPlace, read: Reader): readonly Build[] {
  const found = kept.get(file) ?? new Map<boolean, readonly Build[]>();
  const builds = found.get(place.hasEnvironment) ?? read(file, place);
  kept.set(file, found.set(place.hasEnvironment, builds));
  return builds;
}
