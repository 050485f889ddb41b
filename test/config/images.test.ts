import assert from 'node:assert/strict';
import { test } from 'node:test';
import { analyze } from '../../server/src/analyze.js';
import { extendCatalog, findImageByText, knowsRepository, loadCatalog } from '../../server/src/catalog/catalog.js';
import type { ImageFacts } from '../../server/src/catalog/model.js';
import { parseReference } from '../../server/src/catalog/reference.js';
import { readConfig } from '../../server/src/config/read-config.js';
import { valueOf } from '../../server/src/fact.js';
import { reasonText } from '../../server/src/features/explain.js';

const source = 'distroless.config.json';
const base = 'registry.corp.example/team/base';

test('an image is described by the words of the catalog', () => {
  const facts = find(`${base}:1.4`, {
    images: {
      [base]: {
        title: 'Team base',
        vendor: 'Platform team',
        docs: 'https://wiki.corp.example/base',
        purpose: 'runtime',
        os: 'debian:trixie',
        libc: 'glibc:2.41',
        shells: '/bin/sh  /bin/bash',
        packageManager: null,
        user: 'app:10001',
        accounts: ['root:0', 'app:10001'],
        workdir: '/srv',
        env: { LANG: 'C.UTF-8' },
        entrypoint: ['/init'],
        cmd: null,
        runtime: 'node * /usr/bin/node',
        contents: 'curl -gcc ca-certificates',
        closed: true,
        files: ['/usr/bin/node'],
        status: 'deprecated',
        eol: '2027-04-30',
        replacement: 'debian:13-slim',
        dev: `${base}:*-dev`,
        access: 'subscription',
        signing: 'cosign',
        attestations: 'none',
        size: [28.2, '2026-11-01'],
        packageCount: 80,
        architectures: ['amd64', 'arm64'],
        isFips: true,
        note: 'Ask in #platform.',
      },
    },
  });
  assert.deepEqual(valueOf(facts.os), { id: 'debian', version: '13', codename: 'trixie' });
  assert.deepEqual(valueOf(facts.libc), { kind: 'glibc', version: '2.41' });
  assert.deepEqual(valueOf(facts.shells), ['/bin/sh', '/bin/bash']);
  assert.equal(valueOf(facts.packageManager), null);
  assert.deepEqual(valueOf(facts.user), { name: 'app', uid: 10001 });
  assert.deepEqual(valueOf(facts.accounts), [
    { name: 'root', uid: 0 },
    { name: 'app', uid: 10001 },
  ]);
  assert.equal(valueOf(facts.workdir), '/srv');
  assert.deepEqual(valueOf(facts.env), { LANG: 'C.UTF-8' });
  assert.deepEqual([valueOf(facts.entrypoint), valueOf(facts.cmd)], [['/init'], null]);
  assert.deepEqual(valueOf(facts.runtime), { name: 'node', version: '1.4', path: '/usr/bin/node' });
  assert.deepEqual(holds(facts, 'curl', 'gcc', 'ca-certificates', 'wget'), [true, false, true, undefined]);
  assert.deepEqual([valueOf(facts.closed), facts.files], [true, ['/usr/bin/node']]);
  assert.deepEqual([facts.name, facts.tag, facts.vendor, facts.purpose], [base, '1.4', 'Platform team', 'runtime']);
  assert.deepEqual([facts.status, facts.eol, facts.osEol === null], ['deprecated', '2027-04-30', false]);
  assert.deepEqual([facts.replacement, facts.variants.dev], ['debian:13-slim', `${base}:1.4-dev`]);
  assert.deepEqual([facts.access, facts.signing, facts.attestations], ['subscription', 'cosign', 'none']);
  assert.deepEqual([facts.size?.compressedMB, facts.packageCount, facts.architectures], [28.2, 80, ['amd64', 'arm64']]);
  assert.deepEqual(
    [facts.isFips, facts.note, facts.docs],
    [true, 'Ask in #platform.', 'https://wiki.corp.example/base'],
  );
});

test('the reasons name the file, and no day that nobody read', () => {
  const facts = find(base, { images: { [base]: { libc: 'musl' } } });
  assert.deepEqual([facts.source, facts.read], [source, null]);
  assert.deepEqual(facts.libc.because.map(reasonText), [`'${base}:latest' holds musl (${source}).`]);
});

test('what is not written is not known', () => {
  const facts = find(base, { images: { [base]: {} } });
  const open = [facts.os, facts.libc, facts.shells, facts.packageManager, facts.user, facts.accounts, facts.env];
  assert.deepEqual(
    [...open, facts.workdir, facts.entrypoint, facts.cmd, facts.runtime, facts.closed].filter(({ known }) => known),
    [],
  );
  assert.deepEqual(facts.user.because.map(reasonText), [
    `'${base}:latest' has a default user that was not written down (${source}).`,
  ]);
});

test('a user may be a number, a name or both', () => {
  const user = (written: unknown) => valueOf(find(base, { images: { [base]: { user: written } } }).user);
  assert.deepEqual(user(10001), { name: null, uid: 10001 });
  assert.deepEqual(user('0'), { name: null, uid: 0 });
  assert.deepEqual(user('app'), { name: 'app', uid: null });
  assert.deepEqual(user('app:7'), { name: 'app', uid: 7 });
});

test('facts of the release count where they are asked for', () => {
  const os = 'debian:12';
  assert.equal(find(base, { images: { [base]: { os } } }).libc.known, false);
  const facts = find(base, { images: { [base]: { os, ofRelease: true } } });
  assert.deepEqual([valueOf(facts.libc), valueOf(facts.packageManager)], [{ kind: 'glibc', version: '2.36' }, 'apt']);
});

test('without tags the entry is about every tag, with tags about those', () => {
  const every = { images: { [base]: { libc: 'musl' } } };
  assert.equal(find(`${base}:anything-1`, every).tag, 'anything-1');
  const some = { images: { [base]: { tags: '1 1.4', libc: 'musl' } } };
  assert.equal(find(`${base}:1.4`, some).tag, '1.4');
  assert.equal(lookUp(`${base}:2`, some), null);
  const reference = parseReference(`${base}:2`);
  assert.ok(reference && knowsRepository(catalogOf(some), reference));
});

test('images with tags of their own start from what the entry says', () => {
  const config = {
    images: {
      [base]: {
        libc: 'musl',
        user: 'app:1',
        contents: 'curl -gcc',
        env: { A: '1', B: '1' },
        images: [{ tags: ['dev', '1-dev'], user: 'root', contents: 'gcc make', env: { B: '2' }, shells: '/bin/sh' }],
      },
    },
  };
  const dev = find(`${base}:1-dev`, config);
  assert.deepEqual([valueOf(dev.libc)?.kind, valueOf(dev.user)?.name], ['musl', 'root']);
  assert.deepEqual(holds(dev, 'curl', 'gcc', 'make'), [true, true, true]);
  assert.deepEqual(valueOf(dev.env), { A: '1', B: '2' });
  assert.deepEqual(holds(find(`${base}:1`, config), 'gcc', 'make'), [false, undefined]);
  const onlyTheirs = { images: { [base]: { tags: [], images: [{ tags: 'dev' }] } } };
  assert.deepEqual([lookUp(`${base}:dev`, onlyTheirs)?.tag, lookUp(`${base}:1`, onlyTheirs)], ['dev', null]);
});

test('other names are the same image', () => {
  const config = { images: { [base]: { libc: 'musl', names: ['mirror.corp.example/base', 'corp/base'] } } };
  assert.equal(find('mirror.corp.example/base:1', config).name, 'mirror.corp.example/base');
  assert.equal(find('docker.io/corp/base', config).name, 'corp/base');
});

test('a private image wins over a built-in one of the same name, and over mirrors', () => {
  const config = {
    images: { python: { libc: 'musl' }, 'registry.corp.example/hub/node': { libc: 'none' } },
    mirrors: { 'registry.corp.example/hub/*': 'docker.io/*' },
  };
  assert.equal(valueOf(find('docker.io/library/python:3.13', config).libc)?.kind, 'musl');
  assert.equal(valueOf(find('registry.corp.example/hub/python:3.13', config).libc)?.kind, 'musl');
  assert.equal(valueOf(find('registry.corp.example/hub/node:24', config).libc)?.kind, 'none');
  assert.equal(valueOf(find('registry.corp.example/hub/golang:1.26', config).libc)?.kind, 'glibc');
});

test('preferences reach the analysis in their order', () => {
  const catalog = catalogOf({ prefer: ['dhi', 'chainguard', 'dhi'] });
  const analysis = analyze('FROM scratch\n', { catalog, today: '2026-11-21', buildArgs: {} });
  assert.deepEqual(analysis.catalog.prefer, ['dhi', 'chainguard']);
});

test('the built-in catalog stays as it is', () => {
  const before = loadCatalog().repositories.size;
  find('python:3.13', { images: { python: { libc: 'musl' } }, prefer: ['dhi'] });
  assert.equal(
    valueOf(findImageByText(loadCatalog(), 'python:3.13')?.libc ?? { known: false, because: [] })?.kind,
    'glibc',
  );
  assert.deepEqual([loadCatalog().repositories.size, loadCatalog().prefer], [before, []]);
});

function catalogOf(config: unknown) {
  const { addition, problem } = readConfig(JSON.stringify(config), source);
  assert.equal(problem, null);
  assert.ok(addition);
  return extendCatalog(loadCatalog(), addition);
}

function lookUp(reference: string, config: unknown): ImageFacts | null {
  return findImageByText(catalogOf(config), reference);
}

function find(reference: string, config: unknown): ImageFacts {
  const facts = lookUp(reference, config);
  assert.ok(facts, reference);
  return facts;
}

function holds(facts: ImageFacts, ...words: string[]): (boolean | undefined)[] {
  return words.map((word) => {
    const fact = facts.contents.get(word);
    return fact && valueOf(fact);
  });
}
