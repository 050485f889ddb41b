import { findImage } from '../catalog/catalog.js';
import { parseReference } from '../catalog/reference.js';
import type { Analysis, Stage } from '../interpret/state.js';
import { minorOf } from '../interpret/python/places.js';
import type { Fix } from '../rules/rule.js';
import { replace } from '../text/edit.js';
import type { Span } from '../text/span.js';

export type PythonBuilder = {
  readonly analysis: Analysis;
  readonly builder: Stage;
  /** The minor versions `3.12` and `3.13`. */
  readonly from: string;
  readonly to: string;
  /** The instruction that takes the packages, whose paths may carry the version. */
  readonly copy: Span;
};

/** The builder's tag with the version of the image; none where the version stands in other places as well. */
export function pythonBuilder({ analysis, builder, from, to, copy }: PythonBuilder): Fix[] {
  const { image } = builder.syntax.from;
  const { base } = builder;
  if (!image || base.kind !== 'image' || base.reference?.text !== image.text || base.reference.digest) return [];
  const [start = 0] = base.reference.parts.tag ?? [];
  const tag = base.reference.tag ?? '';
  const written = new RegExp(`^${from.replace('.', '\\.')}(\\.\\d+)?(?=-|$)`).exec(tag)?.[0];
  if (written === undefined) return [];
  const text = image.text.slice(0, start) + to + tag.slice(written.length);
  const reference = parseReference(text);
  const facts = reference && findImage(analysis.catalog, reference);
  const isThere = facts?.runtime.known && minorOf(facts.runtime.value?.version ?? null) === to;
  if (!isThere || facts.status === 'retired') return [];
  const at = image.span.start + start;
  const paths = versionedPaths(analysis.file.text, { from, to, copy });
  if (!paths) return [];
  return [{ title: `Build on '${text}'`, edits: [replace({ start: at, end: at + written.length }, to), ...paths] }];
}

/** `python3.12` in the paths of the copy; null when it stands elsewhere too. */
function versionedPaths(text: string, { from, to, copy }: { from: string; to: string; copy: Span }) {
  const all = [...text.matchAll(new RegExp(`python${from.replace('.', '\\.')}(?!\\d)`, 'g'))];
  if (all.some(({ index }) => index < copy.start || index >= copy.end)) return null;
  return all.map(({ index }) => {
    const start = index + 'python'.length;
    return replace({ start, end: start + from.length }, to);
  });
}
