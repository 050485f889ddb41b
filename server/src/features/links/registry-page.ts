import type { ImageReference } from '../../catalog/reference.js';

/**
 * The page a registry has for a repository; null for registries without one. A reference holds only characters that an
 * address may hold as they are.
 */
export function registryPage({ registry, repository }: ImageReference): string | null {
  const page = Object.hasOwn(pages, registry) ? pages[registry] : undefined;
  return page?.(repository) ?? null;
}

type Page = (repository: string) => string | null;

const redHat: Page = (repository) =>
  `https://catalog.redhat.com/software/containers/search?q=${encodeURIComponent(repository)}`;

const pages: Readonly<Record<string, Page>> = {
  'docker.io': (repository) => {
    const official = below('library/', repository);
    return official ? `https://hub.docker.com/_/${official}` : `https://hub.docker.com/r/${repository}`;
  },
  'dhi.io': (repository) => `https://hub.docker.com/hardened-images/catalog/dhi/${repository}`,
  'gcr.io': (repository) => {
    const name = below('distroless/', repository);
    return name && `https://console.cloud.google.com/gcr/images/distroless/GLOBAL/${name}`;
  },
  'cgr.dev': (repository) => {
    const name = below('chainguard/', repository);
    return name && `https://images.chainguard.dev/directory/image/${name}/overview`;
  },
  'mcr.microsoft.com': (repository) => `https://mcr.microsoft.com/artifact/mar/${repository}/about`,
  'public.ecr.aws': (repository) => `https://gallery.ecr.aws/${repository}`,
  'quay.io': (repository) => (repository.includes('/') ? `https://quay.io/repository/${repository}` : null),
  'reg.mini.dev': (repository) => `https://images.minimus.io/?search=${encodeURIComponent(repository)}&type=image`,
  'registry.access.redhat.com': redHat,
  'registry.redhat.io': redHat,
};

function below(prefix: string, repository: string): string | null {
  return repository.startsWith(prefix) ? repository.slice(prefix.length) : null;
}
