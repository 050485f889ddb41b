import type { CatalogRepository } from './catalog.js';
import { decodeBare, decodeImage } from './decode.js';
import { mapFact, unknown, type Fact } from '../fact.js';
import type { ImageFacts } from './model.js';
import type { Tags } from './tag-index.js';
import { compareVersions, versionOf } from './tag-words.js';

/**
 * The repository that an organisation has its own copy of: `acme/dhi-node` and `cgr.dev/acme/node`. Null for other names.
 * Sources: docs.docker.com/dhi/how-to/mirror, edu.chainguard.dev/chainguard/chainguard-images/overview.
 */
export function copiedRepository(
  repositories: ReadonlyMap<string, CatalogRepository>,
  name: string,
): CatalogRepository | null {
  const hardened = /^docker\.io\/(?!library\/)[^/]+\/dhi-([^/]+)$/.exec(name)?.[1];
  if (hardened) return copyOf(repositories.get(`dhi.io/${hardened}`));
  const own = /^cgr\.dev\/(?!chainguard\/)[^/]+\/([^/]+)$/.exec(name)?.[1];
  if (!own) return null;
  const plain = repositories.get(`cgr.dev/chainguard/${own}`);
  return plain ? copyOf(plain) : copyOf(repositories.get(`cgr.dev/chainguard/${own.replace(/-fips$/, '')}`));
}

/** The facts of an organisation's own copy. */
export function asCopy(facts: ImageFacts, family: string): ImageFacts {
  if (family === 'dhi')
    return { ...facts, access: 'organisation', note: 'A copy that an organisation keeps of a Docker Hardened Image.' };
  const note = 'From the catalog of an organisation that subscribes to Chainguard.';
  return { ...customised(facts), access: 'organisation', note };
}

/** The free registry, which was read, has the newest version only; of others what the history of the sources bears out. */
export function ofSubscription(repository: CatalogRepository, tags: Tags, tag: string): ImageFacts | null {
  const parts = /^(?:latest|v?\d+(?:\.\d+)*(?:-r\d+)?)(?:-(slim|full))?(-dev)?$/.exec(tag);
  if (!parts) return null;
  const isFips = repository.name.endsWith('-fips');
  const bare: ImageFacts = { ...decodeBare(repository, tag), isFips, access: 'subscription', note: freeNote };
  const row = tags.exact.get(parts[2] ? 'latest-dev' : 'latest');
  if (!row || isFips || parts[1]) return bare;
  const lasting = readLasting({ ...repository.data.shared, ...row }.lasting, versionOf(tag));
  const facts = decodeImage(repository, tag, row);
  return { ...ofVersion({ facts, bare, lasting, tag }), access: 'subscription', note: freeNote };
}

const freeNote =
  'Only the newest version is free; an organisation with a subscription pulls this tag from its own path.';

function copyOf(repository: CatalogRepository | undefined): CatalogRepository | null {
  return repository ? { ...repository, copyOf: repository.name } : null;
}

type Lasting = { readonly user: boolean; readonly start: boolean; readonly shells: boolean; readonly isRead: boolean };

/** `user start:3.12` for one version; without a version the tag is the newest, of which everything holds. */
function readLasting(text: string | undefined, version: string | null): Lasting {
  const since = new Map((text ?? '').split(' ').map((fact) => fact.split(':') as [string, string | undefined]));
  const holds = (fact: string): boolean =>
    version === null || (since.has(fact) && compareVersions(version, since.get(fact) ?? '0') >= 0);
  return {
    user: holds('user'),
    start: holds('start'),
    shells: holds('shells'),
    isRead: text !== undefined || version === null,
  };
}

type Version = {
  readonly facts: ImageFacts;
  readonly bare: ImageFacts;
  readonly lasting: Lasting;
  readonly tag: string;
};

/** The kind of C library and the program the image exists for are those of every version; the rest as far as it lasts. */
function ofVersion({ facts, bare, lasting, tag }: Version): ImageFacts {
  const [read] = facts.libc.because;
  const note = `'${facts.name}:${tag}' was read for its newest version only.`;
  const unread = unknown(...(read ? [{ ...read, note }] : []));
  const keep = <T>(isKept: boolean, fact: Fact<T>): Fact<T> => (isKept ? fact : unread);
  const { user, start, shells, isRead } = lasting;
  const isLasting = (word: string): boolean =>
    languagePrograms.has(word) || (shells && shellWords.has(word)) || (isRead && lastingData.has(word));
  return {
    ...bare,
    flavor: facts.flavor,
    libc: mapFact(facts.libc, ({ kind }) => ({ kind, version: null })),
    runtime: mapFact(
      facts.runtime,
      (runtime) => runtime && { ...runtime, version: versionOf(tag), path: start ? runtime.path : null },
    ),
    os: unread,
    user: keep(user, facts.user),
    namedUsers: user ? facts.namedUsers : [],
    accounts: unread,
    env: unread,
    entrypoint: keep(start, facts.entrypoint),
    cmd: keep(start, facts.cmd),
    workdir: keep(start, facts.workdir),
    files: start ? facts.files : [],
    shells: keep(shells, facts.shells),
    packageManager: keep(shells, facts.packageManager),
    contents: new Map([...facts.contents].filter(([word]) => isLasting(word))),
    closed: unread,
  };
}

const lastingData = new Set(['ca-certificates', 'passwd', '/tmp']);
const shellWords = new Set(['sh', 'bash', 'busybox', 'apk']);
const languagePrograms = new Set(['node', 'python', 'python3', 'java', 'ruby', 'php', 'go', 'dotnet']);

const customAssembly =
  'chainguard-dev/edu@08c15e651cf9:content/chainguard/containers/features/ca-docs/custom-assembly.md';

/**
 * Organisations may add packages, variables and accounts to their images, in place and under the same tags, and choose
 * the user. Nothing can be taken out.
 */
function customised(facts: ImageFacts): ImageFacts {
  const [read] = facts.libc.because;
  const note = `'${facts.name}:${facts.tag}' may hold more than the publisher's own image: an organisation can add packages, variables and users to it.`;
  const because = read?.kind === 'catalog' ? [{ ...read, source: customAssembly, note }] : [];
  const open = unknown(...because);
  const manager = facts.packageManager;
  return {
    ...facts,
    user: open,
    accounts: open,
    env: open,
    shells: open,
    packageManager: manager.known && manager.value === null ? open : manager,
    contents: new Map([...facts.contents].filter(([, fact]) => fact.known && fact.value)),
    closed: open,
  };
}
