import { hubRegistries, type Mirror } from './mirrors.js';

/** An image reference, taken apart and normalised. See the distribution specification's reference grammar. */
export type ImageReference = {
  /** As written. */
  readonly text: string;
  /** `docker.io` when none is written; port included. */
  readonly registry: string;
  /** `library/python`, `distroless/static-debian13`; in lower case as written. */
  readonly repository: string;
  /** Null when not written. */
  readonly tag: string | null;
  /** `sha256:…`; null when not written. */
  readonly digest: string | null;
  /** Offsets of the parts inside `text`, end exclusive; null for what is not written. */
  readonly parts: {
    readonly registry: readonly [number, number] | null;
    readonly repository: readonly [number, number];
    readonly tag: readonly [number, number] | null;
    readonly digest: readonly [number, number] | null;
  };
};

const defaultRegistry = 'docker.io';
const component = '[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*';
const pathPattern = new RegExp(`^${component}(?:/${component})*$`);
const registryPattern =
  /^(?:\[[0-9A-Fa-f:]+\]|[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?(?:\.[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?)*)(?::[0-9]+)?$/;
const tagPattern = /^[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}$/;
const digestPattern = /^[A-Za-z][A-Za-z0-9]*(?:[-_+.][A-Za-z][A-Za-z0-9]*)*:[0-9a-fA-F]{32,}$/;
const identifierPattern = /^[a-f0-9]{64}$/;
const longestName = 255;

/**
 * A name as FROM and COPY --from take it. Null when it is not a reference: upper case, a variable, an empty part, an
 * image id, or `scratch`, which names no image.
 */
export function parseReference(text: string): ImageReference | null {
  const at = text.indexOf('@');
  const digest = at < 0 ? null : text.slice(at + 1);
  if (digest !== null && !digestPattern.test(digest)) return null;

  const named = at < 0 ? text : text.slice(0, at);
  const colon = named.lastIndexOf(':');
  const hasTag = colon > named.lastIndexOf('/');
  const tag = hasTag ? named.slice(colon + 1) : null;
  if (tag !== null && !tagPattern.test(tag)) return null;

  const name = hasTag ? named.slice(0, colon) : named;
  const { registry, path } = splitRegistry(name);
  if (registry !== null && !registryPattern.test(registry)) return null;
  if (!pathPattern.test(path) || name.length > longestName || identifierPattern.test(name)) return null;
  if (text === 'scratch') return null;

  const start = name.length - path.length;
  return {
    text,
    ...normalise(registry, path),
    tag,
    digest,
    parts: {
      registry: registry === null ? null : [0, registry.length],
      repository: [start, name.length],
      tag: hasTag ? [colon + 1, named.length] : null,
      digest: at < 0 ? null : [at + 1, text.length],
    },
  };
}

/** The name without tag as people write it: `python`, `bitnami/redis`, `gcr.io/distroless/static-debian13`. */
export function familiarName({ registry, repository }: ImageReference): string {
  if (registry !== defaultRegistry) return `${registry}/${repository}`;
  return repository.startsWith('library/') ? repository.slice('library/'.length) : repository;
}

/** The reference that one of the mirrors stands for, the longest prefix first; any other is returned as it is. */
export function throughMirror(reference: ImageReference, mirrors: readonly Mirror[]): ImageReference {
  const name = `${reference.registry}/${reference.repository}`;
  const fitting = mirrors.filter(({ prefix, isWhole }) => (isWhole ? name === prefix : name.startsWith(prefix)));
  const mirror = fitting.sort((a, b) => b.prefix.length - a.prefix.length)[0];
  if (!mirror) return reference;
  const meant = mirror.target + name.slice(mirror.prefix.length);
  const slash = meant.indexOf('/');
  return { ...reference, ...normalise(meant.slice(0, slash), meant.slice(slash + 1)) };
}

/** The first component is a registry when it holds a dot or a port, or is `localhost`. */
function splitRegistry(name: string): { registry: string | null; path: string } {
  const slash = name.indexOf('/');
  const first = slash < 0 ? '' : name.slice(0, slash);
  const isRegistry = first === 'localhost' || /[.:]/.test(first) || first !== first.toLowerCase();
  return isRegistry ? { registry: first, path: name.slice(slash + 1) } : { registry: null, path: name };
}

function normalise(registry: string | null, path: string): { registry: string; repository: string } {
  if (registry !== null && !hubRegistries.includes(registry)) return { registry, repository: path };
  return { registry: defaultRegistry, repository: path.includes('/') ? path : `library/${path}` };
}
