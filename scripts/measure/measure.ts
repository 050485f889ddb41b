import { knowsRepository } from '../../server/src/catalog/catalog.js';
import { familiarName } from '../../server/src/catalog/reference.js';
import { analyze, type Analysis, type World } from '../../server/src/analyze.js';
import type { FilePlace } from '../../server/src/context/file-tree.js';
import type { Severity } from '../../server/src/rules/rule.js';
import { runRules } from '../../server/src/rules/run.js';

/** `place` is where the file lies among those that may be read; null where nothing around it is. */
export type Input = { readonly name: string; readonly text: string; readonly place: FilePlace | null };

/** What became of an image reference: its facts are known, or why they are not. */
export type Fate = 'known' | 'unknown repository' | 'unknown tag' | 'Windows' | 'name not known';

export type Measurement = {
  readonly files: number;
  readonly templates: number;
  readonly stages: number;
  /** Files of which the build context is known, and those of them where it is certain which folder that is. */
  readonly withContext: number;
  readonly sureContext: number;
  /** Of FROM, COPY --from and mounts; templates of other tools are left out. */
  readonly references: ReadonlyMap<Fate, number>;
  /** The references that are not known, by name, the most frequent first. */
  readonly misses: readonly Miss[];
  readonly findings: readonly Count[];
  /** Files in which reading or a rule failed, with what was said. */
  readonly crashes: readonly string[];
  /** Milliseconds of reading (also of the files around), analysis and rules, one value a file, ascending. */
  readonly times: readonly number[];
};

export type Miss = { readonly name: string; readonly fate: Fate; readonly count: number };
export type Count = { readonly rule: string; readonly severity: Severity; readonly count: number };

/** Analyses every file and counts. `clock` gives milliseconds. */
export function measure(inputs: readonly Input[], world: World, clock: () => number): Measurement {
  const tally = new Tally();
  for (const { name, text, place } of inputs) {
    const start = clock();
    try {
      const analysis = analyze(text, { ...world, place });
      const { findings, faults } = runRules(analysis, { severities: {} });
      tally.times.push(clock() - start);
      faults.forEach((fault) => tally.crashes.push(`${name}: ${fault}`));
      for (const { rule, severity } of findings) add(tally.findings, `${rule.meta.id} ${severity}`);
      tally.count(analysis);
    } catch (error) {
      tally.crashes.push(`${name}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
    }
  }
  return tally.result(inputs.length);
}

/** What has been counted so far. */
class Tally {
  readonly times: number[] = [];
  readonly crashes: string[] = [];
  readonly findings = new Map<string, number>();
  readonly #references = new Map<Fate, number>();
  readonly #misses = new Map<string, number>();
  #templates = 0;
  #stages = 0;
  #withContext = 0;
  #sureContext = 0;

  count(analysis: Analysis): void {
    if (analysis.file.isTemplate) {
      this.#templates++;
      return;
    }
    this.#stages += analysis.stages.length;
    if (analysis.context.root !== null) this.#withContext++;
    if (analysis.context.isSure) this.#sureContext++;
    for (const { name, fate } of referencesOf(analysis)) {
      add(this.#references, fate);
      if (fate !== 'known') add(this.#misses, `${fate}\n${name}`);
    }
  }

  result(files: number): Measurement {
    return {
      files,
      templates: this.#templates,
      stages: this.#stages,
      withContext: this.#withContext,
      sureContext: this.#sureContext,
      references: this.#references,
      misses: ranked(this.#misses).map(([key, count]) => {
        const [fate = '', name = ''] = key.split('\n');
        return { name, fate: fate as Fate, count };
      }),
      findings: ranked(this.findings).map(([key, count]) => {
        const [rule = '', severity = ''] = key.split(' ');
        return { rule, severity: severity as Severity, count };
      }),
      crashes: this.crashes,
      times: this.times.toSorted((a, b) => a - b),
    };
  }
}

type Reference = { readonly name: string; readonly fate: Fate };

function referencesOf({ stages, sources, catalog }: Analysis): Reference[] {
  const bases = stages.flatMap(({ base }) => (base.kind === 'image' ? [base] : []));
  const taken = [...sources.values()].flatMap((source) => (source.kind === 'image' ? [source] : []));
  return [...bases, ...taken].map(({ reference, facts }): Reference => {
    if (!reference) return { name: '', fate: 'name not known' };
    const name = `${familiarName(reference)}${reference.tag === null ? '' : `:${reference.tag}`}`;
    if (facts) return { name, fate: facts.isWindows ? 'Windows' : 'known' };
    if (!knowsRepository(catalog, reference)) return { name: familiarName(reference), fate: 'unknown repository' };
    return { name: reference.digest === null ? name : `${name}@digest`, fate: 'unknown tag' };
  });
}

function add<K>(counts: Map<K, number>, key: K): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}

function ranked(counts: ReadonlyMap<string, number>): [string, number][] {
  return [...counts].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1));
}
