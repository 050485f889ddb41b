import assert from 'node:assert/strict';
import { test } from 'node:test';
import { complaints, uvLock, type Project } from '../support/neighbours.js';
import type { MemoryFiles } from '../support/memory-tree.js';

const project = '[project]\nname = "app"\nversion = "0.1.0"\nrequires-python = ">=3.13"\n';
const needs = 'dependencies = [\n    { name = "onnxruntime" },\n]';

const withUv = (lock: string): MemoryFiles => ({ 'pyproject.toml': project, 'uv.lock': lock, 'app.py': '' });
const gap = withUv(uvLock(needs));

const alpine = (run: string, before = '') => `
FROM ghcr.io/astral-sh/uv:python3.13-alpine
WORKDIR /app
${before}
COPY . .
${run}
USER 65532:65532
CMD ["/app/.venv/bin/python", "app.py"]
`;

const error = ['error python-no-musllinux-wheel'];
const silent = (name: string, given: Project) =>
  test(name.replace(/\s*\n\s*/g, '; '), () => assert.deepEqual(complaints(given), []));

test('a package without a wheel for musl and without source is an error', () => {
  for (const run of ['RUN uv sync', 'RUN uv sync --frozen', 'RUN uv sync --locked --no-dev'])
    assert.deepEqual(complaints({ dockerfile: alpine(run), files: gap }), error, run);
  const frozen = alpine('RUN uv sync --frozen', 'ENV UV_INDEX=https://example.org/simple');
  assert.deepEqual(complaints({ dockerfile: frozen, files: gap }), error);
});

for (const run of [
  'RUN uv lock --upgrade && uv sync --frozen',
  'RUN uv remove onnxruntime && uv sync --frozen',
  'RUN uv lock --upgrade-package onnxruntime\nRUN uv sync',
  'RUN uv sync --upgrade',
  'RUN uv sync -U',
  'RUN uv sync --extra-index-url https://example.org/musl',
  'RUN uv sync --index=https://example.org/musl',
  'RUN uv sync --find-links /wheels',
  'RUN uv sync --frozen --no-install-package onnxruntime',
  'RUN uv sync --frozen --only-group lint',
  'RUN uv sync --frozen --package other',
  'RUN uv sync --frozen || uv sync --no-install-package onnxruntime',
  'RUN sed -i "/onnxruntime/d" pyproject.toml uv.lock && uv sync --frozen',
  'RUN uv run --no-sync python -c 1',
  'RUN uv pip install --system onnxruntime.whl',
])
  silent(`the lock does not decide, or not alone: ${run}`, { dockerfile: alpine(run), files: gap });

for (const variable of ['UV_INDEX', 'UV_EXTRA_INDEX_URL', 'UV_FIND_LINKS', 'UV_DEFAULT_INDEX'])
  silent(`another index by ${variable}`, {
    dockerfile: alpine('RUN uv sync', `ENV ${variable}=https://example.org/musl`),
    files: gap,
  });

const group = `\n[package.dev-dependencies]\ndev = [\n    { name = "onnxruntime" },\n]`;
const extra = `\n[package.optional-dependencies]\nml = [\n    { name = "onnxruntime" },\n]`;

for (const [root, run, before] of [
  [group, 'RUN uv sync --frozen --no-dev'],
  [group, 'RUN uv sync --frozen --no-default-groups'],
  [group, 'RUN uv sync --frozen', 'ENV UV_NO_DEV=1'],
  [group, 'RUN uv sync --frozen', 'ENV UV_NO_GROUP=dev'],
  [extra, 'RUN uv sync --frozen'],
  [extra, 'RUN uv sync --frozen --all-extras --no-extra ml'],
  [needs.replace(' }', `, marker = "sys_platform == 'darwin'" }`), 'RUN uv sync --frozen'],
  [needs.replace(' }', `, marker = "platform_machine == 'AMD64'" }`), 'RUN uv sync --frozen'],
] as const)
  silent(`not part of the install: ${run} ${before ?? ''} ${root}`, {
    dockerfile: alpine(run, before),
    files: withUv(uvLock(root)),
  });

silent('wheels of the stable ABI', {
  dockerfile: alpine('RUN uv sync --frozen'),
  files: withUv(
    uvLock(needs, [
      'cp39-abi3-manylinux_2_28_x86_64',
      'cp39-abi3-manylinux_2_28_aarch64',
      'cp39-abi3-musllinux_1_2_x86_64',
      'cp39-abi3-musllinux_1_2_aarch64',
    ]),
  ),
});

const other = uvLock(needs, [
  'manylinux_2_28_x86_64',
  'manylinux_2_28_aarch64',
  'cp314-cp314-musllinux_1_2_x86_64',
  'cp314-cp314-musllinux_1_2_aarch64',
]);

silent('another Python, by an option', {
  dockerfile: alpine('RUN uv sync --frozen --python 3.14'),
  files: withUv(other),
});
silent('another Python, by a file', {
  dockerfile: alpine('RUN uv sync --frozen'),
  files: { ...withUv(other), '.python-version': '3.14' },
});

silent('one machine only, which has a wheel', {
  dockerfile: alpine('RUN uv sync --frozen').replace('FROM ', 'FROM --platform=linux/amd64 '),
  files: withUv(uvLock(needs, ['manylinux_2_28_x86_64', 'musllinux_1_2_x86_64', 'manylinux_2_28_aarch64'])),
});

silent('the lock of a workspace lies above its members', {
  dockerfile: alpine('WORKDIR /app/packages/api\nRUN uv sync --frozen'),
  files: {
    'pyproject.toml': `${project}[tool.uv.workspace]\nmembers = ["packages/*"]\n`,
    'packages/api/pyproject.toml': project,
    'packages/api/uv.lock': uvLock(needs),
  },
});

silent('a module that lets wheels for glibc in', {
  dockerfile: alpine('RUN uv sync --frozen', 'COPY _manylinux.py /usr/local/lib/python3.13/site-packages/'),
  files: { ...gap, '_manylinux.py': '' },
});

silent('a builder on glibc', {
  dockerfile: `
FROM ghcr.io/astral-sh/uv:python3.13-trixie-slim AS build
WORKDIR /app
COPY . .
RUN uv sync --frozen
FROM python:3.13-slim
COPY --from=build /app /app
WORKDIR /app
USER 65532
CMD ["/app/.venv/bin/python", "app.py"]
`,
  files: gap,
});

const wheels = ['x86_64', 'aarch64'].map((machine) => `onnxruntime-1.0.0-cp313-cp313-manylinux_2_28_${machine}.whl`);

const poetryLock = (fields: string) => `[[package]]
name = "onnxruntime"
version = "1.0.0"
${fields}
files = [
${wheels.map((file) => `    {file = "${file}", hash = "sha256:a"},`).join('\n')}
]

[metadata]
lock-version = "2.1"
`;

const usual = 'optional = false\ngroups = ["main"]';

const withPoetry = (fields: string, more = ''): MemoryFiles => ({
  'pyproject.toml': `${project}dependencies = ["onnxruntime"]\n${more}`,
  'poetry.lock': poetryLock(fields),
  'app.py': '',
});

const poetry = (run: string) => `
FROM python:3.13-alpine
WORKDIR /app
RUN pip install poetry && poetry config virtualenvs.create false
COPY . .
${run}
USER 65532:65532
CMD ["python", "app.py"]
`;

test('the same with Poetry', () => {
  const dockerfile = poetry('RUN poetry install --only main --no-root');
  assert.deepEqual(complaints({ dockerfile, files: withPoetry(usual) }), error);
});

for (const run of [
  'RUN poetry lock && poetry install --no-root',
  'RUN poetry remove onnxruntime && poetry install --no-root',
  'RUN poetry update && poetry install --no-root',
  'RUN python -m poetry lock\nRUN poetry install --no-root',
  'RUN poetry export -f requirements.txt -o all.txt && pip install -r all.txt',
])
  silent(`the lock is made anew: ${run}`, { dockerfile: poetry(run), files: withPoetry(usual) });

for (const [fields, run, more] of [
  ['optional = true\ngroups = ["main"]', 'RUN poetry install --no-root'],
  ['optional = false\ngroups = ["ml"]', 'RUN poetry install --no-root --without ml'],
  ['optional = false\ngroups = ["ml"]', 'RUN poetry install --no-root', '[tool.poetry.group.ml]\noptional = true\n'],
  [`${usual}\nmarkers = "sys_platform == 'win32'"`, 'RUN poetry install --no-root'],
] as const)
  silent(`Poetry leaves it out: ${fields}`, { dockerfile: poetry(run), files: withPoetry(fields, more) });

silent('a list without files, and an index that may have the wheel', {
  dockerfile: `
FROM python:3.13-alpine
COPY requirements.txt .
RUN pip install --extra-index-url https://example.org/musl -r requirements.txt
USER 65532
CMD ["python", "-c", "1"]
`,
  files: { 'requirements.txt': 'onnxruntime==1.0.0\n' },
});

silent('an environment that is made anew in the final stage', {
  dockerfile: `
FROM python:3.12-slim AS build
RUN python -m venv /venv && /venv/bin/pip install gunicorn
FROM python:3.13-slim
COPY --from=build /venv /venv
RUN rm -rf /venv && python -m venv /venv && /venv/bin/pip install gunicorn
USER 65532
CMD ["/venv/bin/gunicorn", "app:app"]
`,
});

silent('an environment of conda, which brings its own Python', {
  dockerfile: `
FROM mambaorg/micromamba:2 AS build
COPY environment.yml .
RUN micromamba create -y -p /env -f environment.yml
FROM gcr.io/distroless/base-debian12
COPY --from=build /env /env
CMD ["/env/bin/python", "-c", "1"]
`,
  files: { 'environment.yml': '' },
});
