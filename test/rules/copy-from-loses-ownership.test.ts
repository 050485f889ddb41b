import assert from 'node:assert/strict';
import { test } from 'node:test';
import rule from '../../server/src/rules/copy-from-loses-ownership.js';
import { checkFix, checkRule, checkSilent, fixTitles } from '../support/checks.js';

const final = 'FROM gcr.io/distroless/static-debian13:nonroot';

test('reports a directory that was given away in its stage', () => {
  checkRule(
    rule,
    `
FROM alpine:3.22 AS build
RUN mkdir -p /data && chown -R 65532:65532 /data
${final}
COPY --from=build /data /data
#                 ^^^^^ fixable: COPY makes the directory '/data' as root, although it belongs to uid 65532 in its stage.
`,
  );
});

test('reports a directory of another name, and one whose mode is lost as well', () => {
  checkRule(
    rule,
    `
FROM alpine:3.22 AS build
RUN install -d -o 65532 /out/state && chmod 777 /out/state
FROM scratch
COPY --from=build /out/state /state
#                 ^^^^^^^^^^ fixable: COPY makes the directory '/state' as root, although '/out/state' belongs to uid 65532 in its stage.
USER 65532
`,
  );
});

test('a directory with files of its own is information', () => {
  checkRule(
    rule,
    `
FROM alpine:3.22 AS build
COPY . /app
RUN chown -R 65532:65532 /app
${final}
COPY --from=build /app /app
#                 ^^^^ fixable: (information) COPY makes the directory '/app' as root, although it belongs to uid 65532 in its stage.
`,
  );
});

test('follows names, build arguments and FROM stage', () => {
  checkRule(
    rule,
    `
FROM alpine:3.22 AS base
RUN adduser -D -u 1001 app && mkdir /state && chown app /state
FROM base AS build
FROM alpine:3.22
ARG DIR=/state
COPY --from=build \${DIR} \${DIR}
#                 ^^^^^^ fixable: COPY makes the directory '/state' as root, although it belongs to 'app' in its stage.
USER 1001
`,
  );
});

/** A build stage with `prepare`, and a final one with `steps`. */
function built(prepare: string, steps: string, base = final): string {
  return `FROM alpine:3.22 AS build\nRUN ${prepare}\n${base}\n${steps}\n`;
}

const given = 'mkdir /data && chown 65532 /data';
const copy = 'COPY --from=build /data /data';

test('is silent where the owner is set, or set again', () => {
  checkSilent(rule, built(given, 'COPY --from=build --chown=65532 /data /data'));
  checkSilent(rule, built(given, 'COPY --from=build --chmod=777 /data /data'));
  checkSilent(rule, built(given, `${copy}\nRUN chown -R 1000 /data\nUSER 1000`, 'FROM alpine:3.22'));
});

test('is silent about what keeps its owner: files, and what lies in the copied directory', () => {
  checkSilent(rule, built('install -d -o 65532 /rootfs/data', 'COPY --from=build /rootfs/ /'));
  checkSilent(rule, built('mkdir /out && mkdir /out/data && chown 65532 /out/data', 'COPY --from=build /out /out'));
  checkSilent(rule, built('touch /app.db && chown 65532 /app.db', 'COPY --from=build /app.db /app.db'));
});

test('is silent where the destination is there already, or may well be', () => {
  checkSilent(rule, built(given, 'RUN install -d -o 65532 /data\n' + copy + '\nUSER 65532', 'FROM alpine:3.22'));
  checkSilent(rule, built(given, 'WORKDIR /data\nCOPY --from=build /data .'));
  const home = 'COPY --from=build /data /home/app\nUSER 65532';
  checkSilent(rule, built(given, home, 'FROM debian:13-slim'));
});

test('is silent where the image runs as root, or nothing was given away', () => {
  checkSilent(rule, built(given, copy, 'FROM alpine:3.22'));
  checkSilent(rule, built('mkdir /data', copy));
  checkSilent(rule, built('mkdir /data && chown root /data', copy));
  checkSilent(rule, built('[ -d /x ] && chown 65532 /data || true', copy));
  checkSilent(rule, built(given, copy, 'FROM registry.example.com/base'));
});

test('is silent about programs and what is only read', () => {
  checkSilent(rule, built('cp /a /app && chown 65532 /app', 'COPY --from=build /app /app'));
  checkSilent(rule, built('chown -R 65532 /src/node_modules', 'COPY --from=build /src/node_modules /node_modules'));
  checkSilent(rule, built(given, 'COPY --from=registry.example.com/x /data /data'));
});

test('fix: adds the user of the image behind the other flags', () => {
  checkFix(rule, built(given, copy), built(given, 'COPY --from=build --chown=65532:65532 /data /data'));
  const named = built(given, `RUN adduser -D app\n${copy}\nUSER app`, 'FROM alpine:3.22');
  assert.deepEqual(fixTitles(rule, named), ['Add --chown=app']);
  assert.deepEqual(fixTitles(rule, built(given, `${copy}\nUSER 7:8`, 'FROM scratch')), ['Add --chown=7:8']);
});
