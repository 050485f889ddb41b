import type { CatalogRepository } from './catalog.js';
import type { ImageData } from './data-model.js';
import type { Frozen } from './merge.js';
import { readTag, versionOf } from './tag-words.js';

/** The tags of one repository, made when the repository is first asked for. */
export type Tags = {
  readonly exact: ReadonlyMap<string, ImageData>;
  /** Tags whose meaning is known to have changed since they were read. */
  readonly moving: ReadonlySet<string>;
  /** Tags that are no longer built, to their last base and day. */
  readonly frozen: ReadonlyMap<string, Frozen>;
  /** Images by the tag without version and release. */
  readonly shapes: ReadonlyMap<string, readonly ImageData[]>;
  /** Every version that begins a known tag, with its lines: `3.13.15`, `3.13`, `3`. */
  readonly versions: ReadonlySet<string>;
};

/** A tag that is looked up, and what its repository has. */
export type Context = { readonly repository: CatalogRepository; readonly tag: string; readonly tags: Tags };

const indexed = new WeakMap<object, Tags>();

export function indexTags({ data }: CatalogRepository): Tags {
  const cached = indexed.get(data);
  if (cached) return cached;
  const versions = new Set<string>();
  const { exact, shapes } = indexImages(data, versions);
  const frozen = indexHistory(data.history, versions);
  const tags = { exact, shapes, frozen, versions, moving: new Set((data.moving ?? '').split(' ')) };
  indexed.set(data, tags);
  return tags;
}

/** The tag without its architecture and, where Debian 13 is the default, without its name. */
export function plainTag(tag: string, { data }: CatalogRepository): string {
  const plain = tag.replace(/-(?:amd64|arm64v8|arm32v7)$/, '');
  return data.steady === 'same' ? plain.replace(/-debian(?:13)?(?=-|$)/, '') : plain;
}

/** `3.13` of `3.13.5`; null when there is nothing left. */
export function shorten(version: string): string | null {
  const dot = version.lastIndexOf('.');
  return dot < 0 ? null : version.slice(0, dot);
}

function indexImages(data: CatalogRepository['data'], versions: Set<string>): Pick<Tags, 'exact' | 'shapes'> {
  const exact = new Map<string, ImageData>();
  const shapes = new Map<string, ImageData[]>();
  for (const image of data.images) {
    const own = new Set<string>();
    for (const tag of (image.tags ?? '').split(' ')) {
      const { version, shape, rest } = readTag(tag);
      exact.set(tag, image);
      if (!isPreview(data, rest)) addVersion(versions, version);
      own.add(shape);
    }
    for (const shape of own) shapes.set(shape, [...(shapes.get(shape) ?? []), image]);
  }
  return { exact, shapes };
}

/** Hardened images call those for building `-dev`, others their previews. */
function isPreview({ scheme }: CatalogRepository['data'], rest: string): boolean {
  const words =
    scheme === 'lines'
      ? /^(?:rc|beta|alpha|preview|ea|m)\d*(?:-|$)/i
      : /^(?:rc|beta|alpha|preview|dev|ea|m)\d*(?:-|$)/i;
  return words.test(rest);
}

function indexHistory(history: CatalogRepository['data']['history'], versions: Set<string>): Map<string, Frozen> {
  const frozen = new Map<string, Frozen>();
  for (const [key, list] of Object.entries(history?.tags ?? {})) {
    const [base = '', until] = key.split(' ');
    for (const tag of list.split(' ')) {
      frozen.set(tag, { base, until: until ?? null });
      addVersion(versions, versionOf(tag));
    }
  }
  return frozen;
}

function addVersion(versions: Set<string>, version: string | null): void {
  for (let line = version; line !== null; line = shorten(line)) versions.add(line);
}
