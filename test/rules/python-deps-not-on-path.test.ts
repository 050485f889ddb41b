import assert from 'node:assert/strict';
import { test } from 'node:test';
import rule from '../../server/src/rules/python-deps-not-on-path.js';
import { checkFix, checkRule, checkSilent, findingsOf, fixTitles } from '../support/checks.js';

type Parts = { builder?: string; install?: string; final?: string; copy?: string; start?: string };

const built = ({ builder, install, final, copy, start }: Parts): string => `
FROM ${builder ?? 'python:3.13-slim-trixie'} AS build
RUN ${install ?? 'pip install --target=/deps -r requirements.txt'}
FROM ${final ?? 'gcr.io/distroless/python3-debian13:nonroot'}
${copy ?? 'COPY --from=build /deps /deps'}
${start ?? 'CMD ["-m", "gunicorn", "app:app"]'}
`;

test('reports site-packages in an image that looks into dist-packages', () => {
  checkRule(
    rule,
    `
FROM python:3.13-slim-trixie AS build
RUN pip install -r requirements.txt
FROM gcr.io/distroless/python3-debian13:nonroot
COPY --from=build /usr/local/lib/python3.13/site-packages /usr/local/lib/python3.13/site-packages
#^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ fixable: '/usr/bin/python3.13' does not look for packages in '/usr/local/lib/python3.13/site-packages'.
CMD ["-m", "flask", "run"]
`,
  );
});

test('warns where a script is started, which may extend the search path itself', () => {
  checkRule(
    rule,
    `
FROM python:3.13-slim-trixie AS build
RUN pip install --prefix=/install -r requirements.txt
FROM python:3.13-slim
COPY --from=build /install /opt/app
#^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ fixable: (warning) '/usr/local/bin/python' does not look for packages in '/opt/app/lib/python3.13/site-packages'.
CMD ["python", "/srv/main.py"]
`,
  );
});

test('reports an environment that nothing starts', () => {
  checkRule(
    rule,
    `
FROM python:3.13-slim AS build
RUN python -m venv /venv && /venv/bin/pip install flask
FROM python:3.13-slim
COPY --from=build /venv /venv
#^^^^^^^^^^^^^^^^^^^^^^^^^^^^ fixable: '/usr/local/bin/python' does not look for packages in '/venv/lib/python3.13/site-packages'.
CMD ["python", "-m", "flask", "run"]
`,
  );
});

test('reports a console script that lies beside packages which are not found', () => {
  checkRule(
    rule,
    `
FROM python:3.13-slim AS build
RUN pip install --target=/deps -r requirements.txt
FROM python:3.13-slim
COPY --from=build /deps /deps
#^^^^^^^^^^^^^^^^^^^^^^^^^^^^ fixable: '/usr/local/bin/python' does not look for packages in '/deps'.
ENV PATH=/deps/bin:$PATH
CMD ["gunicorn", "app:app"]
`,
  );
});

test('reports the home directory of another user', () => {
  checkRule(
    rule,
    `
FROM python:3.13-slim AS build
RUN pip install --user -r requirements.txt
FROM python:3.13-slim
COPY --from=build /root/.local /home/app/.local
#^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ fixable: '/usr/local/bin/python' does not look for packages in '/home/app/.local/lib/python3.13/site-packages'.
CMD ["python", "-m", "uvicorn", "app:app"]
`,
  );
});

test('follows packages through stages and the interpreter through the base image of a base image', () => {
  checkRule(
    rule,
    `
FROM python:3.13-slim-trixie AS build
RUN pip install --target=/out/deps flask
FROM build AS collect
RUN mv /out/deps /out/libs
FROM gcr.io/distroless/python3-debian13 AS runtime
FROM runtime
COPY --from=collect /out /opt
#^^^^^^^^^^^^^^^^^^^^^^^^^^^^ fixable: '/usr/bin/python3.13' does not look for packages in '/opt/libs'.
CMD ["-m", "flask", "run"]
`,
  );
});

test('is silent where PYTHONPATH names the directory', () => {
  checkSilent(rule, built({ start: 'ENV PYTHONPATH=/app:/deps\nCMD ["-m", "gunicorn"]' }));
  checkSilent(rule, built({ start: 'WORKDIR /\nENV PYTHONPATH=deps/\nCMD ["-m", "gunicorn"]' }));
});

test('is silent about the directories that the interpreter searches by itself', () => {
  const dist = '/usr/local/lib/python3.13/dist-packages';
  checkSilent(rule, built({ copy: `COPY --from=build /deps ${dist}` }));
  checkSilent(rule, built({ copy: 'COPY --from=build /deps /usr/lib/python3/dist-packages' }));
  const plain = { install: 'pip install flask', final: 'python:3.13-slim', start: 'CMD ["python", "-m", "flask"]' };
  checkSilent(rule, built({ ...plain, copy: 'COPY --from=build /usr/local/lib /usr/local/lib' }));
  checkSilent(
    rule,
    built({ ...plain, install: 'pip install --prefix=/i flask', copy: 'COPY --from=build /i /usr/local' }),
  );
  checkSilent(
    rule,
    built({ ...plain, install: 'pip install --user flask', copy: 'COPY --from=build /root/.local /root/.local' }),
  );
});

test('is silent about packages beside the script, or in the working directory of -m', () => {
  checkSilent(rule, built({ copy: 'COPY --from=build /deps /app', start: 'CMD ["/app/main.py"]' }));
  checkSilent(rule, built({ copy: 'WORKDIR /app\nCOPY --from=build /deps ./' }));
});

test('is silent where the interpreter of the environment is started', () => {
  const env = {
    install: 'python -m venv /v && /v/bin/pip install x',
    final: 'python:3.13-slim',
    copy: 'COPY --from=build /v /v',
  };
  checkSilent(rule, built({ ...env, start: 'CMD ["/v/bin/python", "app.py"]' }));
  checkSilent(rule, built({ ...env, start: 'ENV PATH=/v/bin:$PATH\nCMD ["python", "-m", "gunicorn"]' }));
  checkSilent(rule, built({ ...env, start: 'CMD ["/v/bin/gunicorn"]' }));
});

test('is silent where other packages are found: what else was copied may serve another purpose', () => {
  checkSilent(
    rule,
    built({ final: 'python:3.13-slim\nRUN pip install gunicorn', start: 'CMD ["python", "-m", "gunicorn"]' }),
  );
});

test('is silent where a fact is missing', () => {
  checkSilent(rule, built({ final: 'registry.example.com/python' }));
  checkSilent(rule, built({ builder: 'registry.example.com/python' }));
  checkSilent(rule, built({ start: 'ARG DEPS\nENV PYTHONPATH=$DEPS\nCMD ["-m", "gunicorn"]' }));
  checkSilent(rule, built({ start: 'ENV PYTHONHOME=/deps\nCMD ["-m", "gunicorn"]' }));
  checkSilent(rule, built({ start: 'ENTRYPOINT ["/start"]' }));
  checkSilent(rule, built({ start: 'CMD ["-m", "gunicorn", "--pythonpath", "/deps", "app:app"]' }));
  checkSilent(
    rule,
    built({ copy: 'COPY --from=build /deps /deps\nCOPY deps.pth /usr/lib/python3/dist-packages/deps.pth' }),
  );
  checkSilent(rule, built({ install: 'pip install --user x', copy: 'COPY --from=build /root/.local /home/a/.local' }));
});

test('leaves another version and a link that leads nowhere to the rules about them', () => {
  checkSilent(rule, built({ builder: 'python:3.12-slim' }));
  checkSilent(
    rule,
    built({
      install: 'python -m venv /v && /v/bin/pip install x',
      copy: 'COPY --from=build /v /v',
      start: 'ENV PATH=/v/bin:$PATH\nENTRYPOINT ["python", "-m", "gunicorn"]',
    }),
  );
});

test('leaves packages below /root to the rule about them', () => {
  const start = 'USER 1000\nENV HOME=/app\nCMD ["python", "-m", "gunicorn"]';
  checkSilent(
    rule,
    built({
      install: 'pip install --user x',
      copy: 'COPY --from=build /root/.local /root/.local',
      final: 'python:3.13-slim',
      start,
    }),
  );
});

test('fix: names the directory in PYTHONPATH', () => {
  checkFix(rule, built({}), built({ copy: 'COPY --from=build /deps /deps\nENV PYTHONPATH=/deps' }));
});

test('offers no fix where PYTHONPATH is set already', () => {
  assert.deepEqual(fixTitles(rule, built({ start: 'ENV PYTHONPATH=/app\nCMD ["-m", "gunicorn"]' })), []);
});

test('leaves applications of pipx to themselves', () => {
  checkSilent(
    rule,
    `
FROM python:3.13-slim AS build
RUN pip install pipx && pipx install --global cowsay
FROM python:3.13-slim
COPY --from=build /opt/pipx /opt/pipx
CMD ["python", "-m", "gunicorn"]
`,
  );
});

test('is silent where the started script says itself where its packages are', () => {
  const text = built({
    copy: 'COPY --from=build /deps /deps\nCOPY main.py /srv/',
    final: 'python:3.13-slim-trixie',
    start: 'CMD ["python", "/srv/main.py"]',
  });
  const count = (script: string) => findingsOf(rule, text, { files: { 'main.py': script } }).length;
  assert.equal(count("import sys\nsys.path.insert(0, '/deps')\n"), 0);
  assert.equal(count("import site\nsite.addsitedir('/deps')\n"), 0);
  assert.equal(count('import sys\n'), 1);
});
