import { parse } from 'smol-toml';
import { asObject, type DataObject } from './data.js';

/** A person writes less; the lock files that tools write have readers of their own. */
const longest = 500_000;

/** The tables of a TOML text; null when it cannot be read, or is longer than any that a person writes. */
export function readToml(text: string): DataObject | null {
  if (text.length > longest) return null;
  try {
    return asObject(parse(text));
  } catch {
    return null;
  }
}
