import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { PackageManager } from '../../server/src/catalog/model.js';
import { dependenciesOf } from '../../server/src/interpret/commands/dependencies.js';

/** What a package surely or perhaps brings along; null when that is not known. */
function brings(name: string, manager: PackageManager, withRecommended = false): readonly string[] | null {
  const found = dependenciesOf(name, manager, withRecommended);
  return found && [...found.sure, ...found.perhaps];
}

for (const [title, name, manager, words] of [
  ['the C compiler comes with g++', 'g++', 'apt', 'gcc cc'],
  ['Python of Debian 13 comes with the time zones', 'python3', 'apt', 'tzdata'],
  ['Node.js of NodeSource comes with Python', 'nodejs', 'apt', 'python3 ca-certificates'],
  ['musl-dev of Debian comes with gcc', 'musl-dev', 'apt', 'gcc'],
  ['Docker comes with tini', 'docker.io', 'apt', 'tini'],
  ['servers of Debian 13 come with adduser', 'openssh-server', 'apt', 'adduser addgroup'],
  ['converters of pictures come with fonts', 'ghostscript', 'apt', 'fontconfig freetype'],
  ['fontconfig loads FreeType', 'fontconfig', 'apk', 'freetype'],
  ['a JDK of Debian 13 comes with certificates', 'openjdk-21-jdk-headless', 'apt', 'ca-certificates'],
  ['libtool of Alpine needs bash', 'libtool', 'apk', 'bash'],
  ['gcc of Wolfi is the C++ compiler too', 'gcc', 'apk', 'g++ c++'],
  ['npm needs Node.js', 'npm', 'apk', 'node'],
  ['programs of the same package in Debian may be there', 'iproute2', 'apk', 'ss'],
] as const) {
  test(title, () => {
    const found = brings(name, manager) ?? [];
    assert.deepEqual(
      words.split(' ').filter((word) => !found.includes(word)),
      [],
    );
  });
}

test('recommended packages come only where they are asked for', () => {
  assert.ok(!brings('curl', 'apt')?.includes('ca-certificates'));
  assert.ok(brings('curl', 'apt', true)?.includes('ca-certificates'));
});

test('common packages bring no libraries that draw text', () => {
  for (const name of ['curl', 'ca-certificates', 'procps'])
    assert.ok(!brings(name, 'apt', true)?.some((word) => word === 'fontconfig' || word === 'freetype'), name);
  assert.ok(!brings('procps', 'apt', true)?.includes('adduser'));
});

test('packages that bring nothing', () => {
  assert.deepEqual(brings('tini', 'apt'), []);
  assert.deepEqual(brings('musl-dev', 'apk'), []);
});

test('a package that is not listed may bring anything', () => {
  assert.equal(brings('obscure-tool', 'apt'), null);
  assert.equal(brings('rust', 'apk'), null);
});
