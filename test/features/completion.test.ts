import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { loadCatalog } from '../../server/src/catalog/catalog.js';
import { describeImage } from '../../server/src/features/completion.js';
import { today } from '../support/checks.js';
import { completionAt, replacedAt, textsAt } from '../support/completions.js';

describe('where images are offered', () => {
  const offered: Record<string, string> = {
    'behind FROM': 'FROM $0',
    'in a word': 'FROM gcr.io/dist$0',
    'in lower case': 'from de$0',
    'behind a platform': 'FROM --platform=$BUILDPLATFORM $0',
    'behind a name of an argument': 'ARG TAG=1\nFROM $0',
    'before AS': 'FROM de$0 AS build',
    'with no word before AS': 'FROM $0 AS build',
    'on a continued line': 'FROM \\\n  de$0',
    'on a continued line that is empty': 'FROM --platform=linux/amd64 \\\n  $0',
    'behind a comment between continued lines': 'FROM \\\n# note\n  de$0',
    'behind a continuation of Windows': '# escape=`\nFROM `\n  de$0',
    'with Windows line endings': 'ARG A\r\nFROM \\\r\n  de$0\r\nRUN x\r\n',
    'in a later FROM': 'FROM scratch AS a\nRUN x\nFROM de$0\n',
    'in a broken file': 'FROM scratch\nCOPY --from=\nUSER\nFROM de$0\nCMD ["',
  };
  for (const [name, source] of Object.entries(offered)) {
    test(name, () =>
      assert.ok(
        textsAt(source).includes('debian') || textsAt(source).some((text) => text.includes('gcr.io/distroless/')),
      ),
    );
  }

  const silent: Record<string, string> = {
    'on the keyword': 'FROM$0',
    'behind the image': 'FROM debian $0',
    'at AS': 'FROM debian A$0',
    'in the name of the stage': 'FROM debian AS de$0',
    'in a flag': 'FROM --pl$0',
    'in a comment': 'FROM debian\n# FROM de$0\n',
    'in a heredoc': 'FROM debian\nRUN <<EOF\nFROM de$0\nEOF\n',
    'in the text of RUN': 'FROM debian\nRUN echo --from=$0\n',
    'on an empty line': 'FROM debian\n$0\n',
    'in a template': 'FROM {{ .Base }}\nFROM de$0\n',
    'behind a digest': 'FROM debian@sha256:$0',
    'in the name of an argument': 'ARG A=1\nFROM debian:$A$0',
    'in a word over two lines': 'FROM deb\\\nian$0',
    'before any FROM': 'ARG A=$0\n',
    'in ONBUILD': 'FROM debian\nONBUILD COPY --from=$0 a b\n',
    'in a path of COPY': 'FROM debian\nCOPY de$0 /\n',
  };
  for (const [name, source] of Object.entries(silent)) {
    test(`nothing ${name}`, () => assert.deepEqual(textsAt(source), []));
  }
});

describe('what is replaced', () => {
  test('the whole reference, slashes and colons included', () => {
    assert.equal(replacedAt('FROM gcr.io/dist$0'), 'gcr.io/dist');
    assert.equal(replacedAt('FROM python:3.1$0'), 'python:3.1');
    assert.equal(replacedAt('FROM dhi.io/no$0 AS x'), 'dhi.io/no');
    assert.equal(replacedAt('FROM py$0thon:3.12-slim AS x'), 'python:3.12-slim');
    assert.equal(replacedAt('FROM python:3$0.12@sha256:abc'), 'python:3.12@sha256:abc');
  });

  test('nothing where no word is', () => {
    assert.equal(replacedAt('FROM $0'), '');
    assert.equal(replacedAt('FROM $0 AS x'), '');
    assert.equal(replacedAt('FROM $0AS x'), '');
  });

  test('in a continued line, only that line', () => {
    assert.equal(replacedAt('FROM \\\n  de$0\\\n AS x'), 'de');
  });

  test('the value of a flag, and one field of a mount', () => {
    assert.equal(replacedAt('FROM debian AS build\nFROM scratch\nCOPY --from=bu$0ild a b'), 'build');
    const mount = 'FROM debian AS build\nFROM scratch\nRUN --mount=type=bind,from=bu$0,target=/x ls';
    assert.equal(replacedAt(mount), 'bu');
  });

  test('every suggestion begins with what an editor filters by', () => {
    const { typed, items } = { typed: 'gcr.io/dist', items: completionAt('FROM gcr.io/dist$0')?.items ?? [] };
    assert.ok(items.length > 5);
    assert.ok(items.filter(({ text }) => text.startsWith(typed)).length > 5);
  });
});

describe('descriptions', () => {
  const catalog = loadCatalog();

  test('facts in a line, and a short card', () => {
    const described = describeImage(catalog, 'gcr.io/distroless/static-debian13:nonroot', today);
    assert.equal(described?.detail, 'Google Distroless · no libc · no shell · 65532');
    assert.match(described?.markdown ?? '', /no shell, runs as `nonroot`/);
    assert.ok((described?.markdown ?? '').split('\n').length < 12);
  });

  test('a name without tag stands for its most useful tag, and says so', () => {
    assert.match(describeImage(catalog, 'python', today)?.markdown ?? '', /Facts of `python:3\.\d+-slim-trixie`/);
    assert.match(describeImage(catalog, 'dhi.io/node', today)?.detail ?? '', /Docker Hardened Images · glibc/);
  });

  test('a retired image says so', () => {
    assert.match(
      describeImage(catalog, 'gcr.io/distroless/static-debian11:latest', today)?.markdown ?? '',
      /no longer built/,
    );
  });

  test('nothing about what is not known', () => {
    for (const text of ['nobody/knows', 'UPPER', '', 'scratch', 'python:nope-nope'])
      assert.equal(describeImage(catalog, text, today), null, text);
  });
});
