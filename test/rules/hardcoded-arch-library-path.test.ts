import { test } from 'node:test';
import rule from '../../server/src/rules/hardcoded-arch-library-path.js';
import { checkRule, checkSilent } from '../support/checks.js';

test('reports a path of one architecture, once for a stage', () => {
  checkRule(
    rule,
    `
FROM debian:13 AS build
FROM debian:13-slim
COPY --from=build /usr/lib/x86_64-linux-gnu/libz.so.1 /usr/lib/
#                 ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ (information) 'x86_64-linux-gnu' exists on amd64 only, so the build stops on any other architecture.
COPY --from=build /lib64/ld-linux-x86-64.so.2 /lib64/
`,
  );
});

test('is a warning where the file is built for several platforms', () => {
  checkRule(
    rule,
    `
FROM --platform=$BUILDPLATFORM golang:1.26 AS build
FROM debian:13 AS libs
FROM debian:13-slim
COPY --from=libs /lib/ld-musl-aarch64.so.1 /lib/
#                ^^^^^^^^^^^^^^^^^^^^^^^^^ 'ld-musl-aarch64.so.1' exists on arm64 only, so the build stops on any other architecture.
`,
  );
});

const path = '/usr/lib/x86_64-linux-gnu/libz.so.1';

test('is silent where the platform is fixed', () => {
  checkSilent(rule, `FROM debian:13 AS a\nFROM --platform=linux/amd64 debian:13\nCOPY --from=a ${path} /lib/\n`);
  checkSilent(rule, `FROM --platform=linux/amd64 debian:13 AS a\nFROM debian:13\nCOPY --from=a ${path} /lib/\n`);
  checkSilent(rule, `FROM amd64/debian:13 AS a\nFROM a\nCOPY --from=a ${path} /lib/\n`);
  checkSilent(rule, `FROM debian:13\nCOPY --from=amd64/debian:13 ${path} /lib/\n`);
});

test('is silent about patterns, variables, and files of the build context', () => {
  const stages = 'FROM debian:13 AS a\nFROM debian:13\nARG TARGETARCH\n';
  checkSilent(rule, `${stages}COPY --from=a /usr/lib/*-linux-gnu/libz.so.1 /usr/local/lib/\n`);
  checkSilent(rule, `${stages}COPY --from=a /usr/lib/\${TRIPLET}/libz.so.1 /usr/local/lib/\n`);
  checkSilent(rule, `${stages}COPY lib/x86_64-linux-gnu/libx.so /usr/local/lib/\n`);
  checkSilent(rule, `${stages}COPY --from=a /out /usr/lib/x86_64-linux-gnu/\n`);
});
