import assert from 'node:assert/strict';
import { test } from 'node:test';
import rule from '../../server/src/rules/python-venv-not-portable.js';
import { checkFix, checkRule, checkSilent, findingsOf, fixTitles } from '../support/checks.js';

type Parts = { builder?: string; make?: string; final?: string; copy?: string; start?: string };

const built = ({ builder, make, final, copy, start }: Parts): string => `
FROM ${builder ?? 'python:3.13-slim-trixie'} AS build
${make ?? 'RUN python -m venv /venv && /venv/bin/pip install -r requirements.txt'}
FROM ${final ?? 'gcr.io/distroless/python3-debian13:nonroot'}
${copy ?? 'COPY --from=build /venv /venv'}
${start ?? 'ENTRYPOINT ["/venv/bin/python3", "app.py"]'}
`;

test('reports a link to an interpreter that the image has elsewhere', () => {
  checkRule(
    rule,
    `
FROM python:3.13-slim-trixie AS build
RUN python -m venv /venv && /venv/bin/pip install -r requirements.txt
FROM gcr.io/distroless/python3-debian13:nonroot
COPY --from=build /venv /venv
#^^^^^^^^^^^^^^^^^^^^^^^^^^^^ fixable: '/venv/bin/python' is a link to '/usr/local/bin/python', which this image does not have.
ENTRYPOINT ["/venv/bin/python3", "app.py"]
`,
  );
});

test('reports console scripts that ask for the place where they were made', () => {
  checkRule(
    rule,
    `
FROM python:3.13-slim AS build
RUN python -m venv /venv && /venv/bin/pip install -r requirements.txt
FROM python:3.13-slim
COPY --from=build /venv /app/venv
#^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ '/app/venv/bin/gunicorn' asks for '/venv/bin/python' in its first line: the environment was made at '/venv'.
ENV PATH=/app/venv/bin:$PATH
CMD ["gunicorn", "app:app"]
`,
  );
});

test('follows the environment through stages, working directories, cp and variables', () => {
  checkRule(
    rule,
    `
FROM python:3.13-slim-trixie AS base
WORKDIR /srv
ENV VIRTUAL_ENV=/srv/env PATH=/srv/env/bin:$PATH
FROM base AS build
RUN python -m venv env && pip install -r requirements.txt
FROM base AS collect
COPY --from=build /srv /srv
RUN mkdir /out && cp -a /srv/env /out/env && mv /out/env /out/venv
FROM debian:trixie-slim
RUN apt-get update && apt-get install -y --no-install-recommends python3
COPY --from=collect /out/venv /srv/env
#^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ '/srv/env/bin/python' is a link to '/usr/local/bin/python', which this image does not have.
CMD /srv/env/bin/uvicorn app:app
`,
  );
});

test('knows the environments of uv, poetry, pipenv and virtualenv', () => {
  const makes: readonly [string, string][] = [
    ['WORKDIR /app\nRUN uv sync --frozen', 'python3'],
    ['WORKDIR /app\nRUN uv venv && uv pip install -r requirements.txt', 'python3'],
    ['WORKDIR /app\nENV POETRY_VIRTUALENVS_IN_PROJECT=true\nRUN poetry install --only main', 'python'],
    ['WORKDIR /app\nRUN poetry config virtualenvs.in-project true && poetry install', 'python'],
    ['WORKDIR /app\nRUN PIPENV_VENV_IN_PROJECT=1 pipenv sync', 'python'],
    ['RUN virtualenv /app/.venv', 'python'],
    ['RUN python3 -m venv --clear /app/.venv', 'python3'],
  ];
  for (const [make, name] of makes) {
    const source = built({ make, copy: 'COPY --from=build /app /app', start: 'CMD ["x"]' }).replace(
      'CMD ["x"]',
      'ENTRYPOINT ["/app/.venv/bin/uvicorn", "app:app"]',
    );
    const messages = findingsOf(rule, source).map(({ message, severity }) => `${severity}: ${message}`);
    assert.deepEqual(
      messages,
      [`error: '/app/.venv/bin/python' is a link to '/usr/local/bin/${name}', which this image does not have.`],
      make,
    );
  }
});

test('reports a health check that starts the missing interpreter', () => {
  checkRule(
    rule,
    `
FROM python:3.13-slim-trixie AS build
RUN python -m venv /venv
FROM gcr.io/distroless/python3-debian13:nonroot
COPY --from=build /venv /venv
#^^^^^^^^^^^^^^^^^^^^^^^^^^^^ fixable: '/venv/bin/python' is a link to '/usr/local/bin/python', which this image does not have.
HEALTHCHECK CMD ["/venv/bin/python", "-c", "import app"]
CMD ["app.py"]
`,
  );
});

test('warns where PATH leads to another interpreter', () => {
  checkRule(
    rule,
    `
FROM python:3.13-slim-trixie AS build
RUN python -m venv /venv
FROM gcr.io/distroless/python3-debian13:nonroot
COPY --from=build /venv /venv
#^^^^^^^^^^^^^^^^^^^^^^^^^^^^ fixable: (warning) '/venv/bin/python' is a link to '/usr/local/bin/python', which this image does not have.
ENV PATH=/venv/bin:$PATH
ENTRYPOINT ["python", "app.py"]
`,
  );
});

test('warns of --copies: a program of its own that needs a library of the other Python', () => {
  checkRule(
    rule,
    `
FROM python:3.13-slim-trixie AS build
RUN python -m venv --copies /venv
FROM gcr.io/distroless/python3-debian13:nonroot
COPY --from=build /venv /venv
#^^^^^^^^^^^^^^^^^^^^^^^^^^^^ (warning) '/venv/bin/python' needs the library of '/usr/local/bin/python', and this image does not have that Python.
ENTRYPOINT ["/venv/bin/python", "app.py"]
`,
  );
});

test('is silent where the interpreter is at the same path', () => {
  checkSilent(rule, built({ final: 'python:3.13-slim' }));
  checkSilent(rule, built({ builder: 'cgr.dev/chainguard/python:latest-dev', final: 'cgr.dev/chainguard/python' }));
  checkSilent(rule, built({ copy: 'COPY --from=build /usr/local /usr/local\nCOPY --from=build /venv /venv' }));
});

test('is silent where the builder makes the environment through a link, as distroless documents it', () => {
  const make = 'RUN ln -s /usr/local/bin/python /usr/bin/python && /usr/bin/python -m venv /venv';
  checkSilent(rule, built({ make }));
  checkSilent(rule, built({ make: make.replaceAll('/python', '/python3') }));
});

test('is silent where only the packages are used', () => {
  const start = 'ENV PYTHONPATH=/venv/lib/python3.13/site-packages\nCMD ["app.py"]';
  checkSilent(rule, built({ start }));
  checkSilent(
    rule,
    built({ copy: 'COPY --from=build /venv/lib/python3.13/site-packages /deps', start: 'CMD ["a.py"]' }),
  );
});

test('is silent about a moved environment whose interpreter is started, and about a relocatable one', () => {
  const moved = { final: 'python:3.13-slim', copy: 'COPY --from=build /venv /app' };
  checkSilent(rule, built({ ...moved, start: 'CMD ["/app/bin/python", "-m", "gunicorn"]' }));
  checkSilent(rule, built({ ...moved, make: 'RUN uv venv --relocatable /venv', start: 'CMD ["/app/bin/gunicorn"]' }));
  const both = `${moved.copy}\nCOPY --from=build /venv /venv`;
  checkSilent(rule, built({ ...moved, copy: both, start: 'CMD ["/app/bin/gunicorn"]' }));
});

test('is silent where something is not known', () => {
  checkSilent(rule, built({ final: 'registry.example.com/python' }));
  checkSilent(rule, built({ builder: 'registry.example.com/python' }));
  checkSilent(rule, built({ copy: 'COPY --from=build /usr/local/bin /usr/local/bin\nCOPY --from=build /venv /venv' }));
  checkSilent(rule, built({ copy: 'COPY root/ /usr/local/\nCOPY --from=build /venv /venv' }));
  checkSilent(rule, built({ make: 'RUN if [ "$X" ]; then python -m venv /venv; fi' }));
  checkSilent(rule, built({ final: 'debian:trixie-slim\nRUN ./install-python.sh' }));
});

test('leaves another version, and interpreters that uv downloaded, to the rules about them', () => {
  checkSilent(rule, built({ builder: 'python:3.12-slim' }));
  checkSilent(rule, built({ make: 'RUN uv venv --managed-python /venv' }));
});

test('fix: makes the environment through /usr/bin/python', () => {
  const before = 'RUN pip install x && python -m venv /venv && /venv/bin/pip install -r requirements.txt';
  const link = 'ln -s /usr/local/bin/python /usr/bin/python && /usr/bin/python -m venv';
  checkFix(rule, built({ make: before }), built({ make: before.replace('python -m venv', link) }));
});

test('offers no fix where the link cannot be made, or would lead elsewhere', () => {
  assert.deepEqual(fixTitles(rule, built({ make: 'USER 1000\nRUN python -m venv /tmp/v && mv /tmp/v /venv' })), []);
  assert.deepEqual(fixTitles(rule, built({ make: 'RUN virtualenv /venv' })), []);
});

const pipx = 'RUN pip install pipx && pipx install cowsay';

test('reports a link of pipx without the environment it leads into', () => {
  checkRule(
    rule,
    `
FROM python:3.13-slim AS build
RUN pip install pipx && pipx install cowsay
FROM python:3.13-slim
COPY --from=build /root/.local/bin /root/.local/bin
#^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ '/root/.local/bin/cowsay' is a link to '/root/.local/share/pipx/venvs/cowsay/bin/cowsay', and this image does not have that environment.
ENV PATH=/root/.local/bin:$PATH
CMD ["cowsay"]
`,
  );
});

test('follows a link of pipx into its environment', () => {
  const start = 'CMD ["/root/.local/bin/cowsay"]';
  const copy = 'COPY --from=build /root/.local /root/.local';
  checkSilent(rule, built({ builder: 'python:3.13-slim', make: pipx, final: 'python:3.13-slim', copy, start }));
  const parts = { builder: 'python:3.13-slim', make: pipx, copy };
  const found = findingsOf(rule, built({ ...parts, start: start.replace('CMD', 'ENTRYPOINT') }));
  assert.deepEqual(
    found.map(({ message }) => message),
    [
      "'/root/.local/share/pipx/venvs/cowsay/bin/python' is a link to '/usr/local/bin/python', which this image does not have.",
    ],
  );
});

test('is silent where a link of pipx is copied by its name, found elsewhere or not started', () => {
  const parts = { builder: 'python:3.13-slim', make: pipx, final: 'python:3.13-slim' };
  const copy = 'COPY --from=build /root/.local/bin /root/.local/bin';
  checkSilent(rule, built({ ...parts, copy, start: 'CMD ["python", "app.py"]' }));
  checkSilent(rule, built({ ...parts, copy: `${copy}\nRUN ./install.sh`, start: 'CMD ["/root/.local/bin/cowsay"]' }));
  checkSilent(
    rule,
    built({ ...parts, copy: 'COPY --from=build /root/.local/bin/cowsay /bin/', start: 'CMD ["cowsay"]' }),
  );
  const both = `${copy}\nENV PATH=/root/.local/bin:$PATH\nRUN python -m venv /v\nRUN ln -s /v/bin/cowsay /usr/local/bin/`;
  checkSilent(rule, built({ ...parts, copy: both, start: 'CMD ["cowsay"]' }));
});

test('is silent where something else took the place of the link', () => {
  const parts = { builder: 'python:3.13-slim', make: 'RUN python -m venv /v && ln -s /v/bin/web /usr/local/bin/web' };
  const found = (lines: string) => {
    const copy = `COPY --from=build /usr/local/bin /usr/local/bin${lines}`;
    return findingsOf(rule, built({ ...parts, final: 'python:3.13-slim', copy, start: 'CMD ["web"]' })).length;
  };
  assert.equal(found(''), 1);
  assert.equal(found('\nRUN pip install web==1.0'), 0);
  assert.equal(found('\nRUN pip install -r requirements.txt'), 0);
  assert.equal(found('\nCOPY web /usr/local/bin/web'), 0);
  assert.equal(found('\nCOPY --from=build /v /v'), 0);
  assert.equal(found('\nRUN pip install flask'), 1);
});
