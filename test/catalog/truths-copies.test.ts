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
    { access: 'organisation', manager: 'apk', user: 'nonroot:65532', entrypoint: ['/usr/bin/python'], closed: false },
  ],
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
