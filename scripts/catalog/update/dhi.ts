import type { ImageData, VendorData } from '../../../server/src/catalog/data-model.js';
import { compareImages, missingRepositories, shellPackages, type StatedImage } from './compare-images.js';
import type { Reading, Upstream } from './difference.js';
import { isMap, mapsOf, readYaml, textOf, textsOf, type YamlMap } from './read-yaml.js';

/** An image definition of Docker Hardened Images; null for another file. */
export function readDefinition(text: string, path: string): StatedImage | null {
  const definition = readYaml(text);
  const repository = textOf(definition?.image);
  const tags = textsOf(definition?.tags);
  if (!definition || repository === null || tags === null) return null;
  const dates = isMap(definition.dates) ? definition.dates : {};
  const contents = isMap(definition.contents) ? definition.contents : {};
  const packages = textsOf(contents.packages);
  const eol = textOf(dates['end-of-life']);
  return {
    repository,
    tags,
    facts: readFacts(definition),
    eol,
    ...(packages ? { shells: shellPackages(packages) } : {}),
    path,
  };
}

/** The base, its C library and what packages bring belong together; of these only the base is stated. */
export function compareDhi(upstream: Upstream, vendor: VendorData): Reading {
  const unread: string[] = [];
  const stated: StatedImage[] = [];
  for (const path of upstream.list('image').filter(isDefinition)) {
    const image = readDefinition(upstream.read(path) ?? '', path);
    if (image) stated.push(image);
    else unread.push(`${path} is no image definition.`);
  }
  const missing = missingRepositories({ vendor, stated });
  if (missing.length > 0) unread.push(`${missing.length} repositories are not in the catalog: ${missing.join(' ')}.`);
  return { differences: compareImages({ vendor, stated, shownOnly: ['os'] }), unread };
}

function isDefinition(path: string): boolean {
  return path.split('/').length === 4 && path.endsWith('.yaml');
}

function readFacts(definition: YamlMap): Partial<ImageData> {
  const release = isMap(definition['os-release']) ? definition['os-release'] : {};
  const [id, version] = [textOf(release.id), textOf(release['version-id'])];
  const user = readUser(definition);
  const isReadable = (value: YamlMap[string] | undefined): boolean => value === undefined || textsOf(value) !== null;
  return {
    ...(id && version ? { os: `${id}:${version}` } : {}),
    ...(user === null ? {} : { user }),
    ...(isReadable(definition.entrypoint) ? { entrypoint: textsOf(definition.entrypoint) } : {}),
    ...(isReadable(definition.cmd) ? { cmd: textsOf(definition.cmd) } : {}),
    workdir: textOf(definition['work-dir']) ?? '/',
  };
}

/** `run-as` is a name or a number; the table of users has both. */
function readUser({ accounts }: YamlMap): string | null {
  if (!isMap(accounts)) return null;
  const runAs = textOf(accounts['run-as']);
  if (runAs === null || runAs === 'root' || runAs === '0') return runAs === null ? null : '0';
  const user = mapsOf(accounts.users).find(({ name, uid }) => textOf(name) === runAs || textOf(uid) === runAs);
  const [name, uid] = [textOf(user?.name), textOf(user?.uid)];
  return name !== null && uid !== null ? `${name}:${uid}` : null;
}
