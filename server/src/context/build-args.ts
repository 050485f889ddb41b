import { byFile, type Evidence } from '../fact.js';
import type { Build } from './builds.js';

export type GivenArgs = {
  readonly values: Readonly<Record<string, string>>;
  readonly because: ReadonlyMap<string, Evidence>;
};

/** Build arguments to which every build that gives them gives the same value. */
export function givenArgs(builds: readonly Build[]): GivenArgs {
  const values: Record<string, string> = {};
  const because = new Map<string, Evidence>();
  const names = new Set(builds.flatMap(({ args }) => [...args.keys()]));
  for (const name of names) {
    const given = builds.flatMap(({ file, args }) => {
      const one = args.get(name);
      return one ? [{ file, ...one }] : [];
    });
    const [first] = given;
    if (!first || first.value === null || given.some(({ value }) => value !== first.value)) continue;
    values[name] = first.value;
    because.set(name, byFile(first.file, first.span, `The build argument '${name}' is given here.`));
  }
  return { values, because };
}
