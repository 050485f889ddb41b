import type { Published, PublishedImage } from './publisher-images.js';

const releases = {
  trixie: 'debian13',
  bookworm: 'debian12',
  bullseye: 'debian11',
  resolute: 'ubuntu26.04',
  noble: 'ubuntu24.04',
  jammy: 'ubuntu22.04',
};

/** The feature common-utils, which every dev container image asks for, installs it. */
const zsh = '/bin/sh /bin/dash /bin/bash /bin/zsh';

/** Images whose tags name the image they are built on. */
export function derivedImages(): Published[] {
  const dev = 'devcontainers/images@bed3eb260c3c:src/*/.devcontainer/Dockerfile';
  const container = (name: string, image: string, line: string): Published => ({
    repository: `mcr.microsoft.com/devcontainers/${name}`,
    about: {
      title: `Dev container ${name}`,
      publisher: 'Microsoft',
      names: [`mcr.microsoft.com/vscode/devcontainers/${name}`],
      purpose: 'build',
      docs: 'https://github.com/devcontainers/images',
      scheme: 'any',
      unlisted: { shells: zsh },
      derived: [[`(?:dev-|\\d+(?:\\.\\d+){0,2}-)?(${line}-(?:trixie|bookworm|bullseye))`, `${image}:$1`]],
    },
    images: [],
    source: dev,
  });
  return [
    container('python', 'python', '3\\.\\d+'),
    container('go', 'golang', '1\\.\\d+'),
    container('javascript-node', 'node', '\\d\\d'),
    container('typescript-node', 'node', '\\d\\d'),
    {
      repository: 'docker.io/lukemathwalker/cargo-chef',
      about: {
        title: 'cargo-chef',
        publisher: 'LukeMathWalker',
        purpose: 'build',
        docs: 'https://github.com/LukeMathWalker/cargo-chef',
        unlisted: { files: '/usr/local/cargo/bin/cargo-chef' },
        derived: [
          ['(?:latest|\\d+\\.\\d+\\.\\d+)-rust-(.+)', 'rust:$1'],
          ['latest', 'rust:latest'],
        ],
      },
      images: [],
      source: 'LukeMathWalker/cargo-chef@52669eb4df1d:docker/Dockerfile',
    },
    {
      repository: 'docker.io/hexpm/elixir',
      about: {
        title: 'Hex.pm Elixir',
        publisher: 'Hex.pm',
        purpose: 'build',
        language: 'elixir',
        docs: 'https://hub.docker.com/r/hexpm/elixir',
        derived: [
          ['[\\d.]+(?:-rc\\.\\d+)?-erlang-[\\d.]+-debian-(.+)', 'debian:$1'],
          ['[\\d.]+(?:-rc\\.\\d+)?-erlang-[\\d.]+-ubuntu-(.+)', 'ubuntu:$1'],
          ['[\\d.]+(?:-rc\\.\\d+)?-erlang-[\\d.]+-alpine-(.+)', 'alpine:$1'],
        ],
      },
      images: [],
      source: 'hexpm/bob@17c581fa0aae:priv/scripts/docker/*-*.dockerfile',
    },
    {
      repository: 'ghcr.io/home-assistant/base',
      about: {
        title: 'Home Assistant base',
        publisher: 'Home Assistant',
        names: ['docker.io/homeassistant/base'],
        purpose: 'base',
        docs: 'https://github.com/home-assistant/docker-base',
        unlisted: { entrypoint: ['/init'], shells: '/bin/sh /bin/ash /bin/bash' },
        derived: [['(3\\.\\d+)(?:-.+)?', 'alpine:$1']],
      },
      images: [],
      source: 'home-assistant/docker-base@c8de5ab:alpine/Dockerfile',
    },
  ];
}

export function devContainers(): Published[] {
  const folder = (name: string) => ({ repo: 'devcontainers/images', path: `src/${name}/.devcontainer/Dockerfile` });
  const about = {
    publisher: 'Microsoft',
    purpose: 'build',
    docs: 'https://github.com/devcontainers/images',
    steady: 'moving',
    evolving: true,
  } as const;
  const base = (variant: string, name: string): PublishedImage => ({
    ...folder(name),
    tags: `${variant} ${releases[variant as keyof typeof releases]}`,
    buildArgs: { VARIANT: variant },
    also: { shells: zsh },
  });
  return [
    {
      repository: 'mcr.microsoft.com/devcontainers/base',
      about: { ...about, title: 'Dev container base', names: ['mcr.microsoft.com/vscode/devcontainers/base'] },
      images: [
        ...['trixie', 'bookworm', 'bullseye'].map((variant) => base(variant, 'base-debian')),
        ...['resolute', 'noble', 'jammy'].map((variant) => base(variant, 'base-ubuntu')),
        ...['3.23', '3.22', '3.21'].map((variant) => ({
          ...folder('base-alpine'),
          tags: `alpine${variant} alpine-${variant}`,
          buildArgs: { VARIANT: variant },
          also: { shells: '/bin/sh /bin/ash /bin/bash /bin/zsh' },
        })),
      ],
    },
  ];
}

const scratchOnly = { os: null, libc: 'none', shells: '', packageManager: null, user: '0', runtime: null } as const;

/** Images of which the same holds for every tag. */
export function alikeImages(): Published[] {
  const binary = (name: string, path: string, source: string): Published => ({
    repository: `docker.io/docker/${name}`,
    about: {
      title: name,
      publisher: 'Docker',
      purpose: 'application',
      docs: `https://hub.docker.com/r/docker/${name}`,
      scheme: 'any',
      unlisted: { ...scratchOnly, files: path },
    },
    images: [],
    source,
  });
  const notebooks =
    'docker-stacks-foundation base-notebook minimal-notebook scipy-notebook datascience-notebook pyspark-notebook all-spark-notebook ' +
    'tensorflow-notebook pytorch-notebook r-notebook julia-notebook';
  return [
    binary('buildx-bin', '/buildx', 'docker/buildx@461836ba0fcb:Dockerfile'),
    binary('compose-bin', '/docker-compose', 'docker/compose@f72979427042:Dockerfile'),
    ...notebooks.split(' ').map((name): Published => ({
      repository: `quay.io/jupyter/${name}`,
      about: {
        title: `Jupyter ${name}`,
        publisher: 'Jupyter',
        names: [`docker.io/jupyter/${name}`],
        purpose: 'application',
        docs: 'https://jupyter-docker-stacks.readthedocs.io/',
        scheme: 'any',
        unlisted: {
          libc: 'glibc',
          packageManager: 'apt',
          user: '1000',
          users: 'root:0 jovyan:1000',
          files: '/bin/sh /bin/bash',
        },
      },
      images: [],
      source: 'jupyter/docker-stacks@820938695049:images/docker-stacks-foundation/Dockerfile',
    })),
  ];
}
