import assert from 'node:assert/strict';
import { test } from 'node:test';
import rule from '../../server/src/rules/healthcheck-shell-form-no-shell.js';
import { checkFix, checkRule, checkSilent, fixTitles } from '../support/checks.js';

test('reports a shell-form check in an image without a shell', () => {
  checkRule(
    rule,
    `
FROM gcr.io/distroless/cc-debian13
COPY check /usr/local/bin/check
HEALTHCHECK --interval=10s \\
    --timeout=5s \\
    CMD /usr/local/bin/check liveness
#       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ fixable: Shell-form HEALTHCHECK runs through '/bin/sh', which this image does not have.
`,
  );
});

test('offers no exec form for a tool that the image lacks as well', () => {
  checkRule(
    rule,
    `
FROM gcr.io/distroless/static-debian13
HEALTHCHECK CMD curl -f http://localhost/ || exit 1
#               ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ Shell-form HEALTHCHECK runs through '/bin/sh', which this image does not have.
`,
  );
});

test('follows the check of a parent stage into the final one', () => {
  checkRule(
    rule,
    `
FROM scratch AS base
COPY app /app
HEALTHCHECK CMD /app check
#               ^^^^^^^^^^ fixable: Shell-form HEALTHCHECK runs through '/bin/sh', which this image does not have.
FROM base
ENTRYPOINT ["/app"]
`,
  );
});

test('HEALTHCHECK NONE, exec form and a later check in exec form are fine', () => {
  checkSilent(rule, 'FROM scratch\nHEALTHCHECK NONE\n');
  checkSilent(rule, 'FROM scratch\nHEALTHCHECK CMD ["/app", "check"]\n');
  checkSilent(rule, 'FROM scratch\nHEALTHCHECK CMD /app check\nHEALTHCHECK CMD ["/app", "check"]\n');
  checkSilent(rule, 'FROM scratch\nHEALTHCHECK CMD /app check\nHEALTHCHECK NONE\n');
});

test('a check runs with the SHELL of the finished image, wherever SHELL stands', () => {
  checkSilent(
    rule,
    `
FROM gcr.io/distroless/base-debian13:debug
HEALTHCHECK CMD wget -q http://localhost/
SHELL ["/busybox/sh", "-c"]
`,
  );
});

test('is silent where a shell was copied', () => {
  checkSilent(rule, 'FROM scratch\nCOPY --from=busybox:uclibc /bin/sh /bin/sh\nHEALTHCHECK CMD /app check\n');
});

test('is silent about images that are not known, and about other stages', () => {
  checkSilent(rule, 'FROM registry.example.com/base\nHEALTHCHECK CMD /app check\n');
  checkSilent(rule, 'ARG VARIANT\nFROM gcr.io/distroless/static:$VARIANT\nHEALTHCHECK CMD /app check\n');
  checkSilent(rule, 'FROM scratch AS a\nHEALTHCHECK CMD /app check\nFROM alpine:3.22\n');
});

test('fix: leaves out the exit that Docker does not need', () => {
  checkFix(
    rule,
    'FROM scratch\r\nCOPY app /app\r\nHEALTHCHECK --interval=5s CMD /app check || exit 1\r\n',
    'FROM scratch\r\nCOPY app /app\r\nHEALTHCHECK --interval=5s CMD ["/app", "check"]\r\n',
  );
});

test('fix: takes quoted text as it stands', () => {
  checkFix(
    rule,
    `
FROM gcr.io/distroless/python3-debian13
HEALTHCHECK CMD python -c "import urllib.request; urllib.request.urlopen('http://localhost:5000/api')" || exit 1
`,
    `
FROM gcr.io/distroless/python3-debian13
HEALTHCHECK CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://localhost:5000/api')"]
`,
  );
});

test('fix: gives Node.js its path', () => {
  checkFix(
    rule,
    'FROM gcr.io/distroless/nodejs24-debian13\nHEALTHCHECK CMD node /app/check.js\n',
    'FROM gcr.io/distroless/nodejs24-debian13\nHEALTHCHECK CMD ["/nodejs/bin/node", "/app/check.js"]\n',
  );
});

test('fix: refuses shell syntax, variables and an exit that hides the failure', () => {
  for (const check of ['/app check | grep ok', '/app check $PORT', '/app check || exit 0', '/check.sh', '[ -f /x ]']) {
    assert.deepEqual(fixTitles(rule, `FROM scratch\nHEALTHCHECK CMD ${check}\n`), [], check);
  }
});
