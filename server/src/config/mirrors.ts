import { hubRegistries, type Mirror } from '../catalog/mirrors.js';
import { parseReference } from '../catalog/reference.js';
import type { JsonNode } from './json.js';
import type { Report } from './problem.js';
import { quoted, twice, wrong } from './values.js';

/** Names at a mirror and the names they stand for; `source` is the path of the file. */
export function readMirrors(node: JsonNode, source: string, report: Report): Mirror[] {
  if (node.kind !== 'object') {
    wrong(node, 'an object of names, such as { "registry.corp.example/hub/*": "docker.io/*" }', {
      key: 'mirrors',
      report,
    });
    return [];
  }
  const seen = new Set<string>();
  return node.entries.flatMap(({ key, keySpan, value }) => {
    if (seen.has(key)) report(keySpan, () => twice(key));
    seen.add(key);
    const from = readName(key);
    const to = value.kind === 'text' ? readName(value.value) : null;
    if (!from) report(keySpan, () => noName(key));
    if (!to) {
      if (value.kind === 'text') report(value.span, () => noName(value.value));
      else wrong(value, 'the name it stands for', { key, report });
    }
    if (!from || !to) return [];
    if (from.isFolder !== to.isFolder) {
      report(value.span, () => "Let both names end in '*', or neither.");
      return [];
    }
    return toMirrors(from, to).map((mirror) => ({ ...mirror, source }));
  });
}

/** `name` has its registry; for a folder it is what stands before the star. */
type Name = { readonly name: string; readonly isFolder: boolean };

/** A name without a star is the repository of that name and all below it. */
function toMirrors(from: Name, to: Name): Pick<Mirror, 'prefix' | 'target' | 'isWhole'>[] {
  if (from.isFolder) return [{ prefix: from.name, target: to.name }];
  const below = { prefix: `${from.name}/`, target: `${to.name}/` };
  const isRegistry = !from.name.includes('/') || !to.name.includes('/');
  return isRegistry ? [below] : [{ prefix: from.name, target: to.name, isWhole: true }, below];
}

function readName(text: string): Name | null {
  if (text.length > 300) return null;
  const isFolder = text.endsWith('*');
  const plain = isFolder ? text.slice(0, -1) : text;
  if (plain === '') return isFolder ? { name: 'docker.io/', isFolder } : null;
  if (/^[^/]*[.:][^/]*\/?$/.test(plain)) return readRegistry(plain, isFolder);
  // The rest of a name must be able to follow, which is tried with a letter.
  const reference = parseReference(isFolder ? `${plain}x` : plain);
  if (!reference || reference.tag !== null || reference.digest !== null) return null;
  const name = `${reference.registry}/${reference.repository}`;
  return { name: isFolder ? name.slice(0, -1) : name, isFolder };
}

/** `dhi.io/` or `dhi.io`: a registry as a whole. */
function readRegistry(text: string, isFolder: boolean): Name | null {
  if (isFolder !== text.endsWith('/')) return null;
  const host = text.replace('/', '');
  // Without a slash `python:3` is a name with a tag.
  if (!isFolder && /^[^.]+:/.test(host) && !host.startsWith('localhost:')) return null;
  const reference = parseReference(`${host}/x`);
  if (!reference) return null;
  const registry = hubRegistries.includes(host) ? 'docker.io' : host;
  return { name: isFolder ? `${registry}/` : registry, isFolder };
}

function noName(text: string): string {
  return `${quoted(text)} is no image name: write registry and repository in lower case, with '*' for the rest of a name.`;
}
