import type { ImageData, RepositoryData, VendorData } from '../catalog/data-model.js';
import { parseReference } from '../catalog/reference.js';
import {
  entryOf,
  imageReaders,
  readFields,
  repositoryKeys,
  repositoryReaders,
  type Description,
  type RepositoryDescription,
} from './fields.js';
import type { JsonNode } from './json.js';
import type { Report } from './problem.js';
import { quoted, twice, wrong } from './values.js';

/** Every image of the file as a vendor of its own; `source` is the path of the file. */
export function readImages(node: JsonNode, source: string, report: Report): VendorData[] {
  if (node.kind !== 'object') {
    wrong(node, 'an object of image names and what they hold', { key: 'images', report });
    return [];
  }
  const taken = new Set<string>();
  return node.entries.flatMap(({ key, keySpan, value }) => {
    const name = nameOf(key);
    if (name === null) report(keySpan, () => noName(key));
    if (name !== null && taken.has(name)) report(keySpan, () => twice(key));
    if (value.kind !== 'object') wrong(value, 'an object that says what the image holds', { key, report });
    if (name === null || value.kind !== 'object') return [];
    const names = readNames(entryOf(value.entries, 'names'), report);
    for (const each of [name, ...names]) taken.add(each);
    return [readImage(value, { name, names, source, report })];
  });
}

type Context = {
  readonly name: string;
  readonly names: readonly string[];
  readonly source: string;
  readonly report: Report;
};

const repositoryAndImage = { ...repositoryReaders, ...imageReaders };

function readImage(node: JsonNode & { kind: 'object' }, context: Context): VendorData {
  const { name, names, report } = context;
  const readers = { readers: repositoryAndImage, others: repositoryKeys, report };
  const read = readFields<RepositoryDescription & Description>(node.entries, readers);
  const { title, vendor, family, docs, tags, ...shared } = read;
  const others = readVariants(entryOf(node.entries, 'images'), shared, report);
  const rows = [...(tags ? [{ ...shared, tags }] : []), ...others];
  reportRepeatedTags(node, rows, report);
  const { rows: indexed, ...lists } = collect([shared, ...rows]);
  const [sharedRow = {}, ...images] = indexed;
  const data: RepositoryData = {
    purpose: 'base',
    shared: sharedRow,
    images,
    names,
    // Without tags of its own the description is of every tag that no other one names.
    ...(tags === undefined ? { scheme: 'any', unlisted: sharedRow } : { scheme: 'strict' }),
    ...(title !== undefined && { title }),
    ...(docs !== undefined && { docs }),
    ...(family !== undefined && { family }),
  };
  return { ...vendorOf(vendor, context), ...lists, repositories: { [name]: data } };
}

function vendorOf(vendor: string | undefined, { name, source }: Context) {
  return {
    family: 'private',
    vendor: vendor ?? name.slice(0, name.indexOf('/')),
    read: '',
    access: null,
    signing: null,
    sources: [source],
    groups: {},
  };
}

/** Images with tags of their own: what they say is put in the place of the shared, or added to it. */
function readVariants(node: JsonNode | null, shared: Description, report: Report): Description[] {
  if (node === null) return [];
  if (node.kind !== 'list') {
    wrong(node, 'a list of objects, each with its tags', { key: 'images', report });
    return [];
  }
  return node.items.flatMap((item) => {
    if (item.kind !== 'object') {
      wrong(item, 'a list of objects, each with its tags', { key: 'images', report });
      return [];
    }
    const own = readFields<Description>(item.entries, { readers: imageReaders, others: [], report });
    if (!own.tags) report(item.span, () => "Write the 'tags' of this image.");
    return [together(shared, own)];
  });
}

/** What the image holds, its accounts and variables are added to the shared ones; all else takes their place. */
function together(shared: Description, own: Description): Description {
  const lists = (['contents', 'users', 'files'] as const).flatMap((key) => {
    const words = [shared[key], own[key]].filter((text) => text !== undefined);
    return words.length > 0 ? [[key, words.filter(Boolean).join(' ')]] : [];
  });
  const env = shared.env && own.env ? { env: { ...shared.env, ...own.env } } : {};
  return { ...shared, ...own, ...Object.fromEntries(lists), ...env };
}

/** Rows as the data have them: texts and variables go into lists, and the rows hold their indices. */
function collect(descriptions: readonly Description[]) {
  const contents: string[] = [];
  const environments: Readonly<Record<string, string>>[] = [];
  const notes: string[] = [];
  const architectures: string[] = [];
  const rows = descriptions.map((description): ImageData => {
    const { contents: words, env, note, architectures: platforms, ...row } = description;
    return {
      ...row,
      source: 0,
      ...(words !== undefined && { contents: contents.push(words) - 1 }),
      ...(env !== undefined && { env: environments.push(env) - 1 }),
      ...(note !== undefined && { note: notes.push(note) - 1 }),
      ...(platforms !== undefined && { architectures: architectures.push(platforms) - 1 }),
    };
  });
  return { rows, contents, environments, notes, architectures };
}

function reportRepeatedTags({ span }: JsonNode, rows: readonly Description[], report: Report): void {
  const seen = new Set<string>();
  for (const tag of rows.flatMap(({ tags }) => tags?.split(' ') ?? [])) {
    if (seen.has(tag)) report(span, () => `The tag ${quoted(tag)} is described twice.`);
    seen.add(tag);
  }
}

function readNames(node: JsonNode | null, report: Report): string[] {
  if (node === null) return [];
  if (node.kind !== 'list') {
    wrong(node, 'a list of image names', { key: 'names', report });
    return [];
  }
  return node.items.flatMap((item) => {
    const name = item.kind === 'text' ? nameOf(item.value) : null;
    if (name === null) wrong(item, 'a list of image names without tags', { key: 'names', report });
    return name === null ? [] : [name];
  });
}

/** The normalised name, or null when it has a tag or is no name. */
function nameOf(text: string): string | null {
  const reference = text.length <= 300 ? parseReference(text) : null;
  if (!reference || reference.tag !== null || reference.digest !== null) return null;
  return `${reference.registry}/${reference.repository}`;
}

function noName(text: string): string {
  return `${quoted(text)} is no image name: write registry and repository in lower case, without a tag.`;
}
