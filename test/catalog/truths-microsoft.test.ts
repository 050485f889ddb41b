import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findImageByText, loadCatalog } from '../../server/src/catalog/catalog.js';
import { checkTruths } from './truth.js';

// microsoft/azurelinux@2172d5c (branch 3.0): Dockerfile-Base-Template and Dockerfile-Distroless-Template below
// .pipelines/containerSourceData/base, toolkit/imageconfigs, SPECS/distroless-packages.
// dotnet/dotnet-docker@3ed00b611cc8: src/runtime-deps, src/runtime and src/aspnet, alpine3.24 and azurelinux4.0.
checkTruths([
  [
    'mcr.microsoft.com/dotnet/aspnet:10.0-alpine',
    { shells: '/bin/sh /bin/ash', manager: 'apk', lacks: 'curl bash git' },
  ],
  ['mcr.microsoft.com/dotnet/sdk:11.0-preview-azurelinux4.0', { os: 'azurelinux 4.0', manager: 'dnf', libc: 'glibc' }],
  ['mcr.microsoft.com/dotnet/aspnet:10.0-noble-chiseled', { has: 'libssl', lacks: 'icu', shells: '' }],
]);

checkTruths([
  [
    'mcr.microsoft.com/azurelinux/base/core:3.0',
    {
      os: 'azurelinux 3.0',
      libc: 'glibc 2.38',
      manager: 'tdnf',
      user: '0',
      cmd: ['bash'],
      entrypoint: null,
      family: 'azure-linux',
    },
  ],
  [
    'mcr.microsoft.com/azurelinux/distroless/minimal:3.0',
    {
      libc: 'none',
      shells: '',
      manager: null,
      user: '0',
      cmd: null,
      entrypoint: null,
      has: 'ca-certificates tzdata passwd',
      lacks: 'libc openssl sh',
    },
  ],
  [
    'mcr.microsoft.com/azurelinux/distroless/base:3.0',
    {
      libc: 'glibc 2.38',
      shells: '',
      user: '0',
      has: 'openssl libssl libgcc tzdata netbase ca-certificates',
      lacks: 'libstdc++',
    },
  ],
  [
    'mcr.microsoft.com/azurelinux/distroless/debug:3.0',
    { flavor: 'debug', has: 'busybox libc', manager: null, shells: '?' },
  ],
]);

// dotnet/dotnet-docker@3ed00b6: src/runtime-deps/11.0/azurelinux4.0*.
checkTruths([
  ['mcr.microsoft.com/azurelinux-beta/base/core:4.0', { os: 'azurelinux 4.0', manager: 'dnf', shells: '?' }],
  ['mcr.microsoft.com/azurelinux-beta/distroless/minimal:4.0', { os: 'azurelinux 4.0', libc: '?', user: '?' }],
]);

// microsoft/azurelinux@a313d25 (branch 2.0): the templates below .pipelines/containerSourceData/base.
checkTruths([
  [
    'mcr.microsoft.com/cbl-mariner/base/core:2.0',
    { os: 'mariner 2.0', libc: 'glibc 2.35', manager: 'tdnf', user: '0', cmd: ['bash'] },
  ],
  ['mcr.microsoft.com/cbl-mariner/distroless/minimal:2.0-nonroot', { libc: 'none', user: '65532', shells: '' }],
  [
    'mcr.microsoft.com/cbl-mariner/distroless/base:2.0',
    {
      user: '0',
      has: 'openssl tzdata ca-certificates',
      replacement: 'mcr.microsoft.com/azurelinux/distroless/base:3.0',
    },
  ],
]);

// microsoft/openjdk-docker@fba53b4: docker/{ubuntu,azurelinux,distroless}/Dockerfile.msopenjdk-21-jdk.
checkTruths([
  [
    'mcr.microsoft.com/openjdk/jdk:21-ubuntu',
    {
      os: 'ubuntu 22.04',
      manager: 'apt',
      user: '0',
      has: 'javac fontconfig tzdata',
      lacks: 'wget',
      runtime: 'java 21',
    },
  ],
  [
    'mcr.microsoft.com/openjdk/jdk:17-azurelinux',
    { os: 'azurelinux 3.0', manager: 'tdnf', has: 'freetype ca-certificates', cmd: ['bash'] },
  ],
  [
    'mcr.microsoft.com/openjdk/jdk:25-distroless',
    {
      shells: '',
      manager: null,
      user: '0',
      entrypoint: ['/usr/jdk/bin/java'],
      cmd: ['-version'],
      eol: '2030-09-30',
      has: 'javac zlib openssl',
    },
  ],
]);

// dotnet/dotnet-docker@3ed00b6: src/runtime-deps/10.0/resolute/amd64/Dockerfile.
checkTruths([
  [
    'ubuntu.azurecr.io/ubuntu:26.04',
    { os: 'ubuntu 26.04', manager: 'apt', libc: 'glibc 2.43', user: '0', family: 'ubuntu' },
  ],
]);

test('the distroless images of Azure Linux have an account that is not used', () => {
  const facts = findImageByText(loadCatalog(), 'mcr.microsoft.com/azurelinux/distroless/base:3.0');
  assert.deepEqual(facts?.namedUsers, [
    { name: 'root', uid: 0 },
    { name: 'nonroot', uid: 65532 },
  ]);
});

// MicrosoftDocs/Virtualization-Documentation@77e0742, container-base-images.md and insider-overview.md;
// microsoft/dotnet-framework-docker@ebb6885, README.md.
const windows = { isWindows: true, libc: '?', shells: '?', user: '?', runtime: '?' } as const;
checkTruths([
  ['mcr.microsoft.com/windows/servercore:ltsc2025', windows],
  ['mcr.microsoft.com/windows/nanoserver:1809', windows],
  ['mcr.microsoft.com/windows/servercore/insider:10.0.20348.1', windows],
  ['mcr.microsoft.com/windows:1909', windows],
  ['mcr.microsoft.com/dotnet/framework/sdk:4.8.1', windows],
  ['mcr.microsoft.com/dotnet/framework/aspnet:4.8-20260714-windowsservercore-ltsc2016', windows],
  ['microsoft/windowsservercore', windows],
]);

// dotnet/dotnet-docker, issue 2375; endoflife.date, products/dotnet.md.
checkTruths([
  [
    'mcr.microsoft.com/dotnet/core/sdk:3.1',
    {
      status: 'retired',
      eol: '2022-12-13',
      replacement: 'mcr.microsoft.com/dotnet/sdk',
      runtime: 'dotnet 3.1',
      libc: '?',
    },
  ],
  [
    'mcr.microsoft.com/dotnet/core/aspnet:2.1',
    { status: 'retired', eol: '2021-08-21', replacement: 'mcr.microsoft.com/dotnet/aspnet' },
  ],
  ['mcr.microsoft.com/dotnet/core/runtime:3.1-alpine', { status: 'retired', eol: '2022-12-13', shells: '?' }],
  ['mcr.microsoft.com/dotnet/core/aspnet:3.1-nanoserver-1909', { isWindows: true }],
]);
