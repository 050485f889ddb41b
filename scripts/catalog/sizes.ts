import type { ImageData, RepositoryData } from '../../server/src/catalog/data-model.js';
import type { RawOfficialImage } from './official.js';

export type RawSizes = {
  sizes: { image: string; arch?: string; compressedMB?: number | null; date?: string | null; kind?: string }[];
};

/** A measured size is that of one tag; only a base distribution has one release to a row. */
export function sizeOf({ repository, size }: Pick<RawOfficialImage, 'repository' | 'size'>): ImageData {
  const isRelease = ['alpine', 'debian', 'ubuntu', 'busybox'].includes(repository);
  return isRelease && size?.compressedMB && size.date ? { size: [size.compressedMB, size.date] } : {};
}

/** The newest measurement of every tag, for amd64; `app-on-base` is a sample program on top of the image. */
export function sizesOf(name: string, { sizes }: RawSizes): RepositoryData['sizes'] {
  const newest: Record<string, readonly [number, string]> = {};
  for (const { image, arch, compressedMB, date, kind } of sizes) {
    const tag = image.startsWith(`${name}:`) ? image.slice(name.length + 1) : null;
    if (tag === null || arch !== 'amd64' || !compressedMB || !date || kind === 'app-on-base') continue;
    if (date > (newest[tag]?.[1] ?? '')) newest[tag] = [compressedMB, date];
  }
  return Object.keys(newest).length > 0 ? newest : undefined;
}
