import assert from 'node:assert/strict';
import { test } from 'node:test';
import { analyze, createWorld } from '../../server/src/analyze.js';
import rule from '../../server/src/rules/distroless-unsupported-image.js';
import { runRules } from '../../server/src/rules/run.js';
import { checkFix, checkRule, checkSilent, findingsOf, fixTitles } from '../support/checks.js';

test('reports a Debian release that is no longer built, with the day', () => {
  checkRule(
    rule,
    `
FROM gcr.io/distroless/nodejs20-debian12:nonroot
#    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ fixable: 'gcr.io/distroless/nodejs20-debian12' has not been built since 2026-02-27 and gets no security fixes.
CMD ["server.js"]
`,
  );
});

test('reports names whose last day was not read', () => {
  checkRule(
    rule,
    `
FROM gcr.io/distroless/dotnet
#    ^^^^^^^^^^^^^^^^^^^^^^^^ 'gcr.io/distroless/dotnet' is no longer built and gets no security fixes.
CMD ["app.dll"]
`,
  );
  checkRule(
    rule,
    `
FROM gcr.io/distroless/python3-debian10
#    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ fixable: 'gcr.io/distroless/python3-debian10' has not been built since 2022-02-08 and gets no security fixes.
CMD ["main.py"]
`,
  );
});

test('tells the planned day only as the plan it was', () => {
  const [finding] = findingsOf(rule, 'FROM gcr.io/distroless/static-debian12\n');
  assert.equal(finding?.severity, 'warning');
  assert.doesNotMatch(finding.message, /2026/);
  const [first] = finding.because;
  assert.equal(first?.note, 'The project has merged the removal of these builds, which was planned for 2026-09-01.');
  assert.match(first.kind === 'catalog' ? first.source : '', /distroless\/pull\/2156$/);
  const before = analyze('FROM gcr.io/distroless/static-debian12\n', createWorld('2026-08-31'));
  assert.deepEqual(runRules(before, { severities: {}, only: [rule] }).findings, []);
});

test('looks at every stage and at what is copied from', () => {
  checkRule(
    rule,
    `
FROM gcr.io/distroless/static-debian11 AS base
#    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ fixable: 'gcr.io/distroless/static-debian11' has not been built since 2024-09-03 and gets no security fixes.
FROM base
COPY --from=gcr.io/distroless/base-debian12 /etc/passwd /etc/passwd
#           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ fixable: 'gcr.io/distroless/base-debian12' is no longer built and gets no security fixes.
`,
  );
});

test('says it as information about a digest, which was chosen by hand', () => {
  checkRule(
    rule,
    `
FROM gcr.io/distroless/static-debian12:nonroot@sha256:ecbc4ac563b95a132fd370065553857dcc38943066cb0662d09999011f3d3597
#    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ (information) 'gcr.io/distroless/static-debian12' is no longer built and gets no security fixes.
`,
  );
});

test('is silent about images that are built', () => {
  checkSilent(
    rule,
    `
FROM gcr.io/distroless/static-debian13:nonroot
FROM gcr.io/distroless/java21-debian13
FROM gcr.io/distroless/base
`,
  );
});

test('is silent about other registries, unknown names and build arguments', () => {
  checkSilent(
    rule,
    `
ARG RELEASE=debian12
FROM registry.example.com/distroless/static-debian11
FROM gcr.io/distroless/nothing-debian11
FROM gcr.io/distroless/static-$RELEASE
FROM debian:bullseye
`,
  );
});

test('fix: changes the name and keeps tag, platform and stage name', () => {
  checkFix(
    rule,
    `
FROM --platform=$TARGETPLATFORM gcr.io/distroless/java17-debian12:nonroot AS final
CMD ["/app.jar"]
`,
    `
FROM --platform=$TARGETPLATFORM gcr.io/distroless/java17-debian13:nonroot AS final
CMD ["/app.jar"]
`,
  );
});

test('fix: moves to a runtime version that is built', () => {
  checkFix(
    rule,
    'FROM gcr.io/distroless/nodejs18-debian11:debug\r\nCMD ["server.js"]\r\n',
    'FROM gcr.io/distroless/nodejs22-debian13:debug\r\nCMD ["server.js"]\r\n',
  );
});

test('names the new image in the title of the fix', () => {
  assert.deepEqual(fixTitles(rule, 'FROM gcr.io/distroless/cc-debian12\n'), ["Use 'gcr.io/distroless/cc-debian13'"]);
});

test('fix: refuses another version of Python where packages for the old one were copied', () => {
  const text = (copy: string) =>
    `FROM python:3.11-slim AS build\nRUN pip install --target=/deps flask\nFROM gcr.io/distroless/python3-debian12:nonroot\n${copy}CMD ["/app.py"]\n`;
  assert.deepEqual(fixTitles(rule, text('')), ["Use 'gcr.io/distroless/python3-debian13'"]);
  assert.deepEqual(fixTitles(rule, text('COPY --from=build /deps /deps\nENV PYTHONPATH=/deps\n')), []);
});
