import assert from 'node:assert/strict';
import { test } from 'node:test';
import rule from '../../server/src/rules/distroless-unsupported-image.js';
import { checkFix, checkRule, checkSilent, fixTitles } from '../support/checks.js';

test('reports a Debian release that is no longer built, with the day', () => {
  checkRule(
    rule,
    `
FROM gcr.io/distroless/nodejs20-debian12:nonroot
#    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ fixable: 'gcr.io/distroless/nodejs20-debian12' has not been built since 2026-01-31 and gets no security fixes.
CMD ["server.js"]
`,
  );
});

test('reports names whose last day was not read', () => {
  checkRule(
    rule,
    `
FROM gcr.io/distroless/python3-debian10
#    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ fixable: 'gcr.io/distroless/python3-debian10' is no longer built and gets no security fixes.
CMD ["main.py"]
`,
  );
});

test('looks at every stage and at what is copied from', () => {
  checkRule(
    rule,
    `
FROM gcr.io/distroless/static-debian11 AS base
#    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ fixable: 'gcr.io/distroless/static-debian11' has not been built since 2024-06-01 and gets no security fixes.
FROM base
COPY --from=gcr.io/distroless/base-debian12 /etc/passwd /etc/passwd
#           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ fixable: 'gcr.io/distroless/base-debian12' has not been built since 2026-09-01 and gets no security fixes.
`,
  );
});

test('says it as information about a digest, which was chosen by hand', () => {
  checkRule(
    rule,
    `
FROM gcr.io/distroless/static-debian12:nonroot@sha256:ecbc4ac563b95a132fd370065553857dcc38943066cb0662d09999011f3d3597
#    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ (information) 'gcr.io/distroless/static-debian12' has not been built since 2026-09-01 and gets no security fixes.
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
