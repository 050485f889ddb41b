import { checkTruths, debianShells } from './truth.js';

// docker-hardened-images/catalog@30c3db971dff: image/NAME/debian-13/VERSION.yaml; docs.docker.com/dhi/how-to/mirror.
checkTruths([
  [
    'dhi.io/mongodb:8.3',
    {
      user: 'mongodb:999',
      entrypoint: ['mongod'],
      workdir: '/data',
      shells: '',
      access: 'free-login',
      os: 'debian 13',
    },
  ],
  [
    'dhi.io/mysql:8.4',
    {
      user: 'mysql:65532',
      entrypoint: ['/usr/local/bin/docker-entrypoint.sh'],
      cmd: ['mysqld'],
      has: 'bash libstdc++',
    },
  ],
  ['dhi.io/cassandra:5.0', { user: 'cassandra:999', entrypoint: ['/opt/cassandra/bin/cassandra'], cmd: ['-f'] }],
  [
    'dhi.io/kafka:4.2',
    { user: 'kafka:65532', workdir: '/opt/kafka', entrypoint: ['/usr/local/bin/docker-entrypoint.sh'] },
  ],
  ['dhi.io/elasticsearch:9.5', { user: 'elasticsearch:1000', cmd: ['eswrapper'], workdir: '/usr/share/elasticsearch' }],
  ['dhi.io/valkey:8.1', { user: 'nonroot:65532', cmd: ['valkey-server'], workdir: '/data', has: 'bash tini' }],
  [
    'dhi.io/redis:8.8-compat',
    { has: 'bash openssl tini', workdir: '/data', cmd: ['redis-server', '/etc/redis/redis.conf'] },
  ],
  ['dhi.io/docker:29-cli', { user: '0', entrypoint: ['docker'] }],
  ['dhi.io/uv:0.12.5', { entrypoint: ['/usr/local/bin/uv'], workdir: '/io', user: 'nonroot:65532' }],
  ['dhi.io/php:8.4', { entrypoint: ['/opt/php-8.4/bin/php'], eol: '2028-12-31' }],
  ['dhi.io/postgres:17', { user: 'postgres:70', cmd: null }],
  [
    'dhi.io/node:24-sfw-dev',
    {
      user: '0',
      manager: 'apt',
      flavor: 'dev',
      workdir: '/app',
      cmd: ['node'],
      has: 'git npm',
      shells: '/bin/sh /bin/bash',
    },
  ],
  [
    'dhi.io/golang:1.26',
    { user: 'nonroot:65532', cmd: ['go', 'help'], entrypoint: null, workdir: '/go', files: '/bin/bash' },
  ],
  ['dhi.io/node:24', { dev: 'dhi.io/node:24-debian13-dev', signing: 'cosign, with a key' }],
  ['dhi.io/node:24-alpine3.24-dev', { production: 'dhi.io/node:24-alpine3.24' }],
  // Definitions and guides.md of node: npm and Yarn are in the dev images only; coreutils-env brings env alone.
  ['dhi.io/node:24', { has: 'node', lacks: 'npm npx yarn curl wget' }],
  ['dhi.io/node:24-alpine3.24', { has: 'node env', lacks: 'npm curl', files: '' }],
  ['dhi.io/node:24-dev', { has: 'npm yarn' }],
  ['dhi.io/python:3.13', { has: 'python3 pip', lacks: 'curl wget' }],
  // Editions of one line that end on days of their own; a name without a number; tags without a plain one.
  ['dhi.io/pgvector:pg14', { eol: '2026-11-12' }],
  ['dhi.io/pgvector:0.8-pg18', { eol: '2030-11-14' }],
  ['dhi.io/pgvector:0.8.6-pg17-dev', { eol: '2029-11-08' }],
  ['dhi.io/debian-base:bookworm', { eol: '2026-06-10' }],
  ['dhi.io/debian-base:trixie-debian13-dev', { eol: '2028-08-09' }],
  ['dhi.io/pytorch:2.11.0-cuda12.9-cudnn9-python3.12-debian13', { os: 'debian 13', shells: '' }],
  // A line of which only the image for building is listed.
  ['dhi.io/miniconda3:26.5-dev', { flavor: 'dev', os: 'debian 13' }],
  // A patch release before the one that was read: the base, and no more.
  [
    'dhi.io/node:24.9.0-debian13-dev',
    { os: 'debian 13', manager: 'apt', user: '0', cmd: '?', flavor: 'dev', status: null },
  ],
  // FIPS editions have no public definition.
  ['dhi.io/node:24-fips', { isFips: true, access: 'subscription', os: 'debian 13', user: '?', shells: '?', cmd: '?' }],
  ['dhi.io/node:24-alpine3.24-fips-dev', { isFips: true, os: 'alpine 3.24', flavor: 'dev', manager: '?' }],
  // An organisation's mirror.
  [
    'acme/dhi-node:24-dev',
    { family: 'dhi', access: 'organisation', manager: 'apt', user: '0', production: 'acme/dhi-node:24-debian13' },
  ],
  ['docker.io/acme/dhi-mongodb:8.3', { user: 'mongodb:999', access: 'organisation' }],
]);

// chainguard-images/images@cd7edd23: images/NAME/locked_config.json; chainguard-dev/edu: overview.md (free tags).
checkTruths([
  [
    'cgr.dev/chainguard/go',
    { user: '0', entrypoint: ['/usr/bin/go'], cmd: ['help'], packageCount: 62, has: 'git busybox', access: 'public' },
  ],
  ['cgr.dev/chainguard/go:latest-dev', { packageCount: 65, manager: 'apk', has: 'bash wget' }],
  [
    'cgr.dev/chainguard/maven',
    { entrypoint: ['/usr/bin/mvn'], workdir: '/home/build', user: 'nonroot:65532', packageCount: 41 },
  ],
  ['cgr.dev/chainguard/postgres', { user: '0', workdir: '/home/postgres', has: 'bash tzdata', packageCount: 56 }],
  ['cgr.dev/chainguard/redis', { user: 'redis:65532', workdir: '/data', entrypoint: ['/usr/bin/redis-server'] }],
  [
    'cgr.dev/chainguard/git',
    { user: 'git:65532', workdir: '/home/git', lacks: 'busybox bash', shells: '/bin/sh /bin/dash' },
  ],
  ['cgr.dev/chainguard/curl', { entrypoint: ['/usr/bin/curl'], packageCount: 35, user: 'nonroot:65532' }],
  ['cgr.dev/chainguard/wolfi-base', { packageCount: 15, cmd: ['/bin/sh', '-l'], manager: 'apk' }],
  [
    'cgr.dev/chainguard/python:3.12',
    {
      access: 'subscription',
      shells: '',
      user: 'nonroot:65532',
      runtime: 'python 3.12 /usr/bin/python',
      libc: 'glibc',
    },
  ],
  [
    'cgr.dev/chainguard/node:22-dev',
    { access: 'subscription', manager: 'apk', flavor: 'dev', os: '?', user: 'node:65532' },
  ],
  [
    'cgr.dev/acme.com/python:3.12-dev',
    { access: 'organisation', manager: 'apk', user: '?', entrypoint: ['/usr/bin/python'], closed: false },
  ],
  // chainguard-dev/edu@08c15e651cf9: custom-assembly.md: packages, variables and users can be added in place.
  ['cgr.dev/acme.com/python:3.12', { shells: '?', user: '?', entrypoint: ['/usr/bin/python'], libc: 'glibc' }],
  // chainguard-images/images: the history of images/NAME; entrypoints of python since 2023-03-07, of ruby since
  // 2023-04-17, root in go since 2022-11-22, and images whose history was not read.
  ['cgr.dev/chainguard/python:3.11', { shells: '', user: 'nonroot:65532', entrypoint: '?', runtime: 'python 3.11' }],
  ['cgr.dev/chainguard/python:3.12-dev', { shells: '/bin/sh /bin/bash /bin/ash', manager: 'apk', flavor: 'dev' }],
  ['cgr.dev/chainguard/python:3.11-dev', { shells: '?', manager: '?', user: 'nonroot:65532' }],
  ['cgr.dev/chainguard/node:22', { user: 'node:65532', entrypoint: ['/usr/bin/node'], shells: '?', workdir: '/app' }],
  ['cgr.dev/chainguard/jre:17', { user: 'java:65532', entrypoint: ['/usr/bin/java'], shells: '?' }],
  ['cgr.dev/chainguard/jre:21', { shells: '', manager: null }],
  ['cgr.dev/chainguard/ruby:3.2', { shells: '', entrypoint: '?', cmd: '?' }],
  ['cgr.dev/chainguard/php:8.2', { shells: '', user: '?', entrypoint: '?' }],
  ['cgr.dev/chainguard/go:1.24', { user: '0', entrypoint: ['/usr/bin/go'], cmd: ['help'] }],
  ['cgr.dev/chainguard/nginx:1.29', { user: 'nginx:65532', shells: '?', entrypoint: '?', cmd: '?' }],
  ['cgr.dev/chainguard/maven:3.9', { user: '?', shells: '?', entrypoint: '?', libc: 'glibc' }],
  ['cgr.dev/chainguard/dotnet-sdk:10.0', { access: 'public', has: 'dotnet' }],
  ['cgr.dev/chainguard/dotnet-sdk:v10', { access: 'subscription' }],
  ['cgr.dev/acme.com/node-fips:22', { access: 'organisation', isFips: true, runtime: 'node 22', user: '?' }],
  ['cgr.dev/acme.com/kafka:3.9', { access: 'organisation', status: null, user: '?' }],
  ['cgr.dev/chainguard/kafka:latest', { access: 'subscription', status: 'retired', eol: '2024-11-21' }],
]);

// docker-library/official-images README.md: Architectures other than amd64.
checkTruths([
  ['arm64v8/golang:1.26', { os: 'debian 13', shells: debianShells, has: 'go' }],
  ['arm32v7/debian:stretch', { os: 'debian 9', libc: 'glibc 2.24' }],
  ['i386/alpine:3.24', { os: 'alpine 3.24', manager: 'apk' }],
]);

// GoogleContainerTools/distroless@cd080764: packages of static, base, cc and python3 for Debian 13.
checkTruths([
  ['gcr.io/distroless/static-debian13', { packageCount: 6, attestations: 'SBOM (SPDX)' }],
  ['gcr.io/distroless/base-debian13:nonroot', { packageCount: 10 }],
  ['gcr.io/distroless/cc-debian13', { packageCount: 14 }],
]);
