import { known, unknown, type Evidence, type Fact } from '../fact.js';
import type { ImageFacts } from './model.js';

/** What HEALTHCHECK of an image runs; shell form goes through the SHELL of the finished image. */
export type BaseHealthcheck = { readonly form: 'exec' | 'shell'; readonly words: readonly string[] };

/** The health check that an image brings; null: known to bring none. */
export function healthcheckOf(facts: ImageFacts): Fact<BaseHealthcheck | null> {
  const own = Object.hasOwn(checks, facts.name) ? checks[facts.name] : undefined;
  if (own) return known(own.check, evidence(facts, own.source, 'The image sets a health check.'));
  const source = withoutCheck(facts);
  return source === null ? unknown() : known(null, evidence(facts, source, 'The image sets no health check.'));
}

type Declared = { readonly check: BaseHealthcheck; readonly source: string };

const kong: Declared = {
  check: { form: 'shell', words: ['kong health'] },
  source: 'Kong/docker-kong@d1ed165bfeb6:ubuntu/Dockerfile',
};

const jupyter: Declared = {
  check: { form: 'exec', words: ['/etc/jupyter/docker_healthcheck.py'] },
  source: 'jupyter/docker-stacks@820938695049:images/base-notebook/Dockerfile',
};

/** All notebooks of Jupyter are based on base-notebook. */
const notebooks = 'base minimal scipy datascience pyspark all-spark tensorflow pytorch r julia'.split(' ');

const checks: Readonly<Record<string, Declared>> = {
  kong,
  ...Object.fromEntries(notebooks.map((name) => [`quay.io/jupyter/${name}-notebook`, jupyter])),
};

/**
 * Official images have no health check as a rule (https://github.com/docker-library/faq#healthcheck), which those of other
 * publishers may break. Of these no Dockerfile in the history of the repository ever set one; debian is built without a
 * Dockerfile, and its configuration has none.
 */
const withoutOfficial: Readonly<Record<string, string>> = {
  alpine: 'alpinelinux/docker-alpine@cfaba603d3e1',
  busybox: 'docker-library/busybox@9c2087811429',
  caddy: 'caddyserver/caddy-docker@62d1326421cc',
  composer: 'composer/docker@e1056b5bda92',
  debian: 'debuerreotype/docker-debian-artifacts@0413ee85ea0a:trixie/slim/oci/blobs/image-config.json',
  docker: 'docker-library/docker@3289af88086d',
  'eclipse-temurin': 'adoptium/containers@d8d18d67a32e',
  golang: 'docker-library/golang@7c8c182bfc19',
  httpd: 'docker-library/httpd@9b63b37c9be3',
  nginx: 'nginx/docker-nginx@0d7f4380c735',
  node: 'nodejs/docker-node@f27d936f7d7c',
  perl: 'Perl/docker-perl@8b707a17ed13',
  php: 'docker-library/php@445bf414f1d5',
  postgres: 'docker-library/postgres@6edb0a8c4def',
  python: 'docker-library/python@4f07059567fa',
  ruby: 'docker-library/ruby@d55e25ae7098',
  rust: 'rust-lang/docker-rust@7668ee290612',
  wordpress: 'docker-library/wordpress@bf223d1c2087',
};

const dotnet = /^mcr\.microsoft\.com\/dotnet\/(sdk|aspnet|runtime|runtime-deps)$/;

/** The source that says so; null: not read. */
function withoutCheck({ name, family, read, isWindows }: ImageFacts): string | null {
  // What users say of an image, or of a private one by the same name, was not read there.
  if (read === null || isWindows) return null;
  if (Object.hasOwn(withoutOfficial, name)) return withoutOfficial[name] ?? null;
  if (dotnet.test(name)) return 'dotnet/dotnet-docker@3ed00b611cc8:src';
  return family === 'google-distroless' ? 'GoogleContainerTools/distroless@cd080764af31' : null;
}

function evidence({ name, tag }: ImageFacts, source: string, note: string): Evidence {
  return { kind: 'catalog', image: `${name}:${tag}`, source, date: '2026-11-21', note };
}
