import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { compareChainguard, readLocks } from '../../scripts/catalog/update/chainguard.js';
import { openCheckout } from '../../scripts/catalog/update/checkout.js';
import { compareSlices } from '../../scripts/catalog/update/chisel.js';
import { compareDhi, readDefinition } from '../../scripts/catalog/update/dhi.js';
import { toLine, type Reading } from '../../scripts/catalog/update/difference.js';
import { compareDistroless, readPushedImages } from '../../scripts/catalog/update/distroless.js';
import { compareDates, readProduct } from '../../scripts/catalog/update/endoflife.js';
import { compareOfficial, readLibrary } from '../../scripts/catalog/update/official.js';
import { expandTemplate, readLiterals, readLoops } from '../../scripts/catalog/update/starlark.js';
import type { PackageRow, RepositoryData, VendorData } from '../../server/src/catalog/data-model.js';
import { root } from '../support/repository.js';
import { emptyVendor } from '../support/vendor.js';

test('Starlark: lists, tables, tuples and comments are read, other values passed over', () => {
  const text = 'A = ["x#y", "z",] # b\nB = {\n  # c\n  "k": [("t", "u")],\n}\nC = 3\nD = [e for e in A]\nload("//a")\n';
  assert.deepEqual(readLiterals(text), { A: ['x#y', 'z'], B: { k: [['t', 'u']] } });
  assert.deepEqual(readLiterals('A = ["never closed"'), {});
});

test('Starlark: a template runs through its loops, and a name that is not known makes it unreadable', () => {
  const scope = { LIST: ['1', '2'], TABLE: { '1': ['a'], '2': ['b', 'c'] } };
  const loops = readLoops('for n in LIST\n    for x in TABLE[n]');
  assert.deepEqual(expandTemplate('"v" + n + "-" + x', loops, scope), ['v1-a', 'v2-b', 'v2-c']);
  assert.equal(expandTemplate('"v" + other', loops, scope), null);
  assert.equal(expandTemplate('"v"', readLoops('for n in MISSING'), scope), null);
});

test('Google Distroless: what the build pushes', () => {
  const { repositories, users, suite, unread } = readPushedImages(checkout('distroless').read);
  assert.deepEqual([...repositories.keys()], ['static', 'static-debian13', 'static-debian14', 'java21-debian13']);
  const newest = { tags: ['latest', 'nonroot'], architectures: 'amd64 arm64 riscv64' };
  assert.deepEqual(repositories.get('static-debian14'), newest);
  assert.deepEqual(
    [...users],
    [
      ...new Map([
        ['latest', '0'],
        ['nonroot', 'nonroot:65532'],
      ]),
    ],
  );
  assert.equal(suite, 'debian14');
  assert.deepEqual(unread, ['EXTRA in BUILD uses names that cannot be read.']);
});

test('Google Distroless: new and removed repositories and tags, users, architectures and the suite', () => {
  const images = [
    { tags: 'latest', user: '0' },
    { tags: 'nonroot debug', user: '1000' },
  ];
  const data = vendor({
    'gcr.io/distroless/static-debian13': repository({ names: ['gcr.io/distroless/static'], images }),
    'gcr.io/distroless/java21-debian13': repository({ shared: { status: 'retired' }, images }),
    'gcr.io/distroless/gone-debian13': repository({ images: [{ tags: 'latest debug' }] }),
    'gcr.io/distroless/old-debian10': repository({ shared: { status: 'retired' } }),
  });
  assert.deepEqual(linesOf(compareDistroless(checkout('distroless').read, data)), [
    'changed  gcr.io/distroless/static suite: debian13 → debian14  (BUILD)  not written',
    'removed  gcr.io/distroless/static-debian13:debug  (BUILD)  not written',
    'changed  gcr.io/distroless/static-debian13:nonroot user: 1000 → nonroot:65532  (BUILD)',
    'changed  gcr.io/distroless/static-debian13 architectures: amd64 → amd64 arm64  (BUILD)  not written',
    'added    gcr.io/distroless/static-debian14: latest nonroot  (BUILD)  not written',
    'changed  gcr.io/distroless/java21-debian13 status: retired → supported  (BUILD)  not written',
    'removed  gcr.io/distroless/gone-debian13  (BUILD)',
  ]);
});

test('Google Distroless: a build file that is missing says nothing about the images', () => {
  const data = vendor({ 'gcr.io/distroless/static-debian13': repository({}) });
  const { differences, unread } = compareDistroless(() => null, data);
  assert.deepEqual([differences, unread], [[], ['BUILD names no image that can be read.']]);
});

test('Docker Hardened Images: a definition gives tags, end of life, base, user and start', () => {
  const path = 'image/tool/debian-13/2.yaml';
  assert.deepEqual(readDefinition(checkout('dhi').read(path) ?? '', path), {
    repository: 'dhi.io/tool',
    tags: ['2', '2.4.1', '2.4', '2.4-debian13'],
    facts: { os: 'debian:13', user: 'tool:1000', entrypoint: ['/usr/bin/tool'], cmd: null, workdir: '/app' },
    eol: '2028-04-30',
    path,
  });
  const dev = readDefinition(checkout('dhi').read('image/tool/debian-13/2-dev.yaml') ?? '', path);
  assert.deepEqual(dev?.facts, { os: 'debian:13', user: '0', cmd: ['bash'], workdir: '/' });
  assert.equal(readDefinition('image: [', path), null);
});

test('Docker Hardened Images: a user without a number and a definition without a user are not read', () => {
  const text = 'image: dhi.io/tool\ntags: ["1"]\naccounts:\n  run-as: somebody\n';
  assert.deepEqual(readDefinition(text, 'x')?.facts, { entrypoint: null, cmd: null, workdir: '/' });
  assert.equal('user' in (readDefinition('image: dhi.io/tool\ntags: ["1"]\n', 'x')?.facts ?? {}), false);
});

test('Docker Hardened Images: differences of facts, tags and ends, and what was not read', () => {
  const shared = { os: 'debian:12', entrypoint: ['/usr/bin/tool'], cmd: null, workdir: '/app' };
  const images = [
    { tags: '2 2.4', user: 'tool:1001' },
    { tags: '1', user: '0' },
  ];
  const lines = { '2.4': '2027-04-30' };
  const data = vendor({ 'dhi.io/tool': repository({ scheme: 'strict', shared, images, lines }) });
  const reading = compareDhi(checkout('dhi'), data);
  const file = '(image/tool/debian-13/2.yaml)';
  assert.deepEqual(linesOf(reading), [
    'added    dhi.io/tool:2-dev 2.4-dev: os "debian:13", user "0", cmd ["bash"], workdir "/"  (image/tool/debian-13/2-dev.yaml)  not written',
    `added    dhi.io/tool:2.4.1 2.4-debian13: as 2  ${file}`,
    `changed  dhi.io/tool:2 os: "debian:12" → "debian:13"  ${file}  not written`,
    `changed  dhi.io/tool:2 user: "tool:1001" → "tool:1000"  ${file}`,
    `changed  dhi.io/tool:2 eol: 2027-04-30 → 2028-04-30  ${file}`,
    'removed  dhi.io/tool:1  (no definition)  not written',
  ]);
  assert.deepEqual(reading.unread, [
    'image/tool/alpine-3.24/broken.yaml is no image definition.',
    '1 repositories are not in the catalog: dhi.io/other.',
  ]);
});

test('Docker Hardened Images: a definition that the data agrees with makes no difference', () => {
  const facts = { os: 'debian:13', user: 'tool:1000', entrypoint: ['/usr/bin/tool'], cmd: null, workdir: '/app' };
  const images = [{ tags: '2 2.4 2.4.1 2.4-debian13', ...facts }];
  const data = vendor({ 'dhi.io/tool': repository({ images, lines: { '2.4': '2028-04-30' } }) });
  const one = checkout('dhi');
  const path = 'image/tool/debian-13/2.yaml';
  assert.deepEqual(compareDhi({ ...one, list: () => [path] }, data), { differences: [], unread: [] });
});

test('Chainguard: the locked configurations give image and dev image', () => {
  const path = 'images/tool/locked_config.json';
  const start = { entrypoint: ['/usr/bin/tool', 'serve'], cmd: ['-c', 'a b'] };
  const [tool, dev, daemon, ...others] = readLocks(checkout('chainguard').read(path) ?? '', path) ?? [];
  assert.deepEqual(tool, {
    repository: 'cgr.dev/chainguard/tool',
    tags: ['latest', '2'],
    facts: { user: 'tool:65532', ...start, workdir: '/srv' },
    eol: null,
    shells: [],
    path,
  });
  assert.deepEqual(dev?.tags, ['latest-dev', '2-dev']);
  assert.deepEqual(dev.facts, { user: '0', entrypoint: start.entrypoint, cmd: null, workdir: '/' });
  assert.equal('entrypoint' in (daemon?.facts ?? {}), false, 'services are started by a supervisor');
  assert.deepEqual(others, []);
  assert.equal(readLocks('{ "imageLocks": 3', path), null);
});

test('Chainguard: a new repository is named, a repository without a lock file is removed', () => {
  const entrypoint = ['/usr/bin/tool', 'serve'];
  const images = [{ tags: 'latest', user: 'tool:65532', entrypoint, cmd: null, workdir: '/srv' }];
  const data = vendor({
    'cgr.dev/chainguard/tool': repository({ scheme: 'strict', images }),
    'cgr.dev/chainguard/gone': repository({}),
  });
  const { differences, unread } = compareChainguard(checkout('chainguard'), data);
  const dev = 'user "0", entrypoint ["/usr/bin/tool","serve"], cmd null, workdir "/"';
  const file = '(images/tool/locked_config.json)';
  assert.deepEqual(differences.map(toLine), [
    `added    cgr.dev/chainguard/tool:2: as latest  ${file}`,
    `changed  cgr.dev/chainguard/tool:latest cmd: null → ["-c","a b"]  ${file}`,
    `added    cgr.dev/chainguard/tool:latest-dev 2-dev: ${dev}  ${file}  not written`,
    'removed  cgr.dev/chainguard/gone  (no definition)  not written',
  ]);
  assert.ok(unread.includes('1 repositories are not in the catalog: cgr.dev/chainguard/daemon.'));
});

test('official library: paragraphs, continued lines, shared tags, no Windows', () => {
  assert.deepEqual(
    readLibrary(checkout('official-images').read('library/tool') ?? '').map(({ tags, shared }) => [
      tags.length,
      shared,
    ]),
    [
      [3, ['3.2.1', '3.2', '3', 'latest']],
      [8, []],
      [2, []],
    ],
  );
});

test('official library: new, moved and left tags', () => {
  const images = [
    { tags: '3.2.1 3.2 3 latest 3.2-trixie 3-trixie', os: 'debian:13' },
    { tags: '3.2-slim-trixie 3-slim-trixie', os: 'debian:13' },
    { tags: '3.2-slim 3-slim slim', os: 'debian:12' },
    { tags: '2', os: 'debian:12' },
    { tags: '1', os: 'debian:11', status: 'deprecated' },
  ];
  const history = { tags: { 'debian:12 2025-01-01': '3-slim 0.9' } };
  const shared = { ofRelease: true };
  const data = vendor({ 'docker.io/library/tool': repository({ scheme: 'strict', shared, images, history }) });
  const reading = compareOfficial(checkout('official-images'), data);
  const tool = 'docker.io/library/tool';
  assert.deepEqual(linesOf(reading), [
    `added    ${tool}:3.2.1-trixie: as 3.2-trixie  (library/tool)`,
    `added    ${tool}:3.2.1-slim-trixie 3.2.1-slim: as 3.2-slim-trixie  (library/tool)`,
    `changed  ${tool}:3.2-slim os: debian:12 → debian:13  (library/tool)`,
    `changed  ${tool}:3-slim os: debian:12 → debian:13  (library/tool)`,
    `changed  ${tool}:slim os: debian:12 → debian:13  (library/tool)`,
    `added    ${tool}:4.0-rc-forked 4-rc-forked  (library/tool)  not written`,
    `removed  ${tool}:2  (library/tool)  not written`,
    `changed  ${tool}:3-slim: gone → built  (library/tool)  not written`,
  ]);
  assert.deepEqual(reading.unread, ['1 repositories are not in the catalog: unlisted.']);
});

test('endoflife.date: front matter, days and flags', () => {
  const [, , oldest] = readProduct(checkout('endoflife.date').read('products/python.md') ?? '') ?? [];
  assert.deepEqual(oldest, {
    name: '2.7',
    released: '2010-07-03',
    eol: '2020-01-01',
    eoas: true,
    eoes: null,
    lts: null,
  });
  assert.equal(readProduct('# A page without front matter\n'), null);
  assert.equal(readProduct(checkout('endoflife.date').read('products/broken.md') ?? ''), null);
});

test('endoflife.date: changed days, new releases and cycles, and pages that are missing', () => {
  const { read } = checkout('endoflife.date');
  const debian = [
    { id: 'debian', version: '12', released: '2023-06-10', eol: '2026-07-11', source: 0 },
    { id: 'debian', version: '13', released: '2025-08-09', eol: '2028-08-09', source: 0 },
    { id: 'debian', version: 'unstable', rolling: true, source: 0 },
  ];
  const centos = [
    { id: 'centos', version: '8', released: '2019-09-24', eol: '2021-12-31', source: 0 },
    { id: 'centos', version: 'stream8', released: '2019-09-24', eol: '2024-05-30', source: 0 },
    { id: 'centos', version: '9', released: '2021-09-15', eol: '2027-05-31', source: 0 },
  ];
  const releases = [...debian, ...centos, { id: 'wolfi', version: 'rolling', source: 0 }];
  const cycles = [
    '3.14 2025-10-07 2030-10-31 2026-10-01',
    '2.7 2010-07-03 2020-01-01 ended',
    '2.6 2008-10-01 2013-10-29',
  ];
  const products = [
    { names: 'python', title: 'Python', page: 'python', cycles },
    { names: 'other', title: 'Other', page: 'other', cycles },
  ];
  const reading = compareDates(
    read,
    { read: '2026-11-20', sources: ['x'], releases },
    { read: '2026-11-20', source: 'x', products },
  );
  assert.deepEqual(linesOf(reading), [
    'changed  debian:13 eol: 2028-08-09 → 2028-08-10  (products/debian.md)',
    'changed  debian:13 ltsEol: not known → 2030-06-30  (products/debian.md)',
    'added    debian:14: 2027-08-09  (products/debian.md)  not written',
    'changed  centos:stream8 eol: 2024-05-30 → 2024-05-31  (products/centos-stream.md)',
    'added    python 3.15: 3.15 2026-10-01 2031-10-31 2028-10-01  (products/python.md)',
    'changed  python 3.14: 3.14 2025-10-07 2030-10-31 2026-10-01 → 3.14 2025-10-07 2030-10-31 2027-10-01  (products/python.md)',
    'removed  python 2.6: 2.6 2008-10-01 2013-10-29  (products/python.md)  not written',
  ]);
  assert.deepEqual(reading.unread, ['wolfi: there is no page.', 'other: products/other.md cannot be read.']);
});

test('Ubuntu slices: those that are gone, and packages that have some by now', () => {
  const folder = join(root, 'test/catalog/fixtures/chisel-releases');
  const branches = new Map(['22.04', '24.04'].map((name) => [name, openCheckout(join(folder, `ubuntu-${name}`))]));
  const packages = [
    row({ apt: 'libfoo-dev', chiselRuntime: ['libfoo1_libs', 'libfoo1_libs', ''] }),
    row({ apt: 'libfoo2', chisel: ['', 'libfoo2_libs', ''] }),
    row({ apt: 'tzdata' }),
  ];
  const reading = compareSlices(branches, { read: '2026-11-20', source: 'x', contents: {}, packages });
  assert.deepEqual(linesOf(reading), [
    'removed  libfoo-dev (24.04): libfoo1_libs  (ubuntu-24.04:slices)  not written',
    'added    tzdata (24.04): tzdata_base tzdata_zoneinfo  (ubuntu-24.04:slices)  not written',
  ]);
  assert.deepEqual(reading.unread.slice(0, 2), [
    'ubuntu-24.04:slices/nameless.yaml is no slice definition.',
    'There is no branch for Ubuntu 26.04.',
  ]);
});

function checkout(name: string) {
  return openCheckout(join(root, 'test/catalog/fixtures', name));
}

function linesOf({ differences }: Reading): string[] {
  return differences.map(toLine);
}

function vendor(repositories: VendorData['repositories']): VendorData {
  return { ...emptyVendor, architectures: ['amd64'], repositories };
}

function repository(parts: Partial<RepositoryData>): RepositoryData {
  const shared = { source: 0, architectures: 0, ...parts.shared };
  return { purpose: 'runtime', images: [{ tags: 'latest' }], ...parts, shared };
}

function row(parts: Partial<PackageRow>): PackageRow {
  return { apt: '', apk: '', dnf: '', role: 'library', runtime: 'yes', what: 'x', ...parts };
}
