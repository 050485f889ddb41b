import type { ImageData, RepositoryData } from '../../server/src/catalog/data-model.js';
import { groupByRepository } from './common-schema.js';
import { busyboxApplets, debianEssentials, mergeContents } from './contents.js';
import { aliasesOf, hubName, readUnreadImage, type RawUnreadFile, type RawUnreadImage } from './unread-image.js';
import { createVendorFile, type VendorFile } from './vendor-file.js';

const dockerfiles = 'bell-sw/Liberica@ebed2713:docker/repos';

/** The older images, which have public Dockerfiles, are told from those; the file names only a part of them. */
export function importBellsoft({ compiled, images }: RawUnreadFile): VendorFile {
  const file = createVendorFile({
    family: 'bellsoft',
    vendor: 'BellSoft',
    read: compiled,
    access: 'public',
    signing: null,
  });
  const own = images.filter(({ repository }) => /^bellsoft\/(?:hardened-|liberica-runtime-)/.test(repository));
  for (const [name, rows] of groupByRepository(own)) addContainer(file, name, rows);
  for (const kind of ['jdk', 'jre'] as const) addClassic(file, kind);
  return file;
}

function addContainer(file: VendorFile, name: string, images: readonly RawUnreadImage[]): void {
  const [first] = images;
  if (!first) return;
  const names = aliasesOf(name, images);
  const wasRead = images.some(({ status }) => status !== 'unknown');
  const isHardened = name.includes('/hardened-');
  file.add(hubName(name), {
    title: name,
    purpose: first.purpose,
    ...(first.runtime && first.runtime.name !== 'graalvm' ? { language: first.runtime.name } : {}),
    docs: first.docs ?? `https://hub.docker.com/r/${name}`,
    ...(names.length > 0 ? { names } : {}),
    scheme: 'any',
    unlisted: isHardened
      ? { packageManager: null, source: file.source(`https://hub.docker.com/r/${name}`) }
      : {
          os: 'alpaquita:stream',
          packageManager: 'apk',
          files: '/bin/sh',
          source: file.source(`https://hub.docker.com/r/${name}`),
        },
    images: wasRead ? images.flatMap((image) => containerRows(file, image)) : [],
  });
}

/**
 * Whether the tags `nonroot-*` hold a shell was not read, though they share an entry with the distroless ones. The uid
 * 10001, the C library of `latest` and the missing freetype were seen by others in single images.
 */
function containerRows(file: VendorFile, raw: RawUnreadImage): ImageData[] {
  const isMixed = raw.tags.some((tag) => tag.startsWith('nonroot-')) && raw.tags.some((tag) => /distroless/.test(tag));
  const plain = raw.tags.filter((tag) => !(isMixed && tag.startsWith('nonroot-')));
  const rest = raw.tags.filter((tag) => !plain.includes(tag));
  const isMuslLatest = raw.repository === 'bellsoft/hardened-nodejs' && raw.tags.includes('latest');
  const known: RawUnreadImage = {
    ...raw,
    ...(isMuslLatest ? { libc: null } : {}),
    ...(raw.runtime && !raw.tags.every((tag) => /\d/.test(tag))
      ? { runtime: { ...raw.runtime, version: null }, eol: null }
      : {}),
    ...(raw.user?.uid === 10001 ? { user: null } : {}),
    lacks: raw.lacks.filter((name) => !name.startsWith('libfreetype')),
  };
  const open = { ...known, unread: [...(raw.unread ?? []), 'shell'], lacks: [] };
  const isKit = raw.tags.every((tag) => tag.startsWith('jdk-'));
  return [
    ...(plain.length > 0 ? [{ ...readUnreadImage(file, known, plain), ...(isKit ? kit : {}) }] : []),
    ...(rest.length > 0 ? [readUnreadImage(file, open, rest)] : []),
  ];
}

const kit = { flavor: 'dev', purpose: 'build' } as const;
const versions = [26, 25, 21, 17, 11, 8];
const lines = { '26': '2026-09-18', '25': '2031-09-30', '17': '2027-10-31' };

type Kind = 'jdk' | 'jre';

function addClassic(file: VendorFile, kind: Kind): void {
  for (const [base, image] of Object.entries(bases)) {
    const name = `bellsoft/liberica-open${kind}-${base}`;
    const other = `bellsoft/liberica-open${kind === 'jdk' ? 'jre' : 'jdk'}-${base}:*`;
    const { contents, note, ...system } = image;
    const repository: Omit<RepositoryData, 'shared'> = {
      title: name,
      purpose: kind === 'jdk' ? 'build' : 'runtime',
      language: 'java',
      docs: `https://hub.docker.com/r/${name}`,
      steady: 'moving',
      lines,
      images: [
        {
          tags: ['latest', ...versions].flatMap((tag) => [`${tag}`, `${tag}-cds`]).join(' '),
          ...system,
          user: '0',
          entrypoint: null,
          contents: file.contents(mergeContents(contents, kind === 'jdk' ? 'java javac' : 'java')),
          ...(kind === 'jdk' ? { flavor: 'dev', production: other } : { dev: other }),
          ...(note ? { note: file.note(note) } : {}),
          source: file.source(`${dockerfiles}/*`),
        },
      ],
    };
    file.add(hubName(name), repository);
  }
}

type Base = Omit<ImageData, 'contents' | 'note'> & { readonly contents: string; readonly note?: string };

const bases: Readonly<Record<string, Base>> = {
  debian: {
    os: 'debian:12',
    ofRelease: true,
    cmd: ['bash'],
    contents: mergeContents('curl fontconfig freetype libc sh bash dash apt apt-get dpkg', debianEssentials),
  },
  rocky: {
    os: 'rocky:9',
    libc: 'glibc:2.34',
    shells: '/bin/sh /bin/bash',
    packageManager: 'microdnf',
    contents: 'fontconfig freetype libc tar gzip find xargs sh bash',
  },
  'alpine-musl': {
    os: 'alpine:3.23',
    ofRelease: true,
    cmd: ['/bin/sh'],
    contents: mergeContents('libc busybox apk', busyboxApplets),
  },
  alpine: {
    os: 'alpine:3.23',
    shells: '/bin/sh /bin/ash',
    packageManager: 'apk',
    cmd: ['/bin/sh'],
    contents: mergeContents('libc busybox apk', busyboxApplets),
    note: 'Alpine, but Java runs on a glibc 2.36 that is put beside musl.',
  },
};
