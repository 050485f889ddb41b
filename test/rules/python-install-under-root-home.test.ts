import assert from 'node:assert/strict';
import { test } from 'node:test';
import rule from '../../server/src/rules/python-install-under-root-home.js';
import { checkFix, checkRule, checkSilent, findingsOf, fixTitles } from '../support/checks.js';

type Parts = { base?: string; make?: string; final?: string; copy?: string; start?: string };

const built = ({ base, make, final, copy, start }: Parts): string => `
FROM ${base ?? 'debian:trixie-slim'} AS build
WORKDIR /app
${make ?? 'RUN uv sync --locked --managed-python'}
FROM ${final ?? 'gcr.io/distroless/cc-debian13:nonroot'}
${copy ?? 'COPY --from=build /app /app'}
${start ?? 'CMD ["/app/.venv/bin/python", "main.py"]'}
`;

test('reports an environment whose interpreter stayed in the builder', () => {
  checkRule(
    rule,
    `
FROM debian:trixie-slim AS build
WORKDIR /app
RUN uv sync --locked
FROM gcr.io/distroless/cc-debian13:nonroot
COPY --from=build /app /app
#^^^^^^^^^^^^^^^^^^^^^^^^^^ fixable: '/app/.venv/bin/python' is a link into '/root/.local/share/uv/python', where uv keeps its interpreter, and this image does not have it.
CMD ["/app/.venv/bin/python", "main.py"]
`,
  );
});

test('reports an interpreter that was copied into the home directory of root', () => {
  checkRule(
    rule,
    `
FROM debian:trixie-slim AS build
WORKDIR /app
RUN uv python install 3.13 && uv sync --locked
FROM debian:trixie-slim
COPY --from=build /root/.local /root/.local
COPY --from=build /app /app
#^^^^^^^^^^^^^^^^^^^^^^^^^^ '/app/.venv/bin/python' is a link into '/root/.local/share/uv/python', which only root may enter, and this image runs as another user.
USER 1000:1000
ENV PATH=/app/.venv/bin:$PATH
CMD ["uvicorn", "main:app"]
`,
  );
});

test('reports packages of pip --user that another user starts or needs', () => {
  checkRule(
    rule,
    `
FROM python:3.13-slim AS build
RUN pip install --user -r requirements.txt
FROM python:3.13-slim
COPY --from=build /root/.local /root/.local
#^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ The packages in '/root/.local/lib/python3.13/site-packages' cannot be read: only root may enter '/root', and this image runs as another user.
USER 1000:1000
ENV PATH=/root/.local/bin:$PATH
CMD ["gunicorn", "app:app"]
`,
  );
  checkRule(
    rule,
    `
FROM python:3.13-slim
RUN pip install --user -r requirements.txt
#   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ (warning) The packages in '/root/.local/lib/python3.13/site-packages' cannot be read: only root may enter '/root', and this image runs as another user.
USER 1000:1000
CMD ["python", "main.py"]
`,
  );
});

test('follows where uv is told to keep its interpreters', () => {
  const folders: readonly [string, string][] = [
    ['ENV UV_PYTHON_INSTALL_DIR=/opt/python', '/opt/python'],
    ['ENV XDG_DATA_HOME=/data', '/data/uv/python'],
    ['ENV HOME=/home/build', '/home/build/.local/share/uv/python'],
    ['ARG UV_PYTHON_INSTALL_DIR=/python', '/python'],
  ];
  for (const [line, folder] of folders) {
    const [finding] = findingsOf(rule, built({ make: `${line}\nRUN uv sync --managed-python` }));
    assert.match(finding?.message ?? '', new RegExp(`is a link into '${folder}'`), line);
  }
});

test('knows when uv takes an interpreter of its own', () => {
  const speaks = (base: string, make: string) => findingsOf(rule, built({ base, make })).length > 0;
  assert.ok(speaks('debian:trixie-slim', 'RUN uv sync'));
  assert.ok(speaks('python:3.13-slim', 'ENV UV_PYTHON_PREFERENCE=only-managed\nRUN uv sync'));
  assert.ok(speaks('python:3.13-slim', 'ENV UV_MANAGED_PYTHON=1\nRUN uv venv && uv sync'));
  assert.ok(speaks('python:3.13-slim', 'RUN uv python install 3.12 && uv sync'));
  assert.ok(!speaks('python:3.13-slim', 'RUN uv sync'));
  assert.ok(!speaks('python:3.13-slim', 'ENV UV_PYTHON_DOWNLOADS=0\nRUN uv python install 3.12; uv sync'));
  assert.ok(!speaks('debian:trixie-slim', 'RUN apt-get install -y python3 && uv sync'));
  assert.ok(!speaks('debian:trixie-slim', 'ENV UV_PYTHON_PREFERENCE=only-system\nRUN uv sync'));
  assert.ok(!speaks('registry.example.com/base', 'RUN uv sync'));
  assert.ok(!speaks('debian:trixie-slim', 'RUN if [ "$X" ]; then uv sync; fi'));
});

test('is silent where the interpreter is copied to the same path', () => {
  const make = 'ENV UV_PYTHON_INSTALL_DIR=/python\nRUN uv sync --managed-python';
  checkSilent(rule, built({ make, copy: 'COPY --from=build /python /python\nCOPY --from=build /app /app' }));
  checkSilent(
    rule,
    built({
      final: 'debian:trixie-slim',
      copy: 'COPY --from=build /root/.local /root/.local\nCOPY --from=build /app /app',
    }),
  );
});

test('is silent where nothing starts the environment, or other files may be it', () => {
  checkSilent(rule, built({ start: 'CMD ["/app/run"]' }));
  checkSilent(rule, built({ copy: 'COPY root/ /root/\nCOPY --from=build /app /app' }));
  checkSilent(rule, built({ final: 'registry.example.com/base' }));
});

test('is silent where others may enter /root, and where it is not known who runs the image', () => {
  const user = (rest: string) => `
FROM python:3.13-slim
RUN pip install --user -r requirements.txt
${rest}
CMD ["python", "main.py"]
`;
  checkSilent(rule, user('RUN chmod 755 /root\nUSER 1000'));
  checkSilent(rule, user('USER root'));
  checkSilent(rule, user('ARG WHO\nUSER $WHO'));
  checkSilent(rule, user('RUN pip uninstall -y x && rm -rf /root/.local\nUSER 1000'));
});

test('is silent about packages in the home directory of the user', () => {
  checkSilent(
    rule,
    `
FROM python:3.13-slim AS build
RUN pip install --user -r requirements.txt
FROM python:3.13-slim
RUN useradd --create-home app
COPY --from=build --chown=app /root/.local /home/app/.local
USER app
ENV PATH=/home/app/.local/bin:$PATH
CMD ["gunicorn", "app:app"]
`,
  );
});

test('fix: has uv keep its interpreter where it can be copied', () => {
  checkFix(
    rule,
    built({}),
    built({
      base: 'debian:trixie-slim',
      copy: 'COPY --from=build /python /python\nCOPY --from=build /app /app',
    }).replace('AS build', 'AS build\nENV UV_PYTHON_INSTALL_DIR=/python'),
  );
});

test('offers no fix where uv has a directory already, or the environment comes from another stage', () => {
  assert.deepEqual(
    fixTitles(rule, built({ make: 'ENV UV_PYTHON_INSTALL_DIR=/opt/py\nRUN uv sync --managed-python' })),
    [],
  );
  const through = built({})
    .replace(/FROM gcr/, 'FROM build AS other\nFROM gcr')
    .replace('--from=build', '--from=other');
  assert.equal(findingsOf(rule, through.trimStart()).length, 1);
  assert.deepEqual(fixTitles(rule, through), []);
});

test('reports an application of pipx or uv that another user starts', () => {
  for (const install of [
    'RUN pip install pipx && pipx install cowsay',
    'RUN UV_TOOL_BIN_DIR=/root/.local/bin uv tool install cowsay',
  ]) {
    const source = `FROM python:3.13-slim\n${install}\nENV PATH=/root/.local/bin:$PATH\nUSER 1000\n`;
    const [found] = findingsOf(rule, `${source}CMD ["cowsay"]`);
    assert.match(found?.message ?? '', /^The packages in '\/root\/\.local\/share\/.+' cannot be read/);
    assert.equal(found?.severity, 'error');
    checkSilent(rule, `${source}CMD ["python", "app.py"]`);
  }
});

test('is silent about an application that everybody may start', () => {
  const source = 'FROM python:3.13-slim\nENV PIPX_HOME=/opt/pipx PIPX_BIN_DIR=/usr/local/bin\n';
  checkSilent(rule, `${source}RUN pip install pipx && pipx install cowsay\nUSER 1000\nCMD ["cowsay"]`);
});
