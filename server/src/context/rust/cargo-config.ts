import type { SourceFile } from '../../text/source-file.js';
import { entriesOf, field, textsField } from '../data.js';
import { memo } from '../memo.js';
import { readToml } from '../toml.js';
import { isOtherSystem } from './cargo-target.js';

/** What .cargo/config.toml says about how programs are linked. */
export type CargoConfig = {
  /** The triple of `build.target`; null where there is none. */
  readonly target: string | null;
  /** The rustflags for all targets and for those of Linux. */
  readonly flags: string;
};

/** sccache and the usual compilers leave a program as it is. */
export function isOtherTool(tool: unknown): boolean {
  if (tool === undefined || tool === null || tool === '') return false;
  const usual = /^(.*\/)?(sccache|cachepot|ccache|rustc|cc|gcc|clang|(rust-)?lld|mold|\w+-linux-gnu-gcc)(-[\d.]+)?$/;
  return typeof tool !== 'string' || !usual.test(tool);
}

/** Null where it cannot be read. Source: https://doc.rust-lang.org/cargo/reference/config.html */
export const readCargoConfig = memo(({ text }: SourceFile): CargoConfig | null => {
  const root = readToml(text);
  // Other files may be brought in.
  if (!root || Object.hasOwn(root, 'include') || Object.hasOwn(root, 'unstable')) return null;
  // A profile may have flags of its own, and an alias may stand for a build with a target.
  const profiles = entriesOf(field(root, 'profile')).map(([, table]) => field(table, 'rustflags'));
  if (Object.hasOwn(root, 'alias') || profiles.some((flags) => flags !== undefined)) return null;
  const build = field(root, 'build');
  // Another compiler, a program around it, or a linker for another libc.
  const tools = ['rustc', 'rustc-wrapper', 'rustc-workspace-wrapper'].map((name) => field(build, name));
  const linkers = entriesOf(field(root, 'target')).map(([, table]) => field(table, 'linker'));
  if (tools.some(isOtherTool) || linkers.some(isOtherTool)) return null;
  const target = field(build, 'target');
  // Several targets make several programs.
  if (target !== undefined && typeof target !== 'string') return null;
  const targets = entriesOf(field(root, 'target')).filter(([name]) => !isOtherSystem(name));
  const flags = [build, ...targets.map(([, table]) => table)].map((table) => textsField(table, 'rustflags').join(' '));
  return { target: target ?? null, flags: flags.join(' ') };
});
