import type { ImageData } from '../../server/src/catalog/data-model.js';
import { busyboxApplets, debianEssentials, mergeContents } from './contents.js';
import { hubName, readUnreadImage, type RawUnreadFile } from './unread-image.js';
import { createVendorFile, type VendorFile } from './vendor-file.js';

const dockerfiles = 'zulu-openjdk/zulu-openjdk@96ef9859';
const versions = [24, 23, 22, 21, 17, 11, 8];
const lines = {
  '24': '2025-09-16',
  '21': '2031-09-30',
  '25': '2033-09-30',
};

/** The official image `azul-zulu` is among the Docker Official Images. */
export function importAzul({ compiled, images }: RawUnreadFile): VendorFile {
  const file = createVendorFile({ family: 'azul', vendor: 'Azul', read: compiled, access: 'public', signing: null });
  for (const [name, system] of Object.entries(systems)) addImages(file, name, system);
  const distroless = images.filter(({ repository }) => repository === 'azul/zulu-openjdk-distroless');
  file.add('docker.io/azul/zulu-openjdk-distroless', {
    title: 'azul/zulu-openjdk-distroless',
    purpose: 'runtime',
    language: 'java',
    docs: 'https://hub.docker.com/r/azul/zulu-openjdk-distroless',
    scheme: 'strict',
    lines,
    images: distroless.map((raw) => ({
      ...readUnreadImage(file, { ...raw, libc: { kind: 'glibc', version: null }, eol: null }),
      accounts: '',
      contents: file.contents(
        'java javac libc zlib cacerts /tmp -ca-certificates -passwd -tzdata -libgcc -libstdc++ -libssl -sh -bash',
      ),
      files: raw.entrypoint?.[0] ?? '',
      note: file.note('Holds the full JDK on the libraries of an Ubuntu, and runs as root.'),
    })),
  });
  return file;
}

/**
 * The releases are those of 2025 and may have moved since, so no tag is told to be on one; CentOS has ended. Older tags
 * are on older releases and were built in other ways.
 */
function addImages(file: VendorFile, name: string, { folder, contents, ...system }: System): void {
  const shared = { ...system, user: '0', entrypoint: null, source: file.source(`${dockerfiles}:${folder}`) };
  const { shells, packageManager, source } = shared;
  const older = { ...(shells ? { shells } : {}), ...(packageManager ? { packageManager } : {}), user: '0', source };
  const kinds: [kind: string, holds: string, purpose: string][] = [
    ['', 'java javac', 'build'],
    ['-jre', 'java', 'runtime'],
    ['-jre-headless', 'java', 'runtime'],
  ];
  file.add(hubName(name), {
    title: name,
    purpose: 'build',
    language: 'java',
    docs: `https://hub.docker.com/r/${name}`,
    scheme: 'any',
    lines,
    unlisted: { ...older, os: system.os?.replace(/:.*$/, '') ?? null, contents: file.contents('java sh') },
    images: kinds.map(([kind, holds, purpose]): ImageData => ({
      tags: versions.map((version) => `${version}${kind}-latest`).join(' '),
      ...shared,
      purpose,
      contents: file.contents(mergeContents(contents, holds)),
      ...(kind === '' ? { flavor: 'dev', production: `${name}:*-jre-latest` } : { dev: `${name}:*-latest` }),
    })),
  });
}

type System = Omit<ImageData, 'contents'> & { readonly folder: string; readonly contents: string };

const debianLike = mergeContents('ca-certificates tzdata libc sh bash dash apt apt-get dpkg -curl', debianEssentials);

const systems: Readonly<Record<string, System>> = {
  'azul/zulu-openjdk': {
    folder: 'ubuntu',
    os: 'ubuntu',
    libc: 'glibc',
    shells: '/bin/sh /bin/dash /bin/bash',
    packageManager: 'apt',
    contents: debianLike,
  },
  'azul/zulu-openjdk-debian': {
    folder: 'debian',
    os: 'debian',
    libc: 'glibc',
    shells: '/bin/sh /bin/dash /bin/bash',
    packageManager: 'apt',
    cmd: ['bash'],
    contents: debianLike,
  },
  'azul/zulu-openjdk-alpine': {
    folder: 'alpine',
    os: 'alpine',
    libc: 'musl',
    shells: '/bin/sh /bin/ash',
    packageManager: 'apk',
    cmd: ['/bin/sh'],
    contents: mergeContents('tzdata libc busybox apk', busyboxApplets),
  },
  'azul/zulu-openjdk-centos': {
    folder: 'centos',
    os: 'centos:7',
    ofRelease: true,
    shells: '/bin/sh /bin/bash',
    packageManager: 'yum',
    cmd: ['/bin/bash'],
    contents: 'tzdata libc sh bash',
  },
};
