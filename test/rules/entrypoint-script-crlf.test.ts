import { test } from 'node:test';
import rule from '../../server/src/rules/entrypoint-script-crlf.js';
import { checkFix, checkRule, checkSilent, type CheckOptions } from '../support/checks.js';

function script(text: string): CheckOptions {
  return { files: { 'start.sh': text } };
}

const windows = script('#!/bin/sh\r\nset -e\r\n');

test('the first line ends in CR LF', () => {
  checkRule(
    rule,
    `
      FROM debian:13-slim
      COPY start.sh /start.sh
      ENTRYPOINT ["/start.sh"]
      #           ^^^^^^^^^^^ fixable: The first line of '/start.sh' ends in a carriage return, so '/bin/sh' is not found or gets a wrong argument.
    `,
    windows,
  );
});

test('through env, in a RUN and in a health check', () => {
  const image = 'FROM debian:13-slim\nCOPY start.sh /start.sh\n';
  checkRule(
    rule,
    `${image}HEALTHCHECK CMD /start.sh
#               ^^^^^^^^^ fixable: The first line of '/start.sh' ends in a carriage return, so '/usr/bin/env' is not found or gets a wrong argument.
`,
    script('#!/usr/bin/env bash\r\ntrue\r\n'),
  );
  checkRule(
    rule,
    `
      FROM debian:13-slim
      COPY start.sh /start.sh
      RUN /start.sh
      #   ^^^^^^^^^ fixable: The first line of '/start.sh' ends in a carriage return, so '/usr/bin/env' is not found or gets a wrong argument.
    `,
    script('#!/usr/bin/env bash\r\ntrue\r\n'),
  );
});

test('a warning where something may have changed the file', () => {
  checkRule(
    rule,
    `
      FROM debian:13-slim
      COPY start.sh /start.sh
      RUN /opt/mystery
      ENTRYPOINT ["/start.sh"]
      #           ^^^^^^^^^^^ fixable: (warning) The first line of '/start.sh' ends in a carriage return, so '/bin/sh' is not found or gets a wrong argument.
    `,
    windows,
  );
});

const quiet: readonly (readonly [title: string, text: string, options: CheckOptions])[] = [
  ['LF', 'COPY start.sh /start.sh\nENTRYPOINT ["/start.sh"]', script('#!/bin/sh\nset -e\n')],
  ['only later lines', 'COPY start.sh /start.sh\nENTRYPOINT ["/start.sh"]', script('#!/bin/sh\necho a\r\n')],
  ['no script', 'COPY start.sh /start.sh\nENTRYPOINT ["/start.sh"]', script('echo\r\n')],
  [
    'stripped with sed',
    'COPY start.sh /start.sh\nRUN sed -i \'s/\\r$//\' /start.sh\nENTRYPOINT ["/start.sh"]',
    windows,
  ],
  [
    'stripped with sed by a pattern',
    'COPY start.sh /s/\nRUN sed -i \'s/\\r//g\' /s/*.sh\nENTRYPOINT ["/s/start.sh"]',
    windows,
  ],
  ['stripped with dos2unix', 'COPY start.sh /start.sh\nRUN dos2unix /start.sh\nENTRYPOINT ["/start.sh"]', windows],
  [
    'stripped below a folder',
    'COPY start.sh /s/\nRUN find /s -type f -exec sed -i "s/\\r//" {} \\;\nENTRYPOINT ["/s/start.sh"]',
    windows,
  ],
  [
    'stripped into another file',
    'COPY start.sh /a\nRUN tr -d \'\\r\' < /a > /start.sh\nENTRYPOINT ["/start.sh"]',
    windows,
  ],
  ['given to a shell', 'COPY start.sh /start.sh\nENTRYPOINT ["sh", "/start.sh"]', windows],
  ['not started', 'COPY start.sh /start.sh', windows],
];

for (const [title, text, options] of quiet)
  test(`silent: ${title}`, () => checkSilent(rule, `FROM debian:13-slim\n${text}\n`, options));

test('the fix strips the file behind its COPY', () => {
  checkFix(
    rule,
    `
      FROM debian:13-slim
      # keep me
      COPY --chmod=755 start.sh /start.sh
      USER 1000
      ENTRYPOINT ["/start.sh"]
    `,
    `
      FROM debian:13-slim
      # keep me
      COPY --chmod=755 start.sh /start.sh
      RUN sed -i 's/\\r$//' /start.sh
      USER 1000
      ENTRYPOINT ["/start.sh"]
    `,
    windows,
  );
});

test('no fix where there is no shell or another user', () => {
  checkRule(
    rule,
    `
      FROM debian:13-slim
      USER 1000
      COPY start.sh /start.sh
      ENTRYPOINT ["/start.sh"]
      #           ^^^^^^^^^^^ The first line of '/start.sh' ends in a carriage return, so '/bin/sh' is not found or gets a wrong argument.
    `,
    windows,
  );
});
