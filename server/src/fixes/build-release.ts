import { findImage } from '../catalog/catalog.js';
import { parseReference } from '../catalog/reference.js';
import type { PlacedProgram } from '../interpret/placed.js';
import type { Analysis, Stage } from '../interpret/state.js';
import type { Fix } from '../rules/rule.js';
import { replace } from '../text/edit.js';
import { withSuite } from './tags.js';

/** The builder's tag with the runtime's Debian release as suffix, where the catalog knows such a tag. */
export function buildOnRuntimeRelease({ artifact }: PlacedProgram, stage: Stage, analysis: Analysis): Fix[] {
  const { stages, today, catalog } = analysis;
  const builder = artifact.stage === null ? undefined : stages[artifact.stage];
  const codename = stage.end.os.known ? stage.end.os.value?.codename : null;
  if (!builder || builder.base.kind !== 'image' || !builder.base.reference || !codename) return [];
  const { image } = builder.syntax.from;
  const written = builder.base.reference;
  if (!image || image.text !== written.text || written.digest) return [];
  const text = withSuite(written, codename);
  const reference = text ? parseReference(text) : null;
  const facts = reference ? findImage(catalog, reference) : null;
  if (!facts?.os.known || facts.os.value?.codename !== codename || facts.status === 'retired') return [];
  // A builder without security support is no advice.
  const fits = (facts.osLtsEol ?? facts.osEol ?? today) > today;
  return text && fits ? [{ title: `Build on '${text}'`, edits: [replace(image.span, text)] }] : [];
}
