import type { SourceFile } from '../../text/source-file.js';
import type { Span } from '../../text/span.js';
import { memo } from '../memo.js';

/** Source: ruby/rubygems, bundler/lib/bundler/lockfile_parser.rb. */
export type GemfileLock = {
  /** `ruby`, `x86_64-linux`, `aarch64-linux-musl`. */
  readonly platforms: readonly LockedPlatform[];
  /** Where the list of platforms stands. */
  readonly platformsSpan: Span;
  /** The gems of gem servers, each variant for itself. */
  readonly gems: readonly LockedGem[];
  /** The version of Bundler that wrote it; null in old locks. */
  readonly bundler: string | null;
};

export type LockedPlatform = { readonly name: string; readonly span: Span };

export type LockedGem = {
  readonly name: string;
  readonly version: string;
  /** `ruby` for the one that is compiled where it is installed. */
  readonly platform: string;
  readonly span: Span;
  /** The names of the gems that it needs. */
  readonly needs: readonly string[];
};

/** Null when the file is not a lock of Bundler, or has no platforms. */
export const readGemfileLock = memo(({ text }: SourceFile): GemfileLock | null => {
  const platforms: LockedPlatform[] = [];
  const gems: (LockedGem & { readonly needs: string[] })[] = [];
  let section = '';
  let bundler: string | null = null;
  for (const { 0: line, index } of text.matchAll(/[^\r\n]+/g)) {
    if (/^[A-Z]/.test(line)) section = line.trimEnd();
    else if (section === 'GEM') {
      const need = /^ {6}([^\s(]+)/.exec(line)?.[1];
      if (need === undefined) gems.push(...gemOf(line, index));
      else gems.at(-1)?.needs.push(need);
    } else if (section === 'PLATFORMS') {
      const name = line.trim();
      const start = index + line.indexOf(name);
      if (name !== '') platforms.push({ name, span: { start, end: start + name.length } });
    } else if (section === 'BUNDLED WITH') bundler = line.trim() || bundler;
  }
  const [first, last] = [platforms[0], platforms.at(-1)];
  if (!first || !last) return null;
  return { platforms, platformsSpan: { start: first.span.start, end: last.span.end }, gems, bundler };
});

/** `    name (1.2.3-x86_64-linux)` */
function gemOf(line: string, index: number): (LockedGem & { readonly needs: string[] })[] {
  const match = /^ {4}([^\s(]+) \(([^-)\s]+)(?:-([^)\s]+))?\)/.exec(line);
  const name = match?.[1];
  if (!match || name === undefined) return [];
  const start = index + 4;
  const span = { start, end: start + match[0].length - 4 };
  return [{ name, version: match[2] ?? '', platform: match[3] ?? 'ruby', span, needs: [] }];
}
