import type { VendorData } from '../../server/src/catalog/data-model.js';

/** An invented vendor without repositories. */
export const emptyVendor: VendorData = {
  family: 'example',
  vendor: 'Example',
  read: '2026-11-20',
  access: 'public',
  signing: null,
  sources: ['owner/repository@0123abc:file'],
  contents: [],
  groups: {},
  environments: [],
  notes: [],
  architectures: [],
  repositories: {},
};
