import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { analyze, createWorld, type World } from '../server/src/analyze.js';
import { extendCatalog } from '../server/src/catalog/catalog.js';
import { readConfig } from '../server/src/config/read-config.js';
import { openDiskTree } from '../server/src/disk/disk-tree.js';
import { runRules } from '../server/src/rules/run.js';

/** What each sample is there to show; the samples carry no findings but these. */
const expected: Readonly<Record<string, readonly string[]>> = {
  'alpine-apt-get': ['package-manager-missing', 'shell-instruction-missing-shell'],
  'alpine-native': ['glibc-binary-in-musl-stage'],
  'alpine-script': ['script-entrypoint-no-interpreter'],
  'chainguard-dev': ['debug-or-dev-variant-in-final'],
  clean: [],
  'debug-image': ['debug-or-dev-variant-in-final', 'run-setup-in-shellless-stage'],
  'dotnet-chiseled': ['run-setup-in-shellless-stage'],
  'go-sqlite': ['go-cgo-dependency-with-cgo-disabled'],
  'go-static': ['go-dynamic-binary-in-static-base'],
  'java-healthcheck': ['healthcheck-shell-form-no-shell'],
  'node-distroless': ['runtime-entrypoint-repeated'],
  'node-lock': ['host-node-modules-copied', 'npm-lock-lacks-target-libc'],
  'node-yarn': ['run-program-missing'],
  'private-base': ['shell-form-cmd-no-shell'],
  'python-distroless': ['shell-form-cmd-no-shell', 'shell-form-run-no-shell'],
  'rust-glibc': ['distroless-unsupported-image', 'glibc-version-skew'],
  'scratch-https': ['scratch-no-ca-certs', 'scratch-no-tmp', 'user-name-unresolvable'],
  'shell-form-cmd': ['shell-form-cmd-no-shell'],
};

const folder = 'samples';
const names = readdirSync(folder, { withFileTypes: true }).flatMap((entry) =>
  entry.isDirectory() ? [entry.name] : [],
);

test('every sample is expected, and the other way round', () => {
  assert.deepEqual(names.sort(), Object.keys(expected).sort());
});

for (const name of names) {
  test(`sample ${name}: says what it shows, and shows that`, () => {
    const text = readFileSync(join(folder, name, 'Dockerfile'), 'utf8');
    assert.match(text, /^# Shows: .+\.\n/);

    const { findings, faults } = runRules(analyze(text, worldOf(name)), { severities: {} });
    assert.deepEqual(faults, []);
    assert.deepEqual([...new Set(findings.map(({ rule }) => rule.meta.id))].sort(), expected[name]);
  });
}

/** With the files around the sample, and the config file beside the sample, where there is one. */
function worldOf(name: string): World {
  const place = { tree: openDiskTree(folder, (path) => path), path: `${name}/Dockerfile` };
  const world = { ...createWorld('2026-11-21'), place };
  const path = join(folder, name, 'distroless.config.json');
  if (!existsSync(path)) return world;
  const { addition, problem } = readConfig(readFileSync(path, 'utf8'), path);
  assert.equal(problem, null);
  assert.ok(addition);
  return { ...world, catalog: extendCatalog(world.catalog, addition) };
}
