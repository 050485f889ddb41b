import assert from 'node:assert/strict';
import { test } from 'node:test';
import rule from '../../server/src/rules/numeric-uid-without-passwd-entry.js';
import { checkFix, checkRule, checkSilent, fixTitles } from '../support/checks.js';

const node = 'FROM gcr.io/distroless/nodejs24-debian13';

test('reports a number that the accounts are known to lack', () => {
  checkRule(
    rule,
    `
${node} AS base
USER 10001:10001
#    ^^^^^^^^^^^ fixable: No account of the image has the number 10001, so the program finds no user name and HOME is /.
FROM base
CMD ["/app/server.js"]
`,
  );
  checkRule(
    rule,
    `
FROM gcr.io/distroless/python3-debian13
USER 1400
#    ^^^^ fixable: No account of the image has the number 1400, so the program finds no user name and HOME is /.
CMD ["main.py"]
`,
  );
});

test('is silent about accounts that are there, root, and names', () => {
  for (const user of ['65532', '65534:65534', '0', 'nonroot']) checkSilent(rule, `${node}\nUSER ${user}\n`);
});

test('is silent where HOME is set or accounts come from elsewhere', () => {
  checkSilent(rule, `${node}\nENV HOME=/tmp\nUSER 10001\n`);
  checkSilent(rule, `${node}\nCOPY passwd /etc/passwd\nUSER 10001\n`);
  checkSilent(rule, `${node}\nCOPY --from=build /rootfs/ /\nUSER 10001\n`);
});

test('is silent where the accounts are not known, or no such program is started', () => {
  checkSilent(rule, 'FROM python:3.13-slim\nUSER 10001\nCMD ["python", "main.py"]\n');
  checkSilent(rule, 'FROM gcr.io/distroless/static-debian13\nCOPY app /app\nUSER 10001\nENTRYPOINT ["/app"]\n');
  checkSilent(rule, 'FROM scratch\nCOPY node /node\nENV X=1\nUSER 65532:65532\nENTRYPOINT ["/app"]\n');
});

test('fix: the account of the image that is meant for applications', () => {
  checkFix(rule, `${node}\nUSER 10001:10001\n`, `${node}\nUSER 65532\n`);
  assert.deepEqual(fixTitles(rule, `${node}\nUSER 10001\n`), ["Use 65532, the number of 'nonroot'"]);
});
