import { test } from 'node:test';
import rule from '../../server/src/rules/script-entrypoint-no-interpreter.js';
import { checkFix, checkRule, checkSilent, type CheckOptions } from '../support/checks.js';

const bash: CheckOptions = { files: { 'start.sh': '#!/bin/bash\nexec true\n' } };
const sh: CheckOptions = { files: { 'start.sh': '#!/bin/sh -e\nexec true\n' } };

function script(text: string): CheckOptions {
  return { files: { 'start.sh': text } };
}

test('bash on Alpine', () => {
  checkRule(
    rule,
    `
      FROM alpine:3.22
      COPY start.sh /start.sh
      ENTRYPOINT ["/start.sh"]
      #           ^^^^^^^^^^^ fixable: '/start.sh' is a script for '/bin/bash', which is not in this image.
    `,
    bash,
  );
});

test('a shell script where there is no shell', () => {
  checkRule(
    rule,
    `
      FROM gcr.io/distroless/java21-debian13
      COPY start.sh /app/
      WORKDIR /app
      ENTRYPOINT ["./start.sh", "serve"]
      #           ^^^^^^^^^^^^ '/app/start.sh' is a script for '/bin/sh', which is not in this image.
    `,
    sh,
  );
});

test('CMD behind tini', () => {
  checkRule(
    rule,
    `
      FROM alpine:3.22
      RUN apk add --no-cache tini
      COPY start.sh /start.sh
      ENTRYPOINT ["/sbin/tini", "--"]
      CMD ["/start.sh"]
      #    ^^^^^^^^^^^ fixable: '/start.sh' is a script for '/bin/bash', which is not in this image.
    `,
    bash,
  );
});

test('in shell form', () => {
  checkRule(
    rule,
    `
      FROM alpine:3.22
      COPY start.sh /start.sh
      CMD exec /start.sh
      #        ^^^^^^^^^ fixable: '/start.sh' is a script for '/bin/bash', which is not in this image.
    `,
    bash,
  );
});

test('in a health check', () => {
  checkRule(
    rule,
    `
      FROM alpine:3.22
      COPY start.sh /start.sh
      HEALTHCHECK CMD ["/start.sh"]
      #                ^^^^^^^^^^^ fixable: '/start.sh' is a script for '/bin/bash', which is not in this image.
      CMD ["httpd", "-f"]
    `,
    bash,
  );
});

test('in a build stage', () => {
  checkRule(
    rule,
    `
      FROM golang:1.26-alpine AS build
      WORKDIR /src
      COPY start.sh .
      RUN ./start.sh
      #   ^^^^^^^^^^ fixable: '/src/start.sh' is a script for '/bin/bash', which is not in this stage.
      FROM alpine:3.22
      COPY --from=build /src/out /out
    `,
    bash,
  );
});

test('through env', () => {
  checkRule(
    rule,
    `
      FROM alpine:3.22
      COPY start.sh /start.sh
      ENTRYPOINT ["/start.sh"]
      #           ^^^^^^^^^^^ fixable: '/start.sh' is a script for 'bash', which is not in this image.
    `,
    script('#!/usr/bin/env bash\n'),
  );
  checkRule(
    rule,
    `
      FROM gcr.io/distroless/nodejs24-debian13
      COPY start.sh /start.sh
      ENTRYPOINT ["/start.sh"]
      #           ^^^^^^^^^^^ '/start.sh' is a script for '/usr/bin/env', which is not in this image.
    `,
    script('#!/usr/bin/env node\n'),
  );
});

test('from another stage', () => {
  checkRule(
    rule,
    `
      FROM debian:13-slim AS files
      COPY start.sh /scripts/start.sh
      RUN chmod +x /scripts/start.sh
      FROM alpine:3.22
      COPY --from=files /scripts/ /app/
      ENTRYPOINT ["/app/start.sh"]
      #           ^^^^^^^^^^^^^^^ fixable: '/app/start.sh' is a script for '/bin/bash', which is not in this image.
    `,
    bash,
  );
});

test('written in the Dockerfile', () => {
  checkRule(
    rule,
    `
      FROM alpine:3.22
      COPY --chmod=755 <<'EOF' /start.sh
      #!/bin/bash
      exec true
      EOF
      ENTRYPOINT ["/start.sh"]
      #           ^^^^^^^^^^^ fixable: '/start.sh' is a script for '/bin/bash', which is not in this image.
    `,
  );
});

test('less certain after a command that may have changed the file, and where the root is a guess', () => {
  checkRule(
    rule,
    `
      FROM alpine:3.22
      COPY . /app
      ENTRYPOINT ["/app/start.sh"]
      #           ^^^^^^^^^^^^^^^ fixable: (warning) '/app/start.sh' is a script for '/bin/bash', which is not in this image.
    `,
    { files: { 'docker/start.sh': '#!/bin/bash\nexec true\n' }, path: 'docker/Dockerfile' },
  );
});

test('without a first line that names an interpreter', () => {
  checkRule(
    rule,
    `
      FROM alpine:3.22
      COPY start.sh /start.sh
      ENTRYPOINT ["/start.sh"]
      #           ^^^^^^^^^^^ '/start.sh' is text without a first line that names its interpreter, and nothing but a shell starts that.
    `,
    script('# starts it\nexec true\n'),
  );
});

test('a shell and most starters run a text without that line', () => {
  for (const start of ['ENTRYPOINT /start.sh', 'ENTRYPOINT ["tini", "/start.sh"]', 'RUN /start.sh'])
    checkSilent(
      rule,
      `FROM alpine:3.22\nRUN apk add --no-cache tini\nCOPY start.sh /start.sh\n${start}\n`,
      script('true\n'),
    );
});

test('a program, an empty file and one that is not there are no scripts', () => {
  const text = 'FROM scratch\nCOPY start.sh /start.sh\nENTRYPOINT ["/start.sh"]\n';
  for (const options of [script('\u007fELF\u0002'), script('a\0b'), script('')]) checkSilent(rule, text, options);
  checkSilent(rule, 'FROM scratch\nCOPY app /app\nENTRYPOINT ["/app"]\n', { files: { 'other.txt': '' } });
});

test('by its name alone, where there is no shell', () => {
  checkRule(
    rule,
    `
      FROM gcr.io/distroless/static-debian13
      COPY start.sh /start.sh
      ENTRYPOINT ["/start.sh"]
      #           ^^^^^^^^^^^ (warning) '/start.sh' is a shell script by its name, and this image has no shell.
    `,
  );
  checkSilent(rule, 'FROM alpine:3.22\nCOPY start.sh /start.sh\nENTRYPOINT ["/start.sh"]\n');
});

test('RUN that starts bash by name', () => {
  checkRule(
    rule,
    `
      FROM alpine:3.22
      COPY start.sh .
      RUN apk add --no-cache git && bash start.sh
      #                             ^^^^ fixable: RUN starts 'bash', which is not in this stage.
      RUN bash start.sh
    `,
  );
  checkSilent(rule, 'FROM alpine:3.22\nRUN command -v bash && bash x.sh || sh x.sh\n');
  checkSilent(rule, 'FROM alpine:3.22\nRUN apk add --no-cache bash && bash x.sh\n');
});

const quiet: readonly (readonly [title: string, text: string, options: CheckOptions])[] = [
  ['bash is installed', 'FROM alpine:3.22\nRUN apk add --no-cache bash\nCOPY start.sh /\nCMD ["/start.sh"]', bash],
  [
    'a package may bring bash',
    'FROM alpine:3.22\nRUN apk add --no-cache git-extras\nCOPY start.sh /\nCMD ["/start.sh"]',
    bash,
  ],
  ['Debian has bash', 'FROM debian:13-slim\nCOPY start.sh /\nCMD ["/start.sh"]', bash],
  ['sh is there', 'FROM alpine:3.22\nCOPY start.sh /\nCMD ["/start.sh"]', sh],
  ['another program reads it', 'FROM alpine:3.22\nCOPY start.sh /\nCMD ["sh", "/start.sh"]', bash],
  [
    'the interpreter of the image',
    'FROM gcr.io/distroless/nodejs24-debian13\nCOPY start.sh /\nENTRYPOINT ["/start.sh"]',
    script('#!/nodejs/bin/node\n'),
  ],
  [
    'a shell was copied in',
    'FROM gcr.io/distroless/static-debian13\nCOPY --from=busybox:1.37-musl /bin/busybox /bin/sh\nCOPY start.sh /\nENTRYPOINT ["/start.sh"]',
    sh,
  ],
  ['the base is not known', 'FROM example.com/base\nCOPY start.sh /\nENTRYPOINT ["/start.sh"]', bash],
  [
    'the file was replaced',
    'FROM alpine:3.22\nCOPY start.sh /\nRUN echo "#!/bin/sh" > /start.sh\nCMD ["/start.sh"]',
    bash,
  ],
  [
    'a carriage return has a rule of its own',
    'FROM alpine:3.22\nCOPY start.sh /\nCMD ["/start.sh"]',
    script('#!/bin/bash\r\n'),
  ],
  [
    'CMD is handed to another ENTRYPOINT',
    'FROM alpine:3.22\nCOPY start.sh /\nENTRYPOINT ["/bin/echo"]\nCMD ["/start.sh"]',
    bash,
  ],
  ['it may not run', 'FROM alpine:3.22\nCOPY start.sh /\nRUN test -f /x && /start.sh || true', bash],
];

for (const [title, text, options] of quiet) test(`silent: ${title}`, () => checkSilent(rule, `${text}\n`, options));

test('the fix installs the interpreter', () => {
  checkFix(
    rule,
    `
      FROM alpine:3.22
      COPY start.sh /start.sh
      ENTRYPOINT ["/start.sh"]
    `,
    `
      FROM alpine:3.22
      RUN apk add --no-cache bash
      COPY start.sh /start.sh
      ENTRYPOINT ["/start.sh"]
    `,
    bash,
  );
});
