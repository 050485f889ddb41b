import { test } from 'node:test';
import rule from '../../server/src/rules/unused-ignore.js';
import { checkFix, checkRule, checkSilent } from '../support/checks.js';

test('reports an id that has nothing to do, and takes it out', () => {
  checkRule(
    rule,
    `
FROM scratch
# distroless ignore=no-such-rule,unused-ignore -- old
#                   ^^^^^^^^^^^^ fixable: There is no rule 'no-such-rule'.
COPY server /server
`,
  );
});

test('speaks about the comment as a whole where there is no id to take out', () => {
  checkRule(
    rule,
    `
FROM scratch
# distroless ignore=
#^^^^^^^^^^^^^^^^^^^ This comment names no rule to ignore.
COPY server /server
`,
  );
});

test('is silent about other comments', () => {
  checkSilent(
    rule,
    `
# Distroless images have no shell.
FROM scratch
# hadolint ignore=DL3045
COPY server /server
`,
  );
});

test('fix: removes the line when the id was the only one', () => {
  checkFix(
    rule,
    `
FROM scratch
  # distroless ignore=no-such-rule -- old
COPY server /server
`,
    `
FROM scratch
COPY server /server
`,
  );
});

test('fix: takes the id out of the list', () => {
  checkFix(
    rule,
    `
FROM scratch
# distroless ignore=unused-ignore, no-such-rule -- old
COPY server /server
`,
    `
FROM scratch
# distroless ignore=unused-ignore -- old
COPY server /server
`,
  );
  checkFix(
    rule,
    `
FROM scratch
# distroless ignore=no-such-rule, unused-ignore -- old
COPY server /server
`,
    `
FROM scratch
# distroless ignore=unused-ignore -- old
COPY server /server
`,
  );
});
