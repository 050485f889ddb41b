import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findImageByText, listImages, loadCatalog } from '../../server/src/catalog/catalog.js';
import { checkTruths } from './truth.js';

// bitnami/containers issue 83267, bitnami/charts issue 36537, bitnami/minideb README.md.
checkTruths([
  [
    'bitnami/redis:7.2',
    { status: 'deprecated', eol: '2025-08-28', family: 'bitnami', os: '?', user: '?', shells: '?' },
  ],
  ['docker.io/bitnamilegacy/kubectl:1.33', { status: 'retired', eol: '2025-08-28' }],
  ['bitnamisecure/redis', { status: null, family: 'bitnami', access: 'public' }],
  ['public.ecr.aws/bitnami/node:20', { status: 'retired', eol: '2026-06-10' }],
  ['bitnami/minideb:bookworm', { status: null, os: 'debian', libc: 'glibc', manager: 'apt' }],
]);

// docker-library/official-images@37079fb: library/amazonlinux; awslabs/mountpoint-s3 builds on the minimal image with
// microdnf; endoflife.date, products/amazon-linux.md.
checkTruths([
  [
    'public.ecr.aws/amazonlinux/amazonlinux:2023',
    { os: 'amazonlinux 2023', libc: 'glibc 2.34', manager: 'dnf', cmd: ['/bin/bash'], user: '0', eol: '2029-06-30' },
  ],
  ['public.ecr.aws/amazonlinux/amazonlinux:2', { manager: 'yum', status: 'deprecated', eol: '2026-06-30' }],
  ['public.ecr.aws/amazonlinux/amazonlinux:2023-minimal', { manager: 'microdnf', os: 'amazonlinux 2023', user: '?' }],
]);

// aws/aws-lambda-base-images: README.md, Dockerfile.python3.13 and Dockerfile.nodejs22.x of its branches.
checkTruths([
  [
    'public.ecr.aws/lambda/python:3.13',
    {
      os: 'amazonlinux',
      user: '0',
      workdir: '/var/task',
      entrypoint: ['/lambda-entrypoint.sh'],
      cmd: null,
      runtime: 'python 3.13',
    },
  ],
  ['public.ecr.aws/lambda/nodejs:20', { entrypoint: ['/lambda-entrypoint.sh'], runtime: 'node 20', manager: '?' }],
  ['public.ecr.aws/lambda/provided:al2023', { os: 'amazonlinux', entrypoint: '?', family: 'amazon-linux' }],
]);

test('what is suggested: no folder as a whole, nothing that is Windows only, and old names as retired', () => {
  const images = listImages(loadCatalog());
  assert.deepEqual(
    images.filter(({ name, family }) => name.includes('*') || family === 'windows'),
    [],
  );
  const retired = (name: string): boolean | undefined => images.find((image) => image.name === name)?.isRetired;
  assert.equal(retired('mcr.microsoft.com/dotnet/core/sdk'), true);
  assert.equal(retired('bitnami/minideb'), false);
});

test('a folder stands for one level, and with two stars for all below it', () => {
  assert.equal(findImageByText(loadCatalog(), 'bitnami/redis/cache:1'), null);
  assert.equal(findImageByText(loadCatalog(), 'docker.io/bitnami:1'), null);
  assert.equal(findImageByText(loadCatalog(), 'registry1.dso.mil/other/nginx:1'), null);
  assert.ok(findImageByText(loadCatalog(), 'registry1.dso.mil/ironbank/a/b/c:1'));
});
