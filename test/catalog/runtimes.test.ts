import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findImageByText, loadCatalog } from '../../server/src/catalog/catalog.js';
import {
  findRuntimeCycle,
  hasRuntimeEnded,
  javaVendorOf,
  listRuntimeCycles,
  runtimeCycleOf,
  type RuntimeCycle,
} from '../../server/src/catalog/runtimes.js';
import runtimes from '../../server/src/catalog/data/runtimes.json';
import { importRuntimes } from '../../scripts/catalog/runtimes.js';

test('a version of any precision belongs to its line', () => {
  for (const [name, version, cycle] of [
    ['python', '3.13.5', '3.13'],
    ['python', '3.13', '3.13'],
    ['python', '3.14.0rc1', '3.14'],
    ['node', '22', '22'],
    ['node', 'v22.11.0', '22'],
    ['go', '1.26', '1.26'],
    ['redis', '7.4.2', '7.4'],
    ['erlang', '27.3.4.2', '27'],
  ] as const) {
    assert.equal(findRuntimeCycle(name, version)?.cycle, cycle, `${name} ${version}`);
  }
});

test('what a version does not tell stays unknown', () => {
  assert.equal(findRuntimeCycle('python', '3'), null);
  assert.equal(findRuntimeCycle('python', null), null);
  assert.equal(findRuntimeCycle('python', 'latest'), null);
  assert.equal(findRuntimeCycle('python', '99.1'), null);
  assert.equal(findRuntimeCycle('node', '220'), null);
  assert.equal(findRuntimeCycle('cobol', '85'), null);
  assert.equal(findRuntimeCycle('constructor', '1'), null);
});

test('names that people use lead to the same product', () => {
  for (const [name, other, version] of [
    ['node', 'nodejs', '22'],
    ['go', 'golang', '1.26'],
    ['postgres', 'postgresql', '16'],
    ['dotnet', 'aspnetcore', '8.0'],
  ] as const) {
    assert.ok(findRuntimeCycle(name, version));
    assert.deepEqual(findRuntimeCycle(name, version), findRuntimeCycle(other, version));
  }
});

test('Java has an end per vendor, and none without one', () => {
  assert.equal(findRuntimeCycle('java', '21'), null);
  const [temurin, corretto] = [findRuntimeCycle('java', '21', 'temurin'), findRuntimeCycle('java', '21', 'corretto')];
  assert.equal(temurin?.product, 'Eclipse Temurin');
  assert.equal(corretto?.product, 'Amazon Corretto');
  assert.notEqual(temurin.eol, corretto.eol);
  assert.equal(findRuntimeCycle('java', '1.8.0_402', 'temurin')?.cycle, '8');
  assert.equal(findRuntimeCycle('python', '3.13', 'temurin')?.product, 'Python');
});

test('the vendor of Java is told by the name of the image', () => {
  for (const [image, vendor] of [
    ['eclipse-temurin', 'temurin'],
    ['dhi.io/eclipse-temurin', 'temurin'],
    ['amazoncorretto', 'corretto'],
    ['bellsoft/liberica-openjre-alpine', 'liberica'],
    ['azul/zulu-openjdk', 'zulu'],
    ['dhi.io/azul', 'zulu'],
    ['azul-zulu', 'zulu'],
    ['ibm-semeru-runtimes', 'semeru'],
    ['sapmachine', 'sapmachine'],
    ['mcr.microsoft.com/openjdk/jdk', 'microsoft'],
    ['registry.access.redhat.com/ubi9/openjdk-21-runtime', 'red-hat'],
    ['gcr.io/distroless/java21-debian13', 'temurin'],
    ['gcr.io/distroless/java17-debian12', null],
    ['openjdk', null],
    ['maven', null],
  ] as const) {
    assert.equal(javaVendorOf(image), vendor, image);
  }
});

test('support is over on the day after its last one', () => {
  const node = findRuntimeCycle('node', '20');
  assert.ok(node);
  assert.equal(hasRuntimeEnded(node, '2026-04-30'), false);
  assert.equal(hasRuntimeEnded(node, '2026-05-01'), true);
});

test('without a day, what had ended stays ended and the rest is unknown', () => {
  const cycle = findRuntimeCycle('node', '22');
  assert.ok(cycle);
  const undated: RuntimeCycle = { ...cycle, eol: null };
  assert.equal(hasRuntimeEnded({ ...undated, hasEnded: true }, '2020-01-01'), true);
  assert.equal(hasRuntimeEnded({ ...undated, hasEnded: false }, '2040-01-01'), null);
});

test('the runtime of an image', () => {
  const cycleOf = (text: string) => {
    const facts = findImageByText(loadCatalog(), text);
    assert.ok(facts, text);
    return runtimeCycleOf(facts);
  };
  assert.equal(cycleOf('python:3.13-slim')?.cycle, '3.13');
  assert.equal(cycleOf('node:20.19.0-alpine')?.cycle, '20');
  assert.equal(cycleOf('gcr.io/distroless/nodejs22-debian13')?.cycle, '22');
  assert.equal(cycleOf('eclipse-temurin:21-jre')?.product, 'Eclipse Temurin');
  assert.equal(cycleOf('debian:13'), null);
  // Debian mends this Python for as long as its release is supported.
  assert.equal(cycleOf('gcr.io/distroless/python3-debian13'), null);
});

test('lines are listed, the newest first', () => {
  const lines = listRuntimeCycles('python').map(({ cycle }) => cycle);
  assert.ok(lines.indexOf('3.14') < lines.indexOf('3.13'));
  assert.deepEqual(listRuntimeCycles('java'), []);
  assert.ok(listRuntimeCycles('java', 'zulu').length > 5);
});

test('the data hold a day or a word in every column, and one name once', () => {
  const wrong = runtimes.products.flatMap(({ cycles }) => cycles.filter((line) => !isLine(line)));
  assert.deepEqual(wrong, []);
  const names = runtimes.products.flatMap((product) => product.names.split(' '));
  assert.equal(new Set(names).size, names.length);
  assert.match(runtimes.read, /^\d{4}-\d\d-\d\d$/);
});

test('import: a yes or no in place of a day', () => {
  const cycles = [
    { cycle: '2', releaseDate: '2026-01-01', eol: null, eolFlag: false, lts: true },
    { cycle: '1', releaseDate: '2025-01-01', eol: null, eolFlag: true, eoas: '2025-06-01', lts: false },
  ];
  const sources = [
    { repo: 'endoflife-date/endoflife.date', commit: 'a70eca337600e7d7', note: 'snapshot of 2026-08-22T08' },
  ];
  const data = importRuntimes({ sources, runtimes: { bun: { product: 'bun', cycles } } });
  assert.equal(data.read, '2026-08-22');
  assert.equal(data.source, 'endoflife-date/endoflife.date@a70eca337600:products/*.md');
  assert.deepEqual(data.products, [
    { names: 'bun', title: 'Bun', page: 'bun', cycles: ['2 2026-01-01 - - - yes', '1 2025-01-01 ended 2025-06-01'] },
  ]);
});

function isLine(line: string): boolean {
  const day = '\\d{4}-\\d\\d-\\d\\d';
  return new RegExp(`^\\d[\\w.]* ${day}(?: (?:-|ended|${day})){0,3}(?: (?:yes|${day}))?$`).test(line);
}
