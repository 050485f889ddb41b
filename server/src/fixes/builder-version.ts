import { findImage } from '../catalog/catalog.js';
import { parseReference } from '../catalog/reference.js';
import type { Analysis, Stage } from '../interpret/state.js';
import type { Fix } from '../rules/rule.js';
import { replace } from '../text/edit.js';
import { isKept, losesCommand } from './newer-base.js';

/** The image of a build stage in another version of its language: `node:22-slim` as `node:24-slim`. */
export function onVersion(
  stage: Stage | undefined,
  version: { readonly name: string; readonly from: string; readonly to: string },
  { catalog, today }: Analysis,
): Fix[] {
  const { image } = stage?.syntax.from ?? {};
  const written = stage?.base.kind === 'image' ? stage.base.reference : null;
  if (!stage || !image || !written || image.text !== written.text || written.digest || !written.tag) return [];
  // Only the number itself stands there: a patch version of one line is none of another.
  const tag = written.tag.replace(new RegExp(`(^|-|jdk)${version.from}(?=-|$)`), `$1${version.to}`);
  const text = `${written.text.slice(0, written.parts.repository[1])}:${tag}`;
  const reference = tag === written.tag ? null : parseReference(text);
  const facts = reference && findImage(catalog, reference);
  if (!facts || !isKept(facts, today)) return [];
  const runtime = facts.runtime.known ? facts.runtime.value : null;
  if (runtime?.name === version.name && !runtime.version?.startsWith(version.to)) return [];
  if (losesCommand(stage, { from: findImage(catalog, written), to: facts })) return [];
  return [{ title: `Build on '${text}'`, edits: [replace(image.span, text)] }];
}
