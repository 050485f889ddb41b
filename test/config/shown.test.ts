import assert from 'node:assert/strict';
import { test } from 'node:test';
import { analyze } from '../../server/src/analyze.js';
import { extendCatalog, findImageByText, loadCatalog } from '../../server/src/catalog/catalog.js';
import { readConfig } from '../../server/src/config/read-config.js';
import { cellsOf } from '../../server/src/features/compare/cells.js';
import { describeImage } from '../../server/src/features/completion/describe.js';
import { hover } from '../../server/src/features/hover.js';
import { runRules } from '../../server/src/rules/run.js';

// Facts that the user wrote down are shown with the file, and with no day on which somebody read them.

const base = 'registry.corp.example/team/base';
const entry = { vendor: 'Platform team', like: 'debian:13-slim', user: 'app:10001' };
const source = 'api/distroless.config.json';
const { addition } = readConfig(JSON.stringify({ images: { [base]: entry } }), source);
assert.ok(addition);
const catalog = extendCatalog(loadCatalog(), addition);
const today = '2026-11-21';

test('a hover names maker, model and file', () => {
  const analysis = analyze(`FROM ${base}:1\n`, { catalog, today, buildArgs: {} });
  const text = hover(analysis, 'FROM reg'.length)?.markdown ?? '';
  assert.match(text, /^\*\*base\*\* · Platform team · /);
  assert.match(text, /Debian 13 \(trixie\), glibc 2\.41 \|/);
  assert.match(text, /\nLike `debian:13-slim`, but for what `api\/distroless\.config\.json` says\.\n/);
  assert.match(text, /\nFacts from `api\/distroless\.config\.json`(?: · |$)/);
  assert.doesNotMatch(text, /null|today|Facts read/);
});

test('so does the description beside a completion', () => {
  const { detail = '', markdown = '' } = describeImage(catalog, `${base}:1`, today) ?? {};
  assert.match(detail, /^Platform team · /);
  assert.match(markdown, /, from `api\/distroless\.config\.json`/);
  assert.doesNotMatch(markdown, /null/);
});

test('and a row of the comparison', () => {
  const facts = findImageByText(catalog, `${base}:1`);
  assert.ok(facts);
  const { family, source: from, read, libc } = cellsOf(facts);
  assert.deepEqual([family, from, read, libc], ['Platform team', source, null, 'glibc 2.41']);
});

test('a private image is no image that Google gave up', () => {
  const own = JSON.stringify({ images: { [base]: { ...entry, family: 'google-distroless', status: 'deprecated' } } });
  const { addition: changed } = readConfig(own, source);
  assert.ok(changed);
  const world = { catalog: extendCatalog(loadCatalog(), changed), today, buildArgs: {} };
  const { findings } = runRules(analyze(`FROM ${base}:1\nCMD ["/server"]\n`, world), { severities: {} });
  assert.equal(
    findings.some(({ rule }) => rule.meta.id === 'distroless-unsupported-image'),
    false,
  );
});
