// Reads library files of the Docker Official Images and the Dockerfiles they name from a folder of clones:
// node scripts/run.mjs scripts/catalog/read-library.ts CLONES. The git directory of OWNER/NAME is CLONES/OWNER+NAME/repo.
import { execFileSync } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readTag } from '../../server/src/catalog/tag-words.js';
import { withGroups } from './contents.js';
import { furtherLibraries } from './further-libraries.js';
import { publisherImages, type PublishedImage } from './publisher-images.js';
import { readDockerfile, type ReadImage } from './read-dockerfile.js';

export type ReadRow = ReadImage & { tags: string; architectures?: string; source: string };
export type ReadFile = { read: string; repositories: Record<string, ReadRow[]> };

type Place = { repo: string; commit: string; path: string; version: string };

const [folder = ''] = process.argv.slice(2);
const library = 'docker-library/official-images';
const read = git(library, 'log', '-1', '--format=%cs').trim();

const official: ReadFile = { read, repositories: {} };
for (const name of furtherLibraries) official.repositories[name] = readLibrary(name);
save('further-official.json', official);

const publishers: ReadFile = { read, repositories: {} };
for (const { repository, images } of publisherImages)
  publishers.repositories[repository] = images.flatMap((image) => readPublished(repository, image));
save('publishers-read.json', publishers);

function readPublished(
  repository: string,
  { repo, commit: at, tags, path, text, also, ...image }: PublishedImage,
): ReadRow[] {
  const commit = at ?? git(repo, 'rev-parse', '--short=12', 'HEAD').trim();
  const source = `${repo}@${commit}:${path}`;
  const facts = readDockerfile({ ...image, text: text ?? git(repo, 'show', `HEAD:${path}`), today: read });
  if (!facts) console.log(`${repository}:${tags}: base not known`);
  return facts ? [{ tags, ...facts, ...also, source }] : [];
}

/** One entry per paragraph; a field of the first paragraph holds for all that lack it. */
function readLibrary(name: string): ReadRow[] {
  const text = git(library, 'show', `HEAD:library/${name}`);
  const [head = new Map<string, string>(), ...entries] = text
    .replace(/^#.*\n/gm, '')
    .replace(/\n[ \t]+/g, ' ')
    .split(/\n\s*\n/)
    .map(fieldsOf)
    .filter((fields) => fields.size > 0);
  const all = entries.length > 0 && !head.has('Tags') ? entries : [head, ...entries];
  const texts = new Map<string, string>();
  const sorted = all.sort((left, right) => Number(isDerived(left)) - Number(isDerived(right)));
  return sorted.flatMap((entry) => readEntry({ name, texts, fields: new Map([...head, ...entry]) }));
}

/** `texts` keeps the Dockerfile of every tag, for entries that are built on another one of the same library. */
type Entry = { name: string; texts: Map<string, string>; fields: ReadonlyMap<string, string> };

function readEntry({ name, texts, fields }: Entry): ReadRow[] {
  const architectures = fields.get('Architectures') ?? 'amd64';
  if (architectures.startsWith('windows') || !fields.has('Tags')) return [];
  const lists = [fields.get('Tags'), fields.get('SharedTags')];
  const tags = lists.flatMap((list) => list?.split(',') ?? []).map((tag) => tag.trim());
  const place = placeOf(fields, tags[0] ?? '');
  const found = existsSync(clone(place.repo)) ? dockerfileAt(place) : null;
  if (!found) {
    console.log(`${name}: ${place.repo}@${place.commit}:${place.path} cannot be read`);
    return [];
  }
  const text = onOwnBase(name, found.text, texts);
  for (const tag of tags) texts.set(tag, text);
  const facts = readDockerfile({ text, today: read });
  if (!facts || !agrees(facts, tags)) {
    console.log(`${name}:${tags[0] ?? ''}: base not known (${/^FROM .*/m.exec(text)?.[0] ?? ''})`);
    return [];
  }
  const told = found.isSame || tags.some((tag) => readTag(tag).release) ? facts : withoutRelease(facts);
  const source = `${place.repo}@${found.commit.slice(0, 12)}`;
  const { env, ...others } = told;
  const variables = lastingVariables(env, place.version.replace(/^v/, ''));
  return [
    { tags: tags.join(' '), ...others, ...variables, architectures: architectures.replace(/,\s*/g, ' '), source },
  ];
}

/** A variable that holds the version is another one tomorrow; with a search path that does, none is told. */
function lastingVariables(env: ReadImage['env'], version: string): ReadImage {
  if (!env || env.PATH?.includes(version)) return {};
  return { env: Object.fromEntries(Object.entries(env).filter(([, value]) => !value.includes(version))) };
}

function placeOf(fields: ReadonlyMap<string, string>, tag: string): Place {
  const directory = (fields.get('amd64-Directory') ?? fields.get('Directory') ?? '.').replace(/^\.\/?/, '');
  return {
    repo: /github\.com\/(.+?)(?:\.git)?$/.exec(fields.get('GitRepo') ?? '')?.[1] ?? '',
    commit: fields.get('amd64-GitCommit') ?? fields.get('GitCommit') ?? '',
    path: join(directory, fields.get('File') ?? 'Dockerfile'),
    version: tag.split('-')[0] ?? '',
  };
}

/** A tag that names a release is believed before a Dockerfile of another day. */
function agrees({ os }: ReadImage, tags: readonly string[]): boolean {
  return tags.every((tag) => {
    const { release } = readTag(tag);
    return !release || os === `${release.id}:${release.version}`;
  });
}

/** What a Dockerfile for another version of the same line tells: it may be on another release. */
function withoutRelease({ os, libc, ...facts }: ReadImage): ReadImage {
  return { ...facts, ...(os === null ? { os } : {}), ...(libc ? { libc: libc.replace(/:.*/, '') } : {}) };
}

function isDerived(fields: ReadonlyMap<string, string>): boolean {
  return /-(?:python3|r)(?:-|$)/.test(fields.get('Directory') ?? '');
}

/** `FROM spark:4.1.2-…-ubuntu` in an image of spark itself: the other Dockerfile with this one behind it. */
function onOwnBase(name: string, text: string, texts: ReadonlyMap<string, string>): string {
  const own = new RegExp(`^FROM ${name}:(\\S+)\\s*$`, 'm').exec(text);
  const base = texts.get(own?.[1] ?? '');
  return own && base ? `${base}\n${text.slice(own.index + own[0].length)}` : text;
}

/** A clone may lack the commit; its newest Dockerfile will do where it is for the same version line. */
function dockerfileAt({
  repo,
  commit,
  path,
  version,
}: Place): { text: string; commit: string; isSame: boolean } | null {
  const newest = git(repo, 'rev-parse', 'HEAD').trim();
  for (const each of [commit, newest]) {
    try {
      const text = git(repo, 'show', `${each}:${path}`);
      const isSame = each === commit || text.includes(version);
      if (isSame || text.includes(version.split('.').slice(0, 2).join('.'))) return { text, commit: each, isSame };
    } catch {
      continue;
    }
  }
  return null;
}

function fieldsOf(paragraph: string): Map<string, string> {
  const pairs = paragraph.split('\n').map((line) => /^([\w-]+):\s*(.*)$/.exec(line.trim()));
  return new Map(pairs.flatMap((pair) => (pair ? [[pair[1] ?? '', (pair[2] ?? '').trim()] as const] : [])));
}

function clone(repo: string): string {
  return join(folder, repo.replace('/', '+'), 'repo');
}

function git(repo: string, ...words: string[]): string {
  return execFileSync('git', [`--git-dir=${clone(repo)}`, ...words], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  });
}

/** Entries that differ in their tags only. */
function joinEqual(rows: readonly ReadRow[]): ReadRow[] {
  const tags = new Map<string, string[]>();
  for (const { tags: own, ...facts } of rows) {
    const key = JSON.stringify({ ...facts, contents: withGroups(facts.contents ?? '') });
    tags.set(key, [...(tags.get(key) ?? []), own]);
  }
  return [...tags].map(([key, list]) => ({
    tags: list.join(' '),
    ...(JSON.parse(key) as ReadImage & { source: string }),
  }));
}

function save(name: string, data: ReadFile): void {
  const repositories = Object.entries(data.repositories).map(([name, rows]) => {
    const lines = joinEqual(rows).map((row) => `  ${JSON.stringify(row)}`);
    return ` ${JSON.stringify(name)}: [\n${lines.join(',\n')}\n ]`;
  });
  const text = `{"read": "${data.read}", "repositories": {\n${repositories.join(',\n')}\n}}\n`;
  writeFileSync(join('scripts', 'catalog', name), text);
  console.log(`${name}: ${Math.round(text.length / 1000)} kB`);
}
