import { rootBase } from '../../interpret/bases.js';
import type { Analysis, Artifact, Stage } from '../../interpret/state.js';
import { runtimeTitle } from '../hover/words.js';
import { factsOfState, joinFacts } from '../short-facts.js';
import type { Suggestion } from './model.js';

const mostStages = 100;

/** The named stages above the given one, the nearest first. Of two with one name the later one is meant. */
export function stagesBefore({ stages }: Analysis, stage: Stage): Suggestion[] {
  const found = new Map<string, Suggestion>();
  for (const one of stages.slice(Math.max(0, stage.index - mostStages), stage.index).reverse()) {
    const key = one.name?.toLowerCase();
    if (one.name !== null && key !== undefined && !found.has(key)) found.set(key, toItem(one, one.name));
  }
  return [...found.values()];
}

function toItem(stage: Stage, name: string): Suggestion {
  const { libc, shell, user } = factsOfState(stage.end);
  const detail = joinFacts([`on ${baseOf(stage)}`, libc, shell, user, makesOf(stage)]);
  return { kind: 'stage', label: name, text: name, hint: 'stage', detail, reference: null, isDeprecated: false };
}

function baseOf(stage: Stage): string {
  const base = rootBase(stage);
  return base.kind === 'image' ? (base.reference?.text ?? base.text) : 'scratch';
}

const mostPrograms = 2;

/** `makes /out/app (Go, static)`: the programs it builds, as far as that was followed. */
function makesOf({ end, index }: Stage): string | null {
  const made: string[] = [];
  for (const [path, { kind, artifact }] of end.files.entries()) {
    if (kind === 'file' && artifact?.stage === index && artifact.built) made.push(`${path}${manner(artifact)}`);
  }
  return made.length === 0 ? null : `makes ${made.sort().slice(0, mostPrograms).join(', ')}`;
}

function manner({ language, linkage }: Artifact): string {
  const title =
    language && (language.startsWith('c') ? language.toUpperCase() : runtimeTitle({ name: language, version: null }));
  const how = linkage.known && linkage.value !== 'cgo' ? linkage.value : null;
  const words = [title, how].filter((word) => word !== null);
  return words.length === 0 ? '' : ` (${words.join(', ')})`;
}
