import assert from 'node:assert/strict';
import { test } from 'node:test';
import rule from '../../server/src/rules/python-no-musllinux-wheel.js';
import { checkFix, checkRule, checkSilent, findingsOf, fixTitles, type CheckOptions } from '../support/checks.js';
import { glibcWheels, muslWheels, poetryLock, uvLock, type Locked } from '../support/python-locks.js';

const needs = 'dependencies = [\n    { name = "lib" },\n]';
const glibcOnly: Locked = { name: 'lib', wheels: glibcWheels };
const project = '[project]\nname = "app"\nversion = "1"\ndependencies = ["lib"]\n';

function uv(...packages: readonly Locked[]): CheckOptions {
  return { files: { 'uv.lock': uvLock(needs, packages), 'pyproject.toml': project } };
}

function poetry(...packages: readonly Locked[]): CheckOptions {
  return { files: { 'poetry.lock': poetryLock(packages), 'pyproject.toml': project } };
}

const install = (command: string, image = 'python:3.13-alpine', before = '') => `
FROM ${image}
WORKDIR /app
${before}COPY pyproject.toml *.lock ./
RUN ${command}
`;

/** The severity of each finding with its message. */
function told(source: string, options: CheckOptions): string[] {
  return findingsOf(rule, source, options).map(({ severity, message }) => `${severity}: ${message}`);
}

const fails = "error: 'lib' has neither a wheel for musl nor source, so uv sync fails here.";

test('reports a package that cannot be installed at all', () => {
  checkRule(
    rule,
    `
FROM python:3.13-alpine AS build
COPY --from=ghcr.io/astral-sh/uv:0.9 /uv /bin/
WORKDIR /app
COPY pyproject.toml uv.lock ./
RUN uv sync --locked --no-dev
#   ^^^^^^^^^^^^^^^^^^^^^^^^^ fixable: 'lib' has neither a wheel for musl nor source, so uv sync fails here.
`,
    uv(glibcOnly),
  );
});

test('points at the line of the lock', () => {
  const [finding] = findingsOf(rule, install('uv sync'), uv(glibcOnly));
  const [reason] = finding?.because ?? [];
  assert.ok(reason?.kind === 'file');
  assert.equal(reason.file.path, 'uv.lock');
  assert.equal(reason.file.text.slice(reason.span.start, reason.span.end), 'lib');
  assert.equal(reason.note, 'The lock lists 2 wheels for glibc, none for musl, and no source.');
});

test('one with a source is a warning without a compiler, an information with one', () => {
  const options = uv({ ...glibcOnly, hasSource: true });
  const what = "'lib' has no wheel for musl, so uv sync builds it from source here.";
  assert.deepEqual(told(install('uv sync'), options), [`warning: ${what}`]);
  const gcc = 'RUN apk add --no-cache gcc musl-dev\n';
  assert.deepEqual(told(install('uv sync', 'python:3.13-alpine', gcc), options), [`information: ${what}`]);
  assert.deepEqual(told(install('./tools.sh && uv sync'), options), [`information: ${what}`]);
});

test('one that can do without its native part is an information', () => {
  const lock = uvLock('dependencies = [\n    { name = "wrapt" },\n]', [
    { ...glibcOnly, name: 'wrapt', hasSource: true },
  ]);
  const files = { 'uv.lock': lock, 'pyproject.toml': project };
  const what = "'wrapt' has no wheel for musl, so uv sync builds it from source here.";
  assert.deepEqual(told(install('uv sync'), { files }), [`information: ${what}`]);
});

test('a source is of no use where nothing may be built', () => {
  const wheelsOnly = "error: 'lib' has no wheel for musl, so uv sync fails here.";
  const options = uv({ ...glibcOnly, hasSource: true });
  assert.deepEqual(told(install('uv sync --no-build'), options), [wheelsOnly]);
  assert.deepEqual(told(install('uv sync', 'python:3.13-alpine', 'ENV UV_NO_BUILD=1\n'), options), [wheelsOnly]);
  const lock = poetry({ ...glibcOnly, hasSource: true, lines: 'groups = ["main"]\n' });
  const fail = ["error: 'lib' has no wheel for musl, so poetry install fails here."];
  assert.deepEqual(told(install('poetry config installer.only-binary :all: && poetry install'), lock), fail);
});

test('names several, the hopeless ones first', () => {
  const needsAll =
    'dependencies = [\n' + ['a', 'b', 'c', 'd', 'e'].map((name) => `    { name = "${name}" },\n`).join('') + ']';
  const files = (names: string) => {
    const packages = [...names].map((name) => ({ name, wheels: glibcWheels }));
    const source = { name: 'e', wheels: glibcWheels, hasSource: true };
    return { files: { 'uv.lock': uvLock(needsAll, [...packages, source]) } };
  };
  const message = (names: string) => findingsOf(rule, install('uv sync'), files(names))[0]?.message ?? '';
  assert.match(message('ab'), /^'a' and 'b' have neither/);
  assert.match(message('abc'), /^'a', 'b' and 'c' have neither/);
  assert.match(message('abcd'), /^'a', 'b', 'c' and 1 more have neither/);
  assert.match(message(''), /^'e' has no wheel for musl, so uv sync builds it/);
});

test('reads the locks of Poetry and of pip, through mounts and stages', () => {
  const main = 'groups = ["main"]\n';
  const options = poetry({ ...glibcOnly, lines: main });
  const message = "error: 'lib' has neither a wheel for musl nor source, so poetry install fails here.";
  assert.deepEqual(told(install('poetry install --only main --no-root'), options), [message]);
  const mounted = `FROM python:3.13-alpine\nWORKDIR /app\nRUN --mount=type=bind,source=uv.lock,target=uv.lock uv sync\n`;
  assert.deepEqual(told(mounted, uv(glibcOnly)), [fails]);
  const staged = `FROM python:3.13-alpine AS base\nWORKDIR /app\nCOPY . .\nFROM base\nRUN uv sync\n`;
  assert.deepEqual(told(staged, uv(glibcOnly)), [fails]);
  const pylock = `lock-version = "1.0"\n\n[[packages]]\nname = "lib"\nversion = "1"\nwheels = [\n    {name = "lib-1-${glibcWheels[0]}.whl"},\n    {name = "lib-1-${glibcWheels[1]}.whl"},\n]\n`;
  const piped = 'FROM python:3.13-alpine\nCOPY pylock.toml .\nRUN pip install -r pylock.toml\n';
  assert.deepEqual(told(piped, { files: { 'pylock.toml': pylock } }), [fails.replace('uv sync', 'pip install')]);
});

test('is silent where a wheel fits', () => {
  for (const wheels of [
    muslWheels,
    ['py3-none-any'],
    ['cp39-abi3-musllinux_1_1_x86_64', 'cp39-abi3-musllinux_1_1_aarch64'],
  ])
    checkSilent(rule, install('uv sync'), uv({ name: 'lib', wheels: [...glibcWheels, ...wheels] }));
});

test('counts the version of Python where it is known', () => {
  const older = [...muslWheels, 'cp312-cp312-manylinux_2_28_x86_64', 'cp312-cp312-manylinux_2_28_aarch64'];
  const lock = poetry({ name: 'lib', wheels: [...older, ...glibcWheels], lines: 'groups = ["main"]\n' });
  checkSilent(rule, install('poetry install'), lock);
  assert.equal(told(install('poetry install', 'python:3.12-alpine'), lock).length, 1);
  // uv may take another version than the one of the image.
  checkSilent(rule, install('uv sync', 'python:3.12-alpine'), uv({ name: 'lib', wheels: [...older, ...glibcWheels] }));
});

test('counts the machine where it is known', () => {
  const half = uv({ name: 'lib', wheels: [...glibcWheels, 'cp313-cp313-musllinux_1_2_x86_64'] });
  checkSilent(rule, install('uv sync'), half);
  checkSilent(rule, install('uv sync', '--platform=linux/amd64 python:3.13-alpine'), half);
  assert.deepEqual(told(install('uv sync', '--platform=linux/arm64 python:3.13-alpine'), half), [fails]);
});

test('is silent where glibc would be no better', () => {
  checkSilent(rule, install('uv sync'), uv({ name: 'lib', wheels: ['cp313-cp313-win_amd64'], hasSource: true }));
  checkSilent(rule, install('uv sync'), uv({ name: 'lib', wheels: [], hasSource: true }));
  checkSilent(rule, install('uv sync', 'python:3.13-slim'), uv(glibcOnly));
});

test('is silent about what is not installed', () => {
  const group = {
    files: {
      'uv.lock': uvLock('[package.dev-dependencies]\ndev = [\n    { name = "lib" },\n]', [glibcOnly]),
      'pyproject.toml': project,
    },
  };
  assert.deepEqual(told(install('uv sync'), group), [fails]);
  checkSilent(rule, install('uv sync --no-dev'), group);
  checkSilent(rule, install('uv sync --no-group dev'), group);
  checkSilent(rule, install('uv sync --no-default-groups'), group);
  checkSilent(rule, install('uv sync', 'python:3.13-alpine', 'ENV UV_NO_DEV=1\n'), group);
  const extra = {
    files: {
      'uv.lock': uvLock('[package.optional-dependencies]\ngpu = [\n    { name = "lib" },\n]', [glibcOnly]),
      'pyproject.toml': project,
    },
  };
  checkSilent(rule, install('uv sync'), extra);
  assert.deepEqual(told(install('uv sync --extra gpu'), extra), [fails]);
  const marked = needs.replace('"lib"', '"lib", marker = "sys_platform == \'win32\'"');
  checkSilent(rule, install('uv sync'), { files: { 'uv.lock': uvLock(marked, [glibcOnly]) } });
  checkSilent(rule, install('uv sync'), { files: { 'uv.lock': uvLock('', [glibcOnly]) } });
  checkSilent(rule, install('uv sync --no-install-package lib'), uv(glibcOnly));
});

test('is silent about groups and extras of Poetry that are not asked for', () => {
  const development = poetry({ ...glibcOnly, lines: 'groups = ["dev"]\n' });
  assert.equal(told(install('poetry install'), development).length, 1);
  checkSilent(rule, install('poetry install --only main'), development);
  checkSilent(rule, install('poetry install --without dev,test'), development);
  checkSilent(rule, install('poetry install'), poetry({ ...glibcOnly, lines: 'optional = true\ngroups = ["main"]\n' }));
  checkSilent(
    rule,
    install('poetry install'),
    poetry({ ...glibcOnly, lines: 'groups = ["main"]\nmarkers = "sys_platform == \\"win32\\""\n' }),
  );
});

test('follows the dependencies of the project in locks of Poetry 1', () => {
  const lock = poetry(glibcOnly, { name: 'other', wheels: glibcWheels });
  assert.deepEqual(told(install('poetry install --only main'), lock), [
    "error: 'lib' has neither a wheel for musl nor source, so poetry install fails here.",
  ]);
});

test('is silent where the lock tells no files', () => {
  const requirements = { files: { 'requirements.txt': 'lib==1.0 --hash=sha256:1\n' } };
  checkSilent(
    rule,
    'FROM python:3.13-alpine\nCOPY requirements.txt .\nRUN pip install -r requirements.txt\n',
    requirements,
  );
  const pipfile = {
    files: { 'Pipfile.lock': '{"_meta": {}, "default": {"lib": {"hashes": ["sha256:1"]}}}', 'a.lock': '' },
  };
  checkSilent(rule, 'FROM python:3.13-alpine\nCOPY *.lock ./\nRUN pipenv install --system\n', pipfile);
});

test('is silent where the package is of Alpine, or pip is told to take wheels for glibc', () => {
  checkSilent(rule, install('uv sync', 'python:3.13-alpine', 'RUN apk add py3-lib\n'), uv(glibcOnly));
  checkSilent(
    rule,
    install('uv sync', 'python:3.13-alpine', 'COPY _manylinux.py /usr/lib/_manylinux.py\n'),
    uv(glibcOnly),
  );
});

test('is silent where the file, the image or the command is not known', () => {
  checkSilent(rule, install('uv sync'));
  checkSilent(rule, install('uv sync'), { files: { 'pyproject.toml': project } });
  checkSilent(rule, install('uv sync', 'registry.example.com/python:alpine'), uv(glibcOnly));
  checkSilent(rule, install('uv sync --python-platform linux'), uv(glibcOnly));
  checkSilent(rule, install('uv sync $OPTIONS', 'python:3.13-alpine', 'ARG OPTIONS\n'), uv(glibcOnly));
  checkSilent(rule, install('cd $FOLDER && uv sync'), uv(glibcOnly));
});

test('says less where the command may not run, or another file may lie there', () => {
  const what = fails.replace('error', 'warning');
  assert.deepEqual(told(install('test -f x && uv sync || true'), uv(glibcOnly)), [what]);
  assert.deepEqual(told(install('./prepare.sh && uv sync'), uv(glibcOnly)), [what]);
});

test('fix: the same image on glibc', () => {
  checkFix(rule, install('uv sync'), install('uv sync', 'python:3.13-slim'), uv(glibcOnly));
});

test('fix: builder and final image together', () => {
  const both = (image: string) => `
FROM ${image} AS build
WORKDIR /app
COPY . .
RUN uv sync
FROM ${image}
COPY --from=build /app /app
`;
  checkFix(rule, both('python:3.13-alpine'), both('python:3.13-slim'), uv(glibcOnly));
});

test('no fix where packages of Alpine are installed', () => {
  assert.deepEqual(fixTitles(rule, install('uv sync', 'python:3.13-alpine', 'RUN apk add curl\n'), uv(glibcOnly)), []);
});

test('is not certain of what was installed before, or is in no chosen group of an old lock', () => {
  const own = 'COPY wheels /wheels\n';
  const first = (severity: string) => (one: string) => one.startsWith(severity);
  const prepared = install('uv venv && uv pip install /wheels/lib.whl && uv sync', undefined, own);
  assert.ok(told(prepared, uv(glibcOnly)).every(first('warning')));
  assert.ok(told(install('poetry install --only dev'), poetry(glibcOnly)).every(first('warning')));
  assert.ok(told(install('poetry install --without main'), poetry(glibcOnly)).every(first('warning')));
  assert.deepEqual(told(install('uv sync', undefined, 'ENV UV_WORKING_DIR=/other\n'), uv(glibcOnly)), []);
});
