import type { ImageData } from '../../server/src/catalog/data-model.js';
import { groupByRepository } from './common-schema.js';
import { readUnreadImage, type RawUnreadFile, type RawUnreadImage } from './unread-image.js';
import { createVendorFile, type VendorFile } from './vendor-file.js';

const registry = 'reg.mini.dev';
const pairs = 'https://docs.minimus.io/introduction/image-variants';
const guide = 'https://docs.minimus.io/guides/multi-stage-build';

/** Every image has a `-dev` twin on the same version. */
export function importMinimus({ compiled, images }: RawUnreadFile): VendorFile {
  const file = createVendorFile({
    family: 'minimus',
    vendor: 'Minimus',
    read: compiled,
    access: 'free-login',
    signing: null,
  });
  const own = images.filter(({ repository }) => repository.startsWith(`${registry}/`) && !repository.includes('<'));
  for (const [name, rows] of groupByRepository(own)) addImage(file, name, rows);
  for (const raw of own) if (raw.fipsVariant) addFips(file, raw);
  addPrivateImages(file);
  return file;
}

function addImage(file: VendorFile, name: string, images: readonly RawUnreadImage[]): void {
  const [first] = images;
  if (!first) return;
  const own = images.map((image) => row(file, name, image));
  if (name.endsWith('/python')) own.push(...countedPython(file, own));
  const hasDev = images.some(({ tags }) => tags.includes('latest-dev'));
  file.add(name, {
    title: `Minimus ${name.slice(registry.length + 1)}`,
    purpose: first.purpose,
    ...(first.runtime ? { language: first.runtime.name } : {}),
    docs: 'https://docs.minimus.io/',
    steady: 'same',
    images: hasDev ? own : [...own, twin(file, first)],
  });
}

function row(file: VendorFile, name: string, raw: RawUnreadImage): ImageData {
  const isDev = raw.tags.some((tag) => tag.endsWith('-dev'));
  const tags = raw.tags.filter((tag) => tag !== '3.13.5');
  return {
    ...readUnreadImage(file, { ...raw, ...unused }, tags),
    ...(isDev ? { flavor: 'dev', purpose: 'build', production: `${name}:*` } : { dev: `${name}:*-dev` }),
  };
}

const unused = { devVariant: null, runtimeVariant: null, packages: null };

/** The documentation counts the packages of these two. */
function countedPython(file: VendorFile, [production, dev]: readonly ImageData[]): ImageData[] {
  return [
    { ...production, tags: '3.13.5', packageCount: 23, source: file.source(guide) },
    { ...dev, tags: '3.13.5-dev', packageCount: 73, source: file.source(guide) },
  ];
}

/** Of every image that Minimus itself publishes. */
const trust = { signing: 'cosign, keyless', attestations: 'SBOM, provenance' };

/** Of a twin that was not read itself the documentation tells a shell and apk, and no more. */
function twin(file: VendorFile, { repository, libc, os }: RawUnreadImage): ImageData {
  return {
    tags: 'latest-dev',
    purpose: 'build',
    flavor: 'dev',
    ...(os ? { os: os.id } : {}),
    ...(libc?.kind === 'glibc' ? { libc: 'glibc' } : {}),
    packageManager: 'apk',
    status: 'supported',
    ...trust,
    production: `${repository}:*`,
    source: file.source(pairs),
  };
}

/** Names were read, and that cryptography is validated; the rest is not said of them. */
function addFips(file: VendorFile, { fipsVariant, runtime, purpose, os, libc }: RawUnreadImage): void {
  file.add(fipsVariant ?? '', {
    title: `Minimus ${(fipsVariant ?? '').slice(registry.length + 1)}`,
    purpose,
    ...(runtime ? { language: runtime.name } : {}),
    docs: 'https://docs.minimus.io/',
    scheme: 'any',
    unlisted: {
      ...(os ? { os: os.id } : {}),
      ...(libc ? { libc: libc.kind } : {}),
      ...trust,
      isFips: true,
      source: file.source('minimusio/examples@44ef1391'),
    },
    images: [],
  });
}

/** Image Creator: a customer's own choice of packages, below the customer's name. */
function addPrivateImages(file: VendorFile): void {
  const source = file.source('https://docs.minimus.io/advanced-tooling/image-creator');
  file.add(`${registry}/**`, {
    title: 'Minimus private image',
    purpose: 'application',
    docs: 'https://docs.minimus.io/advanced-tooling/image-creator',
    scheme: 'any',
    unlisted: {
      access: 'organisation',
      source,
      note: file.note('Made with Image Creator: what it holds is what its owner chose.'),
    },
    images: [],
  });
  file.add(`${registry}/*`, {
    title: 'Minimus image',
    purpose: 'application',
    docs: 'https://images.minimus.io/',
    scheme: 'any',
    unlisted: { ...trust, source: file.source('https://docs.minimus.io/introduction/compatibility') },
    images: [],
  });
}
