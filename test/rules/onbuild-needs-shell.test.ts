import { test } from 'node:test';
import rule from '../../server/src/rules/onbuild-needs-shell.js';
import { checkRule, checkSilent } from '../support/checks.js';

test('reports the shell form behind ONBUILD', () => {
  checkRule(
    rule,
    `
FROM gcr.io/distroless/python3-debian13
ONBUILD RUN pip install -r requirements.txt
#           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ '/bin/sh' is not in this image, so RUN fails in every image based on it.
`,
  );
  checkRule(
    rule,
    `
FROM scratch
ONBUILD COPY app /app
ONBUILD HEALTHCHECK CMD /app health
#                       ^^^^^^^^^^^ '/bin/sh' is not in this image, so HEALTHCHECK fails in every image based on it.
`,
  );
});

test('follows the base image through stages, and reports the first only', () => {
  checkRule(
    rule,
    `
FROM gcr.io/distroless/static-debian13 AS base
FROM base
ONBUILD RUN a
#           ^ '/bin/sh' is not in this image, so RUN fails in every image based on it.
ONBUILD RUN b
`,
  );
});

test('is silent where a shell is there, may come, or is not known', () => {
  checkSilent(rule, 'FROM node:24\nONBUILD RUN npm ci\n');
  checkSilent(rule, 'FROM registry.example.com/x\nONBUILD RUN npm ci\n');
  checkSilent(rule, 'FROM gcr.io/distroless/static\nCOPY --from=busybox:1.37 /bin/sh /bin/sh\nONBUILD RUN a\n');
  checkSilent(rule, 'FROM gcr.io/distroless/static\nONBUILD COPY --from=busybox:1.37 /bin/sh /bin/sh\nONBUILD RUN a\n');
  checkSilent(rule, 'FROM gcr.io/distroless/static\nONBUILD ADD rootfs.tar /\nONBUILD RUN a\n');
  checkSilent(rule, 'FROM gcr.io/distroless/static\nONBUILD SHELL ["/tool", "-c"]\nONBUILD RUN a\n');
});

test('is silent about exec form and other instructions', () => {
  checkSilent(rule, 'FROM gcr.io/distroless/static\nONBUILD RUN ["/app", "setup"]\nONBUILD COPY . /app\n');
});

test('leaves the start of a stage that goes on from here to the rules about it', () => {
  checkSilent(rule, 'FROM gcr.io/distroless/static AS base\nONBUILD CMD app\nFROM base\n');
});
