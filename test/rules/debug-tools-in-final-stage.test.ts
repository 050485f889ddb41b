import assert from 'node:assert/strict';
import { test } from 'node:test';
import rule from '../../server/src/rules/debug-tools-in-final-stage.js';
import { checkFix, checkRule, checkSilent, findingsOf, fixTitles } from '../support/checks.js';

test('reports tools that serve a person at a terminal', () => {
  checkRule(
    rule,
    `
FROM debian:trixie-slim
RUN apt-get update && apt-get install -y vim libpq5
#                                        ^^^ fixable: 'vim' is a tool for people, and stays in the final image.
CMD ["/app"]
`,
  );
});

test('says as information what a program might call too', () => {
  checkRule(
    rule,
    `
FROM alpine:3.24
RUN apk add --no-cache curl tzdata
#                      ^^^^ fixable: (information) 'curl' stays in the final image, and neither the start command nor the health check names it.
ENTRYPOINT ["/app"]
`,
  );
});

test('names all tools of a RUN at once, those that are only for people first', () => {
  checkRule(
    rule,
    `
FROM alpine:3.24
RUN apk add --no-cache curl tzdata wget less
#                      ^^^^ fixable: (information) 'curl', 'wget' and 'less' stay in the final image, and neither the start command nor the health check names them.
RUN apk add --no-cache socat vim libpq strace
#                            ^^^ fixable: 'vim' and 'strace' are tools for people, and stay in the final image.
ENTRYPOINT ["/app"]
`,
  );
});

test('follows packages from the stages that the final stage continues', () => {
  checkRule(
    rule,
    `
FROM debian:trixie-slim AS base
RUN apt-get update && apt-get install -y htop
#                                        ^^^^ 'htop' is a tool for people, and stays in the final image.
FROM base
CMD ["/app"]
`,
  );
});

test('is silent about what the start command or the health check names', () => {
  checkSilent(
    rule,
    `
FROM debian:trixie-slim
RUN apt-get update && apt-get install -y curl netcat-openbsd iputils-ping
HEALTHCHECK CMD curl -f http://localhost/ && ping -c1 db
CMD ["nc", "-l", "80"]
`,
  );
});

test('is silent about tools for scripts where a script or a shell text is started', () => {
  checkSilent(
    rule,
    `
FROM debian:trixie-slim
RUN apt-get update && apt-get install -y curl
ENTRYPOINT ["/docker-entrypoint.sh"]
CMD ["/app"]
`,
  );
  checkSilent(
    rule,
    `
FROM debian:trixie-slim
RUN apt-get update && apt-get install -y wget
CMD ./wait && exec /app
`,
  );
});

test('is silent about tools that a later RUN uses', () => {
  checkSilent(
    rule,
    `
FROM debian:trixie-slim
RUN apt-get update && apt-get install -y curl
RUN curl -fsSL https://example.com/app -o /app
CMD ["/app"]
`,
  );
});

test('is silent about build stages, and about tools removed again or not surely installed', () => {
  checkSilent(
    rule,
    `
FROM debian:trixie-slim AS download
RUN apt-get update && apt-get install -y curl vim
FROM debian:trixie-slim
COPY --from=download /app /app
CMD ["/app"]
`,
  );
  checkSilent(
    rule,
    `
FROM alpine:3.24
RUN apk add --no-cache vim && apk del vim
RUN if [ "$DEBUG" ]; then apk add --no-cache gdb; fi
CMD ["/app"]
`,
  );
});

test('is silent about images for people', () => {
  checkSilent(
    rule,
    `
FROM debian:trixie-slim
RUN apt-get update && apt-get install -y vim tcpdump
`,
  );
  checkSilent(
    rule,
    `
FROM debian:trixie-slim
RUN apt-get update && apt-get install -y vim tcpdump
CMD ["bash"]
`,
  );
  checkSilent(
    rule,
    `
FROM debian:trixie-slim AS debug
RUN apt-get update && apt-get install -y vim tcpdump
CMD ["/app"]
`,
  );
});

test('is silent about programs that programs commonly need', () => {
  checkSilent(
    rule,
    `
FROM alpine:3.24
RUN apk add --no-cache git openssh-client jq bash
CMD ["/app"]
`,
  );
});

test('fix: takes a name out of a line', () => {
  checkFix(
    rule,
    `
FROM debian:trixie-slim
RUN apt-get update && apt-get install -y libpq5 vim=2:9.1 && rm -rf /var/lib/apt/lists/*
CMD ["/app"]
`,
    `
FROM debian:trixie-slim
RUN apt-get update && apt-get install -y libpq5 && rm -rf /var/lib/apt/lists/*
CMD ["/app"]
`,
  );
});

test('fix: takes all tools of the finding out of a list, one by one where both would tear it', () => {
  checkFix(
    rule,
    'FROM alpine:3.24\nRUN apk add vim strace \\\n    tzdata \\\n    gdb\nCMD ["/app"]\n',
    'FROM alpine:3.24\nRUN apk add \\\n    tzdata\nCMD ["/app"]\n',
  );
  assert.deepEqual(fixTitles(rule, 'FROM alpine:3.24\nRUN apk add tzdata \\\n    vim \\\n    gdb\nCMD ["/app"]\n'), [
    "Leave out 'vim'",
    "Leave out 'gdb'",
  ]);
});

test('fix: takes out the whole line of a name', () => {
  checkFix(
    rule,
    `
FROM debian:trixie-slim
RUN apt-get update && apt-get install -y \\
    # For the reports.
    libpq5 \\
    vim \\
    tzdata
CMD ["/app"]
`,
    `
FROM debian:trixie-slim
RUN apt-get update && apt-get install -y \\
    # For the reports.
    libpq5 \\
    tzdata
CMD ["/app"]
`,
  );
});

test('fix: closes the list where the name is the last one', () => {
  checkFix(
    rule,
    'FROM debian:trixie-slim\r\nRUN apt-get install -y \\\r\n    tzdata \\\r\n    vim\r\nCMD ["/app"]\r\n',
    'FROM debian:trixie-slim\r\nRUN apt-get install -y \\\r\n    tzdata\r\nCMD ["/app"]\r\n',
  );
  checkFix(
    rule,
    `
FROM debian:trixie-slim
RUN apt-get install -y tzdata \\
    vim && apt-get clean
CMD ["/app"]
`,
    `
FROM debian:trixie-slim
RUN apt-get install -y tzdata \\
    && apt-get clean
CMD ["/app"]
`,
  );
});

test('offers no fix for the only name, for a group, a variable or a list that ends in a comment', () => {
  const offered = (run: string) => fixTitles(rule, `FROM alpine:3.24\n${run}\nCMD ["/app"]\n`);
  assert.deepEqual(offered('RUN apk add vim'), []);
  assert.deepEqual(offered('RUN apk add --virtual .tools vim tzdata'), []);
  assert.deepEqual(offered('ARG TOOLS="vim tzdata"\nRUN apk add $TOOLS'), []);
  assert.deepEqual(offered('RUN apk add tzdata \\\n    # an editor \\\n    vim'), []);
});

test('is silent about what the health check of a compose file names', () => {
  const text = `
FROM debian:trixie-slim
RUN apt-get update && apt-get install -y curl vim
#                                             ^^^ fixable: 'vim' is a tool for people, and stays in the final image.
CMD ["/app"]
`;
  const files = (healthcheck: string) => ({
    'compose.prod.yml': `services:\n  app:\n    image: app\n    healthcheck:\n      test: ${healthcheck}\n`,
    'web/Dockerfile': '',
  });
  checkRule(rule, text, { files: files('["CMD", "curl", "-f", "http://localhost/"]'), path: 'web/Dockerfile' });
  const onlyCurl = text.replace(' vim', '').replace(/^#.*\n/m, '');
  checkSilent(rule, onlyCurl, { files: files('curl -f http://localhost/'), path: 'web/Dockerfile' });
  assert.equal(findingsOf(rule, onlyCurl, { files: files('["CMD", "/app", "check"]') }).length, 1);
});
