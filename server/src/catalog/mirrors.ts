/** Hosts of Docker Hub itself. Source: distribution/reference, normalize.go (`index.docker.io`); docs.docker.com. */
export const hubRegistries: readonly string[] = [
  'docker.io',
  'index.docker.io',
  'registry-1.docker.io',
  'registry.hub.docker.com',
];

export type Mirror = {
  /** Beginning of the full name at the mirror. */
  readonly prefix: string;
  /** What it stands for: the beginning of a normalised name, `docker.io/library/`. */
  readonly target: string;
  readonly source: string;
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
];
