import assert from 'node:assert/strict';
import { test } from 'node:test';
import rule from '../../server/src/rules/distroless-name-without-debian-suffix.js';
import { checkFix, checkRule, checkSilent, findingsOf } from '../support/checks.js';

test('reports names that follow the newest Debian release', () => {
  checkRule(
    rule,
    `
FROM gcr.io/distroless/cc:nonroot
#    ^^^^^^^^^^^^^^^^^^^^ fixable: 'gcr.io/distroless/cc' follows the newest Debian release; its name does not say which.
COPY app /app
ENTRYPOINT ["/app"]
`,
  );
  checkRule(
    rule,
    `
FROM gcr.io/distroless/nodejs22
#    ^^^^^^^^^^^^^^^^^^^^^^^^^^ fixable: 'gcr.io/distroless/nodejs22' follows the newest Debian release; its name does not say which.
CMD ["server.js"]
`,
  );
});

test('says it as information about static, where little depends on the release', () => {
  checkRule(
    rule,
    `
FROM gcr.io/distroless/static
#    ^^^^^^^^^^^^^^^^^^^^^^^^ fixable: (information) 'gcr.io/distroless/static' follows the newest Debian release; its name does not say which.
ENTRYPOINT ["/app"]
`,
  );
});

test('looks at COPY --from as well', () => {
  checkRule(
    rule,
    `
FROM scratch
COPY --from=gcr.io/distroless/base /usr/lib /usr/lib
#           ^^^^^^^^^^^^^^^^^^^^^^ fixable: 'gcr.io/distroless/base' follows the newest Debian release; its name does not say which.
`,
  );
});

test('says what the name means at present', () => {
  const [finding] = findingsOf(rule, 'FROM gcr.io/distroless/base\n');
  assert.equal(finding?.because[0]?.note, 'At present the name without a release means debian13.');
});

test('is silent about names with a release, and about digests', () => {
  checkSilent(
    rule,
    `
FROM gcr.io/distroless/base-debian13
FROM gcr.io/distroless/static-debian12:nonroot
FROM gcr.io/distroless/base:nonroot@sha256:ecbc4ac563b95a132fd370065553857dcc38943066cb0662d09999011f3d3597
`,
  );
});

test('leaves names that are no longer built to the rule about them', () => {
  checkSilent(
    rule,
    `
FROM gcr.io/distroless/nodejs18
FROM gcr.io/distroless/nodejs20
FROM gcr.io/distroless/java11
FROM gcr.io/distroless/nodejs
`,
  );
});

test('is silent about other registries and build arguments', () => {
  checkSilent(
    rule,
    `
ARG NAME=base
FROM registry.example.com/distroless/base
FROM gcr.io/distroless/$NAME
FROM distroless/base
`,
  );
});

test('fix: puts the release into the name, before the tag', () => {
  checkFix(
    rule,
    `
FROM gcr.io/distroless/python3:debug AS final
CMD ["main.py"]
`,
    `
FROM gcr.io/distroless/python3-debian13:debug AS final
CMD ["main.py"]
`,
  );
});

test('fix: puts the release at the end of a name without a tag', () => {
  checkFix(
    rule,
    'FROM gcr.io/distroless/java21\r\nCMD ["app.jar"]',
    'FROM gcr.io/distroless/java21-debian13\r\nCMD ["app.jar"]',
  );
});
