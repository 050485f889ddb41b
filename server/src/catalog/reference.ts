/** An image reference, taken apart and normalised. See the distribution specification's reference grammar. */
export type ImageReference = {
  /** As written. */
  readonly text: string;
  /** `docker.io` when none is written; port included. */
  readonly registry: string;
  /** `library/python`, `distroless/static-debian13`; in lower case as written. */
  readonly repository: string;
  /** Null when not written. */
  readonly tag: string | null;
  /** `sha256:…`; null when not written. */
  readonly digest: string | null;
  /** Offsets of the parts inside `text`, end exclusive; null for what is not written. */
  readonly parts: {
    readonly registry: readonly [number, number] | null;
    readonly repository: readonly [number, number];
    readonly tag: readonly [number, number] | null;
    readonly digest: readonly [number, number] | null;
  };
};
