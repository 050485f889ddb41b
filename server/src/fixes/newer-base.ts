import { missingTools } from '../catalog/base-tools.js';
import type { ImageFacts } from '../catalog/model.js';
import { compareVersions } from '../catalog/tag-words.js';
import { knownFalse } from '../fact.js';
import { rootStage } from '../interpret/bases.js';
import { finalStage } from '../interpret/processes.js';
import type { Analysis, Stage } from '../interpret/state.js';

type Change = { readonly from: ImageFacts | null; readonly to: ImageFacts; readonly stages: readonly Stage[] };

/**
 * Whether the stages can be based on a newer release of their image as they are: what they build must not need a newer
 * glibc than the final stage has, and the commands they run must not be gone.
 */
export function fitsAsItIs(change: Change, analysis: Analysis): boolean {
  const all = analysis.stages.filter((stage) => change.stages.includes(rootStage(stage)));
  return !outgrows(all, change, analysis) && !all.some((stage) => losesCommand(stage, change));
}

function outgrows(stages: readonly Stage[], { from, to }: Change, analysis: Analysis): boolean {
  const final = finalStage(analysis);
  if (!final || stages.includes(final)) return false;
  const [built, next, runs] = [from?.libc, to.libc, final.end.libc].map((libc) =>
    libc?.known && libc.value.kind === 'glibc' ? libc.value.version : null,
  );
  if (!next || !runs || compareVersions(next, runs) <= 0) return false;
  return !built || compareVersions(built, runs) <= 0;
}

/** Whether an image still gets security fixes, as far as is known. */
export function isKept({ status, osEol, osLtsEol }: ImageFacts, today: string): boolean {
  return status !== 'retired' && (osLtsEol ?? osEol ?? today) >= today;
}

/**
 * Whether the stage runs a command that its image has, as far as is known, and another one lacks: adduser is not in the
 * `debian` images since release 13, and Yarn not in those of Node.js 26.
 */
export function losesCommand({ steps }: Pick<Stage, 'steps'>, { from, to }: Omit<Change, 'stages'>): boolean {
  const names = new Set(steps.flatMap(({ commands }) => commands.map(({ words }) => words[0] ?? '')));
  const [old, fresh] = [from ? lackedBy(from) : new Set(), lackedBy(to)];
  return [...names].some((name) => fresh.has(name) && !old.has(name));
}

function lackedBy(facts: ImageFacts): ReadonlySet<string> {
  const listed = [...missingTools(facts), ...facts.contents];
  return new Set(listed.flatMap(([name, fact]) => (knownFalse(fact) ? [name] : [])));
}
