import type { Evidence, Fact } from '../fact.js';
import { placeText, known, mapFact, unknown } from '../fact.js';
import { contentFact, fileFact, shellPath } from '../interpret/query.js';
import type { Analysis, Stage, StageState } from '../interpret/state.js';
import { indexLines, lineAt, type LineIndex } from '../text/lines.js';

/** What is inside every stage at its end, as plain data that can be written as JSON. Lines are counted from one. */
export type Explanation = { readonly file: string; readonly stages: readonly ExplainedStage[] };

export type ExplainedStage = {
  /** From zero, as COPY --from=0 counts. */
  readonly index: number;
  readonly name: string | null;
  /** The line of FROM. */
  readonly line: number;
  /** The stage an ordinary build makes. */
  readonly final: boolean;
  /**
   * `reference` as written; `image` with build arguments put in, null for scratch, another stage, or when it is not
   * known; `stage` the index of the stage it builds on, or null.
   */
  readonly base: { readonly reference: string; readonly image: string | null; readonly stage: number | null };
  readonly facts: ExplainedFacts;
};

/** A known value of null means: known to be absent. */
export type ExplainedFact<T> =
  | { readonly known: true; readonly value: T; readonly because: readonly Reason[] }
  | { readonly known: false; readonly because: readonly Reason[] };

export type Reason = { readonly message: string; readonly line?: number };

export type ExplainedFacts = {
  readonly os: ExplainedFact<{ readonly id: string; readonly version: string | null } | null>;
  readonly libc: ExplainedFact<{ readonly kind: string; readonly version: string | null }>;
  readonly shell: ExplainedFact<string | null>;
  readonly packageManager: ExplainedFact<string | null>;
  readonly user: ExplainedFact<{ readonly name: string | null; readonly uid: number | null }>;
  readonly workdir: ExplainedFact<string>;
  readonly entrypoint: ExplainedFact<readonly string[] | null>;
  readonly cmd: ExplainedFact<readonly string[] | null>;
  readonly runtime: ExplainedFact<{ readonly name: string; readonly version: string | null } | null>;
  /** `supported`, `deprecated` or `retired`: of the image that the stage goes back to. */
  readonly status: ExplainedFact<string | null>;
  /** YYYY-MM-DD: end of support of the image that the stage goes back to, else of its distribution. */
  readonly eol: ExplainedFact<string | null>;
  readonly contains: Readonly<Record<string, ExplainedFact<boolean>>>;
};

/** Asked of every stage, whether or not its base says anything about them. */
export const usualContents = [
  'ca-certificates',
  'tzdata',
  'libssl',
  'libstdc++',
  'libgcc',
  'zlib',
  '/tmp',
  'passwd',
] as const;

export function explain(analysis: Analysis, file: string): Explanation {
  const lines = indexLines(analysis.file.text);
  const stages = analysis.file.isTemplate ? [] : analysis.stages;
  return { file, stages: stages.map((stage) => explainStage(stage, lines)) };
}

/** A reason in words; those of the catalog and of other files name their place. */
export function reasonText(evidence: Evidence): string {
  if (evidence.kind === 'file') return `${placeText(evidence)}: ${evidence.note}`;
  if (evidence.kind !== 'catalog') return evidence.note;
  const read = evidence.date === null ? '' : `, read ${evidence.date}`;
  return `${evidence.note.replace(/\.$/, '')} (${evidence.source}${read}).`;
}

function explainStage(stage: Stage, lines: LineIndex): ExplainedStage {
  return {
    index: stage.index,
    name: stage.name,
    line: lineAt(lines, stage.syntax.from.span.start) + 1,
    final: stage.isFinal,
    base: explainBase(stage),
    facts: explainFacts(stage, lines),
  };
}

function explainBase({ base, syntax }: Stage): ExplainedStage['base'] {
  return {
    reference: syntax.from.image?.text ?? '',
    image: base.kind === 'image' ? (base.reference?.text ?? null) : null,
    stage: base.kind === 'stage' ? base.stage.index : null,
  };
}

function explainFacts(stage: Stage, lines: LineIndex): ExplainedFacts {
  const { end } = stage;
  const show = <T>(fact: Fact<T>): ExplainedFact<T> => explainFact(fact, lines);
  return {
    os: show(mapFact(end.os, (os) => os && { id: os.id, version: os.version })),
    libc: show(end.libc),
    shell: show(shellPath(end)),
    packageManager: show(end.packageManager),
    user: show(mapFact(end.user, ({ name, uid }) => ({ name, uid }))),
    workdir: show(end.workdir),
    entrypoint: show(mapFact(end.entrypoint, (process) => process && process.argv)),
    cmd: show(mapFact(end.cmd, (process) => process && process.argv)),
    runtime: show(mapFact(end.runtime, (runtime) => runtime && { name: runtime.name, version: runtime.version })),
    status: show(statusFact(stage)),
    eol: show(eolFact(stage)),
    contains: explainContents(end, lines),
  };
}

function explainFact<T>(fact: Fact<T>, lines: LineIndex): ExplainedFact<T> {
  const because = distinct(fact.because.map((evidence) => explainReason(evidence, lines)));
  return fact.known ? { known: true, value: fact.value, because } : { known: false, because };
}

function explainReason(evidence: Evidence, lines: LineIndex): Reason {
  const message = reasonText(evidence);
  return evidence.kind === 'instruction' ? { message, line: lineAt(lines, evidence.span.start) + 1 } : { message };
}

function distinct(reasons: readonly Reason[]): Reason[] {
  return [...new Map(reasons.map((reason) => [`${reason.line ?? ''} ${reason.message}`, reason])).values()];
}

const placesOfContents: Readonly<Record<string, string>> = {
  '/tmp': '/tmp',
  passwd: '/etc/passwd',
  'ca-certificates': '/etc/ssl/certs/ca-certificates.crt',
  tzdata: '/usr/share/zoneinfo',
};

function explainContents(state: StageState, lines: LineIndex): ExplainedFacts['contains'] {
  const listed = [...state.contents.entries()].map(([key]) => key).sort();
  const keys = new Set<string>([...usualContents, ...listed]);
  return Object.fromEntries([...keys].map((key) => [key, explainFact(presence(state, key), lines)]));
}

/** A file copied to its usual place counts as well. */
function presence(state: StageState, key: string): Fact<boolean> {
  const content = contentFact(state, key);
  const place = placesOfContents[key];
  if (place === undefined || (content.known && content.value)) return content;
  const file = fileFact(state, place);
  return file.known && file.value ? file : content;
}

function statusFact(stage: Stage): Fact<string | null> {
  const { base, start } = rootOf(stage);
  if (base.kind !== 'image') return known(null, scratchReason);
  if (!base.facts) return unknown(...start.os.because);
  const { status } = base.facts;
  return status
    ? known(
        status,
        catalogReason(base.facts, (image) => `${image} is ${status}`),
      )
    : unknown(catalogReason(base.facts, (image) => `The status of ${image} was not read`));
}

function eolFact(stage: Stage): Fact<string | null> {
  const { base, start } = rootOf(stage);
  if (base.kind !== 'image') return known(null, scratchReason);
  if (!base.facts) return unknown(...start.os.because);
  const { eol, osEol } = base.facts;
  if (eol)
    return known(
      eol,
      catalogReason(base.facts, (image) => `Support of ${image} ends on ${eol}`),
    );
  if (osEol)
    return known(
      osEol,
      catalogReason(base.facts, (image) => `The distribution of ${image} is supported until ${osEol}`),
    );
  return unknown(catalogReason(base.facts, (image) => `The end of support of ${image} was not read`));
}

/** The stage whose base is no other stage. */
function rootOf(stage: Stage): Stage {
  let root = stage;
  while (root.base.kind === 'stage') root = root.base.stage;
  return root;
}

const scratchReason: Evidence = { kind: 'docker', note: 'scratch is empty: there is nothing to support.' };

type Source = { readonly name: string; readonly tag: string; readonly source: string; readonly read: string | null };

function catalogReason({ name, tag, source, read }: Source, say: (image: string) => string): Evidence {
  const image = tag ? `${name}:${tag}` : name;
  return { kind: 'catalog', image, source, date: read, note: `${say(`'${image}'`)}.` };
}
