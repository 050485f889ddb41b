import { analyze, type World } from '../analyze.js';
import type { Catalog } from '../catalog/catalog.js';
import type { Analysis } from '../interpret/state.js';
import type { Neighbour, Settings } from '../protocol.js';
import type { Finding } from '../rules/rule.js';
import { runRules } from '../rules/run.js';
import { leftToNeighbours } from './neighbours.js';

/** All that decides, besides the text, what is found in a document. */
export type View = {
  readonly world: World;
  /** That of the world with what the nearest config file adds. */
  readonly catalog: Catalog;
  readonly settings: Settings;
  readonly neighbours: ReadonlySet<Neighbour>;
};

/** `faults` names the rules that failed; the findings of all others are there. */
export type Inspection = {
  readonly analysis: Analysis;
  readonly findings: readonly Finding[];
  readonly faults: readonly string[];
};

export function inspect(text: string, { world, catalog, settings, neighbours }: View): Inspection {
  const analysis = analyze(text, { ...world, catalog, buildArgs: settings.buildArgs });
  const { findings, faults } = runRules(analysis, { severities: settings.rules });
  const isOurs = (finding: Finding) => !leftToNeighbours(finding, analysis, { overlap: settings.overlap, neighbours });
  return { analysis, findings: findings.filter(isOurs), faults };
}

export function sameView(a: View, b: View): boolean {
  return a.world === b.world && a.catalog === b.catalog && a.settings === b.settings && a.neighbours === b.neighbours;
}
