import { test } from 'node:test';
import rule from '../../server/src/rules/chromium-unsupported-base.js';
import { checkRule, checkSilent, findingsOf } from '../support/checks.js';
import assert from 'node:assert/strict';

const message = "The browsers in '/root/.cache/ms-playwright' are built for glibc, and this image has musl.";

test('reports browsers of Playwright on Alpine', () => {
  checkRule(
    rule,
    `
FROM node:24-alpine
WORKDIR /app
RUN npm ci && npx playwright install chromium
#             ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ ${message}
`,
  );
  checkRule(
    rule,
    `
FROM python:3.13-alpine
RUN pip install playwright && playwright install --with-deps firefox
#                             ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ ${message}
`,
  );
});

test('and Chrome that the package puppeteer downloads', () => {
  checkRule(
    rule,
    `
FROM node:24-alpine
WORKDIR /app
USER node
RUN npm install puppeteer@24
#   ^^^^^^^^^^^^^^^^^^^^^^^^ The browsers in '/home/node/.cache/puppeteer' are built for glibc, and this image has musl.
`,
  );
});

test('knows the ways to download them', () => {
  for (const command of [
    'npx --yes playwright@1.55.0 install',
    'npx puppeteer browsers install chrome',
    'npx @puppeteer/browsers install chrome@stable',
    'pnpm exec playwright install --only-shell',
    'yarn playwright install',
    'python -m playwright install chromium',
    'yarn add puppeteer',
  ])
    assert.equal(findingsOf(rule, `FROM node:24-alpine\nWORKDIR /app\nRUN ${command}\n`).length, 1, command);
});

test('follows them to an image that lacks their libraries', () => {
  checkRule(
    rule,
    `
FROM node:24-slim AS build
ENV PLAYWRIGHT_BROWSERS_PATH=/browsers
WORKDIR /app
RUN npm ci && npx playwright install --with-deps chromium
FROM gcr.io/distroless/nodejs24-debian13
COPY --from=build /app /app
COPY --from=build /browsers /browsers
#^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ The browsers in '/browsers' load libnss3, which this image does not have.
CMD ["/app/render.js"]
`,
  );
});

test('is silent on Debian and Ubuntu', () => {
  checkSilent(rule, 'FROM node:24-slim\nWORKDIR /app\nRUN npm ci && npx playwright install --with-deps\n');
  checkSilent(rule, 'FROM mcr.microsoft.com/playwright:v1.55.0-noble\nWORKDIR /app\nRUN npx playwright install\n');
});

test("is silent with the distribution's browser, and where none is downloaded", () => {
  const alpine = (lines: string) => `FROM node:24-alpine\nWORKDIR /app\n${lines}\n`;
  checkSilent(rule, alpine('RUN apk add --no-cache chromium && npm install puppeteer'));
  checkSilent(rule, alpine('ENV PUPPETEER_EXECUTABLE_PATH=/usr/bin/chromium\nRUN npm install puppeteer'));
  checkSilent(rule, alpine('ENV PUPPETEER_SKIP_DOWNLOAD=true\nRUN npm install puppeteer'));
  checkSilent(rule, alpine('RUN PUPPETEER_SKIP_DOWNLOAD=1 npm install puppeteer'));
  checkSilent(rule, alpine('RUN npm install puppeteer-core playwright'));
  checkSilent(rule, alpine('RUN npm install --ignore-scripts puppeteer'));
  checkSilent(rule, alpine('RUN npx playwright test'));
  checkSilent(rule, alpine('RUN npx playwright install-deps'));
});

test('is silent about browsers that only a build stage has', () => {
  checkSilent(
    rule,
    `
FROM node:24-alpine AS test
WORKDIR /app
RUN npx playwright install && npx playwright test
FROM node:24-alpine
CMD ["node", "server.js"]
`,
  );
});

test('is silent where the image is not known, or the download may not happen', () => {
  checkSilent(rule, 'FROM registry.example.com/node\nWORKDIR /app\nRUN npx playwright install\n');
  checkSilent(rule, 'FROM node:24-alpine\nRUN if [ -n "$E2E" ]; then npx playwright install; fi\n');
});
