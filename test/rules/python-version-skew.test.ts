import assert from 'node:assert/strict';
import { test } from 'node:test';
import rule from '../../server/src/rules/python-version-skew.js';
import { checkFix, checkRule, checkSilent, findingsOf, fixTitles } from '../support/checks.js';

const target = (builder: string, final: string, rest = '') => `
FROM ${builder} AS build
RUN pip install --target=/deps -r requirements.txt
FROM ${final}
${rest}COPY --from=build /deps /deps
ENV PYTHONPATH=/deps
ENTRYPOINT ["python3", "/app/main.py"]
`;

test('reports packages of a --target directory as a warning: pure Python still works', () => {
  checkRule(
    rule,
    `
FROM python:3.12-slim AS build
RUN pip install --target=/deps -r requirements.txt
FROM gcr.io/distroless/python3-debian13
COPY --from=build /deps /deps
#^^^^^^^^^^^^^^^^^^^^^^^^^^^^ fixable: (warning) The packages in '/deps' are for Python 3.12, and this image has Python 3.13.
ENV PYTHONPATH=/deps
CMD ["-m", "uvicorn", "app:app"]
`,
  );
});

test('reports as an error what is started and cannot be found', () => {
  checkRule(
    rule,
    `
FROM python:3.12-slim AS build
RUN python -m venv /venv && /venv/bin/pip install -r requirements.txt
FROM python:3.13-slim
COPY --from=build /venv /venv
#^^^^^^^^^^^^^^^^^^^^^^^^^^^^ fixable: The packages in '/venv' are for Python 3.12, and this image has Python 3.13.
ENV PATH=/venv/bin:$PATH
CMD ["gunicorn", "app:app"]
`,
  );
  checkRule(
    rule,
    `
FROM python:3.12-slim AS build
RUN pip install flask
FROM python:3.13-slim
COPY --from=build /usr/local/lib/python3.12/site-packages /usr/local/lib/python3.12/site-packages
#^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ fixable: The packages in '/usr/local/lib/python3.12/site-packages' are for Python 3.12, and this image has Python 3.13.
CMD ["python", "-m", "flask", "run"]
`,
  );
});

test('follows packages through stages, build arguments, cp and mv', () => {
  checkRule(
    rule,
    `
ARG PYTHON=3.11
FROM python:$PYTHON-slim AS base
FROM base AS build
ENV VIRTUAL_ENV=/opt/venv PATH=/opt/venv/bin:$PATH
RUN python -m venv $VIRTUAL_ENV
RUN pip install -r requirements.txt
FROM base AS collect
COPY --from=build /opt /opt
RUN mkdir -p /out/opt && cp -r /opt/venv /out/opt/venv
FROM debian:trixie-slim
RUN apt-get update && apt-get install -y --no-install-recommends python3
COPY --from=collect /out/opt /opt
#^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ The packages in '/opt/venv' are for Python 3.11, and this image has Python 3.13.
CMD ["/opt/venv/bin/python", "main.py"]
`,
  );
});

test('knows the Python of poetry, uv, pip --user and --prefix', () => {
  const installs: readonly [string, string, string][] = [
    ['RUN pip install --user -r requirements.txt', '/root/.local', '/root/.local/lib/python3.12/site-packages'],
    ['RUN pip install --prefix=/install -r requirements.txt', '/install', '/install/lib/python3.12/site-packages'],
    ['WORKDIR /app\nRUN pip install uv && uv sync --locked', '/app', '/app/.venv'],
    ['WORKDIR /app\nENV POETRY_VIRTUALENVS_IN_PROJECT=1\nRUN poetry install', '/app', '/app/.venv'],
    [
      'RUN poetry config virtualenvs.create false && poetry install',
      '/usr/local/lib/python3.12',
      '/usr/local/lib/python3.12/site-packages',
    ],
    ['RUN python -m venv /v && . /v/bin/activate && pip install flask', '/v', '/v'],
    ['RUN uv venv /v && VIRTUAL_ENV=/v uv pip install flask', '/v', '/v'],
    ['RUN virtualenv /v && /v/bin/pip3 install flask', '/v', '/v'],
    ['WORKDIR /app\nENV PIPENV_VENV_IN_PROJECT=1\nRUN pipenv install --deploy', '/app', '/app/.venv'],
  ];
  for (const [install, path, told] of installs) {
    const copy = `COPY --from=build ${path} ${path}`;
    checkRule(
      rule,
      `
FROM python:3.12-slim AS build
${install}
FROM python:3.13-slim
${copy}
#${'^'.repeat(copy.length - 1)} fixable: (warning) The packages in '${told}' are for Python 3.12, and this image has Python 3.13.
CMD ["python", "main.py"]
`,
    );
  }
});

test('is silent where both have the same minor version', () => {
  checkSilent(rule, target('python:3.13-slim-trixie', 'gcr.io/distroless/python3-debian13'));
  checkSilent(rule, target('python:3.13.1', 'python:3.13.2-slim'));
  checkSilent(rule, target('python:3.11-bookworm', 'gcr.io/distroless/python3-debian12'));
});

test('is silent where the interpreter comes along, or another one of the right version is there', () => {
  checkSilent(
    rule,
    target('python:3.12-slim-trixie', 'gcr.io/distroless/cc-debian13', 'COPY --from=build /usr/local /usr/local\n'),
  );
  checkSilent(rule, target('python:3.12-slim-trixie', 'python:3.13-slim', 'COPY --from=build /usr/local /usr/local\n'));
});

test('is silent where a version is not known', () => {
  checkSilent(rule, target('registry.example.com/python', 'python:3.13-slim'));
  checkSilent(rule, target('python:3.12-slim', 'registry.example.com/base'));
  checkSilent(rule, 'ARG V\n' + target('python:$V', 'python:3.13-slim').trimStart());
  checkSilent(rule, target('python:latest', 'python:3.12-slim'));
  checkSilent(rule, target('python:3.12-slim', 'python:3.13-slim').replace('--target=/deps', '--target=$(cat where)'));
});

test('is silent about an install that may not have happened, and about what was removed', () => {
  checkSilent(rule, target('python:3.12-slim', 'python:3.13-slim').replace(/pip.*/, 'if [ "$X" ]; then $&; fi'));
  checkSilent(
    rule,
    target('python:3.12-slim', 'python:3.13-slim').replace('requirements.txt', 'requirements.txt && rm -rf /deps'),
  );
});

test('is silent about packages for another version that pip was asked for', () => {
  checkSilent(
    rule,
    target('python:3.12-slim', 'gcr.io/distroless/python3-debian13').replace(
      '--target',
      '--python-version 3.13 --only-binary=:all: --target',
    ),
  );
});

test('fix: builds with the version of the image, in the paths as well', () => {
  checkFix(rule, target('python:3.12-slim', 'python:3.13-slim'), target('python:3.13-slim', 'python:3.13-slim'));
  const site = (version: string) => `
FROM python:${version}-alpine AS build
RUN pip install flask
FROM python:3.13-alpine
COPY --from=build /usr/local/lib/python${version}/site-packages /usr/local/lib/python${version}/site-packages
CMD ["python", "-m", "flask", "run"]
`;
  checkFix(rule, site('3.12'), site('3.13'));
});

test('offers no fix where the version is not written in the tag, or stands in other places', () => {
  assert.deepEqual(fixTitles(rule, 'ARG V=3.12\n' + target('python:$V-slim', 'python:3.13-slim').trimStart()), []);
  assert.deepEqual(
    fixTitles(rule, target('python:3.12-slim', 'python:3.13-slim', 'ENV LIBRARY=/deps/python3.12\n')),
    [],
  );
});

const onPath = (made: string) => `
FROM python:${made}-slim-trixie AS build
COPY pylock.toml .
RUN pip install --target=/deps -r pylock.toml
FROM gcr.io/distroless/python3-debian13
COPY --from=build /deps /deps
ENV PYTHONPATH=/deps
CMD ["main.py"]
`;

const pylock = (...wheels: readonly string[]) => {
  const names = wheels.map((end, index) => `    {name = "lib${index}-1-${end}.whl"},\n`).join('');
  const lock = `lock-version = "1.0"\n\n[[packages]]\nname = "lib"\nversion = "1"\nwheels = [\n${names}]\n`;
  return { files: { 'pylock.toml': lock } };
};

test('is silent where the lock shows that all packages work with both versions', () => {
  checkSilent(rule, onPath('3.12'), pylock('py3-none-any'));
  checkSilent(rule, onPath('3.12'), pylock('cp39-abi3-manylinux_2_28_x86_64'));
  for (const options of [
    {},
    pylock('cp312-cp312-manylinux_2_28_x86_64'),
    pylock('cp312-cp312-manylinux_2_28_x86_64', 'cp313-cp313-manylinux_2_28_x86_64'),
    pylock('cp313-abi3-manylinux_2_28_x86_64'),
    pylock(),
  ])
    assert.equal(findingsOf(rule, onPath('3.12'), options).length, 1);
});

test('but not where their folder belongs to one version, or a package is named besides', () => {
  const own = onPath('3.12')
    .replace(/--target=\/deps |ENV .*\n/g, '')
    .replace(/\/deps/g, '/usr/local/lib/python3.12/site-packages');
  assert.equal(findingsOf(rule, own, pylock('py3-none-any')).length, 1);
  const more = onPath('3.12').replace('pylock.toml\nFROM', 'pylock.toml flask\nFROM');
  assert.equal(findingsOf(rule, more, pylock('py3-none-any')).length, 1);
});

test('fix: makes an environment through the path at which the image has its Python', () => {
  const app = (tag: string, made: string) => `
FROM python:${tag} AS build
RUN ${made} -m venv /venv && /venv/bin/pip install -r requirements.txt
FROM gcr.io/distroless/python3-debian13:nonroot
COPY --from=build /venv /venv
ENTRYPOINT ["/venv/bin/python3", "/app.py"]
`;
  const link = 'ln -s /usr/local/bin/python /usr/bin/python && /usr/bin/python';
  checkFix(rule, app('3.12-slim', 'python'), app('3.13-slim', link));
  const uv = app('3.12-slim', 'python').replace('python -m venv /venv', 'uv venv --python /usr/local/bin/python /venv');
  assert.deepEqual(fixTitles(rule, uv), []);
});
