import type { RepositoryData, VendorData } from './data-model.js';
import { vendors } from './data-files.js';
import { publicMirrors, type Mirror } from './mirrors.js';
import type { ImageFacts } from './model.js';
import { familiarName, parseReference, throughMirror, type ImageReference } from './reference.js';
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

export type CatalogRepository = { readonly vendor: VendorData; readonly data: RepositoryData; readonly name: string };

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

function readRepositories(files: readonly VendorData[]): Map<string, CatalogRepository> {
  const repositories = new Map<string, CatalogRepository>();
  for (const vendor of files) {
    for (const [name, data] of Object.entries(vendor.repositories)) {
      for (const each of [name, ...(data.names ?? [])]) repositories.set(each, { vendor, data, name: each });
    }
    for (const [name, data] of removedRepositories(vendor))
      if (!repositories.has(name)) repositories.set(name, { vendor, data, name });
  }
  return repositories;
}

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
  const plain = throughMirror(reference, catalog.mirrors);
  const tag = reference.tag ?? 'latest';
  const name = `${plain.registry}/${plain.repository}`;
  const key = `${name}:${tag}`;
  const answered = catalog.answers.get(key);
  if (answered !== undefined) return answered;

  const repository = catalog.repositories.get(name);
  const facts = repository ? resolveTag({ ...repository, name: familiarName(plain) }, tag) : null;
  catalog.answers.set(key, facts);
  return facts;
}

/** The facts of an image by its text, such as the references in `variants` and `replacement`; `scratch` is answered too. */
export function findImageByText(catalog: Catalog, text: string): ImageFacts | null {
  const reference = parseReference(text === 'scratch' ? 'docker.io/library/scratch' : text);
  return reference ? findImage(catalog, reference) : null;
}

/** Whether any tag of the repository is known. */
export function knowsRepository(catalog: Catalog, reference: ImageReference): boolean {
  const plain = throughMirror(reference, catalog.mirrors);
  return catalog.repositories.has(`${plain.registry}/${plain.repository}`);
}

export function listImages(catalog: Catalog): readonly ImageSummary[] {
  return [...catalog.repositories.values()].map(({ vendor, data, name }) => ({
    name: name.replace(/^docker\.io\/(?:library\/)?/, ''),
    title: data.title ?? name.slice(name.lastIndexOf('/') + 1),
    vendor: vendor.vendor,
    family: data.family ?? vendor.family,
    purpose: data.purpose as ImageFacts['purpose'],
    runtime: data.language ?? null,
    isRetired:
      data.shared.status === 'retired' ||
      (data.images.length > 0 && data.images.every(({ status }) => status === 'retired')),
  }));
}
