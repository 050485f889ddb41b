import type { ImageData } from '../../server/src/catalog/data-model.js';
import { groupByRepository } from './common-schema.js';
import { aliasesOf, hubName, readUnreadImage, type RawUnreadFile, type RawUnreadImage } from './unread-image.js';
import { createVendorFile, type VendorFile } from './vendor-file.js';

const registry = 'registry.access.redhat.com';

/** The file names the images of other vendors too; their own files describe them. */
export function importRedHat(raw: RawUnreadFile): VendorFile {
  const file = createVendorFile({
    family: 'red-hat',
    vendor: 'Red Hat',
    read: raw.compiled,
    access: 'public',
    signing: null,
    accessBelow: { 'registry.redhat.io/': 'free-login' },
  });
  const own = raw.images.filter(({ repository }) => repository.startsWith(`${registry}/`));
  for (const [name, images] of groupByRepository([...own, ...olderNode(own)])) {
    if (name.startsWith(`${registry}/hi/`)) addHardened(file, name, images);
    else addUniversal(file, name, images);
  }
  return file;
}

/** Every build of a major release is like the newest. */
function addUniversal(file: VendorFile, name: string, images: readonly RawUnreadImage[]): void {
  const [first] = images;
  if (!first) return;
  const names = aliasesOf(name, images);
  file.add(hubName(name), {
    ...describe(first, name.slice(registry.length + 1)),
    ...(names.length > 0 ? { names } : {}),
    steady: 'same',
    images: images.map((image) => ({
      ...readUnreadImage(file, { ...image, ...variantsOf(image), ...compilersOf(image) }, plainTags(image)),
      ...noteOf(file, image),
    })),
  });
}

/**
 * An entry of the hardened images joins the runtime, its builder and their FIPS twins; what it says is true of the
 * runtime. Of the builders of languages the account, the package manager and the C library were read. Tags of the core
 * image name the version of the C library.
 */
function addHardened(file: VendorFile, name: string, images: readonly RawUnreadImage[]): void {
  const [first] = images;
  if (!first) return;
  file.add(name, {
    ...describe(first, `Hardened ${name.slice(name.lastIndexOf('/') + 1)}`),
    scheme: 'strict',
    images: images.flatMap((image) => hardenedRows(file, image)),
  });
}

function hardenedRows(file: VendorFile, raw: RawUnreadImage): ImageData[] {
  const libc = raw.libc?.version ?? null;
  if (raw.libc && libc !== null) {
    const floating = raw.tags.filter((tag) => !tag.startsWith(libc));
    const fixed = { ...raw, tags: raw.tags.filter((tag) => tag.startsWith(libc)) };
    const unfixed = { ...raw, tags: floating, libc: { kind: raw.libc.kind, version: null } };
    return [...hardenedKinds(file, fixed), ...hardenedKinds(file, unfixed)];
  }
  return hardenedKinds(file, raw);
}

function hardenedKinds(file: VendorFile, raw: RawUnreadImage): ImageData[] {
  const kinds = new Map<string, string[]>();
  for (const tag of plainTags(raw)) {
    const kind = /-(?:builder|fips|runtime|openssl).*$/.exec(tag)?.[0] ?? '';
    kinds.set(kind, [...(kinds.get(kind) ?? []), tag]);
  }
  const hasBuilder = [...kinds.keys()].some((kind) => kind.includes('builder'));
  const hasFips = [...kinds.keys()].some((kind) => kind.includes('fips'));
  return [...kinds].map(([kind, tags]) => {
    const own = { ...raw, devVariant: null, fipsVariant: null };
    const base = kind.includes('builder')
      ? builder(file, own, tags)
      : readUnreadImage(file, kind === '-runtime' ? withoutCompiler(own) : own, tags);
    return {
      ...base,
      ...(kind.includes('fips') ? { isFips: true } : {}),
      ...(hasBuilder && !kind.includes('builder') ? { dev: builderOf(raw) } : {}),
      ...(hasFips && kind === '' ? { fips: `${raw.repository}:*-fips` } : {}),
    };
  });
}

/** The core image has a builder for its newest version only. */
function builderOf({ repository, tags }: RawUnreadImage): string {
  const hasOwn = tags.some((tag) => /^\d.*-builder$/.test(tag)) || !tags.some((tag) => /^\d/.test(tag));
  return `${repository}:${hasOwn ? '*' : 'latest'}-builder`;
}

function builder(file: VendorFile, raw: RawUnreadImage, tags: readonly string[]): ImageData {
  const known = { ...raw, source: ['crunchtools/constitution@0a3713b2:profiles/mcp-server.md'] };
  const left = { contains: [], lacks: [], shell: null, packageManager: null, unread: ['shell', 'packageManager'] };
  const isPython = raw.runtime?.name === 'python';
  return {
    ...readUnreadImage(file, { ...known, ...left }, tags),
    ...(raw.runtime && raw.user ? { packageManager: 'dnf' } : {}),
    ...(isPython ? { contents: file.contents('gcc sh') } : {}),
    purpose: 'build',
    flavor: 'dev',
  };
}

function withoutCompiler(raw: RawUnreadImage): RawUnreadImage {
  return { ...raw, lacks: [...raw.lacks, 'javac'] };
}

function describe(first: RawUnreadImage, title: string) {
  return {
    title,
    purpose: first.purpose,
    ...(first.runtime ? { language: first.runtime.name } : {}),
    ...(first.docs ? { docs: first.docs.replace(/\/(?:zh-cn|ja)\//, '/en/') } : {}),
  };
}

function plainTags({ tags }: RawUnreadImage): string[] {
  return tags.filter((tag) => !/[<*]/.test(tag));
}

/** `… (or ubi-micro)` is a remark rather than a reference, and the image of JDK 25 was not seen. */
function variantsOf({ runtimeVariant, devVariant }: RawUnreadImage): Partial<RawUnreadImage> {
  return {
    runtimeVariant: runtimeVariant?.replace(/ \(.*$/, '') ?? null,
    devVariant: devVariant?.endsWith('/openjdk-25') ? null : devVariant,
  };
}

/** The value of MODULE_DEPS, which the fact file leaves out. Source: sclorg/s2i-nodejs-container, 20/Dockerfile.rhel9. */
function compilersOf({ repository, contains }: RawUnreadImage): Partial<RawUnreadImage> {
  if (!/ubi9\/nodejs-2[24]$|nodejs-(?:18|20)$/.test(repository)) return {};
  return { contains: [...contains, 'make', 'gcc', 'gcc-c++', 'git'] };
}

/** Images of Node.js 18 and 20 are built as those of 22, which the fact file has. Source: the same repository. */
function olderNode(images: readonly RawUnreadImage[]): RawUnreadImage[] {
  const models = images.filter(({ repository }) => /\/ubi[89]\/nodejs-22$/.test(repository));
  return models.flatMap((model) =>
    ['18', '20'].map((version) => ({
      ...model,
      repository: model.repository.replace(/22$/, version),
      aliases: model.aliases.map((alias) => alias.replace(/22$/, version)),
      runtime: { name: 'node', version },
      runtimeVariant: `${model.repository.replace(/22$/, version)}-minimal`,
      status: null,
      source: model.source.map((text) => text.replace(':22/', `:${version}/`)),
    })),
  );
}

function noteOf(file: VendorFile, { repository }: RawUnreadImage): ImageData {
  const found = notes.find(([pattern]) => pattern.test(repository));
  return found ? { note: file.note(found[1]) } : {};
}

const notes: readonly (readonly [RegExp, string])[] = [
  [/ubi10\/ubi-micro$/, 'Called distroless by Red Hat, yet bash and the coreutils are in it; it has no CA bundle.'],
  [/ubi-micro$/, 'No package manager and no CA bundle: copy them from a stage of the full image.'],
  [/ubi-init$/, 'Starts systemd: meant for several services in one container.'],
  [/nodejs-\d+-minimal$/, 'Sets no CMD, and npm and microdnf are in it.'],
  [/python-\d+(?:-minimal)?$/, 'CMD only prints how to use the image: set your own.'],
  [/openjdk-(?:8|11|17|21)-runtime$/, 'Starts through the bash script run-java.sh.'],
];
