import { alpineShells, checkTruths, debianShells } from './truth.js';

// Dockerfiles and workflows of the publishers, at the commit that each fact names.
checkTruths([
  // astral-sh/uv@26a9dd4b2125: Dockerfile, .github/workflows/build-docker.yml.
  [
    'ghcr.io/astral-sh/uv',
    { os: null, libc: 'none', shells: '', manager: null, workdir: '/io', entrypoint: ['/uv'], files: '/uv /uvx' },
  ],
  ['ghcr.io/astral-sh/uv:0.11.19', { os: null, shells: '', files: '/uv /uvx', family: 'verified-publisher' }],
  [
    'astral/uv:alpine3.23',
    { os: 'alpine 3.23', cmd: ['/usr/local/bin/uv'], files: '/usr/local/bin/uv', manager: 'apk' },
  ],
  [
    'ghcr.io/astral-sh/uv:python3.13-trixie-slim',
    { os: 'debian 13', has: 'python3', cmd: ['/usr/local/bin/uv'], shells: debianShells },
  ],
  // The releases before named Debian 12 in their tags.
  ['ghcr.io/astral-sh/uv:python3.12-bookworm-slim', { os: 'debian 12', libc: 'glibc 2.36', manager: 'apt' }],
  ['ghcr.io/astral-sh/uv:0.11.32-python3.12-trixie-slim', { os: 'debian 13', manager: 'apt' }],
  // tonistiigi/xx@edd277897e94: src/Dockerfile, target xx.
  ['tonistiigi/xx:1.9.0', { os: null, libc: 'none', shells: '', manager: null, user: '0', entrypoint: null }],
  ['tonistiigi/xx', { files: '/usr/bin/xx-apk /usr/bin/xx-go /usr/bin/xx-verify', shells: '' }],
  // prometheus/busybox@869afd42c4d8: uclibc/Dockerfile, glibc/Dockerfile.
  ['quay.io/prometheus/busybox', { libc: 'uclibc', shells: alpineShells, manager: null }],
  ['quay.io/prometheus/busybox-linux-amd64:latest', { libc: 'uclibc', user: '0' }],
  ['prom/busybox:glibc', { libc: 'glibc 2.41', shells: alpineShells }],
  // prometheus/golang-builder@80bb1f0e2f84: 1.26/base/Dockerfile.
  [
    'quay.io/prometheus/golang-builder:1.26-base',
    { os: 'debian 12', manager: 'apt', has: 'git curl', workdir: '/app' },
  ],
  // clux/muslrust@202135b8b0c6: Dockerfile.
  ['clux/muslrust:stable', { os: 'ubuntu 24.04', has: 'curl git g++ make' }],
  ['clux/muslrust:1.83.0-stable', { os: 'ubuntu', libc: 'glibc', manager: 'apt', cmd: '?' }],
  // devcontainers/images@bed3eb260c3c: src/NAME/.devcontainer, with zsh from the feature common-utils.
  [
    'mcr.microsoft.com/devcontainers/base:bookworm',
    { os: 'debian 12', shells: `${debianShells} /bin/zsh`, has: 'curl' },
  ],
  ['mcr.microsoft.com/devcontainers/base:1-noble', { os: 'ubuntu 24.04', manager: 'apt' }],
  [
    'mcr.microsoft.com/devcontainers/python:3.0.6-3.13-trixie',
    { os: 'debian 13', has: 'python3 pip', runtime: 'python 3.13 /usr/local/bin/python3' },
  ],
  ['mcr.microsoft.com/devcontainers/typescript-node:4.0.10-24-trixie', { os: 'debian 13', has: 'node npm' }],
  // LukeMathWalker/cargo-chef@52669eb4df1d: docker/Dockerfile, on the image of rust that the tag names.
  [
    'lukemathwalker/cargo-chef:latest-rust-1.97.1-bookworm',
    { os: 'debian 12', has: 'cargo', files: '/usr/local/cargo/bin/cargo-chef' },
  ],
  ['lukemathwalker/cargo-chef:latest-rust-1-alpine', { libc: 'musl 1.2.6', manager: 'apk' }],
  // hexpm/bob: priv/scripts/docker.
  [
    'hexpm/elixir:1.20.1-erlang-28.4-debian-bullseye-20260610-slim',
    { os: 'debian 11', manager: 'apt', runtime: 'elixir 1.20.1', closed: false },
  ],
  ['hexpm/elixir:1.18.4-erlang-27.3-alpine-3.22.0', { os: 'alpine 3.22', libc: 'musl 1.2.5' }],
  // home-assistant/docker-base@c8de5ab6449d: alpine/Dockerfile.
  [
    'ghcr.io/home-assistant/base:3.23',
    { os: 'alpine 3.23', entrypoint: ['/init'], shells: `${alpineShells} /bin/bash` },
  ],
  // microsoft/playwright: utils/docker/Dockerfile.jammy.
  ['mcr.microsoft.com/playwright:v1.59.1-jammy', { os: 'ubuntu 22.04', libc: 'glibc 2.35', manager: 'apt' }],
  // envoyproxy/envoy@0252c88f4757: distribution/docker/Dockerfile-envoy.
  [
    'envoyproxy/envoy:distroless-dev',
    { os: 'debian 12', shells: '', user: 'nonroot:65532', entrypoint: ['/usr/local/bin/envoy'] },
  ],
  ['envoyproxy/envoy:v1.36.0', { libc: 'glibc', manager: 'apt', entrypoint: ['/docker-entrypoint.sh'], os: '?' }],
]);
