import type { LibcKind } from '../catalog/model.js';
import { buildOnLibc } from '../fixes/builder-libc.js';
import { madeHere } from '../interpret/bundles.js';
import { unfitModules, type UsedModules } from '../interpret/node.js';
import { defineRule, dockerfile } from './rule.js';

export default defineRule<UsedModules>({
  meta: {
    id: 'node-modules-libc-mismatch',
    summary: 'Packages of Node.js installed for another C library',
    category: 'libc',
    severity: 'warning',
    fix: 'review',
  },

  docs: {
    why:
      'npm, yarn and pnpm compile native addons against the libc of the stage they run in, and choose packages such as ' +
      '`@img/sharp-linuxmusl-x64` by it. On the other libc Node.js cannot load them: "Error relocating ' +
      '.../bcrypt_lib.node: __snprintf_chk: symbol not found", or "\'linuxmusl-x64\' binaries cannot be used on the ' +
      "'linux-x64' platform\". Packages of JavaScript alone are not affected. Install on the libc the image runs on. With " +
      '--ignore-scripts nothing is compiled, and the finding is an information.',
    bad: dockerfile`
      FROM node:24-alpine AS build
      WORKDIR /app
      COPY package.json package-lock.json ./
      RUN npm ci --omit=dev
      COPY server.js ./

      FROM gcr.io/distroless/nodejs24-debian13:nonroot
      WORKDIR /app
      COPY --from=build /app /app
      CMD ["server.js"]
    `,
    good: dockerfile`
      FROM node:24-slim AS build
      WORKDIR /app
      COPY package.json package-lock.json ./
      RUN npm ci --omit=dev
      COPY server.js ./

      FROM gcr.io/distroless/nodejs24-debian13:nonroot
      WORKDIR /app
      COPY --from=build /app /app
      CMD ["server.js"]
    `,
    references: [
      'https://sharp.pixelplumbing.com/install#cross-platform',
      'https://github.com/nodejs/node-gyp/issues/1237',
      'https://github.com/lovell/sharp/issues/2312',
    ],
  },

  *check(analysis) {
    for (const { modules, stage } of unfitModules(analysis, (used) => kindsOf(used) !== null)) {
      const kinds = kindsOf({ modules, stage });
      if (!kinds) continue;
      const { bundle, path, placedBy } = modules;
      const isPure = bundle.traits.includes('no-scripts') && !bundle.traits.includes('native');
      yield {
        span: placedBy,
        message: `'${path}' is installed for ${kinds.made}, and this image has ${kinds.runs}: native code in it will not load.`,
        because: [...madeHere(modules), ...bundle.libc.because, ...stage.end.libc.because],
        data: { modules, stage },
        severity: isPure ? 'information' : 'warning',
      };
    }
  },

  fix({ data: { modules, stage } }, analysis) {
    const builder = modules.bundle.stage === null ? undefined : analysis.stages[modules.bundle.stage];
    return stage.end.libc.known ? buildOnLibc(builder, stage.end.libc.value.kind, analysis) : [];
  },
});

/** The libc they are for and that of the stage, where the two differ. */
function kindsOf({ modules, stage }: UsedModules): { made: LibcKind; runs: LibcKind } | null {
  const [built, here] = [modules.bundle.libc, stage.end.libc];
  if (!built.known || !here.known) return null;
  const [made, runs] = [built.value.kind, here.value.kind];
  return made !== runs && native.includes(made) && native.includes(runs) ? { made, runs } : null;
}

const native: readonly LibcKind[] = ['glibc', 'musl'];
