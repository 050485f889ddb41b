import type { ImageData, RepositoryData } from '../../server/src/catalog/data-model.js';
import { alikeImages, derivedImages, devContainers } from './publisher-derived.js';

/**
 * An image that a publisher builds from a Dockerfile in a public repository. `text` stands for a Dockerfile that `path`
 * writes while it builds. `also` is what the Dockerfile does not show but `path` does.
 */
export type PublishedImage = {
  readonly repo: string;
  readonly path: string;
  /** Where there is no clone to ask. */
  readonly commit?: string;
  readonly tags: string;
  readonly text?: string;
  readonly target?: string;
  readonly buildArgs?: Readonly<Record<string, string>>;
  readonly also?: Pick<
    ImageData,
    'shells' | 'libc' | 'packageManager' | 'files' | 'entrypoint' | 'cmd' | 'user' | 'runtime'
  >;
};

export type Published = {
  /** Normalised name. */
  readonly repository: string;
  readonly about: Omit<RepositoryData, 'shared' | 'images'>;
  readonly images: readonly PublishedImage[];
  /** Where the rule of the tags was read, when no image is listed. */
  readonly source?: string;
};

const muslrust =
  'FROM ubuntu:noble\nRUN apt-get install -y musl-tools file git openssh-client make cmake g++ curl ca-certificates unzip\n';
const crossScripts = 'apk apt apt-get c++ cargo cc clang clang++ go info ld-shas verify windres';

export const publisherImages: readonly Published[] = [
  ...derivedImages(),
  ...alikeImages(),
  ...applications(),
  uv(),
  {
    repository: 'docker.io/tonistiigi/xx',
    about: {
      title: 'xx',
      publisher: 'tonistiigi',
      purpose: 'build',
      docs: 'https://github.com/tonistiigi/xx',
      scheme: 'any',
      unlisted: {
        os: null,
        libc: 'none',
        shells: '',
        packageManager: null,
        runtime: null,
        user: '0',
        entrypoint: null,
        cmd: null,
        workdir: '/',
      },
    },
    images: [
      {
        repo: 'tonistiigi/xx',
        path: 'src/Dockerfile',
        tags: 'latest master',
        target: 'xx',
        also: {
          libc: 'none',
          shells: '',
          packageManager: null,
          files: crossScripts
            .split(' ')
            .map((name) => `/usr/bin/xx-${name}`)
            .join(' '),
        },
      },
    ],
  },
  {
    repository: 'quay.io/prometheus/busybox',
    about: {
      title: 'Prometheus BusyBox',
      publisher: 'Prometheus',
      names: [
        'docker.io/prom/busybox',
        ...['amd64', 'arm64', 'armv7', 'ppc64le', 's390x', 'riscv64'].map(
          (name) => `quay.io/prometheus/busybox-linux-${name}`,
        ),
      ],
      purpose: 'base',
      docs: 'https://github.com/prometheus/busybox',
      scheme: 'strict',
    },
    images: [
      { repo: 'prometheus/busybox', path: 'uclibc/Dockerfile', tags: 'latest uclibc', text: 'FROM busybox:uclibc' },
      { repo: 'prometheus/busybox', path: 'glibc/Dockerfile', tags: 'glibc', text: 'FROM busybox:glibc' },
    ],
  },
  {
    repository: 'quay.io/prometheus/golang-builder',
    about: {
      title: 'Prometheus golang-builder',
      publisher: 'Prometheus',
      purpose: 'build',
      language: 'go',
      docs: 'https://github.com/prometheus/golang-builder',
    },
    images: [
      { repo: 'prometheus/golang-builder', path: '1.27/base/Dockerfile', tags: '1.27-base base' },
      { repo: 'prometheus/golang-builder', path: '1.26/base/Dockerfile', tags: '1.26-base' },
      { repo: 'prometheus/golang-builder', path: '1.27/main/Dockerfile', tags: '1.27-main main latest' },
      { repo: 'prometheus/golang-builder', path: '1.26/main/Dockerfile', tags: '1.26-main' },
    ],
  },
  {
    repository: 'docker.io/clux/muslrust',
    about: {
      title: 'muslrust',
      publisher: 'clux',
      purpose: 'build',
      language: 'rust',
      docs: 'https://github.com/clux/muslrust',
      steady: 'moving',
      evolving: true,
    },
    images: [{ repo: 'clux/muslrust', path: 'Dockerfile', tags: 'stable latest', text: muslrust }],
  },
  ...devContainers(),
];

/** The workflow writes one Dockerfile for every base it lists. */
function uv(): Published {
  const at = { repo: 'astral-sh/uv', path: '.github/workflows/build-docker.yml' };
  const text = (base: string): string =>
    `FROM ${base}\nCOPY --from=ghcr.io/astral-sh/uv /uv /uvx /usr/local/bin/\nENV UV_TOOL_BIN_DIR="/usr/local/bin"\nENTRYPOINT []\nCMD ["/usr/local/bin/uv"]\n`;
  const also = { files: '/usr/local/bin/uv /usr/local/bin/uvx' };
  const pythons = ['3.14', '3.13', '3.12', '3.11', '3.10'].flatMap((version) =>
    [
      { base: `python:${version}-alpine3.23`, tags: `python${version}-alpine3.23 python${version}-alpine` },
      { base: `python:${version}-trixie`, tags: `python${version}-trixie` },
      { base: `python:${version}-slim-trixie`, tags: `python${version}-trixie-slim` },
    ].map((image) => ({ ...image, runtime: `python ${version} /usr/local/bin/python3` })),
  );
  const plain: { base: string; tags: string; runtime?: string }[] = [
    { base: 'alpine:3.23', tags: 'alpine3.23 alpine' },
    { base: 'alpine:3.22', tags: 'alpine3.22' },
    { base: 'debian:trixie-slim', tags: 'trixie-slim debian-slim' },
    { base: 'buildpack-deps:trixie', tags: 'trixie debian' },
  ];
  return {
    repository: 'ghcr.io/astral-sh/uv',
    about: {
      title: 'uv',
      publisher: 'Astral',
      names: ['docker.io/astral/uv'],
      purpose: 'build',
      docs: 'https://docs.astral.sh/uv/guides/integration/docker/',
      steady: 'moving',
      unlisted: {
        os: null,
        libc: 'none',
        shells: '',
        packageManager: null,
        user: '0',
        runtime: null,
        entrypoint: ['/uv'],
        workdir: '/io',
        files: '/uv /uvx',
      },
    },
    images: [
      {
        repo: 'astral-sh/uv',
        path: 'Dockerfile',
        tags: 'latest',
        also: { libc: 'none', shells: '', packageManager: null, files: '/uv /uvx' },
      },
      ...[...plain, ...pythons].map(({ base, tags, runtime }) => ({
        ...at,
        tags,
        text: text(base),
        also: runtime === undefined ? also : { ...also, runtime },
      })),
    ],
  };
}

function applications(): Published[] {
  const playwright = (release: string, commit: string): PublishedImage => ({
    repo: 'microsoft/playwright',
    commit,
    path: `utils/docker/Dockerfile.${release}`,
    tags: release,
    text: `FROM ubuntu:${release}\nRUN apt-get install -y curl wget gpg ca-certificates nodejs git openssh-client\nRUN npm install -g yarn\n`,
  });
  const envoy = { repo: 'envoyproxy/envoy', commit: '0252c88f4757', path: 'distribution/docker/Dockerfile-envoy' };
  return [
    {
      repository: 'docker.io/jenkins/jenkins',
      about: {
        title: 'Jenkins',
        publisher: 'Jenkins',
        purpose: 'application',
        docs: 'https://hub.docker.com/r/jenkins/jenkins',
      },
      images: [{ repo: 'jenkinsci/docker', path: 'debian/Dockerfile', tags: 'latest lts' }],
    },
    {
      repository: 'docker.io/library/registry',
      about: {
        title: 'registry',
        family: 'docker-official',
        publisher: 'Docker Official Images',
        purpose: 'application',
        docs: 'https://hub.docker.com/_/registry',
        steady: 'moving',
        evolving: true,
      },
      images: [{ repo: 'distribution/distribution-library-image', path: 'Dockerfile', tags: '3.0.0 3.0' }],
    },
    {
      repository: 'mcr.microsoft.com/playwright',
      about: {
        title: 'Playwright',
        publisher: 'Microsoft',
        purpose: 'build',
        docs: 'https://playwright.dev/docs/docker',
        steady: 'moving',
        evolving: true,
      },
      images: [playwright('noble', '02a44c692158'), playwright('jammy', '02fb76bbc7e4')],
    },
    {
      repository: 'docker.io/envoyproxy/envoy',
      about: {
        title: 'Envoy',
        publisher: 'Envoy',
        purpose: 'application',
        docs: 'https://hub.docker.com/r/envoyproxy/envoy',
        steady: 'moving',
        unlisted: {
          libc: 'glibc',
          shells: '/bin/sh /bin/dash /bin/bash',
          packageManager: 'apt',
          user: '0',
          entrypoint: ['/docker-entrypoint.sh'],
        },
      },
      images: [
        {
          ...envoy,
          tags: 'dev',
          text: 'FROM ubuntu:22.04\nRUN apt-get install -y ca-certificates tzdata\nENTRYPOINT ["/docker-entrypoint.sh"]\nCMD ["envoy", "-c", "/etc/envoy/envoy.yaml"]\n',
        },
        {
          ...envoy,
          tags: 'distroless-dev',
          text: 'FROM gcr.io/distroless/base-nossl-debian12:nonroot\nENTRYPOINT ["/usr/local/bin/envoy"]\nCMD ["-c", "/etc/envoy/envoy.yaml"]\n',
        },
      ],
    },
  ];
}
