/** Hosts of Docker Hub itself. Source: distribution/reference, normalize.go (`index.docker.io`); docs.docker.com. */
export const hubRegistries: readonly string[] = [
  'docker.io',
  'index.docker.io',
  'registry-1.docker.io',
  'registry.hub.docker.com',
];

export type Mirror = {
  /** Beginning of the full name at the mirror, or all of it where `isWhole`. */
  readonly prefix: string;
  readonly isWhole?: boolean;
  /** What it stands for: the beginning of a normalised name, `docker.io/library/`, or all of it. */
  readonly target: string;
  readonly source: string;
};

/**
 * The Docker Official Images for one architecture, by the first part of their name (`arm64v8/golang`). Source:
 * docker-library/official-images README.md, section Architectures other than amd64.
 */
export const architectureFolders: Readonly<Record<string, string>> = {
  amd64: 'amd64',
  arm32v5: 'arm/v5',
  arm32v6: 'arm/v6',
  arm32v7: 'arm/v7',
  arm64v8: 'arm64',
  i386: '386',
  mips64le: 'mips64le',
  ppc64le: 'ppc64le',
  riscv64: 'riscv64',
  s390x: 's390x',
};

/** Public mirrors that serve the very images of Docker Hub under another name. */
export const publicMirrors: readonly Mirror[] = [
  {
    prefix: 'public.ecr.aws/docker/library/',
    target: 'docker.io/library/',
    source: 'https://gallery.ecr.aws/docker (Docker Official Images, published by Docker)',
  },
  {
    prefix: 'mirror.gcr.io/',
    target: 'docker.io/',
    source: 'https://cloud.google.com/artifact-registry/docs/pull-cached-dockerhub-images',
  },
  {
    prefix: 'public.ecr.aws/amazoncorretto/amazoncorretto',
    isWhole: true,
    target: 'docker.io/library/amazoncorretto',
    source: 'https://gallery.ecr.aws/amazoncorretto/amazoncorretto (built from the same Dockerfiles)',
  },
  ...Object.keys(architectureFolders).map((folder) => ({
    prefix: `docker.io/${folder}/`,
    target: 'docker.io/library/',
    source: 'docker-library/official-images README.md',
  })),
];
