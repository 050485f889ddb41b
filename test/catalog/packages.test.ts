import assert from 'node:assert/strict';
import { test } from 'node:test';
import { importPackages, type RawPackages } from '../../scripts/catalog/packages.js';
import { findPackage, possibleProgramsOf, programsOf } from '../../server/src/catalog/packages.js';

const on = (id: string, version: string | null) => ({ id, version, codename: null });
const debian = (version: string) => on('debian', version);
const wolfi = on('wolfi', '20230201');

test('a compiler does not belong in a runtime image', () => {
  const facts = findPackage('gcc', 'apt');
  assert.equal(facts?.role, 'compiler');
  assert.equal(facts?.belongsInRuntime, false);
  assert.equal(facts?.runtimePackage, 'libgcc-s1');
});

test('names follow the package manager', () => {
  assert.equal(findPackage('build-base', 'apk')?.role, 'compiler');
  assert.equal(findPackage('gcc-c++', 'dnf')?.role, 'compiler');
  assert.equal(findPackage('gcc-c++', 'microdnf')?.role, 'compiler');
  assert.equal(findPackage('build-base', 'apt'), null);
  assert.equal(findPackage('no-such-package', 'apt'), null);
});

test('headers name the library that is needed instead', () => {
  const facts = findPackage('libpq-dev', 'apt');
  assert.equal(facts?.role, 'header');
  assert.equal(facts?.runtimePackage, 'libpq5');
  assert.equal(findPackage('libpq-devel', 'dnf')?.runtimePackage, 'libpq');
});

test('a name that changed between releases is told only for a release', () => {
  assert.equal(findPackage('libssl-dev', 'apt')?.runtimePackage, null);
  assert.equal(findPackage('libssl-dev', 'apt', debian('12'))?.runtimePackage, 'libssl3');
  assert.equal(findPackage('libssl-dev', 'apt', debian('13'))?.runtimePackage, 'libssl3t64');
  assert.equal(findPackage('libssl-dev', 'apt', debian('11'))?.runtimePackage, null);
});

test('a counterpart is told only for releases it was read for', () => {
  const runtime = (name: string, id: string, version: string) =>
    findPackage(name, 'apt', on(id, version))?.runtimePackage;
  assert.equal(runtime('libffi-dev', 'debian', '12'), 'libffi8');
  assert.equal(runtime('libffi-dev', 'debian', '11'), null);
  assert.equal(runtime('libxml2-dev', 'debian', '13'), 'libxml2');
  assert.equal(findPackage('libxml2-dev', 'apt')?.runtimePackage, null);
  assert.equal(findPackage('openssl-dev', 'apk', on('alpine', '3.24'))?.runtimePackage, 'libssl3 libcrypto3');
  assert.equal(findPackage('openssl-dev', 'apk', on('alpine', '3.16'))?.runtimePackage, null);
});

test('Wolfi has names of its own', () => {
  assert.equal(findPackage('postgresql-dev', 'apk', wolfi)?.role, 'header');
  assert.equal(findPackage('postgresql-dev', 'apk', wolfi)?.names.apt, 'libpq-dev');
  assert.equal(findPackage('postgresql-dev', 'apk', on('chainguard', null))?.names.apt, 'libpq-dev');
  assert.equal(findPackage('postgresql-dev', 'apk', on('alpine', '3.24'))?.names.apt ?? null, null);
  assert.equal(findPackage('g++', 'apk', on('alpine', '3.24'))?.role, 'compiler');
  assert.equal(findPackage('g++', 'apk', wolfi), null);
  assert.equal(findPackage('curl-dev', 'apk', wolfi)?.runtimePackage, 'libcurl-openssl4');
  assert.equal(findPackage('curl-dev', 'apk', on('alpine', '3.24'))?.runtimePackage, 'libcurl');
  assert.equal(findPackage('curl-dev', 'apk')?.runtimePackage, null);
});

test('a package is found under its names elsewhere', () => {
  assert.deepEqual(findPackage('libssl-dev', 'apt', debian('13'))?.names, {
    apt: 'libssl-dev',
    apk: 'openssl-dev',
    dnf: 'openssl-devel',
    wolfi: 'openssl-dev',
    chisel: null,
  });
  assert.equal(findPackage('libssl-dev', 'apt', debian('13'))?.runtimeNames.chisel, 'libssl3t64_libs');
  assert.equal(findPackage('libssl-dev', 'apt', on('ubuntu', '22.04'))?.runtimeNames.chisel, 'libssl3_libs');
  assert.equal(findPackage('libssl-dev', 'apt', on('ubuntu', '20.04'))?.runtimeNames.chisel, null);
  assert.equal(findPackage('curl', 'apt')?.names.chisel, 'curl_bins');
  assert.equal(findPackage('libobscure-dev', 'apt')?.names.apk, null);
});

test('of packages that are one elsewhere, the one of that name is meant', () => {
  assert.match(findPackage('busybox', 'apk')?.what ?? '', /BusyBox|applets|shell/i);
  assert.equal(findPackage('busybox', 'apk')?.names.apt, 'busybox');
  assert.equal(findPackage('gcc', 'apk', wolfi)?.names.apt, 'gcc');
  assert.equal(findPackage('musl-locales', 'apk')?.names.apt ?? null, null);
});

test('tools that depend on the program are left open', () => {
  assert.equal(findPackage('curl', 'apt')?.role, 'network-tool');
  assert.equal(findPackage('curl', 'apt')?.belongsInRuntime, null);
  assert.equal(findPackage('ca-certificates', 'apk')?.role, 'certificates');
  assert.equal(findPackage('tzdata', 'apt')?.role, 'time-zones');
  assert.equal(findPackage('git', 'apk')?.role, 'vcs');
});

test('unlisted packages are read by the ending of their name', () => {
  assert.equal(findPackage('libobscure-dev', 'apt')?.role, 'header');
  assert.equal(findPackage('obscure-devel', 'dnf')?.belongsInRuntime, false);
  assert.equal(findPackage('obscure-doc', 'apk')?.role, 'documentation');
});

test('packages bring programs, libraries and data', () => {
  const brings: readonly (readonly [string, 'apt' | 'apk' | 'dnf', readonly string[]])[] = [
    ['curl', 'apt', ['curl']],
    ['bash', 'apk', ['bash']],
    ['shadow', 'apk', ['useradd', 'groupadd']],
    ['passwd', 'apt', ['useradd']],
    ['build-essential', 'apt', ['gcc', 'g++', 'make']],
    ['build-base', 'apk', ['gcc', 'g++', 'make']],
    ['gcc-c++', 'dnf', ['g++']],
    ['ca-certificates', 'apt', ['ca-certificates']],
    ['tzdata', 'apk', ['tzdata']],
    ['libstdc++', 'apk', ['libstdc++', 'libgcc']],
    ['netcat-openbsd', 'apt', ['nc']],
    ['wget', 'apt', ['wget']],
    ['git', 'dnf', ['git']],
    ['iputils-ping', 'apt', ['ping']],
  ];
  for (const [name, manager, words] of brings) {
    const programs = programsOf(name, manager);
    assert.deepEqual(
      words.filter((word) => !programs.includes(word)),
      [],
      name,
    );
  }
  assert.deepEqual(programsOf('no-such-package', 'apt'), []);
  assert.deepEqual(programsOf('constructor', 'apt'), []);
});

test('what is known of Debian is only possible elsewhere', () => {
  assert.ok(programsOf('iproute2', 'apt').includes('ss'));
  assert.ok(!programsOf('iproute2', 'apk').includes('ss'));
  assert.ok(possibleProgramsOf('iproute2', 'apk').includes('ss'));
  assert.deepEqual(possibleProgramsOf('iproute2', 'apt'), []);
});

test('a name that holds other things for another package manager', () => {
  assert.deepEqual(programsOf('openssh', 'apk'), ['ssh']);
  assert.deepEqual(programsOf('openssh', 'dnf'), []);
  assert.deepEqual(programsOf('rust', 'apk'), ['rustc']);
  assert.deepEqual(programsOf('cargo', 'dnf'), ['cargo', 'rustc']);
  assert.ok(!programsOf('nodejs', 'apt').includes('npm'));
});

test('import: null names are empty, Wolfi is left out where it is as Alpine', () => {
  const managers = { apt: 'libx-dev', apk: 'x-dev', dnf: null, wolfi: 'x-dev' };
  const slices = { '22.04': ['libx1_libs'], '24.04': ['libx1t64_libs'], '26.04': ['libx1t64_libs'] };
  const names = { apt: 'libx1', apk: 'x', dnf: null, wolfi: 'x-libs' };
  const raw: RawPackages['packages'][number] = {
    ...{ name: 'libx-dev', managers, role: 'build-header', neededAtRuntime: 'no', commands: [], evidence: [] },
    runtimeCounterpart: { ...names, aptDebian13: 'libx1t64', aptUbuntu2404: null, chiselSlices: slices },
    ...{ ownChiselSlices: null, why: 'Headers.' },
  };
  assert.deepEqual(importPackages({ compiled: '2026-11-20', sources: [], packages: [raw] }).packages, [
    {
      ...{ apt: 'libx-dev', apk: 'x-dev', dnf: '', role: 'header', runtime: 'no', what: 'Headers.' },
      aptRuntime: ['libx1', 'libx1t64', ''],
      apkRuntime: 'x',
      wolfiRuntime: 'x-libs',
      chiselRuntime: ['libx1_libs', 'libx1t64_libs', 'libx1t64_libs'],
    },
  ]);
});

test('what a package is for is one sentence', () => {
  for (const name of ['gcc', 'curl', 'bash', 'git', 'tzdata', 'vim', 'strace', 'sudo']) {
    assert.match(findPackage(name, 'apt')?.what ?? '', /^[A-Za-z].*\.$/, name);
  }
});
