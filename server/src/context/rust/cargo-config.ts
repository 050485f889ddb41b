import type { SourceFile } from '../../text/source-file.js';
import { entriesOf, field, textsField } from '../data.js';
import { memo } from '../memo.js';
import { readToml } from '../toml.js';

/** What .cargo/config.toml says about how programs are linked. */
export type CargoConfig = {
  /** The triple of `build.target`; null where there is none. */
  readonly target: string | null;
  /** The rustflags for all targets and for those of Linux. */
  readonly flags: string;
};

/** Null where it cannot be read. Source: https://doc.rust-lang.org/cargo/reference/config.html */
export const readCargoConfig = memo(({ text }: SourceFile): CargoConfig | null => {
  const root = readToml(text);
  // Other files may be brought in.
  if (!root || Object.hasOwn(root, 'include') || Object.hasOwn(root, 'unstable')) return null;
  // A profile may have flags of its own, and an alias may stand for a build with a target.
  const profiles = entriesOf(field(root, 'profile')).map(([, table]) => field(table, 'rustflags'));
  if (Object.hasOwn(root, 'alias') || profiles.some((flags) => flags !== undefined)) return null;
  const build = field(root, 'build');
  const target = field(build, 'target');
  // Several targets make several programs.
  if (target !== undefined && typeof target !== 'string') return null;
  const targets = entriesOf(field(root, 'target')).filter(([name]) => !otherSystems.test(name));
  const flags = [build, ...targets.map(([, table]) => table)].map((table) => textsField(table, 'rustflags').join(' '));
  return { target: target ?? null, flags: flags.join(' ') };
});

/** In the name of a target, or in a condition such as `cfg(windows)`. */
const otherSystems = /windows|apple|macos|darwin|wasm|android|ios|freebsd|-none/;
