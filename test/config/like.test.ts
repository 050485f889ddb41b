import assert from 'node:assert/strict';
import { test } from 'node:test';
import { extendCatalog, findImageByText, loadCatalog } from '../../server/src/catalog/catalog.js';
import type { ImageFacts } from '../../server/src/catalog/model.js';
import { readConfig } from '../../server/src/config/read-config.js';
import { valueOf } from '../../server/src/fact.js';
import { reasonText } from '../../server/src/features/explain.js';

const base = 'registry.corp.example/team/base';
const slim = findImageByText(loadCatalog(), 'debian:13-slim');
const distroless = findImageByText(loadCatalog(), 'gcr.io/distroless/base-debian13');
assert.ok(slim && distroless);

test('takes over what is not written, with both reasons', () => {
  const facts = like({ like: 'debian:13-slim', contents: 'ca-certificates -perl', user: 'app:10001' });
  assert.deepEqual(valueOf(facts.libc), valueOf(slim.libc));
  assert.deepEqual(valueOf(facts.os), valueOf(slim.os));
  assert.deepEqual(valueOf(facts.shells), valueOf(slim.shells));
  assert.deepEqual([facts.osEol, facts.purpose], [slim.osEol, slim.purpose]);
  assert.deepEqual(valueOf(facts.user), { name: 'app', uid: 10001 });
  assert.deepEqual([has(facts, 'ca-certificates'), has(facts, 'perl'), has(facts, 'bash')], [true, false, true]);
  assert.deepEqual(facts.libc.because.map(reasonText).slice(0, 2), [
    `'${base}:1' is like 'debian:13-slim' (distroless.config.json).`,
    ...slim.libc.because.map(reasonText).slice(0, 1),
  ]);
  assert.match(facts.note ?? '', /^Like 'debian:13-slim', but for what 'distroless\.config\.json' says$/);
});

test('takes over no promise of the publisher', () => {
  const facts = like({ like: 'gcr.io/distroless/base-debian13' });
  assert.deepEqual(
    [facts.status, facts.access, facts.signing, facts.size, facts.replacement, facts.docs, facts.variants.debug],
    [null, null, null, null, null, null, null],
  );
  assert.deepEqual([facts.family, facts.vendor], ['private', 'registry.corp.example']);
});

test('adds accounts; the user an image runs as is one', () => {
  const known = valueOf(distroless.accounts) ?? [];
  assert.notEqual(known.length, 0);
  const facts = like({ like: 'gcr.io/distroless/base-debian13', users: 'worker:7', user: 'app' });
  const added = [
    { name: 'worker', uid: 7 },
    { name: 'app', uid: null },
  ];
  assert.deepEqual(valueOf(facts.accounts), [...known, ...added]);
  const slimmed = like({ like: 'debian:13-slim', user: 'app:1' });
  assert.equal(slimmed.accounts.known, false);
  assert.ok(slimmed.namedUsers.some(({ name }) => name === 'app'));
});

test('adds variables, all of which are known only where those of the model are', () => {
  const facts = like({ like: 'debian:13-slim', env: { LANG: 'C.UTF-8' } });
  assert.deepEqual(valueOf(facts.env), { ...valueOf(slim.env), LANG: 'C.UTF-8' });
  const unread = like(
    { like: 'other.example/unread:1', env: { A: '1' } },
    { 'other.example/unread': { libc: 'musl' } },
  );
  assert.equal(unread.env.known, false);
});

test('what is written takes away what contradicts it', () => {
  const facts = like({ like: 'debian:13-slim', shells: [], packageManager: null });
  assert.deepEqual([valueOf(facts.shells), valueOf(facts.packageManager)], [[], null]);
  assert.deepEqual([has(facts, 'bash'), has(facts, 'apt-get'), has(facts, 'dpkg')], [undefined, undefined, undefined]);
  assert.deepEqual(
    facts.files.filter((path) => /(?:sh|apt-get)$/.test(path)),
    [],
  );
  const older = like({ like: 'debian:13-slim', os: 'debian:12' });
  assert.equal(older.libc.known, false, 'The libc of one release is not that of another.');
  assert.equal(older.osEol, findImageByText(loadCatalog(), 'debian:12')?.osEol);
});

test('closed: false leaves open what else there is', () => {
  const closed = like({ like: 'gcr.io/distroless/base-debian13' });
  assert.deepEqual([valueOf(closed.shells), valueOf(closed.closed)], [[], true]);
  const open = like({ like: 'gcr.io/distroless/base-debian13', closed: false });
  assert.deepEqual([open.shells.known, open.packageManager.known, open.closed.known], [false, false, false]);
  assert.equal(has(open, 'ca-certificates'), true);
  assert.deepEqual(
    [...open.contents.values()].filter((fact) => fact.known && !fact.value),
    [],
  );
});

test('the star stands for the tag', () => {
  const facts = like({ like: 'python:*-slim' }, {}, '3.13');
  assert.deepEqual(valueOf(facts.runtime)?.version, '3.13');
  assert.match(facts.note ?? '', /'python:3\.13-slim'/);
  assert.equal(like({ like: 'python:*-slim' }, {}, 'no-such-tag').libc.known, false);
});

test('is followed through private images, mirrors and scratch', () => {
  const other = { 'other.example/base': { like: 'debian:13-slim', workdir: '/srv' } };
  const facts = like({ like: 'other.example/base:1' }, other);
  assert.deepEqual([valueOf(facts.workdir), valueOf(facts.libc)?.kind], ['/srv', 'glibc']);
  assert.equal(facts.libc.because.length, slim.libc.because.length + 2);
  assert.deepEqual(valueOf(like({ like: 'scratch', contents: 'ca-certificates' }).shells), []);
});

test('ends where images are like one another in a circle', () => {
  const circle = { 'other.example/a': { like: `${base}:1`, workdir: '/a' } };
  const facts = like({ like: 'other.example/a:1', libc: 'musl' }, circle);
  assert.deepEqual([valueOf(facts.workdir), valueOf(facts.libc)?.kind], ['/a', 'musl']);
  assert.equal(like({ like: `${base}:1` }).libc.known, false);
});

test('an image of which nothing is known is a warning, and the rest counts', () => {
  const text = JSON.stringify({ images: { [base]: { like: 'debain:13-slim', libc: 'musl' } } });
  const { addition, problem } = readConfig(text, 'distroless.config.json');
  assert.equal(problem?.severity, 'warning');
  assert.equal(problem?.message, "Nothing is known about 'debain:13-slim', so nothing is taken over from it.");
  assert.equal(text.slice(problem?.span.start, problem?.span.end), '"debain:13-slim"');
  const facts = addition && findImageByText(extendCatalog(loadCatalog(), addition), base);
  assert.equal(facts && valueOf(facts.libc)?.kind, 'musl');
});

function like(entry: object, others: object = {}, tag = '1'): ImageFacts {
  const { addition } = readConfig(JSON.stringify({ images: { [base]: entry, ...others } }), 'distroless.config.json');
  assert.ok(addition);
  const facts = findImageByText(extendCatalog(loadCatalog(), addition), `${base}:${tag}`);
  assert.ok(facts);
  return facts;
}

function has(facts: ImageFacts, word: string): boolean | undefined {
  const fact = facts.contents.get(word);
  return fact && valueOf(fact);
}
