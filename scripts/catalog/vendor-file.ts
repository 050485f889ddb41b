import { contentGroups, withGroups } from './contents.js';
import type { ImageData, RepositoryData, VendorData } from '../../server/src/catalog/data-model.js';

type Header = Pick<
  VendorData,
  'family' | 'vendor' | 'read' | 'access' | 'accessBelow' | 'signing' | 'attestations' | 'removed'
>;

/** Collects repositories and keeps every repeated text once. */
export type VendorFile = {
  readonly data: VendorData;
  source(text: string): number;
  contents(text: string): number;
  environment(env: Readonly<Record<string, string>>): number;
  note(text: string): number;
  architectures(names: readonly string[]): number;
  add(name: string, repository: Omit<RepositoryData, 'shared'>): void;
};

export function createVendorFile(header: Header): VendorFile {
  const sources: string[] = [];
  const contents: string[] = [];
  const environments: Record<string, string>[] = [];
  const notes: string[] = [];
  const architectures: string[] = [];
  const repositories: Record<string, RepositoryData> = {};
  return {
    data: { ...header, sources, contents, groups: contentGroups, environments, notes, architectures, repositories },
    source: (text) => indexOf(sources, text),
    contents: (text) => indexOf(contents, withGroups(text)),
    environment: (env) => indexOf(environments, env),
    note: (text) => indexOf(notes, text),
    architectures: (names) => indexOf(architectures, names.join(' ')),
    add: (name, repository) => {
      const images = repository.images.map((image) =>
        image.purpose ? { ...image, purpose: purposeOf(image.purpose) } : image,
      );
      repositories[name] = shareFields({ ...repository, purpose: purposeOf(repository.purpose), images });
    },
  };
}

/** The fact files say `app` here and `application` there; a tool box for debugging is a base like others. */
function purposeOf(word: string): string {
  if (word === 'app') return 'application';
  return word === 'debug' ? 'base' : word;
}

/** Moves what all images of a repository have in common to `shared`, and joins images that differ in tags only. */
function shareFields(repository: Omit<RepositoryData, 'shared'>): RepositoryData {
  const images = joinEqual(repository.images);
  const shared: Record<string, unknown> = {};
  const rows = images.map((image) => ({ ...image }) as Record<string, unknown>);
  for (const key of Object.keys(rows[0] ?? {})) {
    if (key === 'tags') continue;
    const first = JSON.stringify(rows[0]?.[key]);
    if (!rows.every((row) => JSON.stringify(row[key]) === first)) continue;
    shared[key] = rows[0]?.[key];
    for (const row of rows) delete row[key];
  }
  return { ...repository, shared: shared as Partial<ImageData>, images: rows as ImageData[] };
}

function joinEqual(images: readonly ImageData[]): ImageData[] {
  const byFacts = new Map<string, string[]>();
  for (const { tags, ...facts } of images) {
    const key = JSON.stringify(clean(facts));
    byFacts.set(key, [...(byFacts.get(key) ?? []), ...(tags ? tags.split(' ') : [])]);
  }
  return [...byFacts].map(([key, tags]) => ({ tags: [...new Set(tags)].join(' '), ...(JSON.parse(key) as ImageData) }));
}

function clean(facts: object): object {
  return Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== undefined));
}

function indexOf<T>(list: T[], value: T): number {
  const key = JSON.stringify(value);
  const found = list.findIndex((item) => JSON.stringify(item) === key);
  return found >= 0 ? found : list.push(value) - 1;
}
