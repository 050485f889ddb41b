import type { DistributionData, PackageData, VendorData } from '../../../server/src/catalog/data-model.js';

/** One fault of the data. `key` is the place inside `file`; the message is one sentence. */
export type Problem = { readonly file: string; readonly key: string; readonly message: string };

export type VendorFileText = { readonly file: string; readonly data: VendorData };

export type FamilyData = {
  readonly read: string;
  readonly families: readonly { readonly id: string; readonly title: string; readonly publisher: string }[];
};

/** What lies in `server/src/catalog/data`. */
export type CatalogFiles = {
  readonly vendors: readonly VendorFileText[];
  readonly distributions: DistributionData;
  readonly families: FamilyData;
  readonly packages: PackageData;
  /** Every other file of the folder; only the day of reading is looked at. */
  readonly others: readonly { readonly file: string; readonly data: { readonly read?: unknown } }[];
  /** Text of `data-files.ts`, which says what is loaded. */
  readonly index: string;
};
