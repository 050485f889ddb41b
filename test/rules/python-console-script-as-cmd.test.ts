import assert from 'node:assert/strict';
import { test } from 'node:test';
import rule from '../../server/src/rules/python-console-script-as-cmd.js';
import { allFindings, checkFix, checkRule, checkSilent, findingsOf, fixTitles } from '../support/checks.js';

test('reports a console script after the interpreter of the base image', () => {
  checkRule(
    rule,
    `
FROM gcr.io/distroless/python3-debian13
WORKDIR /app
COPY . .
CMD ["gunicorn", "-b", "0.0.0.0:8000", "app:app"]
#    ^^^^^^^^^^ fixable: The base image starts '/usr/bin/python3.13', so it takes 'gunicorn' for the script to run.
`,
  );
  checkRule(
    rule,
    `
FROM cgr.dev/chainguard/python AS base
FROM base
COPY app.py /app/
CMD ["uvicorn", "app:app"]
#    ^^^^^^^^^ fixable: The base image starts '/usr/bin/python', so it takes 'uvicorn' for the script to run.
`,
  );
});

test('is a warning where packages may lie in the working directory', () => {
  checkRule(
    rule,
    `
FROM python:3.13 AS build
RUN pip install --target /app gunicorn
FROM gcr.io/distroless/python3-debian13
WORKDIR /app
COPY --from=build /app /app
CMD ["gunicorn", "app:app"]
#    ^^^^^^^^^^ fixable: (warning) The base image starts '/usr/bin/python3.13', so it takes 'gunicorn' for the script to run.
`,
  );
});

test('any other name may be a file', () => {
  checkSilent(rule, 'FROM gcr.io/distroless/python3-debian13\nWORKDIR /app\nCOPY . .\nCMD ["worker"]\n');
  checkSilent(rule, 'FROM gcr.io/distroless/python3-debian13\nWORKDIR /app\nCOPY worker ./\nCMD ["worker"]\n');
});

test('is silent about scripts, options, modules and other entrypoints', () => {
  checkSilent(rule, 'FROM gcr.io/distroless/python3-debian13\nCOPY . .\nCMD ["app.py"]\n');
  checkSilent(rule, 'FROM gcr.io/distroless/python3-debian13\nCMD ["-m", "gunicorn", "app:app"]\n');
  checkSilent(rule, 'FROM gcr.io/distroless/python3-debian13\nCMD ["/venv/bin/gunicorn", "app:app"]\n');
  checkSilent(rule, 'FROM gcr.io/distroless/python3-debian13\nENTRYPOINT []\nCMD ["gunicorn", "app:app"]\n');
  checkSilent(rule, 'FROM gcr.io/distroless/python3-debian13\nENTRYPOINT ["python", "-m"]\nCMD ["gunicorn"]\n');
  checkSilent(rule, 'FROM python:3.13-slim\nCMD ["gunicorn", "app:app"]\n');
  checkSilent(rule, 'FROM dhi.io/python:3.13\nCMD ["gunicorn", "app:app"]\n');
  checkSilent(rule, 'FROM registry.example.com/python\nCMD ["gunicorn", "app:app"]\n');
});

test('leaves package runners, shells and inits to their own rules', () => {
  for (const word of ['pip', 'poetry', 'uv', 'sh', 'bash', 'python', 'python3', 'tini'])
    checkSilent(rule, `FROM gcr.io/distroless/python3-debian13\nCMD ["${word}", "x"]\n`);
});

test('starts the module, where its name is known', () => {
  checkFix(
    rule,
    'FROM gcr.io/distroless/python3-debian13\nCMD ["django-admin", "check"]\n',
    'FROM gcr.io/distroless/python3-debian13\nCMD ["-m", "django", "check"]\n',
  );
  assert.deepEqual(fixTitles(rule, 'FROM gcr.io/distroless/python3-debian13\nCMD ["worker"]\n'), []);
});

test('is one finding', () => {
  const text = 'FROM gcr.io/distroless/python3-debian13:nonroot\nWORKDIR /app\nCOPY . .\nCMD ["flask", "run"]\n';
  assert.deepEqual(
    allFindings(text).map((finding) => finding.rule.meta.id),
    ['python-console-script-as-cmd'],
  );
});

const project =
  '[project]\nname = "shop"\n\n[project.scripts]\nother = "shop.other:main"\nserve-shop = "shop.cli:main"\n';

const ownScript = (install: string, cmd = 'serve-shop') => `
FROM python:3.13-slim-trixie AS build
WORKDIR /src
COPY . .
RUN ${install}
FROM gcr.io/distroless/python3-debian13
COPY --from=build /deps /deps
ENV PYTHONPATH=/deps
WORKDIR /srv
CMD ["${cmd}"]
`;

test('knows the console scripts of the project', () => {
  const files = { 'pyproject.toml': project };
  const [finding, ...others] = findingsOf(rule, ownScript('pip install --target=/deps .'), { files });
  assert.equal(
    finding?.message,
    "The base image starts '/usr/bin/python3.13', so it takes 'serve-shop' for the script to run.",
  );
  assert.deepEqual([finding.severity, others.length, finding.fixes().length], ['error', 0, 0]);
  const [reason] = finding.because;
  assert.ok(reason?.kind === 'file');
  assert.equal(reason.file.text.slice(reason.span.start, reason.span.end), 'serve-shop');
  const lock = { ...files, 'uv.lock': 'version = 1\n' };
  assert.equal(findingsOf(rule, ownScript('uv sync'), { files: lock }).length, 1);
  checkSilent(rule, ownScript('uv sync --no-install-project'), { files: lock });
});

test('but not where a file of that name may be meant', () => {
  const files = { 'pyproject.toml': project, 'serve-shop': '' };
  checkSilent(rule, ownScript('pip install --target=/deps .', 'main'), { files });
  checkSilent(rule, ownScript('pip install --target=/deps .', './serve-shop'), { files });
  checkSilent(rule, ownScript('pip install --target=/deps flask'), { files });
  const copied = ownScript('pip install --target=/deps .').replace('WORKDIR /srv', 'WORKDIR /srv\nCOPY serve-shop .');
  checkSilent(rule, copied, { files });
  const all = ownScript('pip install --target=/deps .').replace('WORKDIR /srv', 'WORKDIR /srv\nCOPY . .');
  checkSilent(rule, all, { files });
  assert.equal(findingsOf(rule, all, { files: { 'pyproject.toml': project } }).length, 1);
});
