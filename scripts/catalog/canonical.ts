import { groupByRepository } from './common-schema.js';
import { addUnreadRepository, type RawUnreadFile } from './red-hat.js';
import { createVendorFile, type VendorFile } from './vendor-file.js';

/** Canonical's chiselled images; Microsoft's .NET images of the same file are read from Microsoft's own facts. */
export function importCanonical(raw: RawUnreadFile): VendorFile {
  const file = createVendorFile({
    family: 'ubuntu-chiselled',
    vendor: 'Canonical',
    read: raw.compiled,
    access: 'public',
    signing: null,
  });
  const own = raw.images.filter(({ repository }) => /^ubuntu\/[a-z0-9-]+$/.test(repository));
  for (const [name, images] of groupByRepository(own)) addUnreadRepository(file, name, images);
  return file;
}
