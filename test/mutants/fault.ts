import type { Edit } from './edits.js';

/** A way to break a sound Dockerfile. */
export type Fault = {
  readonly name: string;
  /** Any of these rules is the right one. */
  readonly rules: readonly string[];
  readonly apply: Edit;
};

/** Kinds of final bases. */
export const shellless = /^scratch$|^gcr\.io\/distroless|^dhi\.io|-chiseled|chainguard\/(?!node)/;
export const interpreter = /distroless\/(?:nodejs|python3|java)|chainguard\/(?:node|python|jre|nginx)/;
export const withoutLibc = /^scratch$|static/;
export const alpine = /^(?:alpine|[\w./-]+:[\w.-]*alpine)/;
export const apt = /^(?:debian|ubuntu):/;
export const google = /^gcr\.io\/distroless/;
export const copied = 'COPY --from=';
