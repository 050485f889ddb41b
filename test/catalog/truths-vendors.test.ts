import { alpineShells, checkTruths, debianShells } from './truth.js';

checkTruths([
  ['mcr.microsoft.com/dotnet/aspnet:10.0', { os: 'ubuntu 24.04', user: '0' }],
  ['mcr.microsoft.com/dotnet/aspnet:8.0', { os: 'debian 12', shells: debianShells, manager: 'apt' }],
  [
    'mcr.microsoft.com/dotnet/aspnet:10.0-noble-chiseled',
    {
      user: '1654',
      shells: '',
      manager: null,
      lacks: 'icu tzdata curl',
      entrypoint: ['/usr/bin/dotnet'],
      closed: true,
    },
  ],
  [
    'mcr.microsoft.com/dotnet/runtime-deps:10.0-noble-chiseled-extra',
    { has: 'icu tzdata', user: '1654', entrypoint: null },
  ],
  ['mcr.microsoft.com/dotnet/runtime-deps:8.0-jammy-chiseled', { has: 'zlib', lacks: 'icu', libc: 'glibc 2.35' }],
  ['mcr.microsoft.com/dotnet/sdk:10.0-alpine', { os: 'alpine 3.24', manager: 'apk' }],
  [
    'mcr.microsoft.com/dotnet/aspnet:9.0-azurelinux3.0-distroless',
    { os: 'azurelinux 3.0', shells: '', user: '1654', closed: false },
  ],

  [
    'cgr.dev/chainguard/static',
    {
      os: 'wolfi 20230201',
      libc: 'none',
      shells: '',
      user: 'nonroot:65532',
      has: 'ca-certificates tzdata',
      lacks: 'libssl',
      closed: true,
    },
  ],
  [
    'cgr.dev/chainguard/glibc-dynamic',
    { libc: 'glibc 2.43', has: 'libgcc libstdc++', lacks: 'libssl zlib tzdata', shells: '' },
  ],
  [
    'cgr.dev/chainguard/node',
    {
      shells: alpineShells,
      user: 'node:65532',
      entrypoint: ['/usr/bin/node'],
      has: 'npm',
      lacks: 'wget curl nc tzdata',
      workdir: '/app',
      manager: null,
    },
  ],
  ['cgr.dev/chainguard/python', { entrypoint: ['/usr/bin/python'], lacks: 'pip gcc', user: 'nonroot:65532' }],
  ['cgr.dev/chainguard/python:latest-dev', { manager: 'apk', has: 'pip gcc bash git wget', user: 'nonroot:65532' }],
  ['cgr.dev/chainguard/jre', { entrypoint: ['/usr/bin/java'], user: 'java:65532' }],
  ['cgr.dev/chainguard/nginx', { shells: '', user: 'nginx:65532' }],
  ['cgr.dev/chainguard/wolfi-base', { manager: 'apk', user: '0', shells: alpineShells }],
  ['cgr.dev/chainguard/go', { user: '0' }],
  ['cgr.dev/chainguard/airflow', { status: 'retired', eol: '2024-11-21', libc: '?' }],

  [
    'dhi.io/python:3.13',
    {
      os: 'debian 13',
      libc: 'glibc 2.41',
      shells: '',
      manager: null,
      user: 'nonroot:65532',
      cmd: ['python3'],
      entrypoint: null,
      has: 'pip',
    },
  ],
  ['dhi.io/python:3.13-debian13-dev', { user: '0', manager: 'apt', shells: '/bin/sh /bin/bash' }],
  ['dhi.io/python:3.13-alpine3.22', { os: 'alpine 3.22', libc: 'musl 1.2.5', shells: '' }],
  ['dhi.io/node:24', { user: 'node:1000', entrypoint: null, cmd: ['node'], workdir: '/app' }],
  ['dhi.io/php:8.4', { entrypoint: ['/opt/php-8.4/bin/php'] }],
  ['dhi.io/static:20250419', { libc: 'none', shells: '', user: 'nonroot:65532' }],
  ['dhi.io/golang:1.26', { shells: '?', has: 'bash' }],

  [
    'registry.access.redhat.com/ubi9/ubi-minimal',
    { os: 'rhel 9', libc: 'glibc 2.34', manager: 'microdnf', shells: '/bin/sh /bin/bash', user: '0' },
  ],
  ['registry.access.redhat.com/ubi9/ubi-minimal:9.4-1227', { os: 'rhel 9', manager: 'microdnf' }],
  ['registry.access.redhat.com/ubi9-minimal', { manager: 'microdnf' }],
  ['registry.access.redhat.com/ubi9/ubi', { manager: 'dnf', entrypoint: '?' }],
  ['registry.access.redhat.com/ubi9/ubi-micro', { manager: null, shells: '?', lacks: 'ca-certificates' }],
  ['registry.access.redhat.com/ubi9/nodejs-22-minimal', { user: '1001' }],
  ['registry.access.redhat.com/ubi9/openjdk-21-runtime', { user: '185' }],
  [
    'ubuntu/python:3.12-24.04',
    {
      os: 'ubuntu 24.04',
      shells: '',
      user: '_daemon_:584792',
      entrypoint: ['/usr/bin/pebble', 'enter'],
      lacks: 'pip libstdc++',
    },
  ],
  ['ubuntu/jre:17-22.04', { entrypoint: ['/opt/java/bin/java'], user: '101' }],
]);
