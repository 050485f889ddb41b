/** What people should know about a family of images, as Markdown sentences; a missing part is not known. */
export type About = {
  /** As in `server/src/catalog/data/families.json`. */
  readonly id: string;
  readonly what: string;
  /** How references are built, one rule each. */
  readonly names: readonly string[];
  readonly libc?: string;
  readonly shell?: string;
  readonly user?: string;
  readonly start?: string;
  readonly debug?: string;
  readonly pairs?: string;
  readonly access?: string;
  readonly trust?: string;
  readonly support?: string;
  readonly pitfalls: readonly string[];
  /** Title and address of the publisher's own pages. */
  readonly links: readonly (readonly [string, string])[];
};
