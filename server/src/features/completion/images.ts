import { listImages, type Catalog, type CatalogRepository, type ImageSummary } from '../../catalog/catalog.js';
import { findFamily, listFamilies } from '../../catalog/families.js';
import { parseReference, throughMirror } from '../../catalog/reference.js';

/** A repository of the catalog that can still be pulled. */
export type ImageName = ImageSummary & {
  readonly repository: CatalogRepository;
  readonly familyTitle: string;
  /** Position of its family in the list of families. */
  readonly familyRank: number;
  readonly isDeprecated: boolean;
  /** Some image of it has a shell to build with, as far as was read. */
  readonly canBuild: boolean;
  /** Some image of it is made to run programs, also where the plain tags are made to build them. */
  readonly canRun: boolean;
  /** Some image of it has no shell, as far as was read. */
  readonly isLean: boolean;
  /** The name with every number replaced, and the numbers: what sorts debian13 before debian12. */
  readonly stem: string;
  readonly numbers: readonly number[];
  /** Another name of a repository that is listed before. */
  readonly isAlias: boolean;
};

/** Made once for a catalog, which may be asked on every key stroke. */
const made = new WeakMap<Catalog, readonly ImageName[]>();

/** Every name that may stand in FROM but `scratch`; images that a registry took away are left out. */
export function imageNames(catalog: Catalog): readonly ImageName[] {
  const found = made.get(catalog);
  if (found) return found;
  const seen = new Set<object>();
  const ranks = new Map(listFamilies().map(({ id }, index) => [id, index]));
  const names = listImages(catalog).flatMap((summary): ImageName[] => {
    const repository = repositoryOf(catalog, summary.name);
    if (!repository || repository.data.scheme === 'removed') return [];
    const isAlias = seen.has(repository.data);
    seen.add(repository.data);
    return [
      {
        ...summary,
        repository,
        familyTitle: familyTitle(summary),
        familyRank: ranks.get(summary.family) ?? ranks.size,
        isDeprecated: repository.data.shared.status === 'deprecated',
        canBuild: canBuild(repository),
        canRun: canRun(repository),
        isLean: isLean(repository),
        stem: summary.name.replace(/\d+/g, '#'),
        numbers: (summary.name.match(/\d+/g) ?? []).map(Number),
        isAlias,
      },
    ];
  });
  made.set(catalog, names);
  return names;
}

/** `Google Distroless`; the publisher's own name in the family that gathers many of them. */
export function familyTitle({ family, vendor }: { readonly family: string; readonly vendor: string }): string {
  return family === 'verified-publisher' ? vendor : (findFamily(family)?.title ?? vendor);
}

/** By a name as people write it; null for `scratch` and for what the catalog does not know. */
export function repositoryOf(catalog: Catalog, name: string): CatalogRepository | null {
  const reference = parseReference(name);
  if (!reference) return null;
  const { registry, repository } = throughMirror(reference, catalog.mirrors);
  return catalog.repositories.get(`${registry}/${repository}`) ?? null;
}

function canBuild({ data: { purpose, shared, images } }: CatalogRepository): boolean {
  if (purpose === 'build' || shared.ofRelease === true || Boolean(shared.shells)) return true;
  return images.some(({ flavor, ofRelease, shells }) => flavor === 'dev' || ofRelease === true || Boolean(shells));
}

function isLean({ data: { shared, images } }: CatalogRepository): boolean {
  return images.some(({ shells = shared.shells }) => shells === '');
}

/** Languages that need at run time what they need to build, for the most part. */
const interpreted: readonly string[] = ['bun', 'deno', 'elixir', 'erlang', 'node', 'perl', 'php', 'python', 'ruby'];

function canRun({ data: { purpose, language = '', images } }: CatalogRepository): boolean {
  if (purpose !== 'build' || interpreted.includes(language)) return true;
  return images.some(({ tags = '' }) => /(?:^|[ -])jre(?:[ -]|$)/.test(tags));
}
