import { addRead } from './further.js';
import { publisherImages } from './publisher-images.js';
import type { ReadFile } from './read-library.js';
import { createVendorFile, type VendorFile } from './vendor-file.js';

/** Images of publishers outside the Docker Official Images, read from their Dockerfiles by read-library.ts. */
export function importPublishers(images: ReadFile): VendorFile {
  const file = createVendorFile({
    family: 'verified-publisher',
    vendor: 'Publishers',
    read: images.read,
    access: 'public',
    signing: null,
  });
  const abouts = new Map(publisherImages.map(({ repository, about }) => [repository, about]));
  for (const { repository, about, source } of publisherImages) {
    if (!source) continue;
    const unlisted = { ...about.unlisted, source: file.source(source) };
    file.add(repository, { ...about, unlisted, images: [] });
  }
  addRead(file, images, (name) => abouts.get(name) ?? { purpose: 'base' });
  return file;
}
