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

const plain = { files: { 'start.sh': { text: '#!/bin/sh\n', isExecutable: false } } };

test('a file of the build context without the permission', () => {
  checkRule(
    rule,
    `
      FROM alpine:3.22
      COPY start.sh /start.sh
      ENTRYPOINT ["/start.sh"]
      #           ^^^^^^^^^^^ fixable: '/start.sh' may not be executed: the file has no execute permission in the build context.
    `,
    plain,
  );
  checkRule(
    rule,
    `
      FROM alpine:3.22
      COPY start.sh /start.sh
      RUN /start.sh
      #   ^^^^^^^^^ fixable: '/start.sh' may not be executed: the file has no execute permission in the build context.
    `,
    plain,
  );
});

test('a here-document has the mode 0644', () => {
  checkRule(
    rule,
    `
      FROM alpine:3.22
      COPY <<'EOF' /start.sh
      #!/bin/sh
      EOF
      CMD ["/start.sh"]
      #    ^^^^^^^^^^^ fixable: '/start.sh' may not be executed: a here-document makes a file of the mode 0644.
    `,
  );
});

test('the fix gives the file of the build context the permission', () => {
  checkFix(
    rule,
    `
      FROM alpine:3.22
      COPY start.sh /start.sh
      CMD ["/start.sh"]
    `,
    `
      FROM alpine:3.22
      COPY --chmod=0755 start.sh /start.sh
      CMD ["/start.sh"]
    `,
    plain,
  );
});

for (const [title, text] of [
  ['--chmod', 'COPY --chmod=755 start.sh /start.sh\nCMD ["/start.sh"]'],
  ['chmod', 'COPY start.sh /start.sh\nRUN chmod +x /start.sh\nCMD ["/start.sh"]'],
  ['chmod after a copy of all', 'WORKDIR /s\nCOPY . .\nRUN chmod +x start.sh\nCMD ["/s/start.sh"]'],
  ['--chmod with a pattern', 'COPY --chmod=555 *.sh /\nCMD ["/start.sh"]'],
  ['chmod of all', 'COPY start.sh /s/\nRUN chmod +x /s/*.sh\nCMD ["/s/start.sh"]'],
  ['chmod of a folder', 'COPY start.sh /s/\nRUN chmod -R 755 /s\nCMD ["/s/start.sh"]'],
  ['find', 'COPY start.sh /s/\nRUN find /s -name "*.sh" -exec chmod +x {} +\nCMD ["/s/start.sh"]'],
  ['install', 'COPY start.sh /a\nRUN install -m 755 /a /start.sh\nCMD ["/start.sh"]'],
  ['a shell reads it', 'COPY start.sh /start.sh\nCMD ["sh", "/start.sh"]'],
  ['another stage may change it', 'COPY --from=files /start.sh /start.sh\nCMD ["/start.sh"]'],
  ['a here-document with --chmod', 'COPY --chmod=755 <<EOF /start.sh\n#!/bin/sh\nEOF\nCMD ["/start.sh"]'],
  [
    'the entrypoint of the base reads it',
    'COPY start.sh /start.sh\nENTRYPOINT ["docker-entrypoint.sh"]\nCMD ["/start.sh"]',
  ],
] as const)
  test(`silent: ${title}`, () =>
    checkSilent(rule, `FROM alpine:3.22 AS files\nCOPY start.sh /start.sh\nFROM alpine:3.22\n${text}\n`, plain));

test('silent where the file system does not tell, and for one that may be executed', () => {
  const text = 'FROM alpine:3.22\nCOPY start.sh /start.sh\nCMD ["/start.sh"]\n';
  checkSilent(rule, text, { files: { 'start.sh': '#!/bin/sh\n' } });
});
