import type { SourceFile } from '../../text/source-file.js';
import { memo } from '../memo.js';

/** What a Gemfile says in plain lines; it is a program, and may do more. */
export type Gemfile = {
  /** Gems that are to be compiled where they are installed: `gem "x", force_ruby_platform: true`. */
  readonly forced: ReadonlySet<string>;
  /** Gems outside of all groups, which no setting leaves out. */
  readonly ungrouped: ReadonlySet<string>;
};

/** Never null: a Gemfile that says nothing in plain lines says nothing here. */
export const readGemfile = memo(({ text }: SourceFile): Gemfile => {
  const [forced, ungrouped] = [new Set<string>(), new Set<string>()];
  let depth = 0;
  for (const line of text.split('\n')) {
    if (line.length > longestLine || /^\s*#/.test(line)) continue;
    const name = /^\s*gem[\s(]+["']([\w.-]+)["']/.exec(line)?.[1];
    if (name !== undefined && /force_ruby_platform(:|\s*=>)\s*true/.test(line)) forced.add(name);
    if (name !== undefined && depth === 0 && !/\bgroups?(:|\s*=>)/.test(line)) ungrouped.add(name);
    if (/\bdo(\s*\|[^|]*\|)?\s*(#.*)?$|^\s*(if|unless|case)\b/.test(line)) depth++;
    if (/^\s*end\b/.test(line)) depth = Math.max(0, depth - 1);
  }
  return { forced, ungrouped };
});

const longestLine = 1000;
