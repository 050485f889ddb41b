import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findPackage, programsOf } from '../../server/src/catalog/packages.js';

const debian = (version: string) => ({ id: 'debian', version, codename: null });

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

test('what a package is for is one sentence', () => {
  for (const name of ['gcc', 'curl', 'bash', 'git', 'tzdata', 'vim', 'strace', 'sudo']) {
    assert.match(findPackage(name, 'apt')?.what ?? '', /^[A-Za-z].*\.$/, name);
  }
});
