import type { ImageFacts } from '../../catalog/model.js';
import { lineage } from '../../interpret/bases.js';
import type { Stage, Step } from '../../interpret/state.js';
import type { Span } from '../../text/span.js';
import { presence } from '../hover/contents.js';

/** A name that the file uses, and where: the keyword of the instruction, and the place of each. */
export type NamedUse = { readonly name: string; readonly keyword: string; readonly spans: readonly Span[] };

/** The architecture of `FROM --platform=linux/arm64/v8`; null where it is not written out. */
export function platformOf({ syntax: { from } }: Stage): string | null {
  const value = from.flags.find(({ name }) => name === 'platform')?.value ?? '';
  const [, system, architecture, variant] = /^([a-z0-9]+)\/([a-z0-9]+)(?:\/(v\d+))?$/.exec(value) ?? [];
  if (system !== 'linux' || architecture === undefined) return null;
  return architecture === 'arm' && variant ? `${architecture}/${variant}` : architecture;
}

/** Accounts of the base that USER and --chown call by name; root is everywhere. */
export function namedAccounts(stage: Stage, { accounts, namedUsers }: ImageFacts): NamedUse[] {
  const own = new Set((accounts.known ? accounts.value : namedUsers).map(({ name }) => name));
  own.delete('root');
  return collect(stage, (step) => accountNames(step).filter((name) => own.has(name)));
}

/** Programs that commands of RUN call and the base is known to have. */
export function usedTools(stage: Stage, facts: ImageFacts): NamedUse[] {
  const known = new Map<string, boolean>();
  const isOwn = (name: string) => {
    const found = known.get(name) ?? presence(facts, name) === true;
    known.set(name, found);
    return found;
  };
  return collect(stage, ({ commands }) =>
    commands.flatMap(({ words: [program] }) => (program && !program.includes('/') && isOwn(program) ? [program] : [])),
  );
}

function collect(stage: Stage, namesOf: (step: Step) => readonly string[]): NamedUse[] {
  const uses = new Map<string, { name: string; keyword: string; spans: Span[] }>();
  for (const step of lineage(stage).flatMap(({ steps }) => steps)) {
    const { instruction } = step;
    if (instruction.isOnbuild) continue;
    for (const name of new Set(namesOf(step))) {
      const keyword = instruction.keyword.text.toUpperCase();
      const use = uses.get(`${keyword} ${name}`) ?? { name, keyword, spans: [] };
      use.spans.push(instruction.span);
      uses.set(`${keyword} ${name}`, use);
    }
  }
  return [...uses.values()];
}

function accountNames({ instruction }: Step): string[] {
  const text =
    instruction.kind === 'user'
      ? instruction.user?.value
      : instruction.flags.find(({ name }) => name === 'chown')?.value;
  const name = text?.split(':')[0] ?? '';
  return /^[A-Za-z_][\w-]*$/.test(name) ? [name] : [];
}
