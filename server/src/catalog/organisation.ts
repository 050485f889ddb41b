import type { CatalogRepository } from './catalog.js';
import { decodeBare, decodeImage } from './decode.js';
import { mapFact, unknown, type Evidence } from '../fact.js';
import type { ImageFacts } from './model.js';
import type { Tags } from './tag-index.js';
import { versionOf } from './tag-words.js';
import { isProgram } from './vocabulary.js';

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
  const note =
    family === 'dhi'
      ? 'A copy that an organisation keeps of a Docker Hardened Image.'
      : 'From the catalog of an organisation that subscribes to Chainguard.';
  return { ...facts, access: 'organisation', note };
}

/** What does not depend on the version: the free registry, which was read, has the newest version only. */
export function ofSubscription(repository: CatalogRepository, tags: Tags, tag: string): ImageFacts | null {
  const parts = /^(?:latest|v?\d+(?:\.\d+)*(?:-r\d+)?)(?:-(slim|full))?(-dev)?$/.exec(tag);
  if (!parts) return null;
  const isFips = repository.name.endsWith('-fips');
  const bare: ImageFacts = { ...decodeBare(repository, tag), isFips, access: 'subscription', note: freeNote };
  const row = tags.exact.get(parts[2] ? 'latest-dev' : 'latest');
  if (!row || isFips || parts[1]) return bare;
  return { ...withoutVersion(decodeImage(repository, tag, row), tag), access: 'subscription', note: freeNote };
}

const freeNote =
  'Only the newest version is free; an organisation with a subscription pulls this tag from its own path.';

function copyOf(repository: CatalogRepository | undefined): CatalogRepository | null {
  return repository ? { ...repository, copyOf: repository.name } : null;
}

/** Libraries, variables and accounts were read for one version; how it starts, its user and its programs hold for all. */
function withoutVersion(facts: ImageFacts, tag: string): ImageFacts {
  const contents = new Map([...facts.contents].filter(([word]) => isProgram(word) || lastingData.has(word)));
  const [read] = facts.libc.because;
  const unread: Evidence[] = read
    ? [{ ...read, note: `'${facts.name}:${tag}' was read for its newest version only.` }]
    : [];
  return {
    ...facts,
    os: unknown(...unread),
    libc: mapFact(facts.libc, ({ kind }) => ({ kind, version: null })),
    runtime: mapFact(facts.runtime, (runtime) => runtime && { ...runtime, version: versionOf(tag) }),
    env: unknown(...unread),
    accounts: unknown(...unread),
    closed: unknown(...unread),
    contents,
    status: null,
    eol: null,
    size: null,
    packageCount: null,
    variants: { dev: null, runtime: null, debug: null, nonroot: null, fips: null },
  };
}

const lastingData = new Set(['ca-certificates', 'passwd', '/tmp']);
