import type { ImageData, RepositoryData, VendorData } from '../../../server/src/catalog/data-model.js';
import { tagsOf } from './compare-images.js';
import type { Difference, ReadFile, Reading } from './difference.js';
import { expandTemplate, readLiterals, readLoops, type Literal, type Scope } from './starlark.js';

/** What the build pushes, by repository (`static-debian13`): tags without architecture, and the architectures. */
export type Pushed = {
  readonly repositories: ReadonlyMap<string, { readonly tags: readonly string[]; readonly architectures: string }>;
  /** `debug-nonroot` to `nonroot:65532`: who runs the images of a tag. */
  readonly users: ReadonlyMap<string, string>;
  /** The suite that names without one stand for, `debian13`; null when it cannot be read. */
  readonly suite: string | null;
  readonly unread: readonly string[];
};

const registry = 'gcr.io/distroless/';
const buildFile = 'BUILD';
const folders = ['static', 'base', 'cc', 'java', 'nodejs', 'python3'];

/** The names of the images in the project's BUILD file, with the lists of the `config.bzl` files put in. */
export function readPushedImages(read: ReadFile): Pushed {
  const build = read(buildFile) ?? '';
  const scope = folders.reduce<Scope>(
    (all, folder) => ({ ...all, ...readLiterals(read(`${folder}/config.bzl`) ?? '') }),
    readLiterals(build),
  );
  const images: string[] = [];
  const unread: string[] = [];
  for (const { name, template, loops } of readTables(build)) {
    const names = expandTemplate(template, readLoops(loops), scope);
    if (names === null) unread.push(`${name} in ${buildFile} uses names that cannot be read.`);
    images.push(...(names ?? []).map((image) => image.replace('{REGISTRY}/{PROJECT_ID}/', '')));
  }
  if (images.length === 0) unread.push(`${buildFile} names no image that can be read.`);
  const suite = scope.DEFAULT_DISTRO;
  return {
    repositories: groupByRepository(images),
    users: readUsers(scope, read('common/variables.bzl') ?? ''),
    suite: typeof suite === 'string' ? suite : null,
    unread,
  };
}

/** Which repositories and tags the build adds to the data or no longer makes, and what it says of them. */
export function compareDistroless(read: ReadFile, vendor: VendorData): Reading {
  const pushed = readPushedImages(read);
  const { repositories, unread } = pushed;
  if (repositories.size === 0) return { differences: [], unread };
  const known = new Map(
    Object.entries(vendor.repositories).flatMap(([key, data]) =>
      [key, ...(data.names ?? [])].map((name) => [name.slice(registry.length), { key, data }] as const),
    ),
  );
  const added = [...repositories].flatMap(([name, { tags }]): Difference[] => {
    const entry = known.get(name);
    return entry
      ? compareRepository({ ...entry, name, vendor, pushed })
      : [addition(`${registry}${name}`, tags.join(' '))];
  });
  const removed = [...known].flatMap(([name, { key, data }]): Difference[] =>
    repositories.has(name) || isRetired(data) ? [] : [gone(key, name, data)],
  );
  const contents = 'What the images hold (package lists and lock files) is not compared.';
  return { differences: [...added, ...removed], unread: [...unread, contents] };
}

type Table = { readonly name: string; readonly template: string; readonly loops: string };

/** `NAME |= { "…" + tag: "//target" for … }`: only the keys and the loops matter. */
function readTables(text: string): Table[] {
  const pattern = /^([A-Z0-9_]+) \|?= \{\n\s*("\{REGISTRY\}[^\n]*?)\s*: "\/\/[^\n]*\n([\s\S]*?)^\}/gm;
  return [...text.matchAll(pattern)].map(([, name = '', template = '', loops = '']) => ({ name, template, loops }));
}

const architecture = /-(amd64|arm64|arm|s390x|ppc64le|riscv64)$/;

/** `latest-amd64` is one architecture of `latest`; the data leaves it to the loader. */
function groupByRepository(images: readonly string[]): Pushed['repositories'] {
  const groups = new Map<string, { tags: Set<string>; architectures: Set<string> }>();
  for (const image of images) {
    const [name = '', tag = ''] = image.split(':');
    const group = groups.get(name) ?? { tags: new Set(), architectures: new Set() };
    const own = architecture.exec(tag)?.[1];
    if (own) group.architectures.add(own);
    else group.tags.add(tag);
    groups.set(name, group);
  }
  return new Map(
    [...groups].map(([name, { tags, architectures }]) => [
      name,
      { tags: [...tags], architectures: [...architectures].join(' ') },
    ]),
  );
}

/** `VARIANTS` pairs every tag with the name of its user, whose number stands elsewhere. */
function readUsers({ VARIANTS: variants }: Scope, variables: string): ReadonlyMap<string, string> {
  const uid = /^NONROOT = (\d+)$/m.exec(variables)?.[1];
  const rows = Array.isArray(variants) ? (variants as readonly Literal[]) : [];
  return new Map(
    rows.flatMap((row): [string, string][] => {
      const [tag, , user] = Array.isArray(row) ? (row as readonly Literal[]) : [];
      if (typeof tag !== 'string') return [];
      if (user === 'root') return [[tag, '0']];
      return user === 'nonroot' && uid ? [[tag, `nonroot:${uid}`]] : [];
    }),
  );
}

type Entry = {
  readonly key: string;
  readonly data: RepositoryData;
  /** The key without the registry, or another name of the repository. */
  readonly name: string;
  readonly vendor: VendorData;
  readonly pushed: Pushed;
};

function compareRepository(entry: Entry): Difference[] {
  const { key, data, name, pushed } = entry;
  const change = { kind: 'changed', upstream: buildFile } as const;
  if (`${registry}${name}` !== key) {
    const from = /debian\d+$/.exec(key)?.[0] ?? null;
    const isSame = pushed.suite === null || from === pushed.suite;
    return isSame ? [] : [{ ...change, key: `${registry}${name} suite`, from, to: pushed.suite }];
  }
  const { tags, architectures } = pushed.repositories.get(name) ?? { tags: [], architectures: '' };
  const rows = data.images.map((image): ImageData => ({ ...data.shared, ...image }));
  const own = rows.flatMap(tagsOf);
  if (isRetired(data)) return [{ ...change, key: `${key} status`, from: 'retired', to: 'supported' }];
  return [
    ...tags.filter((tag) => !own.includes(tag)).map((tag) => addition(`${key}:${tag}`, null)),
    ...own
      .filter((tag) => !tags.includes(tag))
      .map((tag) => ({ ...change, kind: 'removed', key: `${key}:${tag}`, from: null, to: null }) as const),
    ...rows.flatMap((row) => compareUser(key, row, pushed)),
    ...compareArchitectures(entry, architectures),
  ];
}

function compareUser(name: string, row: ImageData, { users }: Pushed): Difference[] {
  return tagsOf(row).flatMap((tag): Difference[] => {
    const to = users.get(tag);
    if (to === undefined || row.user === to) return [];
    const edit = { to: 'image', repository: name, tags: [tag], facts: { user: to }, path: buildFile } as const;
    return [{ kind: 'changed', key: `${name}:${tag} user`, from: row.user ?? null, to, upstream: buildFile, edit }];
  });
}

/** The data names them by a number, which one row shares with others: shown and not written. */
function compareArchitectures({ key, data, vendor }: Entry, to: string): Difference[] {
  const numbers = [data.shared.architectures, ...data.images.map(({ architectures }) => architectures)];
  const known = [...new Set(numbers.filter((number) => number !== undefined))].map(
    (number) => vendor.architectures[number] ?? '',
  );
  const isSame = known.every((from) => from.split(' ').sort().join(' ') === to.split(' ').sort().join(' '));
  if (isSame) return [];
  return [{ kind: 'changed', key: `${key} architectures`, from: known.join(' or '), to, upstream: buildFile }];
}

/** Names that no build makes any more stay in the registry and are never rebuilt. */
function gone(key: string, name: string, data: RepositoryData): Difference {
  const difference = { kind: 'removed', key: `${registry}${name}`, from: null, to: null, upstream: buildFile } as const;
  if (key !== `${registry}${name}`) return difference;
  const tags = data.images.flatMap(tagsOf);
  return { ...difference, edit: { to: 'image', repository: key, tags, facts: { status: 'retired' }, path: buildFile } };
}

function addition(key: string, to: string | null): Difference {
  return { kind: 'added', key, from: null, to, upstream: buildFile };
}

function isRetired({ shared, images }: RepositoryData): boolean {
  return shared.status === 'retired' || (images.length > 0 && images.every(({ status }) => status === 'retired'));
}
