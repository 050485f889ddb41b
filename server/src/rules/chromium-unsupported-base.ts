import { knownFalse, knownTrue } from '../fact.js';
import { madeHere, placedBundles } from '../interpret/bundles.js';
import { finalStage } from '../interpret/processes.js';
import { contentFact } from '../interpret/query.js';
import type { StageState } from '../interpret/state.js';
import { defineRule, dockerfile } from './rule.js';

export default defineRule<null>({
  meta: {
    id: 'chromium-unsupported-base',
    summary: 'Downloaded browser in an image that cannot run it',
    category: 'start',
    severity: 'warning',
    fix: 'none',
  },

  docs: {
    why:
      'The browsers that Playwright and Puppeteer download are built for glibc and load some forty shared libraries. On ' +
      'Alpine they do not start: "Error relocating .../chrome: gnu_get_libc_version: symbol not found". In a distroless ' +
      'image the libraries are missing: "error while loading shared libraries: libnss3.so: cannot open shared object ' +
      'file: No such file or directory". Take the makers\' own image, Debian or Ubuntu with `playwright install ' +
      "--with-deps`, or on Alpine the distribution's chromium together with PUPPETEER_SKIP_DOWNLOAD and " +
      'PUPPETEER_EXECUTABLE_PATH.',
    bad: dockerfile`
      FROM node:24-alpine
      WORKDIR /app
      RUN npm ci && npx playwright install chromium
      COPY . .
      USER node
      CMD ["node", "render.js"]
    `,
    good: dockerfile`
      FROM node:24-slim
      WORKDIR /app
      RUN npm ci && npx playwright install --with-deps chromium
      COPY . .
      USER node
      CMD ["node", "render.js"]
    `,
    references: [
      'https://playwright.dev/docs/docker#alpine',
      'https://pptr.dev/troubleshooting#running-on-alpine',
      'https://github.com/puppeteer/puppeteer/issues/379',
    ],
  },

  *check(analysis) {
    const stage = finalStage(analysis);
    if (!stage || hasOwnBrowser(stage.end)) return;
    for (const browser of placedBundles(stage, 'browser')) {
      const lacking = whatLacks(stage.end);
      if (!lacking) continue;
      const { path, placedBy, bundle } = browser;
      yield {
        span: placedBy,
        message: `The browsers in '${path}' ${lacking.text}.`,
        because: [...madeHere(browser), ...bundle.libc.because, ...lacking.because],
        data: null,
      };
    }
  },
});

/** A browser of the distribution, or one that is named: the downloaded one may be left over. */
function hasOwnBrowser(end: StageState): boolean {
  const names = ['chromium', 'chromium-browser', 'google-chrome-stable', 'firefox', 'firefox-esr'];
  if (names.some((name) => knownTrue(contentFact(end, name)))) return true;
  const path = end.env.get('PUPPETEER_EXECUTABLE_PATH');
  return path !== undefined && !(path.known && path.value === null);
}

function whatLacks(end: StageState) {
  const { libc } = end;
  if (libc.known && libc.value.kind === 'musl')
    return { text: 'are built for glibc, and this image has musl', because: libc.because };
  const [nss, other] = [contentFact(end, 'libnss3'), contentFact(end, 'nss')];
  return knownFalse(nss) && knownFalse(other)
    ? { text: 'load libnss3, which this image does not have', because: nss.because }
    : null;
}
