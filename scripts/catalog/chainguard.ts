import type { ImageData } from '../../server/src/catalog/data-model.js';
import { commonFields, groupByRepository, type RawImage } from './common-schema.js';
import { contentsOf, mergeContents } from './contents.js';
import { createVendorFile, type VendorFile } from './vendor-file.js';

type RawChainguardImage = RawImage & { has?: Record<string, boolean>; packages: number | null };
type RawGhost = { name: string; path: string; removed: string };
export type RawChainguard = { compiled: string; images: RawChainguardImage[]; ghostPaths: { items: RawGhost[] } };

const names: Readonly<Record<string, string>> = {
  libc: 'libc',
  libssl: 'libssl',
  zlib: 'zlib',
  libgcc: 'libgcc',
  libstdcxx: 'libstdc++',
  tzdata: 'tzdata',
  caCertificates: 'ca-certificates',
  passwd: 'passwd',
  tmp: '/tmp',
  bash: 'bash',
  busybox: 'busybox',
  apk: 'apk',
  git: 'git',
  wget: 'wget',
  curl: 'curl',
  npm: 'npm',
  pip: 'pip',
};

/** The free-tier removal of 2024-11-21 is documented; earlier removals may be renames. */
const documentedRemoval = '2024-11-21';

/**
 * Read from lock files and OCI defaults, so a null `entrypoint`, `cmd` or `shell` means none here; only a few packages
 * of each lock file are named, so an image is closed only when no more than the three packages of `static` are in it.
 */
export function importChainguard(raw: RawChainguard): VendorFile {
  const ghosts = raw.ghostPaths.items.filter(
    ({ path, removed }) => removed === documentedRemoval && path === `cgr.dev/chainguard/${path.split('/').at(-1)}`,
  );
  const file = createVendorFile({
    family: 'chainguard',
    vendor: 'Chainguard',
    read: raw.compiled,
    access: 'public',
    signing: 'cosign, keyless',
    attestations: 'SBOM (SPDX), provenance (SLSA)',
    removed: {
      prefix: 'cgr.dev/chainguard/',
      note: 'Removed from the free registry; an organisation with a subscription pulls it from its own path.',
      days: { [documentedRemoval]: ghosts.map(({ path }) => path.slice('cgr.dev/chainguard/'.length)).join(' ') },
    },
  });
  for (const [name, images] of groupByRepository(raw.images.filter(({ has }) => has))) {
    const [first] = images;
    if (!first) continue;
    file.add(name, {
      title: `Chainguard ${name.slice(name.lastIndexOf('/') + 1)}`,
      purpose: first.purpose,
      ...(first.runtime ? { language: first.runtime.name } : {}),
      docs: `https://images.chainguard.dev/directory/image/${name.slice(name.lastIndexOf('/') + 1)}/overview`,
      scheme: 'free',
      images: images.map((image) => ({ ...toImage(file, image), ...lastingOf(image) })),
    });
  }
  return file;
}

function toImage(file: VendorFile, raw: RawChainguardImage): ImageData {
  const isDev = raw.tags.some((tag) => tag.endsWith('-dev'));
  const accounts = accountsOf(raw);
  return {
    tags: lockedTags(raw).join(' '),
    ...commonFields(file, { ...raw, source: ['chainguard-images/images@cd7edd23:images/*/locked_config.json'] }),
    purpose: raw.purpose,
    shells: shellsOf(raw),
    packageManager: raw.packageManager,
    ...(accounts ? { accounts } : {}),
    entrypoint: raw.entrypoint,
    cmd: raw.cmd,
    workdir: raw.workdir ?? '/',
    runtime: raw.runtime ? `${raw.runtime.name} ${raw.runtime.version ?? '-'} ${interpreterOf(raw) ?? '-'}` : null,
    contents: file.contents(contents(raw)),
    closed: raw.packages === 3,
    ...(raw.packages === null ? {} : { packageCount: raw.packages }),
    ...(interpreterOf(raw) ? { files: interpreterOf(raw) ?? '' } : {}),
    ...(isDev ? { flavor: 'dev' as const } : {}),
  };
}

/**
 * What held in every configuration since the images are built from Wolfi, or since the first of a version: entrypoints
 * came to python on 2023-03-07 and to ruby on 2023-04-17, BusyBox left jre on 2022-12-05, go was not root before
 * 2022-11-22, and the dev images share their packages since 2023-03-14. Source: chainguard-images/images, the history of
 * images/NAME from 2022-11-18 to 2026-08-22.
 */
const lasting: Readonly<Record<string, readonly [plain: string, dev: string]>> = {
  go: ['user:1.20 start shells:1.21', 'user:1.20 start shells:1.21'],
  'glibc-dynamic': ['shells', ''],
  jdk: ['user start', 'user start shells:21'],
  jre: ['user start shells:21', 'user start shells:21'],
  nginx: ['user:1.24', 'user:1.24 shells:1.26'],
  node: ['user start', 'user start shells:20'],
  php: ['user:8.3 start:8.3 shells', 'user:8.3 start:8.3 shells:8.3'],
  python: ['user start:3.12 shells', 'user start:3.12 shells:3.12'],
  ruby: ['user start:3.3 shells', 'user start:3.3 shells:3.3'],
  static: ['user shells', ''],
};

function lastingOf({ repository, tags }: RawChainguardImage): ImageData {
  const [plain, dev] = lasting[repository.slice(repository.lastIndexOf('/') + 1)] ?? ['', ''];
  const facts = tags.includes('latest') ? plain : tags.includes('latest-dev') ? dev : '';
  return facts ? { lasting: facts } : {};
}

/** `v10` beside `10` was collected from elsewhere: no lock file has such a tag. */
function lockedTags({ tags }: RawChainguardImage): string[] {
  return tags.filter((tag) => !tags.includes(tag.replace(/^v(?=\d)/, '')) || !/^v\d/.test(tag));
}

/** /etc/passwd of wolfi-baselayout, which the lock files' accounts are added to: wolfi-dev/os, wolfi-baselayout/vendor/etc/passwd. */
const baselayout =
  'root:0 bin:1 daemon:2 adm:3 lp:4 sync:5 shutdown:6 halt:7 mail:8 news:9 uucp:10 operator:11 man:13 postmaster:14 cron:16 ftp:21 sshd:22 xfs:33 nobody:65534';

function accountsOf({ user }: RawChainguardImage): string | null {
  if (!user?.names) return null;
  const own = user.names.filter((name) => name !== 'root:0');
  return [baselayout, ...own].join(' ');
}

/** Wolfi's BusyBox has neither wget nor nc; /bin is a link to /usr/bin. */
function shellsOf({ has, contains }: RawChainguardImage): string {
  if (!has?.binSh) return has?.bash ? '/bin/bash' : '';
  const hasDash = contains.some((name) => name.startsWith('dash'));
  return [
    '/bin/sh',
    ...(has.bash ? ['/bin/bash'] : []),
    ...(has.busybox ? ['/bin/ash'] : []),
    ...(hasDash ? ['/bin/dash'] : []),
  ].join(' ');
}

function contents(raw: RawChainguardImage): string {
  const flags = Object.entries(raw.has ?? {}).flatMap(([key, isThere]) =>
    names[key] ? [`${isThere ? '' : '-'}${names[key]}`] : [],
  );
  const packages = raw.contains.map((name) => name.split(' ')[0] ?? '');
  const compiler = raw.has?.compiler === false ? '-gcc -g++ -cc' : '';
  const wolfiBusybox = raw.has?.wget === false && raw.has.busybox ? '-nc' : '';
  return mergeContents(
    contentsOf(packages),
    flags.join(' '),
    compiler,
    wolfiBusybox,
    raw.has?.binSh ? 'sh' : '-sh',
    'nsswitch',
    languagePrograms(raw),
  );
}

function languagePrograms({ runtime, has }: RawChainguardImage): string {
  const byName: Readonly<Record<string, string>> = {
    node: `node ${has?.npm ? 'npx' : ''}`,
    python: 'python python3',
    java: 'java',
    go: 'go',
    ruby: 'ruby',
    php: 'php',
    dotnet: 'dotnet',
  };
  return byName[runtime?.name ?? ''] ?? '';
}

/** The entrypoint is the interpreter in these images. */
function interpreterOf({ runtime, entrypoint }: RawChainguardImage): string | null {
  const [program] = entrypoint ?? [];
  return runtime && program?.startsWith('/') && !program.endsWith('.sh') ? program : null;
}
