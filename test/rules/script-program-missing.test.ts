import { test } from 'node:test';
import rule from '../../server/src/rules/script-program-missing.js';
import { checkFix, checkRule, checkSilent, type CheckOptions } from '../support/checks.js';

function script(text: string): CheckOptions {
  return { files: { 'start.sh': `#!/bin/sh\n${text}\n` } };
}

const image = 'FROM alpine:3.22\nCOPY start.sh /start.sh\nENTRYPOINT ["/start.sh"]\n';

test('a program that the script calls', () => {
  checkRule(
    rule,
    `
      FROM alpine:3.22
      COPY start.sh /start.sh
      ENTRYPOINT ["/start.sh"]
      #           ^^^^^^^^^^^ fixable: '/start.sh' calls 'gosu', which is not in this image.
    `,
    script('set -e\nexec gosu app httpd -f'),
  );
});

test('several are one finding', () => {
  checkRule(
    rule,
    `
      FROM alpine:3.22
      COPY start.sh /start.sh
      HEALTHCHECK CMD /start.sh
      #               ^^^^^^^^^ fixable: '/start.sh' calls 'curl' and 'bash', which are not in this image.
    `,
    script('set -e\ncurl -fsS localhost > /tmp/x\nbash /tmp/x\ncurl -fsS localhost'),
  );
});

const quiet: readonly (readonly [title: string, body: string])[] = [
  ['what BusyBox has', 'wget -q -O- localhost | grep ok'],
  ['what the shell does itself', 'export A=1; cd /tmp; exec "$@"'],
  ['what is looked for first', 'command -v curl && curl -fsS localhost'],
  ['what only some runs call', 'if [ -n "$URL" ]; then curl "$URL"; fi'],
  ['what may fail', 'curl localhost || true'],
  ['a function of the script', 'curl() { wget "$@"; }\ncurl localhost'],
  ['what the script installs', 'apk add curl\ncurl localhost'],
  ['a name that is not known', '$TOOL localhost'],
  ['another place for programs', 'export PATH=/opt/bin:$PATH\ncurl localhost'],
  ['a file that the script reads', '. /etc/settings\ncurl localhost'],
];

for (const [title, body] of quiet) test(`silent: ${title}`, () => checkSilent(rule, image, script(body)));

test('silent where the script is for another interpreter, may have changed, or lies in an image not known', () => {
  checkSilent(rule, image, { files: { 'start.sh': '#!/usr/bin/python3\ncurl localhost\n' } });
  checkSilent(rule, image, { files: { 'start.sh': '#!/bin/bash\ncurl localhost\n' } });
  checkSilent(rule, image.replace('ENTRY', 'RUN /opt/mystery\nENTRY'), script('curl localhost'));
  checkSilent(rule, image.replace('alpine:3.22', 'example.com/base'), script('curl localhost'));
});

test('the fix installs it', () => {
  checkFix(rule, image, image.replace('COPY', 'RUN apk add --no-cache curl\nCOPY'), script('curl localhost'));
});
