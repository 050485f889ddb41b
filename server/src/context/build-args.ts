import { byFile, type Evidence } from '../fact.js';
import type { Build } from './builds.js';

export type GivenArgs = {
  /** Undefined where builds give a value that is not known, or several. */
  readonly values: Readonly<Record<string, string | undefined>>;
  readonly because: ReadonlyMap<string, Evidence>;
};

/** The build arguments that builds give, with the one value that all of them give. */
export function givenArgs(builds: readonly Build[]): GivenArgs {
  const values: Record<string, string | undefined> = {};
  const because = new Map<string, Evidence>();
  const names = new Set(builds.flatMap(({ args }) => [...args.keys()]));
  for (const name of names) {
    const given = builds.flatMap(({ file, args }) => {
      const one = args.get(name);
      return one ? [{ file, ...one }] : [];
    });
    const [first] = given;
    if (!first) continue;
    const isOne = given.every(({ value }) => value === first.value);
    values[name] = isOne ? (first.value ?? undefined) : undefined;
    if (values[name] === undefined) continue;
    because.set(name, byFile(first.file, first.span, `The build argument '${name}' is given here.`));
  }
  return { values, because };
}
