import type { ImageReference } from '../catalog/reference.js';

const suites = ['trixie', 'bookworm', 'bullseye', 'buster', 'stretch', 'jessie', 'noble', 'jammy', 'focal', 'resolute'];

/** The reference with the Debian or Ubuntu release `codename` in its tag; null when the tag is not of that shape. */
export function withSuite({ text, tag, parts }: ImageReference, codename: string): string | null {
  const name = text.slice(0, parts.repository[1]);
  if (tag === null || tag === 'latest') return `${name}:${codename}`;
  if (/alpine|windows|nanoserver/.test(tag)) return null;
  const words = tag.split('-');
  const old = words.findIndex((word) => suites.includes(word));
  if (old >= 0) words[old] = codename;
  else words.push(codename);
  return `${name}:${words.join('-')}`;
}
