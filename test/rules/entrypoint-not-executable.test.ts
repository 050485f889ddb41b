import assert from 'node:assert/strict';
import { test } from 'node:test';
import rule from '../../server/src/rules/entrypoint-not-executable.js';
import { checkFix, checkRule, checkSilent, fixTitles } from '../support/checks.js';

const distroless = 'FROM gcr.io/distroless/static-debian13:nonroot';

test('ADD of an address makes a file of mode 0600', () => {
  checkRule(
    rule,
    `
${distroless}
ADD https://example.com/releases/tool?v=1 /usr/local/bin/
ENTRYPOINT ["tool", "serve"]
#           ^^^^^^ fixable: '/usr/local/bin/tool' may not be executed: its mode is 0600.
`,
  );
});

test('--chmod and chmod take the permission away', () => {
  checkRule(
    rule,
    `
FROM debian:13-slim AS base
COPY --chmod=644 start.sh /start.sh
FROM base
CMD ["/start.sh"]
#    ^^^^^^^^^^^ fixable: '/start.sh' may not be executed: its mode is 0644.
`,
  );
  checkRule(
    rule,
    `
FROM debian:13-slim
COPY start.sh /start.sh
RUN chmod 0644 /start.sh
ENTRYPOINT ["/start.sh"]
#           ^^^^^^^^^^^ '/start.sh' may not be executed: its mode is 0644.
`,
  );
});

test('a program for its owner alone does not start as another user', () => {
  checkRule(
    rule,
    `
${distroless}
COPY --chmod=0700 app /app
ENTRYPOINT ["/app"]
#           ^^^^^^ fixable: '/app' may not be executed by the user of the image: its mode is 0700.
`,
  );
  checkSilent(rule, `${distroless}\nCOPY --chown=65532 --chmod=0700 app /app\nENTRYPOINT ["/app"]\n`);
  checkSilent(rule, 'FROM debian:13-slim\nCOPY --chmod=0700 app /app\nENTRYPOINT ["/app"]\n');
});

test('is silent where the permission is there, comes later, or is not known', () => {
  const steps = [
    'ADD --chmod=755 https://example.com/tool /tool',
    'ADD https://example.com/tool /tool\nRUN chmod +x /tool',
    'ADD https://example.com/tool /tool\nRUN chmod -R a+rx /',
    'COPY tool /tool',
    'COPY --chmod=644 tool /tool\nRUN chmod +x /t*',
    'COPY --chmod=644 tool /tool\nRUN find / -maxdepth 1 -type f -exec chmod 755 {} +',
    'COPY --chmod=644 tool /tool\nRUN echo /tool | xargs chmod 755',
    'COPY --chmod=644 tool /tool\nRUN ./fix-modes',
    'COPY --chmod=644 tool /tool\nARG T\nRUN chmod 755 $T',
    'COPY --chmod=644 tool /tool\nCOPY tool2 /tool',
    'COPY --chmod=644 tool /tool\nRUN install -m 755 /x /tool',
    'ARG MODE\nCOPY --chmod=$MODE tool /tool',
    'COPY --chmod=u=rwx,go=rx tool /tool',
  ];
  for (const step of steps) checkSilent(rule, `FROM debian:13-slim\n${step}\nENTRYPOINT ["/tool"]\n`);
});

test('is silent about what an interpreter or a shell starts, and arguments', () => {
  checkSilent(rule, 'FROM debian:13-slim\nCOPY --chmod=644 a.sh /a.sh\nCMD ["sh", "/a.sh"]\n');
  checkSilent(rule, 'FROM debian:13-slim\nCOPY --chmod=644 a.sh /a.sh\nCMD . /a.sh\n');
  checkSilent(rule, 'FROM debian:13-slim\nCOPY --chmod=644 a /a\nENTRYPOINT ["cat"]\nCMD ["/a"]\n');
  checkSilent(rule, 'FROM gcr.io/distroless/nodejs24-debian13\nCOPY --chmod=644 a.js /a.js\nCMD ["/a.js"]\n');
});

test('fix: --chmod=0755 in place of the old mode, or behind the flags', () => {
  checkFix(
    rule,
    `${distroless}\r\nCOPY --chmod=644 --chown=0 a /a\r\nENTRYPOINT ["/a"]\r\n`,
    `${distroless}\r\nCOPY --chmod=0755 --chown=0 a /a\r\nENTRYPOINT ["/a"]\r\n`,
  );
  assert.deepEqual(fixTitles(rule, `${distroless}\nARG M=644\nCOPY --chmod=$M a /a\nENTRYPOINT ["/a"]\n`), []);
});
