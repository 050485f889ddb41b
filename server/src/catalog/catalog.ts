import type { RepositoryData, VendorData } from './data-model.js';
import { vendors } from './data-files.js';
import { architectureFolders, publicMirrors, type Mirror } from './mirrors.js';
import type { ImageFacts } from './model.js';
import { familiarName, parseReference, throughMirror, type ImageReference } from './reference.js';
import { copiedRepository } from './organisation.js';
import { resolveTag } from './resolve.js';

export { findRelease, listReleases, type Release } from './releases.js';

/** The images the project knows. Made once by `loadCatalog`; ask it with `findImage`. */
export type Catalog = {
  readonly repositories: ReadonlyMap<string, CatalogRepository>;
  /** Answers already given, by name and tag. */
  readonly answers: Map<string, ImageFacts | null>;
  /** Names under which the same images can be pulled. */
  readonly mirrors: readonly Mirror[];
  /** Ids of the families to suggest before others, the most wanted first; empty unless the user says so. */
  readonly prefer: readonly string[];
};

export type CatalogRepository = {
  readonly vendor: VendorData;
  readonly data: RepositoryData;
  readonly name: string;
  /** The image that another one is `like`; there while a reference is looked up. */
  readonly find?: (text: string) => ImageFacts | null;
  /** For an organisation's own copy: the repository it is a copy of. */
  readonly copyOf?: string;
};

/** One row per repository, for suggestions. `name` is as people write it. */
export type ImageSummary = {
  readonly name: string;
  readonly title: string;
  readonly vendor: string;
  readonly family: string;
  readonly purpose: ImageFacts['purpose'];
  /** Language the image exists for: node, python, java, go … or null. */
  readonly runtime: string | null;
  readonly isRetired: boolean;
};

/** How many images one may be like, one through the other; a circle ends here too. */
const longestLikeness = 8;

let loaded: Catalog | null = null;

/** The built-in catalog. Nothing is decoded before it is asked for; the same value is given every time. */
export function loadCatalog(): Catalog {
  loaded ??= createCatalog(vendors);
  return loaded;
}

/** A catalog over vendor data of the same schema, for private images and for tests. */
export function createCatalog(files: readonly VendorData[]): Catalog {
  return { repositories: readRepositories(files), answers: new Map(), mirrors: publicMirrors, prefer: [] };
}

/** What a workspace adds to a catalog; its repositories and mirrors win over those already there. */
export type CatalogAddition = {
  readonly files: readonly VendorData[];
  readonly mirrors: readonly Mirror[];
  readonly prefer: readonly string[];
};

export function extendCatalog(catalog: Catalog, { files, mirrors, prefer }: CatalogAddition): Catalog {
  return {
    repositories: new Map([...catalog.repositories, ...readRepositories(files)]),
    answers: new Map(),
    mirrors: [...mirrors, ...catalog.mirrors],
    prefer,
  };
}

/** The names alone: what is known of a repository is read when it is asked for. */
function readRepositories(files: readonly VendorData[]): Map<string, CatalogRepository> {
  const repositories = new Map<string, CatalogRepository>();
  for (const vendor of files) {
    for (const name of Object.keys(vendor.repositories)) {
      const others = vendor.names ? vendor.names[name] : vendor.repositories[name]?.names;
      for (const each of [name, ...(others ?? [])]) repositories.set(each, toRepository(vendor, name, each));
    }
    for (const [name, data] of removedRepositories(vendor))
      if (!repositories.has(name)) repositories.set(name, { vendor, data, name });
  }
  return repositories;
}

function toRepository(vendor: VendorData, key: string, name: string): CatalogRepository {
  return {
    vendor,
    get data() {
      return vendor.repositories[key] ?? nothing;
    },
    name,
  };
}

const nothing: RepositoryData = { purpose: 'base', shared: {}, images: [] };

/** Names that a registry took away: only that is known about them. */
function removedRepositories({ removed }: VendorData): [string, RepositoryData][] {
  return Object.entries(removed?.days ?? {}).flatMap(([day, names]) =>
    names.split(' ').map((name): [string, RepositoryData] => [
      `${removed?.prefix ?? ''}${name}`,
      {
        purpose: 'application',
        scheme: 'removed',
        shared: { status: 'retired', eol: day, access: 'subscription' },
        images: [],
      },
    ]),
  );
}

/**
 * What is known about an image, or null when the catalog does not know it: another repository, a tag that was never
 * published as far as the sources tell, or a digest without a tag. A tag beside a digest is believed.
 */
export function findImage(catalog: Catalog, reference: ImageReference): ImageFacts | null {
  if (reference.tag === null && reference.digest !== null) return null;
  const key = `${fullName(reference)}:${reference.tag ?? 'latest'}`;
  const answered = catalog.answers.get(key);
  if (answered !== undefined) return answered;

  const facts = lookUp(catalog, reference, 0);
  catalog.answers.set(key, facts);
  return facts;
}

/** `likeness` counts the images that are like this one on the way here. */
function lookUp(catalog: Catalog, reference: ImageReference, likeness: number): ImageFacts | null {
  const plain = withoutMirror(catalog, reference);
  const name = fullName(plain);
  const repository = findRepository(catalog, name) ?? copiedRepository(catalog.repositories, name);
  if (!repository) return null;
  const find = (text: string): ImageFacts | null => {
    const other = likeness < longestLikeness ? referenceOf(text) : null;
    return other && lookUp(catalog, other, likeness + 1);
  };
  const facts = resolveTag({ ...repository, name: familiarName(plain), find }, reference.tag ?? 'latest');
  const architecture = architectureFolders[reference.repository.split('/')[0] ?? ''];
  return facts && architecture && plain !== reference ? { ...facts, architectures: [architecture], size: null } : facts;
}

/** What is described under its own name is that, also where a mirror stands for its folder. */
function withoutMirror({ repositories, mirrors }: Catalog, reference: ImageReference): ImageReference {
  return repositories.has(fullName(reference)) ? reference : throughMirror(reference, mirrors);
}

function fullName({ registry, repository }: ImageReference): string {
  return `${registry}/${repository}`;
}

/** The facts of an image by its text, such as the references in `variants` and `replacement`; `scratch` is answered too. */
export function findImageByText(catalog: Catalog, text: string): ImageFacts | null {
  const reference = referenceOf(text);
  return reference ? findImage(catalog, reference) : null;
}

function referenceOf(text: string): ImageReference | null {
  return parseReference(text === 'scratch' ? 'docker.io/library/scratch' : text);
}

/** Whether any tag of the repository is known. */
export function knowsRepository(catalog: Catalog, reference: ImageReference): boolean {
  const name = fullName(withoutMirror(catalog, reference));
  return (findRepository(catalog, name) ?? copiedRepository(catalog.repositories, name)) !== null;
}

/** The repository of that name, or the nearest `folder/*` or `folder/**` that stands for it. */
function findRepository({ repositories }: Catalog, name: string): CatalogRepository | null {
  const own = repositories.get(name);
  if (own) return own;
  let folder = name.slice(0, name.lastIndexOf('/'));
  const beside = repositories.get(`${folder}/*`);
  if (beside) return beside;
  for (; folder.includes('/'); folder = folder.slice(0, folder.lastIndexOf('/'))) {
    const above = repositories.get(`${folder}/**`);
    if (above) return above;
  }
  return repositories.get(`${folder}/**`) ?? null;
}

export function listImages(catalog: Catalog): readonly ImageSummary[] {
  const named = [...catalog.repositories.values()].filter(({ name }) => !name.includes('*'));
  return named
    .filter(({ data }) => data.scheme !== 'windows')
    .map(({ vendor, data, name }) => ({
      name: name.replace(/^docker\.io\/(?:library\/)?/, ''),
      title: data.title ?? name.slice(name.lastIndexOf('/') + 1),
      vendor: data.publisher ?? vendor.vendor,
      family: data.family ?? vendor.family,
      purpose: data.purpose as ImageFacts['purpose'],
      runtime: data.language ?? null,
      isRetired:
        data.shared.status === 'retired' ||
        (data.images.length === 0 && data.unlisted?.status === 'retired') ||
        (data.images.length > 0 && data.images.every(({ status }) => status === 'retired')),
    }));
}
