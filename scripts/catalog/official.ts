import type { DistributionData, ImageData, RepositoryData } from '../../server/src/catalog/data-model.js';
import { absentPrograms } from './absent-programs.js';
import { groupByRepository } from './common-schema.js';
import { busyboxApplets, contentsOf, debianEssentials, mergeContents } from './contents.js';
import { importHistory, lineDepthOf, withoutPatches, type RawHistory } from './history.js';
import { languageContents } from './language-programs.js';
import {
  families,
  lasting,
  lineNames,
  movingTags,
  retiredLibraries,
  steady,
  ubuntuLacks,
  withoutHistory,
} from './official-repositories.js';
import { olderReleases } from './older-releases.js';
import { addRead, addRetired, describeFurther } from './further.js';
import type { RawOfficial, RawOfficialImage } from './raw-official.js';
import type { ReadFile } from './read-library.js';
import { traceable } from './source-text.js';
import { sizeOf, sizesOf, type RawSizes } from './sizes.js';
import { createVendorFile, type VendorFile } from './vendor-file.js';

export type { RawOfficial, RawOfficialImage };
/** `further` are images read from their Dockerfiles by read-library.ts. */
export type OfficialInput = {
  raw: RawOfficial;
  history: RawHistory;
  distributions: DistributionData;
  further?: ReadFile;
  sizes?: RawSizes;
};

const emptyFile: ReadFile = { read: '', repositories: {} };

export function importOfficial(input: OfficialInput): VendorFile {
  const { raw } = input;
  const file = createVendorFile({
    family: 'docker-official',
    vendor: 'Docker Official Images',
    read: raw.compiled,
    access: 'public',
    signing: null,
  });
  const linux = raw.images.filter(({ os }) => os?.id !== 'windows');
  for (const [name, images] of groupByRepository(linux)) {
    if (name === 'scratch' || name.startsWith('mcr.microsoft.com/')) continue;
    addRepository({ ...input, file, name, images });
  }
  for (const { name, ...fate } of retiredLibraries) addRetired(file, name, fate);
  addRead(file, input.further ?? emptyFile, describeFurther);
  return file;
}

/** The .NET images are in the same fact file, but Microsoft publishes them. */
export function importDotnet(input: OfficialInput): VendorFile {
  const { raw } = input;
  const file = createVendorFile({
    family: 'dotnet',
    vendor: 'Microsoft',
    read: raw.compiled,
    access: 'public',
    signing: 'notation',
  });
  const linux = raw.images.filter(
    ({ os, repository }) => os?.id !== 'windows' && repository.startsWith('mcr.microsoft.com/'),
  );
  for (const [name, images] of groupByRepository(linux)) addRepository({ ...input, file, name, images });
  return file;
}

type Job = OfficialInput & { file: VendorFile; name: string; images: readonly RawOfficialImage[] };

function addRepository({ file, name, images, history, distributions, sizes }: Job): void {
  const [first] = images;
  if (!first) return;
  const language = first.runtime?.name;
  const lines = Object.fromEntries(
    images
      .flatMap(({ runtime }) => runtime?.versions ?? [])
      .flatMap(({ cycle, eol }) => (cycle && eol ? [[cycle, eol]] : [])),
  );
  const allTags = images.flatMap(tagsOf);
  const moving = allTags.filter((tag) => movingPattern(name)?.test(tag));
  const isDotnet = name.startsWith('mcr.microsoft.com/dotnet/');
  const measured = sizes && sizesOf(name, sizes);
  const depth = isDotnet ? 2 : lineDepthOf(history, name);
  const past = withoutHistory.has(name) ? null : importHistory(history.images[name], new Set(allTags), history);
  const repository: Omit<RepositoryData, 'shared'> = {
    title: titleOf(name),
    ...families[name],
    purpose: first.purpose ?? 'base',
    ...(language ? { language } : {}),
    ...(languageContents(name).path ? { path: languageContents(name).path ?? '' } : {}),
    ...(first.docs ? { docs: first.docs } : {}),
    ...(steady.has(name) ? { steady: 'moving' as const } : {}),
    ...(lasting.has(name) || isDotnet ? {} : { evolving: true }),
    ...(depth ? { lineDepth: depth } : {}),
    ...(lineNames[name] ? { lineNames: lineNames[name] } : {}),
    ...(isDotnet ? { steady: 'same' as const } : {}),
    images: [
      ...images.map((image) =>
        toImage(file, distributions, depth ? withoutPatches(image, history.images[name]) : image),
      ),
      ...olderReleases({ file, distributions, name, known: new Set(allTags) }),
    ],
    ...(Object.keys(lines).length > 0 ? { lines } : {}),
    ...(moving.length > 0 ? { moving: moving.join(' ') } : {}),
    ...(past ? { history: past } : {}),
    ...(measured ? { sizes: measured } : {}),
  };
  file.add(hubName(name), repository);
}

/**
 * In this file null means: for `shells` and `packageManager`, none when `lacks` says so, else those of the distribution
 * release; for `entrypoint`, `cmd`, `workdir` none when the Dockerfile was read, which a known user tells.
 */
function toImage(file: VendorFile, distributions: DistributionData, raw: RawOfficialImage): ImageData {
  const wasRead = raw.user?.uid !== null && raw.user?.uid !== undefined && raw.frozenSince === undefined;
  return {
    tags: tagsOf(raw).join(' '),
    ...system(raw, distributions),
    ...user(raw),
    ...(wasRead && startWasRead(raw) ? { entrypoint: raw.entrypoint, cmd: raw.cmd } : {}),
    ...(wasRead ? { workdir: raw.workdir ?? '/' } : {}),
    ...(wasRead ? environment(file, raw.env ?? {}) : {}),
    ...(raw.runtime ? {} : { runtime: null }),
    contents: file.contents(contents(raw)),
    ...chiselled(raw),
    ...(files(raw).length > 0 ? { files: files(raw).join(' ') } : {}),
    ...flavor(raw),
    status: statusOf(raw),
    ...(raw.frozenSince ? { eol: raw.frozenSince } : {}),
    ...(raw.repository === 'openjdk' ? { replacement: 'eclipse-temurin' } : {}),
    ...sizeOf(raw),
    ...(raw.sbom && raw.provenance ? { attestations: 'SBOM, provenance' } : {}),
    ...(raw.architectures ? { architectures: file.architectures(raw.architectures) } : {}),
    ...(isPlainNote(raw.note) ? { note: file.note(raw.note ?? '') } : {}),
    source: file.source(sourceOf(raw, raw.repository.startsWith('mcr.microsoft.com/'))),
  };
}

/**
 * The end of a distribution is told with the distribution: its image is over once the library no longer lists it, which
 * for the releases of Alpine is when the file was read at their own branch.
 */
function statusOf({ repository, status, source }: RawOfficialImage): string {
  if (status !== 'eol') return status;
  return repository === 'alpine' && !source[0]?.includes(':library/alpine') ? 'retired' : 'supported';
}

/** Both missing means unread, except where there is no distribution below that would give a CMD of its own. */
function startWasRead({ entrypoint, cmd, lacks }: RawOfficialImage): boolean {
  return entrypoint !== null || cmd !== null || lacks.includes('shell');
}

/** Notes about the reading, not about the image, stay out. */
function isPlainNote(note: string | null | undefined): boolean {
  return Boolean(note) && !/mirror|stored|snapshot|\.json|re-read|endoflife/.test(note ?? '');
}

function tagsOf(raw: RawOfficialImage): string[] {
  const all = [...new Set([...raw.tags, ...raw.exampleTags])];
  return all.filter(
    (tag) => !all.includes(tag.replace(/-(?:amd64|arm64v8|arm32v7)$/, '')) || !/-(?:amd64|arm64v8|arm32v7)$/.test(tag),
  );
}

function system(raw: RawOfficialImage, distributions: DistributionData): ImageData {
  const os = raw.os?.version ? `${raw.os.id}:${raw.os.version}` : undefined;
  const release = distributions.releases.find(({ id, version }) => os === `${id}:${version}`);
  const libc = raw.lacks.includes('libc')
    ? 'none'
    : raw.libc && (raw.libc.version ? `${raw.libc.kind}:${raw.libc.version}` : raw.libc.kind);
  const hasNoShell = raw.lacks.includes('shell');
  const hasNoManager = raw.lacks.includes('package-manager');
  const isBusybox = raw.repository === 'busybox';
  return {
    ...(isBusybox ? { os: null } : os ? { os, ...(hasNoShell ? {} : { ofRelease: true }) } : {}),
    ...(libc && (hasNoShell || !isLibcOf(release?.libc, libc)) ? { libc } : {}),
    ...(hasNoShell ? { shells: '' } : isBusybox ? { shells: '/bin/sh /bin/ash' } : {}),
    ...managerOf(raw, hasNoManager, release?.packageManager),
  };
}

/** A C library without a version is that of the release. */
function isLibcOf(ofRelease: string | undefined, libc: string): boolean {
  return ofRelease === libc || (ofRelease?.startsWith(`${libc}:`) ?? false);
}

/** The fact file has tdnf for Azure Linux 4.0 too, whose Dockerfiles call dnf. */
function managerOf(
  { packageManager, os }: RawOfficialImage,
  isAbsent: boolean,
  ofRelease: string | undefined,
): ImageData {
  if (isAbsent) return { packageManager: null };
  if (os?.id === 'azurelinux' && os.version === '4.0') return {};
  return packageManager && packageManager !== ofRelease ? { packageManager } : {};
}

function user({ user: raw, users }: RawOfficialImage): ImageData {
  const known = raw?.uid ?? null;
  const name = raw?.default ?? null;
  const names = (users ?? []).map(({ name, uid }) => `${name}:${uid ?? ''}`);
  return {
    ...(known === 0 ? { user: '0' } : name ? { user: /^\d+$/.test(name) ? name : `${name}:${known ?? ''}` } : {}),
    ...(names.length > 0 ? { users: ['root:0', ...names].join(' ') } : {}),
  };
}

/** Values that differ by version are `<version>` or null: those variables are left out, or all of them if it is PATH. */
function environment(file: VendorFile, raw: Record<string, string | null>): ImageData {
  const isPlain = (value: string | null): value is string => value !== null && !value.includes('<');
  if ('PATH' in raw && !isPlain(raw.PATH ?? null)) return {};
  const plain = Object.entries(raw).filter((entry): entry is [string, string] => isPlain(entry[1]));
  return { env: file.environment(Object.fromEntries(plain)) };
}

function contents(raw: RawOfficialImage): string {
  const isBusybox = raw.contains.includes('busybox') || raw.repository === 'busybox';
  const doubtful = doubtfulAbsence(raw, isBusybox);
  const lacks = raw.lacks.filter((word) => word !== doubtful);
  const own = raw.frozenSince === undefined ? languageContents(raw.repository).contents(raw) : '';
  return mergeContents(
    contentsOf([...raw.contains, ...raw.compilers], [...lacks, ...(raw.repository === 'ubuntu' ? ubuntuLacks : [])]),
    isBusybox ? busyboxApplets : '',
    raw.packageManager === 'apt' ? debianEssentials : '',
    raw.packageManager === 'apt' && (raw.os?.id === 'ubuntu' || raw.contains.includes('procps')) ? 'kill' : '',
    ['apt', 'apk'].includes(raw.packageManager ?? '') ? 'passwd /tmp' : '',
    absentPrograms(raw),
    own,
  );
}

function files(raw: RawOfficialImage): string[] {
  const path = languageContents(raw.repository).path;
  return path && raw.frozenSince === undefined ? [path] : [];
}

/**
 * A word of `lacks` that another source contradicts: BusyBox has a wget, and Microsoft's Azure Linux base has time zones
 * even without `-extra`.
 */
function doubtfulAbsence({ os }: RawOfficialImage, isBusybox: boolean): string | null {
  if (isBusybox) return 'wget';
  return os?.id === 'azurelinux' ? 'tzdata' : null;
}

/**
 * The chiselled .NET images: the Dockerfile names every slice, and the passwd file it writes holds two accounts. Those
 * of Azure Linux install packages whose dependencies were not read, so they are not closed.
 */
function chiselled(raw: RawOfficialImage): ImageData {
  if (!isChiselled(raw)) return {};
  return { accounts: 'root:0 app:1654', ...(raw.os?.id === 'ubuntu' ? { closed: true } : {}) };
}

function isChiselled({ repository, contains }: RawOfficialImage): boolean {
  return repository.startsWith('mcr.microsoft.com/') && contains.includes('/etc/passwd (root, app)');
}

function flavor({ repository, tags }: RawOfficialImage): ImageData {
  return repository.endsWith('/sdk') || tags.some((tag) => /(?:^|-)builder/.test(tag)) ? { flavor: 'dev' } : {};
}

/** The repository of Dockerfiles and the commit; for .NET the folder too. Paths of single variants would fill the file. */
function sourceOf({ source }: RawOfficialImage, isDotnet: boolean): string {
  const sources = traceable(source);
  const plain = sources.find((text) => text.includes('Dockerfile')) ?? sources[0] ?? '';
  if (isDotnet) return `${/^[^:]+/.exec(plain)?.[0] ?? plain}:src/*`;
  return /^[\w./-]+@[0-9a-f]+/.exec(plain)?.[0] ?? plain.replace(/ \(.*$/, '');
}

function movingPattern(name: string): RegExp | undefined {
  return movingTags[name] ?? movingTags[name.slice(0, name.lastIndexOf('/'))];
}

function hubName(name: string): string {
  if (/^[^/]+\.[^/]+\//.test(name)) return name;
  return name.includes('/') ? `docker.io/${name}` : `docker.io/library/${name}`;
}

function titleOf(name: string): string {
  return name.replace('mcr.microsoft.com/dotnet/', '.NET ').replace(/^.*\//, '');
}
