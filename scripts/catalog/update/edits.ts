import type {
  DistributionData,
  ImageData,
  ReleaseData,
  RepositoryData,
  RuntimeData,
  VendorData,
} from '../../../server/src/catalog/data-model.js';

/** A change of the data that an upstream file states. `source` is what a changed row names from then on. */
export type Edit =
  | { readonly to: 'release'; readonly id: string; readonly version: string; readonly facts: Partial<ReleaseData> }
  | { readonly to: 'cycle'; readonly page: string; readonly cycle: string; readonly line: string }
  | {
      readonly to: 'image';
      readonly repository: string;
      readonly tags: readonly string[];
      readonly facts: Partial<ImageData>;
      readonly path: string;
    }
  | { readonly to: 'tags'; readonly repository: string; readonly like: string; readonly tags: readonly string[] }
  | { readonly to: 'line'; readonly repository: string; readonly line: string; readonly eol: string };

export type Editable = {
  readonly vendors: Readonly<Record<string, VendorData>>;
  readonly distributions: DistributionData;
  readonly runtimes: RuntimeData;
};

/** `day` is that of the commit. */
export type Origin = { readonly repository: string; readonly commit: string; readonly day: string };

/** The data after one edit; everything else stays as it is. An edit that finds nothing to change changes nothing. */
export function applyEdit(data: Editable, edit: Edit, origin: Origin): Editable {
  if (edit.to === 'release') return { ...data, distributions: editRelease(data.distributions, edit, origin) };
  if (edit.to === 'cycle') return { ...data, runtimes: editCycle(data.runtimes, edit, origin) };
  const vendors = Object.entries(data.vendors).map(([file, vendor]): [string, VendorData] => {
    const repository = vendor.repositories[edit.repository];
    return [file, repository ? editVendor({ vendor, repository, edit, origin }) : vendor];
  });
  return { ...data, vendors: Object.fromEntries(vendors) };
}

type Of<T extends Edit['to']> = Extract<Edit, { to: T }>;

function editRelease(data: DistributionData, { id, version, facts }: Of<'release'>, origin: Origin): DistributionData {
  const source = `${origin.repository}@${origin.commit}:products/*.md`;
  const sources = data.sources.includes(source) ? data.sources : [...data.sources, source];
  const releases = data.releases.map((release) =>
    release.id === id && release.version === version
      ? { ...release, ...facts, dates: sources.indexOf(source) }
      : release,
  );
  return { ...data, sources, releases };
}

/** All pages are compared at one commit, so that the file as a whole was read there. */
function editCycle(data: RuntimeData, { page, cycle, line }: Of<'cycle'>, origin: Origin): RuntimeData {
  const products = data.products.map((product) => {
    if (product.page !== page) return product;
    const index = product.cycles.findIndex((old) => old.split(' ')[0] === cycle);
    const cycles = index < 0 ? [line, ...product.cycles] : product.cycles.with(index, line);
    return { ...product, cycles };
  });
  const source = `${origin.repository}@${origin.commit}:products/*.md`;
  return { ...data, read: origin.day, source, products };
}

type VendorEdit = {
  readonly vendor: VendorData;
  readonly repository: RepositoryData;
  readonly edit: Of<'image' | 'tags' | 'line'>;
  readonly origin: Origin;
};

function editVendor({ vendor, repository, edit, origin }: VendorEdit): VendorData {
  const replace = (changed: RepositoryData, sources = vendor.sources): VendorData => ({
    ...vendor,
    sources,
    repositories: { ...vendor.repositories, [edit.repository]: changed },
  });
  if (edit.to === 'tags') return replace(addTags(repository, edit.like, edit.tags));
  if (edit.to === 'line') return replace({ ...repository, lines: { ...repository.lines, [edit.line]: edit.eol } });
  const source = `${origin.repository}@${origin.commit}:${edit.path}`;
  const sources = vendor.sources.includes(source) ? vendor.sources : [...vendor.sources, source];
  const facts = { ...edit.facts, source: sources.indexOf(source) };
  return replace(setFacts(repository, edit.tags, facts), sources);
}

/** The tags leave the rows they stood in; a row without tags goes, for nothing would find it. */
function addTags(repository: RepositoryData, like: string, tags: readonly string[]): RepositoryData {
  const images = repository.images.flatMap((image): ImageData[] => {
    const own = tagsOf(image);
    const isMeant = own.includes(like);
    const left = isMeant ? [...new Set([...own, ...tags])] : own.filter((tag) => !tags.includes(tag));
    if (left.length === 0 && own.length > 0) return [];
    return [left.length === own.length ? image : { ...image, tags: left.join(' ') }];
  });
  return { ...repository, images };
}

/** Tags that share a row with others which the upstream says nothing about get a row of their own. */
function setFacts(repository: RepositoryData, tags: readonly string[], facts: Partial<ImageData>): RepositoryData {
  const images = repository.images.flatMap((image): ImageData[] => {
    const own = tagsOf(image);
    const meant = own.filter((tag) => tags.includes(tag));
    const others = own.filter((tag) => !tags.includes(tag));
    if (meant.length === 0) return [image];
    const changed = { ...image, tags: meant.join(' '), ...facts };
    return others.length === 0 ? [changed] : [{ ...image, tags: others.join(' ') }, changed];
  });
  return { ...repository, images };
}

function tagsOf({ tags }: ImageData): string[] {
  return tags?.split(' ') ?? [];
}
