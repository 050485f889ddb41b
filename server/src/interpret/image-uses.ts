import type { ImageFacts } from '../catalog/model.js';
import type { ImageReference } from '../catalog/reference.js';
import type { Span } from '../text/span.js';
import type { Analysis, Stage } from './state.js';

/** A place where the file names an image by a literal reference. */
export type ImageUse = {
  readonly reference: ImageReference;
  readonly facts: ImageFacts | null;
  readonly span: Span;
  /** The stage that is based on it; null for COPY --from and mounts. */
  readonly stage: Stage | null;
};

/** References written without build arguments, so that offsets into them are offsets into the file. */
export function imageUses({ stages, sources, file }: Analysis): ImageUse[] {
  const uses: ImageUse[] = [];
  for (const stage of stages) {
    const { base, syntax } = stage;
    if (base.kind !== 'image' || !base.reference || !syntax.from.image) continue;
    uses.push({ reference: base.reference, facts: base.facts, span: syntax.from.image.span, stage });
  }
  for (const source of sources.values()) {
    if (source.kind !== 'image' || !source.reference) continue;
    uses.push({ reference: source.reference, facts: source.facts, span: source.word.span, stage: null });
  }
  return uses.filter(({ reference, span }) => file.text.slice(span.start, span.end) === reference.text);
}

/** The uses of each image together: the same reference twice is one problem. */
export function usesByText(analysis: Analysis): Iterable<readonly ImageUse[]> {
  const groups = new Map<string, ImageUse[]>();
  for (const use of imageUses(analysis)) {
    const group = groups.get(use.reference.text);
    if (group) group.push(use);
    else groups.set(use.reference.text, [use]);
  }
  return groups.values();
}
