import type { SourceFile } from '../../text/source-file.js';
import type { Span } from '../../text/span.js';
import { field, textField } from '../data.js';
import { keyFinder, readJson } from '../json.js';
import { memo } from '../memo.js';

/** What a composer.json says about PHP itself. */
export type ComposerProject = {
  /** The constraint on PHP, as written, with its place; null where there is none. */
  readonly php: { readonly text: string; readonly span: Span } | null;
  /** True where config.platform.php stands in for the PHP that Composer runs on. */
  readonly hasPlatform: boolean;
};

/** Null for what is no composer.json. Source: https://getcomposer.org/doc/04-schema.md */
export const readComposer = memo(({ text }: SourceFile): ComposerProject | null => {
  const root = readJson(text);
  if (!root) return null;
  const written = textField(field(root, 'require'), 'php');
  const span = keyFinder(text, Math.max(text.indexOf('"require"'), 0))('php');
  return {
    php: written === null ? null : { text: written, span },
    hasPlatform: field(field(field(root, 'config'), 'platform'), 'php') !== undefined,
  };
});

/**
 * The lowest minor release, as [major, minor], that a constraint of Composer lets in; null where a part of it is written
 * in a way that is not read here. Source: https://getcomposer.org/doc/articles/versions.md
 */
export function lowestMinor(constraint: string): readonly [number, number] | null {
  const choices = constraint.split(/\s*\|\|?\s*/).map(lowestOfAll);
  let lowest: readonly [number, number] | null = null;
  for (const choice of choices) {
    if (choice === null) return null;
    if (lowest === null || isBefore(choice, lowest)) lowest = choice;
  }
  return lowest;
}

export function isBefore([major, minor]: readonly [number, number], other: readonly [number, number]): boolean {
  return major < other[0] || (major === other[0] && minor < other[1]);
}

/** Conditions that must all hold: the highest of their lower bounds counts. */
function lowestOfAll(text: string): readonly [number, number] | null {
  const parts = text
    .replace(/([<>=~^!]+)\s+/g, '$1')
    .split(/[\s,]+/)
    .filter(Boolean);
  let bound: readonly [number, number] | null = null;
  for (const part of parts) {
    const match = /^(\^|~|>=|>|==?|<=?|!=)?v?(\d{1,3})(?:\.(\d{1,3}|\*))?(?:\.(\d{1,3}|\*))?$/.exec(part);
    if (!match) return null;
    const [, operator = '', major = '', minor = '0'] = match;
    if (/^[<!]/.test(operator)) continue;
    const own = [Number(major), minor === '*' ? 0 : Number(minor)] as const;
    if (bound === null || isBefore(bound, own)) bound = own;
  }
  return bound;
}
