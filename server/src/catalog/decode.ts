import { known, unknown, type Evidence, type Fact } from '../fact.js';
import type { CatalogRepository } from './catalog.js';
import type { ImageData } from './data-model.js';
import type {
  Access,
  Account,
  ImageFacts,
  ImageStatus,
  LanguageRuntime,
  Libc,
  Os,
  PackageManager,
  UserId,
} from './model.js';
import { alike } from './like.js';
import { findRelease, readLibc, type Release } from './releases.js';
import { describe } from './sentences.js';
import { versionOf } from './tag-words.js';

type Say = (note: string) => Evidence;

/** The facts of one image from its data row; `tag` is as the user wrote it. */
export function decodeImage(repository: CatalogRepository, tag: string, row: ImageData): ImageFacts {
  const image: ImageData = { ...repository.data.shared, ...row };
  const { vendor, data } = repository;
  const source = (vendor.sources[image.source ?? 0] ?? '').replace('*', lastPart(repository.copyOf ?? repository.name));
  const name = `${repository.name}:${tag}`;
  const say: Say = (note) => ({
    kind: 'catalog',
    image: name,
    source,
    date: vendor.read || null,
    note: `'${name}' ${vendor.read ? note : note.replace(/\b(was|were)( not)? read\b/, '$1$2 written down')}.`,
  });
  const release = releaseOf(image);
  const version = versionOf(tag) ?? lineNamed(data, tag);
  const facts: ImageFacts = {
    ...identity(repository, tag, image),
    ...system(image, release, say),
    ...accountsOf(image, say),
    ...process(repository, image, say),
    runtime: runtimeOf({ repository, image, version, say }),
    contents: contentsOf(expand(vendor, vendor.contents[image.contents ?? -1] ?? ''), say),
    closed: image.closed
      ? known(true, say('was read in full: every program in it is known'))
      : unknown(say('was not read in full')),
    files: words(image.files),
    eol: image.eol ?? lineEol(data.lines, version),
    osEol: release?.eol ?? null,
    osLtsEol: release?.ltsEol ?? null,
    source,
    read: vendor.read || null,
  };
  const model = image.like === undefined ? null : (repository.find?.(image.like.replace('*', tag)) ?? null);
  return model ? alike(facts, model, { image, say }) : facts;
}

/** Nothing but the repository and the runtime it exists for. */
export function decodeBare(repository: CatalogRepository, tag: string): ImageFacts {
  const { title, family, publisher, purpose, language, docs, lineNames } = repository.data;
  const data = {
    purpose,
    shared: sourceOf(repository.data),
    images: [],
    ...(title ? { title } : {}),
    ...(family ? { family } : {}),
    ...(publisher ? { publisher } : {}),
    ...(language ? { language } : {}),
    ...(docs ? { docs } : {}),
    ...(lineNames ? { lineNames } : {}),
  };
  return decodeImage({ ...repository, data }, tag, {});
}

/** A tag that nobody listed: what holds for every tag of the repository. */
export function decodeUnlisted(repository: CatalogRepository, tag: string, row: ImageData = {}): ImageFacts {
  const { unlisted, ...data } = repository.data;
  return decodeImage({ ...repository, data: { ...data, shared: { ...sourceOf(data), ...unlisted } } }, tag, row);
}

/** What is told of a tag nobody listed was read where the repository was. */
function sourceOf({ shared, images }: CatalogRepository['data']): Partial<ImageData> {
  const source = shared.source ?? images[0]?.source;
  return source === undefined ? {} : { source };
}

/** A tag of a Windows image: known to be one, and nothing else. */
export function decodeWindows(repository: CatalogRepository, tag: string): ImageFacts {
  return { ...decodeBare(repository, tag), runtime: unknown(), isWindows: true };
}

/** `krypton-slim` of node is a 24. */
function lineNamed({ lineNames }: CatalogRepository['data'], tag: string): string | null {
  const word = tag.split('-').find((each) => lineNames && Object.hasOwn(lineNames, each));
  return (word && lineNames?.[word]) ?? null;
}

function lastPart(name: string): string {
  return name.slice(name.lastIndexOf('/') + 1);
}

function identity({ vendor, data, name }: CatalogRepository, tag: string, image: ImageData) {
  const size = data.sizes?.[tag] ?? image.size;
  const note = image.note === undefined ? null : (vendor.notes[image.note] ?? null);
  const version = versionOf(tag) ?? (data.scheme === 'lines' ? null : 'latest');
  const fill = (text: string | undefined): string | null => {
    if (text === undefined || (version === null && text.includes('*'))) return null;
    return text.replace('*', version ?? '').replace(/^:/, `${name}:`);
  };
  return {
    name,
    tag,
    family: data.family ?? vendor.family,
    vendor: data.publisher ?? vendor.vendor,
    purpose: (image.purpose ?? data.purpose) as ImageFacts['purpose'],
    flavor: image.flavor ?? null,
    isFips: image.isFips ?? false,
    status: (image.status ?? null) as ImageStatus | null,
    replacement: image.replacement ?? null,
    access: (image.access ?? accessOf(vendor, name)) as Access | null,
    signing: image.signing ?? vendor.signing,
    attestations: image.attestations ?? vendor.attestations ?? null,
    packageCount: image.packageCount ?? null,
    size: size ? { compressedMB: size[0], date: size[1] } : null,
    architectures: image.architectures === undefined ? null : words(vendor.architectures[image.architectures]),
    variants: {
      dev: fill(image.dev),
      runtime: fill(image.production),
      debug: fill(image.debug),
      nonroot: fill(image.nonroot),
      fips: fill(image.fips),
    },
    docs: data.docs ?? null,
    note,
    isWindows: false,
  };
}

function accessOf({ access, accessBelow }: CatalogRepository['vendor'], name: string): string | null {
  const found = Object.entries(accessBelow ?? {}).find(([prefix]) => name.startsWith(prefix));
  return found?.[1] ?? access;
}

function system(image: ImageData, release: Release | null, say: Say) {
  const own = image.ofRelease ? release : null;
  const libc: Libc | null = image.libc === undefined ? (own?.libc ?? null) : readLibc(image.libc);
  const shells = image.shells === undefined ? (own?.shells ?? null) : words(image.shells);
  // A release whose package manager was not read says nothing, which is not the same as having none.
  const manager = image.packageManager === undefined ? (own?.packageManager ?? undefined) : image.packageManager;
  return {
    os: osOf(image, release, say),
    libc: libc ? known(libc, say(describe.libc(libc))) : unknown(say('has a C library that was not read')),
    shells: shells ? known(shells, say(describe.shells(shells))) : unknown(say('has shells that were not read')),
    packageManager:
      manager === undefined
        ? unknown(say('has a package manager that was not read, or none'))
        : known(manager as PackageManager | null, say(manager === null ? 'has no package manager' : `has ${manager}`)),
  };
}

function osOf({ os }: ImageData, release: Release | null, say: Say): Fact<Os | null> {
  if (os === undefined) return unknown(say('is on a distribution release that was not read'));
  if (os === null) return known<Os | null>(null, say('holds no distribution'));
  const [id = '', version] = os.split(':');
  const value: Os = { id, version: version ?? null, codename: release?.codename ?? null };
  return known<Os | null>(value, say(`is on ${describe.os(value)}`));
}

function accountsOf({ user, accounts, users }: ImageData, say: Say) {
  const list = accounts === undefined ? null : words(accounts).map(readAccount);
  const value: UserId | null = user === undefined ? null : readUser(user);
  return {
    user: value
      ? known(value, say(`runs as ${describe.user(value)}`))
      : unknown(say('has a default user that was not read')),
    accounts: list
      ? known<readonly Account[]>(list, say(describe.accounts(list)))
      : unknown(say('has accounts that were not read in full')),
    namedUsers: list ?? words(users).map(readAccount),
  };
}

function process({ vendor }: CatalogRepository, image: ImageData, say: Say) {
  const env = image.env === undefined ? undefined : vendor.environments[image.env];
  return {
    workdir:
      image.workdir === undefined
        ? unknown(say('has a working directory that was not read'))
        : known(image.workdir, say(`starts in ${image.workdir}`)),
    env: env
      ? known(env, say('sets these environment variables'))
      : unknown(say('has environment variables that were not read')),
    entrypoint: command(image.entrypoint, 'ENTRYPOINT', say),
    cmd: command(image.cmd, 'CMD', say),
  };
}

function command(
  argv: readonly string[] | null | undefined,
  keyword: string,
  say: Say,
): Fact<readonly string[] | null> {
  if (argv === undefined) return unknown(say(`has a ${keyword} that was not read, or none`));
  return known(argv, say(argv === null ? `has no ${keyword}` : `has ${keyword} ${JSON.stringify(argv)}`));
}

type RuntimeParts = { repository: CatalogRepository; image: ImageData; version: string | null; say: Say };

function runtimeOf({ repository: { data }, image, version, say }: RuntimeParts): Fact<LanguageRuntime | null> {
  if (image.runtime === null) return known(null, say('holds no language runtime'));
  const [language, own, path] = image.runtime?.split(' ') ?? [data.language, version ?? '-', data.path ?? '-'];
  if (!language) return unknown(say('may hold a language runtime'));
  const release = own === '*' ? version : own;
  const value = {
    name: language,
    version: release && release !== '-' ? release : null,
    path: path && path !== '-' ? path : null,
  };
  return known<LanguageRuntime | null>(value, say(describe.runtime(value)));
}

function contentsOf(text: string, say: Say): ReadonlyMap<string, Fact<boolean>> {
  return new Map(
    words(text).map((word) => {
      const isAbsent = word.startsWith('-');
      const key = isAbsent ? word.slice(1) : word;
      return [key, known(!isAbsent, say(isAbsent ? `holds no ${key}` : `holds ${key}`))] as const;
    }),
  );
}

function expand({ groups }: CatalogRepository['vendor'], text: string): string {
  return text.replace(/@(\S+)/g, (_, group: string) => groups[group] ?? '');
}

function lineEol(lines: Readonly<Record<string, string>> | undefined, version: string | null): string | null {
  if (!lines || version === null) return null;
  const parts = version.split('.');
  for (let length = parts.length; length > 0; length--) {
    const eol = lines[parts.slice(0, length).join('.')];
    if (eol) return eol;
  }
  return null;
}

function releaseOf({ os }: ImageData): Release | null {
  const [id, version] = os?.split(':') ?? [];
  return id && version ? findRelease(id, version) : null;
}

function readUser(text: string): UserId {
  const [name = '', uid] = text.split(':');
  if (/^\d+$/.test(name)) return { name: null, uid: Number(name) };
  return { name, uid: uid ? Number(uid) : null };
}

function readAccount(text: string): Account {
  const [name = '', uid] = text.split(':');
  return { name, uid: uid ? Number(uid) : null };
}

function words(text: string | undefined): string[] {
  return text ? text.split(' ') : [];
}
