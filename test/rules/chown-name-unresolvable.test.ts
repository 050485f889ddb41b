import assert from 'node:assert/strict';
import { test } from 'node:test';
import rule from '../../server/src/rules/chown-name-unresolvable.js';
import { allFindings, applyFix, checkFix, checkRule, checkSilent, fixTitles } from '../support/checks.js';

const distroless = 'FROM gcr.io/distroless/static-debian13:nonroot';

test('the first copy into scratch cannot look a name up', () => {
  checkRule(
    rule,
    `
FROM scratch
ADD --chown=app rootfs /
#           ^^^ fixable: The stage is still empty, so the name 'app' in --chown cannot be looked up.
`,
  );
  checkRule(
    rule,
    `
FROM scratch AS empty
FROM empty
ARG OWNER=nobody
COPY --chown=\${OWNER}:0 app /app
#            ^^^^^^^^^^ The stage is still empty, so the name 'nobody' in --chown cannot be looked up.
`,
  );
});

test('a group is a name, too', () => {
  checkRule(
    rule,
    `
FROM scratch
COPY --chown=1000:app app /app
#            ^^^^^^^^ The stage is still empty, so the name 'app' in --chown cannot be looked up.
`,
  );
});

test('with --link a name cannot be looked up in any image', () => {
  checkRule(
    rule,
    `
${distroless}
COPY --link --chown=nonroot:nonroot app /app
#                   ^^^^^^^^^^^^^^^ fixable: (warning) With --link the copy is made without the accounts of the image, so 'nonroot' cannot be looked up.
`,
  );
});

test('a name that the accounts lack leaves the copy to root', () => {
  checkRule(
    rule,
    `
FROM alpine:3.22 AS build
RUN adduser -D -u 1001 app
${distroless}
COPY --from=build --chown=app:app /data /data
#                         ^^^^^^^ fixable: (warning) The user 'app' is not among the accounts of this stage, so the copy will belong to root.
`,
  );
});

test('numbers, root and names that are there can be looked up', () => {
  for (const owner of ['65532', '65532:65532', 'root', 'root:0', '0:root', 'nonroot', 'nobody'])
    checkSilent(rule, `${distroless}\nCOPY --chown=${owner} app /app\n`);
  checkSilent(rule, 'FROM scratch\nCOPY --chown=0:root app /app\n');
  checkSilent(rule, `${distroless}\nCOPY --link=false --chown=nonroot app /app\n`);
  checkSilent(rule, `${distroless}\nCOPY --link --chown=65532 app /app\n`);
});

test('is silent where the accounts are not known, or come from elsewhere', () => {
  checkSilent(rule, 'FROM registry.example.com/base\nCOPY --chown=app app /app\n');
  checkSilent(rule, 'FROM debian:13-slim\nCOPY --chown=app app /app\n');
  checkSilent(rule, `${distroless}\nCOPY passwd /etc/passwd\nCOPY --chown=app app /app\n`);
  checkSilent(rule, 'FROM alpine:3.22\nRUN adduser -D app\nCOPY --chown=app app /app\n');
  checkSilent(rule, `${distroless}\nARG OWNER\nCOPY --chown=$OWNER app /app\n`);
  checkSilent(rule, 'FROM scratch\nONBUILD COPY --chown=app app /app\n');
});

test('leaves it to USER, when that names the same missing account', () => {
  const text = `${distroless}\nCOPY --chown=app:app app /app\nUSER app\n`;
  const [only, ...more] = allFindings(text);
  assert.equal(
    only?.message,
    "The user 'app' is not among the accounts of this image; the same is true of one more COPY instruction.",
  );
  assert.deepEqual(more, []);
  const [fix] = only.fixes();
  assert.equal(fix?.title, 'Use the number 65532, in 2 places');
  assert.equal(applyFix(text, fix), `${distroless}\nCOPY --chown=65532:65532 app /app\nUSER 65532:65532\n`);
});

test('fix: the number of the account where it is known, else that of the hardened images', () => {
  checkFix(
    rule,
    `${distroless}\r\nCOPY --link --chown=nobody:nobody a /a\r\n`,
    `${distroless}\r\nCOPY --link --chown=65534:65534 a /a\r\n`,
  );
  checkFix(rule, 'FROM scratch\nCOPY --chown=app:root a /a\n', 'FROM scratch\nCOPY --chown=65532:0 a /a\n');
  assert.deepEqual(fixTitles(rule, 'FROM debian:13-slim\nCOPY --link --chown=app:staff a /a\n'), []);
});
