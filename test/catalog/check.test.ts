import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkCatalog, type CatalogFiles } from '../../scripts/catalog/check/problems.js';
import type { ImageData, RepositoryData, VendorData } from '../../server/src/catalog/data-model.js';
import { emptyVendor } from '../support/vendor.js';

const today = '2026-11-21';
const app = 'registry.example/app';
const other = 'registry.example/other';
const row: ImageData = { tags: 'latest', source: 0 };
const node: RepositoryData = {
  purpose: 'runtime',
  language: 'node',
  scheme: 'strict',
  shared: { source: 0 },
  images: [
    { tags: 'latest', packageManager: null },
    { tags: 'dev', flavor: 'dev', packageManager: 'apk' },
  ],
};

test('data without a fault has no problem', () => {
  assert.deepEqual(problemsOf(vendor()), []);
});

/** Each plants one fault and names where it must be found. */
const plants: Readonly<Record<string, readonly [VendorData, key: string, message: RegExp]>> = {
  'a missing list': [{ ...vendor(), notes: undefined } as unknown as VendorData, 'notes', /'notes' is missing/],
  'a repository without images': [
    vendor({ [app]: { purpose: 'base' } as unknown as RepositoryData }),
    app,
    /needs 'shared' and 'images'/,
  ],
  'a field of the wrong form': [ofImage({ libc: 'libc5' }), app, /wrong 'libc'/],
  'an image without a source': [
    vendor({ [app]: { purpose: 'base', shared: {}, images: [{ tags: 'latest' }] } }),
    app,
    /without a source/,
  ],
  'an unknown family': [{ ...vendor(), family: 'nobody' }, 'family', /no family 'nobody'/],
  'an unknown family of a repository': [ofRepository({ family: 'nobody' }), app, /no family 'nobody'/],
  'a source in prose': [{ ...vendor(), sources: ['heard from a friend'] }, 'sources[0]', /cannot be looked up/],
  'a source without a commit': [{ ...vendor(), sources: ['owner/repository: README'] }, 'sources[0]', /cannot be/],
  'an undated branch': [{ ...vendor(), sources: ['owner/repository branch 3.0'] }, 'sources[0]', /cannot be/],
  'a day that does not exist': [{ ...vendor(), read: '2026-02-30' }, 'read', /'2026-02-30' is no day/],
  'a day in the future': [{ ...vendor(), read: '2026-11-22' }, 'read', /in the future/],
  'an end of life that is no day': [ofImage({ eol: '2028-06-31' }), app, /'2028-06-31' is no day/],
  'the end of a line that is no day': [ofRepository({ lines: { '3': '2028-13-01' } }), app, /no day/],
  'a removal in the future': [
    { ...vendor(), removed: { prefix: 'registry.example/', note: '', days: { '2027-01-01': 'x' } } },
    'removed',
    /in the future/,
  ],
  'a tag that left after the day of reading': [
    ofRepository({ history: { tags: { 'debian:12 2026-11-21': '1' } } }),
    app,
    /in the future/,
  ],
  'a size measured after the day of reading': [ofImage({ size: [3, '2026-12'] }), app, /in the future/],
  'two names for one repository': [ofRepository({ names: [other] }), other, /described twice, also in example\.json/],
  'a name that is never looked up': [
    vendor({ 'index.docker.io/library/app': repository() }),
    'index.docker.io/library/app',
    /another name of 'docker\.io\/library\/app'/,
  ],
  'a name at a mirror': [
    ofRepository({ names: ['public.ecr.aws/docker/library/app'] }),
    app,
    /another name of 'docker\.io\/library\/app'/,
  ],
  'a tag twice': [ofRepository({ images: [row, row] }), `${app}:latest`, /described twice/],
  'a tag that is current and gone': [
    ofRepository({ history: { tags: { 'debian:12 2025-01-01': 'latest' } } }),
    app,
    /both current and gone/,
  ],
  'a tag that left twice': [
    ofRepository({ history: { tags: { 'debian:12 2025-01-01': '1', 'debian:13 2026-01-01': '1' } } }),
    app,
    /left twice/,
  ],
  'facts of an unknown release': [ofImage({ os: 'debian:99', ofRelease: true }), app, /no release 'debian:99'/],
  'a tag that names another release': [
    ofImage({ tags: 'latest 3.14-bookworm', os: 'debian:13' }),
    `${app}:3.14-bookworm`,
    /names debian:12, and the image is on debian:13/,
  ],
  'a package name among the words': [{ ...vendor(), contents: ['libc6'] }, 'contents[0]', /package, which brings/],
  'a mistyped word': [{ ...vendor(), contents: ['sh -ca-certficates'] }, 'contents[0]', /'ca-certficates' is no word/],
  'a mistyped word in a group': [{ ...vendor(), groups: { small: 'shh' } }, 'groups.small', /'shh' is no word/],
  'a reference to nothing': [ofImage({ dev: `${app}:gone` }), `${app}:latest`, /dev '.*:gone' is not in the catalog/],
  'a replacement by nothing': [
    ofImage({ replacement: 'registry.example/gone' }),
    `${app}:latest`,
    /replacement .* not in the catalog/,
  ],
  'a model that is nothing': [
    ofImage({ like: 'registry.example/gone:*' }),
    `${app}:latest`,
    /like 'registry\.example\/gone:latest' is not/,
  ],
  'a dev image without the mark': [ofImage({ dev: `${app}:plain` }), `${app}:latest`, /is no dev image/],
  'a dev image elsewhere without a package manager': [ofImage({ dev: other }), `${app}:latest`, /is no dev image/],
  'a debug image without the mark': [ofImage({ debug: `${app}:dev` }), `${app}:latest`, /is no debug image/],
  'a runtime image that is a dev image': [ofImage({ production: `${app}:dev` }), `${app}:latest`, /is a dev image/],
  'a FIPS image that is none': [ofImage({ fips: `${app}:dev` }), `${app}:latest`, /is no FIPS image/],
  'a rootless image that runs as root': [ofImage({ nonroot: `${app}:dev` }), `${app}:latest`, /runs as root/],
  'a pair of two languages': [ofImage({ dev: `${other}:dev` }), `${app}:latest`, /is for node, not for python/],
  'a replacement that is retired': [ofImage({ replacement: `${app}:old` }), `${app}:latest`, /is retired itself/],
};

for (const [fault, [data, key, message]] of Object.entries(plants)) {
  test(`the check names ${fault}`, () => {
    const found = problemsOf(data);
    assert.ok(
      found.some((problem) => problem.file === 'example.json' && problem.key === key && message.test(problem.message)),
      JSON.stringify(found),
    );
  });
}

test('a number in a tag is no release', () => {
  assert.deepEqual(problemsOf(ofImage({ tags: 'latest temurin-12-trixie', os: 'debian:13' })), []);
});

test('one word is named once a file', () => {
  const found = problemsOf({ ...vendor(), contents: ['shh', 'sh -shh'] });
  assert.deepEqual(
    found.map(({ key }) => key),
    ['contents[0]'],
  );
});

test('a repository in two files is named with the other file', () => {
  const one = files(vendor());
  const vendors = [...one.vendors, { file: 'second.json', data: vendor() }];
  const found = checkCatalog({ ...one, vendors, index: `${one.index} './data/second.json'` }, today);
  assert.match(found.map(({ message }) => message).join(' '), /described twice, also in example\.json/);
});

test('a file that is not loaded is named', () => {
  const found = checkCatalog({ ...files(vendor()), index: '' }, today);
  assert.deepEqual(
    found.map(({ message }) => message),
    ['data-files.ts does not load this file.'],
  );
});

test('faults of the distributions are named by release', () => {
  const { distributions, ...rest } = files(vendor());
  const releases = [
    ...distributions.releases,
    { id: 'debian', version: '13', source: 0 },
    { id: 'alpine', version: '3.9', source: 7 },
    { id: 'fedora', version: '43', released: '2026-01-01', eol: '2025-01-01', source: 0 },
    { id: 'fedora', version: '44', eol: '2026-31-01', source: 0 },
  ];
  const found = checkCatalog({ ...rest, distributions: { ...distributions, releases } }, today);
  const expected = [
    ['debian:13', /listed twice/],
    ['alpine:3.9', /no source/],
    ['fedora:43', /out of order: 2026-01-01, 2025-01-01/],
    ['fedora:44', /'2026-31-01' is no day/],
  ] as const;
  assert.equal(found.length, expected.length);
  for (const [key, message] of expected)
    assert.ok(
      found.some((problem) => problem.key === key && message.test(problem.message)),
      key,
    );
});

test('a family that is listed twice and a file without a day are named', () => {
  const all = files(vendor());
  const families = { ...all.families, families: [...all.families.families, ...all.families.families] };
  const found = checkCatalog({ ...all, families, others: [{ file: 'runtimes.json', data: {} }] }, today);
  assert.deepEqual(
    found.map(({ file: name, key }) => `${name} ${key}`),
    ['runtimes.json read', 'families.json example'],
  );
});

function problemsOf(data: VendorData) {
  return checkCatalog(files(data), today);
}

function files(data: VendorData): CatalogFiles {
  return {
    vendors: [{ file: 'example.json', data }],
    distributions: {
      read: '2026-11-20',
      sources: ['https://debian.example/releases'],
      releases: [{ id: 'debian', version: '13', released: '2025-08-09', eol: '2028-08-09', source: 0 }],
    },
    families: { read: '2026-11-20', families: [{ id: 'example', title: 'Example', publisher: 'Example' }] },
    packages: { read: '2026-11-20', source: 'x', contents: { libc6: 'libc', dash: 'sh' }, packages: [] },
    others: [],
    index: "import example from './data/example.json';",
  };
}

function vendor(repositories: VendorData['repositories'] = {}): VendorData {
  return {
    ...emptyVendor,
    sources: ['owner/repository@0123abc:image/app.yaml', 'https://example.org/images (section 2)'],
    contents: ['@small ca-certificates -libssl'],
    groups: { small: 'sh ls' },
    repositories: { [app]: repository(), [other]: node, ...repositories },
  };
}

/** A language image with the siblings that the references of a test may name. */
function repository(latest: Partial<ImageData> = {}): RepositoryData {
  return {
    purpose: 'runtime',
    language: 'python',
    scheme: 'strict',
    shared: { source: 0 },
    images: [
      { tags: 'latest', ...latest },
      { tags: 'plain', packageManager: 'apt' },
      { tags: 'dev', flavor: 'dev', user: '0' },
      { tags: 'old', status: 'retired' },
    ],
  };
}

function ofImage(latest: Partial<ImageData>): VendorData {
  return vendor({ [app]: repository(latest) });
}

function ofRepository(parts: Partial<RepositoryData>): VendorData {
  return vendor({ [app]: { ...repository(), ...parts } });
}
