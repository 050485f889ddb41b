import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readNodeLock } from '../../server/src/context/node/lock.js';
import { readManifest } from '../../server/src/context/node/package-json.js';
import { linuxPlatform } from '../../server/src/context/node/platforms.js';
import { readGenerators } from '../../server/src/context/prisma/schema.js';

const file = (path: string, text: string) => ({ path, uri: null, text });

const read = (path: string, text: string) => {
  const lock = readNodeLock(file(path, text));
  return lock?.packages.map(({ name, version, span, os, libc, isDev, isOptional, isDirect }) => {
    const flags = [isDirect && 'direct', isDev && 'dev', isOptional && 'optional', ...os, ...libc].filter(Boolean);
    return [`${name} ${version}`, ...flags, `at ${text.slice(span.start, span.end)}`].join(', ');
  });
};

test('reads package-lock.json of version 3, with packages in packages and in workspaces', () => {
  const text = JSON.stringify({
    lockfileVersion: 3,
    packages: {
      '': { workspaces: ['api'], dependencies: { a: '1' } },
      api: { dependencies: { b: '1' }, devDependencies: { d: '1' } },
      'node_modules/api': { resolved: 'api', link: true },
      'node_modules/a': { version: '1.0.0', dependencies: { b: '2' } },
      'node_modules/a/node_modules/b': { version: '2.0.0', os: 'linux', libc: ['musl'], optional: true },
      'node_modules/b': { version: '1.0.0' },
      'node_modules/d': { version: '1.0.0', dev: true },
    },
  });
  assert.deepEqual(read('package-lock.json', text), [
    'a 1.0.0, at "node_modules/a"',
    'b 2.0.0, optional, linux, musl, at "node_modules/a/node_modules/b"',
    'b 1.0.0, at "node_modules/b"',
    'd 1.0.0, dev, at "node_modules/d"',
  ]);
});

test('what a project asks for itself is known where there is one project', () => {
  const packages = { '': { dependencies: { a: '1' } }, 'node_modules/a': {}, 'node_modules/b': {} };
  const text = JSON.stringify({ lockfileVersion: 3, packages });
  assert.deepEqual(read('package-lock.json', text), ['a , direct, at "node_modules/a"', 'b , at "node_modules/b"']);
});

test('and of version 1, which says little', () => {
  const text =
    '{ "dependencies": { "a": { "version": "1.0.0", "dependencies": { "b": { "version": "2.0.0", "dev": true } } } } }';
  assert.deepEqual(read('npm-shrinkwrap.json', text), ['a 1.0.0, at "a"', 'b 2.0.0, dev, at "b"']);
  assert.equal(readNodeLock(file('package-lock.json', text))?.decidesLibc, null);
});

test('reads pnpm-lock.yaml of version 9, where development shows from the projects', () => {
  const text = `lockfileVersion: '9.0'

importers:

  .:
    dependencies:
      a:
        specifier: ^1.0.0
        version: 1.0.0(p@1.0.0)
    devDependencies:
      d:
        specifier: 1.0.0
        version: 1.0.0

packages:

  '@s/a-linux-x64@1.0.0':
    resolution: {integrity: x}
    cpu: [x64]
    os: [linux]
    libc: [glibc, musl]

  a@1.0.0:
    resolution: {integrity: x}

  d@1.0.0:
    resolution: {integrity: x}

snapshots:

  '@s/a-linux-x64@1.0.0':
    optional: true

  a@1.0.0(p@1.0.0):
    optionalDependencies:
      '@s/a-linux-x64': 1.0.0

  d@1.0.0: {}
`;
  assert.deepEqual(read('pnpm-lock.yaml', text), [
    "@s/a-linux-x64 1.0.0, optional, linux, glibc, musl, at '@s/a-linux-x64@1.0.0':",
    'a 1.0.0, direct, at a@1.0.0:',
    'd 1.0.0, dev, at d@1.0.0:',
  ]);
});

test('and of versions 5 and 6, whose keys are paths', () => {
  const five = `lockfileVersion: 5.4
specifiers:
  a: ^1.0.0
dependencies:
  a: 1.0.0_p@1.0.0
packages:
  /a/1.0.0_p@1.0.0:
    resolution: {integrity: x}
    requiresBuild: true
    dependencies:
      '@s/b': 2.0.0
    dev: false
  /@s/b/2.0.0:
    resolution: {integrity: x}
`;
  assert.deepEqual(read('pnpm-lock.yaml', five), [
    'a 1.0.0, direct, at /a/1.0.0_p@1.0.0:',
    '@s/b 2.0.0, at /@s/b/2.0.0:',
  ]);
  const six = five
    .replace('5.4', "'6.0'")
    .replace('/a/1.0.0_p@1.0.0:', '/a@1.0.0(p@1.0.0):')
    .replace('/@s/b/2', '/@s/b@2');
  assert.deepEqual(
    read('pnpm-lock.yaml', six)?.map((line) => line.split(',')[0]),
    ['a 1.0.0', '@s/b 2.0.0'],
  );
  const [first] = readNodeLock(file('pnpm-lock.yaml', six))?.packages ?? [];
  assert.deepEqual([first?.hasScript, first?.dependencies], [true, ['@s/b']]);
});

test('reads yarn.lock of yarn 1 and of later versions', () => {
  const one =
    '# yarn lockfile v1\n\n\n"@s/a@^1.0.0", "@s/a@~1.0.1":\n  version "1.0.1"\n  dependencies:\n    b "^2.0.0"\n  optionalDependencies:\n    c "1"\n';
  assert.deepEqual(read('yarn.lock', one), ['@s/a 1.0.1, at "@s/a@^1.0.0", "@s/a@~1.0.1":']);
  const [a] = readNodeLock(file('yarn.lock', one))?.packages ?? [];
  assert.deepEqual([a?.dependencies, a?.optionalDependencies], [['b'], ['c']]);
  const later = `__metadata:
  version: 8

"@s/a-linux-x64@npm:1.0.0":
  version: 1.0.0
  resolution: "@s/a-linux-x64@npm:1.0.0"
  conditions: os=linux & cpu=x64 & libc=musl
  languageName: node

"root@workspace:.":
  version: 0.0.0-use.local
`;
  assert.deepEqual(read('yarn.lock', later), ['@s/a-linux-x64 1.0.0, linux, musl, at "@s/a-linux-x64@npm:1.0.0":']);
});

test('what cannot be read is nothing', () => {
  for (const path of ['package-lock.json', 'pnpm-lock.yaml', 'yarn.lock', 'bun.lock'])
    for (const text of ['', '{', '[]', 'null', '{"packages": 1}', 'lockfileVersion: 12', '<<<<<<< HEAD\n'])
      assert.equal(readNodeLock(file(path, text)), null, `${path}: ${text}`);
});

test('keys such as __proto__ and wrong kinds of values do no harm', () => {
  const text =
    '{ "packages": { "__proto__": {}, "node_modules/__proto__": { "version": 1, "dependencies": [], "os": {} }, "node_modules/a": null } }';
  assert.deepEqual(read('package-lock.json', text), ['__proto__ , at "node_modules/__proto__"']);
  assert.equal(readManifest(file('package.json', '{ "scripts": { "a": 1 }, "dependencies": "b" }'))?.scripts.size, 0);
  assert.equal(readManifest(file('package.json', '[1]')), null);
});

test('a package.json tells where its scripts stand', () => {
  const text = '{ "name": "start", "scripts": { "start": "node a.js", "a": "b" } }';
  const start = readManifest(file('package.json', text))?.scripts.get('start');
  assert.equal(text.slice(start?.span.start, start?.span.end), 'node a.js');
});

test('knows platforms by the names of packages', () => {
  const named = (name: string) => {
    const platform = linuxPlatform(name);
    return platform && `${platform.family} ${platform.cpu} ${platform.libc}`;
  };
  assert.equal(named('@img/sharp-linuxmusl-x64'), '@img/sharp x64 musl');
  assert.equal(named('@img/sharp-linux-arm64'), '@img/sharp arm64 null');
  assert.equal(named('@rollup/rollup-linux-x64-gnu'), '@rollup/rollup x64 glibc');
  assert.equal(named('sass-embedded-linux-musl-x64'), 'sass-embedded x64 musl');
  assert.equal(named('turbo-linux-64'), 'turbo x64 null');
  assert.equal(named('@esbuild/linux-x64'), '@esbuild x64 null');
  for (const name of ['@img/sharp-darwin-arm64', 'linux', 'sharp', '@x/y-linux-x64-unknown'])
    assert.equal(named(name), null);
});

test('reads the generators of a schema of Prisma', () => {
  const text = `// generator no {
generator client {
  provider        = "prisma-client-js" // the usual one
  previewFeatures = ["a", "b"]
  binaryTargets   = [
    "native",
    "rhel-openssl-3.0.x",
  ]
}
generator empty {
}
model A {
  provider String
}
`;
  const [client, ...more] = readGenerators(file('schema.prisma', text));
  assert.deepEqual(more, []);
  assert.deepEqual(client?.targets?.names, ['native', 'rhel-openssl-3.0.x']);
  assert.match(text.slice(client?.targets?.span.start, client?.targets?.span.end), /^\[[\s\S]*\]$/);
  assert.deepEqual([client?.provider, client?.previewFeatures], ['prisma-client-js', ['a', 'b']]);
});
