import assert from 'node:assert/strict';
import { analyze, createWorld } from '../../server/src/analyze.js';
import { extendCatalog, findImageByText, loadCatalog } from '../../server/src/catalog/catalog.js';
import type { ImageFacts } from '../../server/src/catalog/model.js';
import { alternatives, type Alternative } from '../../server/src/features/alternatives.js';
import { today } from './checks.js';

export const world = createWorld(today);

/** The alternatives; with `prefer`, those of a family first, so that no other family takes their place in the list. */
export function find(text: string, { stage = -1, prefer = '' } = {}): readonly Alternative[] {
  const catalog = extendCatalog(world.catalog, { files: [], mirrors: [], prefer: [prefer] });
  const analysis = analyze(text, { ...world, catalog });
  const at = analysis.stages.at(stage);
  assert.ok(at);
  return alternatives(analysis, at);
}

export function names(text: string, options: { stage?: number; prefer?: string } = {}): string[] {
  return find(text, options).map(({ reference }) => reference);
}

export function factsOf(reference: string): ImageFacts {
  const facts = findImageByText(loadCatalog(), reference);
  assert.ok(facts, `${reference} is not in the catalog`);
  return facts;
}

export function isShellless({ shells }: ImageFacts): boolean {
  return shells.known && shells.value.length === 0;
}

export function drawback(text: string, reference: string): string {
  const all = find(text, { prefer: familyOf(reference) });
  const found = all.find((one) => one.reference.startsWith(reference));
  assert.ok(found, `${reference} is not among: ${all.map((one) => one.reference).join(', ')}`);
  return found.drawback;
}

function familyOf(reference: string): string {
  if (reference.startsWith('gcr.io/')) return 'google-distroless';
  return reference.startsWith('cgr.dev/') ? 'chainguard' : 'docker-official';
}
