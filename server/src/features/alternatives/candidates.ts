import { listReleases } from '../../catalog/catalog.js';
import type { ImageFacts } from '../../catalog/model.js';
import type { Artifact } from '../../interpret/state.js';
import type { Need } from './need.js';

/**
 * References worth looking up, of every family alike; what the catalog does not know is left out later. `{major}`,
 * `{minor}` and `{digits}` stand for `3`, `3.13` and `313`.
 */
const byLanguage: Readonly<Record<string, readonly string[]>> = {
  node: [
    'gcr.io/distroless/nodejs{major}-debian13:nonroot',
    'dhi.io/node:{major}-debian13',
    'cgr.dev/chainguard/node:latest',
    'node:{major}-alpine',
    'node:{major}-slim',
    'registry.access.redhat.com/ubi9/nodejs-{major}-minimal:latest',
  ],
  python: [
    'gcr.io/distroless/python3-debian13:nonroot',
    'dhi.io/python:{minor}-debian13',
    'cgr.dev/chainguard/python:latest',
    'ubuntu/python:{minor}-24.04',
    'ubuntu/python:{minor}-26.04',
    'python:{minor}-alpine',
    'python:{minor}-slim',
    'registry.access.redhat.com/ubi9/python-{digits}-minimal:latest',
  ],
  java: [
    'gcr.io/distroless/java{major}-debian13:nonroot',
    'dhi.io/amazoncorretto:{major}-debian13',
    'cgr.dev/chainguard/jre:latest',
    'ubuntu/jre:{major}-24.04',
    'eclipse-temurin:{major}-jre-alpine',
    'eclipse-temurin:{major}-jre',
    'registry.access.redhat.com/ubi9/openjdk-{major}-runtime:latest',
  ],
  aspnetcore: [
    'mcr.microsoft.com/dotnet/aspnet:{minor}-noble-chiseled',
    'cgr.dev/chainguard/aspnet-runtime:latest',
    'mcr.microsoft.com/dotnet/aspnet:{minor}-alpine',
  ],
  dotnet: [
    'mcr.microsoft.com/dotnet/runtime:{minor}-noble-chiseled',
    'cgr.dev/chainguard/dotnet-runtime:latest',
    'mcr.microsoft.com/dotnet/runtime:{minor}-alpine',
  ],
  ruby: ['dhi.io/ruby:{minor}-debian13', 'cgr.dev/chainguard/ruby:latest', 'ruby:{minor}-alpine', 'ruby:{minor}-slim'],
  php: ['dhi.io/php:{minor}-debian13', 'cgr.dev/chainguard/php:latest', 'php:{minor}-cli-alpine'],
  deno: ['dhi.io/deno:{major}-debian13', 'denoland/deno:distroless', 'denoland/deno:alpine'],
  nginx: ['cgr.dev/chainguard/nginx:latest', 'dhi.io/nginx:1-debian13', 'nginxinc/nginx-unprivileged:alpine'],
  bun: [
    'dhi.io/bun:{major}-debian13',
    'oven/bun:{major}-distroless',
    'oven/bun:{major}-alpine',
    'oven/bun:{major}-slim',
  ],
};

const forStatic = [
  'gcr.io/distroless/static-debian13:nonroot',
  'cgr.dev/chainguard/static:latest',
  'dhi.io/static:20250419-debian13',
  'scratch',
];
const forGlibc = [
  'gcr.io/distroless/base-debian13:nonroot',
  'gcr.io/distroless/cc-debian13:nonroot',
  'cgr.dev/chainguard/glibc-dynamic:latest',
  'dhi.io/static:20250419-glibc-debian13',
  'debian:trixie-slim',
];

export function candidatesFor(need: Need): readonly string[] {
  const { facts, program, runtime } = need;
  if (program) return forProgram(program.artifact);
  if (!facts) return [];
  const language = runtime && (byLanguage[runtime.name] ?? null);
  if (runtime?.name === 'nginx') return language ?? [];
  if (language && runtime?.version && isPlainVariant(facts))
    return language.map((pattern) => fill(pattern, runtime.version ?? ''));
  if (facts.name === 'debian' && facts.os.known && facts.os.value?.codename)
    return [`debian:${facts.os.value.codename}-slim`];
  return [];
}

function forProgram({ linkage, libc, language }: Artifact): readonly string[] {
  if (!linkage.known) return [];
  if (linkage.value === 'static') return forStatic;
  if (!libc.known) return [];
  if (libc.value.kind === 'musl') return newestAlpine();
  // What is written in Go or C has no use for the GCC runtime.
  return language === 'go' || language === 'c' ? forGlibc.filter((name) => !name.includes('/cc-')) : forGlibc;
}

function newestAlpine(): readonly string[] {
  const versions = listReleases().flatMap(({ id, version }) =>
    id === 'alpine' && /^\d+\.\d+$/.test(version) ? [version] : [],
  );
  const newest = versions.sort((a, b) => Number(a.split('.')[1]) - Number(b.split('.')[1])).at(-1);
  return newest ? [`alpine:${newest}`] : [];
}

/** php:apache, php:fpm, SDKs and applications are asked for by name: another image is not the same thing. */
function isPlainVariant({ tag, name, purpose }: ImageFacts): boolean {
  return !/apache|fpm|zts/.test(tag) && !/sdk$/.test(name) && ['base', 'runtime', 'build'].includes(purpose);
}

function fill(pattern: string, version: string): string {
  const [major = '', minor] = version.split('.');
  const line = minor === undefined ? major : `${major}.${minor}`;
  return pattern.replace('{major}', major).replace('{minor}', line).replace('{digits}', line.replace('.', ''));
}
