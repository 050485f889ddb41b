import type { CatalogRepository } from './catalog.js';
import type { Context, Tags } from './tag-index.js';
import { compareVersions, readTag, type TagWords } from './tag-words.js';

/**
 * Where the history of a repository was read by hand: from this version on its images are on the same distribution,
 * with the same C library and package manager, and start as the same user. Alpine took musl with 3.0 and Fedora dnf
 * with 22; the others are those of erlang/docker-erlang-otp, docker-library/docker, nginx/docker-nginx,
 * docker-library/postgres, docker-library/redmine and distribution/distribution-library-image on GitHub.
 */
const alikeSince: ReadonlyMap<string, string> = new Map([
  ['alpine', '3.0'],
  ['fedora', '22'],
  ['erlang', '17'],
  ['docker', '1.10'],
  ['nginx', '1.7'],
  ['postgres', '8'],
  ['redmine', '2.6'],
  ['registry', '2.5'],
]);

/**
 * Whether a version that nobody listed is on the same distribution as the listed ones of its shape: the tag names it,
 * the repository is the distribution, or a language's repository has been on it as far back as its history was read.
 * Applications move from one distribution to another.
 */
export function isSettled({ repository: { name, data }, tags }: Context, { shape, version }: TagWords): boolean {
  const first = alikeSince.get(name);
  if (first !== undefined) return version !== null && reaches(version, first);
  if (data.steady) return true;
  const images = tags.shapes.get(shape) ?? [];
  const [id, ...others] = new Set(images.map(({ os = data.shared.os }) => idOf(os)));
  if (!id || others.length > 0) return false;
  if (shape.split('-').includes(id) || data.purpose === 'base') return true;
  if (data.purpose === 'application' || !data.history) return false;
  const patches = Object.values(data.history.patches?.[shape] ?? {}).join(' ');
  const moves = patches.split(' ').filter((word) => word.includes(':'));
  return [...moves.map(idOf), ...(pastOf(tags).get(shape) ?? [])].every((other) => other === id);
}

/** `2` is the newest of its line, so it reaches 2.5. */
function reaches(version: string, first: string): boolean {
  const line = first.split('.').slice(0, version.split('.').length);
  return compareVersions(version, line.join('.')) >= 0;
}

/** Whether older images start as the user of the listed ones; applications came to have one of their own over time. */
export function hasSettledUser({ name, data }: CatalogRepository): boolean {
  return data.purpose !== 'application' || data.steady !== undefined || alikeSince.has(name);
}

const pasts = new WeakMap<Tags, ReadonlyMap<string, ReadonlySet<string>>>();

/** The distributions of the tags that are no longer built, by the shape of the tags. */
function pastOf(tags: Tags): ReadonlyMap<string, ReadonlySet<string>> {
  const found = pasts.get(tags);
  if (found) return found;
  const past = new Map<string, Set<string>>();
  for (const [tag, { base }] of tags.frozen) {
    const { shape } = readTag(tag);
    past.set(shape, (past.get(shape) ?? new Set<string>()).add(idOf(base) ?? ''));
  }
  pasts.set(tags, past);
  return past;
}

/** `debian` of `debian:13`; undefined where it was not read or there is none. */
function idOf(os: string | null | undefined): string | undefined {
  return os?.split(':')[0];
}
