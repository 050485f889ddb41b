import { analyze, type World } from '../analyze.js';
import type { Catalog } from '../catalog/catalog.js';
import type { Analysis } from '../interpret/state.js';
import type { Neighbour, Settings } from '../protocol.js';
import type { Finding } from '../rules/rule.js';
import { runRules } from '../rules/run.js';
import { AskedTree } from './asked-tree.js';
import { leftToNeighbours } from './neighbours.js';
import type { DocumentPlace } from './surrounding-files.js';

/** All that decides, besides the text, what is found in a document. */
export type View = {
  readonly world: World;
  /** That of the world with what the nearest config file adds. */
  readonly catalog: Catalog;
  readonly settings: Settings;
  readonly neighbours: ReadonlySet<Neighbour>;
  /** Null where the files around the document cannot be read. */
  readonly place: DocumentPlace | null;
};

/** `faults` names the rules that failed; the findings of all others are there. */
export type Inspection = {
  readonly analysis: Analysis;
  readonly findings: readonly Finding[];
  readonly faults: readonly string[];
  /** What was asked of the files around the document, and told. */
  readonly asked: AskedTree | null;
};

export function inspect(text: string, { world, catalog, settings, neighbours, place }: View): Inspection {
  const asked = place && new AskedTree(place.files);
  const around = asked && { tree: asked, path: place.path };
  const analysis = analyze(text, { ...world, catalog, buildArgs: settings.buildArgs, place: around });
  const { findings, faults } = runRules(analysis, { severities: settings.rules });
  const isOurs = (finding: Finding) => !leftToNeighbours(finding, analysis, { overlap: settings.overlap, neighbours });
  return { analysis, findings: findings.filter(isOurs), faults, asked };
}

export function sameView(a: View, b: View): boolean {
  const isSameWorld = a.world === b.world && a.catalog === b.catalog;
  const isSamePlace = a.place?.files === b.place?.files && a.place?.path === b.place?.path;
  return isSameWorld && isSamePlace && a.settings === b.settings && a.neighbours === b.neighbours;
}
