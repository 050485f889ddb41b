import type { ImageData } from '../../server/src/catalog/data-model.js';
import { commonFields, groupByRepository, type RawImage } from './common-schema.js';
import { contentsOf, mergeContents } from './contents.js';
import { createVendorFile, type VendorFile } from './vendor-file.js';

export type RawUnreadImage = RawImage & { unread?: string[] };
export type RawUnreadFile = { compiled: string; images: RawUnreadImage[] };

/** Left out here: the Azure Linux .NET images of the same file, which Microsoft's file describes. */
const isOurs = (repository: string): boolean =>
  /^(?:registry\.access\.redhat\.com|mcr\.microsoft\.com\/azurelinux)\//.test(repository);

/**
 * A null shell or package manager is none unless `unread` names it. A null entrypoint, command or working directory is
 * none or not read, so nothing is told about it. Tags of builders and FIPS variants share an entry with the runtime in
 * the hardened images: only the plain ones are taken.
 */
export function importRedHat(raw: RawUnreadFile): VendorFile {
  const file = createVendorFile({
    family: 'red-hat',
    vendor: 'Red Hat',
    read: raw.compiled,
    access: 'public',
    signing: null,
  });
  for (const [name, images] of groupByRepository(raw.images.filter(({ repository }) => isOurs(repository)))) {
    addUnreadRepository(file, name, images);
  }
  return file;
}

/** One repository of a file in which `unread` tells apart the two meanings of null. */
export function addUnreadRepository(file: VendorFile, name: string, images: readonly RawUnreadImage[]): void {
  const [first] = images;
  const rows = images.map((image) => toImage(file, image)).filter(({ tags }) => tags !== '');
  if (!first || rows.length === 0) return;
  const names = [...new Set(images.flatMap(({ aliases }) => aliases))]
    .map(hubName)
    .filter((alias) => alias !== hubName(name) && /^[a-z0-9./_-]+$/.test(alias));
  const isUbi = /\/ubi\d+\//.test(name);
  file.add(hubName(name), {
    title: name.replace(/^(?:registry\.access\.redhat\.com|docker\.io|mcr\.microsoft\.com)\//, ''),
    purpose: first.purpose,
    ...(first.runtime ? { language: first.runtime.name } : {}),
    ...(first.docs ? { docs: first.docs.replace('/zh-cn/', '/en/') } : {}),
    ...(names.length > 0 ? { names } : {}),
    ...(isUbi ? { steady: 'same' as const } : { scheme: 'strict' as const }),
    images: rows,
  });
}

function toImage(file: VendorFile, raw: RawUnreadImage): ImageData {
  const unread = new Set(raw.unread ?? []);
  const version = raw.runtime?.version ?? null;
  return {
    tags: raw.tags.filter((tag) => isPlainTag(tag, raw)).join(' '),
    ...commonFields(file, raw),
    ...shells(raw, unread),
    ...(raw.packageManager
      ? { packageManager: raw.packageManager }
      : unread.has('packageManager')
        ? {}
        : { packageManager: null }),
    ...(raw.entrypoint && raw.entrypoint.length > 0 ? { entrypoint: raw.entrypoint } : {}),
    ...(raw.cmd && raw.cmd.length > 0 ? { cmd: raw.cmd } : {}),
    ...(raw.workdir ? { workdir: raw.workdir } : {}),
    runtime: raw.runtime ? `${raw.runtime.name} ${version && !version.includes(' ') ? version : '-'} -` : null,
    contents: file.contents(contents(raw)),
    ...(programPaths(raw).length > 0 ? { files: programPaths(raw).join(' ') } : {}),
    ...(raw.eol ? { eol: raw.eol } : {}),
    ...(raw.note && raw.note.length < 160 && !/snapshot|\.json|read/.test(raw.note)
      ? { note: file.note(raw.note) }
      : {}),
  };
}

function isPlainTag(tag: string, { os, tags }: RawUnreadImage): boolean {
  if (/[<*]|builder|fips/.test(tag)) return false;
  const release = /-(\d\d\.\d\d)(?=_|$)/.exec(tag)?.[1];
  const isMixed = tags.some((other) => /-(?:runtime|openssl)/.test(other));
  return (release === undefined || release === os?.version) && !(isMixed && /-(?:runtime|openssl)/.test(tag));
}

/** In the rpm families bash is also sh; elsewhere a single path is no complete set. */
function shells(raw: RawUnreadImage, unread: ReadonlySet<string>): ImageData {
  if (raw.shell === null) return unread.has('shell') ? {} : { shells: '' };
  return raw.shell === '/bin/bash' ? { shells: '/bin/sh /bin/bash' } : {};
}

function contents(raw: RawUnreadImage): string {
  const plain = raw.contains.map((name) => name.replace(/ .*$/, ''));
  const direct = plain.filter((name) => /^(?:node|npm|npx|pip|mvn|java|nodemon|which|tar)$/.test(name)).join(' ');
  const hasShell = raw.shell !== null;
  const own = contentsOf(
    plain.filter((name) => name !== 'passwd'),
    raw.lacks,
  );
  const passwd = plain.includes('passwd') ? 'passwd' : '';
  const none = !hasShell && !(raw.unread ?? []).includes('shell') ? '-sh -bash' : '';
  return mergeContents(own, direct, passwd, none);
}

function programPaths({ contains, shell }: RawUnreadImage): string[] {
  const paths = contains.filter((name) => /^\/usr\/bin\/[\w.+-]+$/.test(name));
  return [...new Set([...paths, ...(shell ? [shell] : [])])];
}

function hubName(name: string): string {
  return /^[^/]+\.[^/]+\//.test(name) ? name : `docker.io/${name}`;
}
