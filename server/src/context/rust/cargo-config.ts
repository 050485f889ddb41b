import { parse } from 'smol-toml';
import type { SourceFile } from '../../text/source-file.js';
import { memo } from '../memo.js';

/** What .cargo/config.toml says about how programs are linked. */
export type CargoConfig = {
  /** The triple of `build.target`; null where there is none. */
  readonly target: string | null;
  /** The rustflags for all targets and for those of Linux. */
  readonly flags: string;
};

const longest = 200_000;

/** Null where it cannot be read. Source: https://doc.rust-lang.org/cargo/reference/config.html */
export const readCargoConfig = memo(({ text }: SourceFile): CargoConfig | null => {
  const tables = text.length > longest ? null : tableOf(text);
  if (!tables) return null;
  const build = asTable(tables.get('build'));
  const target = build?.get('target');
  // Several targets make several programs.
  if (target !== undefined && typeof target !== 'string') return null;
  const targets = [...(asTable(tables.get('target')) ?? [])].filter(([name]) => !otherSystems.test(name));
  const flags = [build?.get('rustflags'), ...targets.map(([, table]) => asTable(table)?.get('rustflags'))];
  // Other files may be brought in.
  if (tables.has('include') || tables.has('unstable')) return null;
  return { target: target ?? null, flags: flags.map(textOf).join(' ') };
});

/** In the name of a target, or in a condition such as `cfg(windows)`. */
const otherSystems = /windows|apple|macos|darwin|wasm|android|ios|freebsd|-none/;

type Table = ReadonlyMap<string, unknown>;

function tableOf(text: string): Table | null {
  try {
    return asTable(parse(text)) ?? null;
  } catch {
    return null;
  }
}

function asTable(value: unknown): Table | undefined {
  const isTable = typeof value === 'object' && value !== null && !Array.isArray(value);
  return isTable ? new Map(Object.entries(value)) : undefined;
}

function textOf(value: unknown): string {
  if (Array.isArray(value)) return value.filter((item) => typeof item === 'string').join(' ');
  return typeof value === 'string' ? value : '';
}
