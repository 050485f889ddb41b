import { onVersion } from '../fixes/builder-version.js';
import { madeHere, type PlacedBundle } from '../interpret/bundles.js';
import { nodeMajor } from '../interpret/commands/node-modules.js';
import { unfitModules, type UsedModules } from '../interpret/node.js';
import { defineRule, dockerfile } from './rule.js';

type Data = { readonly modules: PlacedBundle; readonly built: string; readonly runs: string };

export default defineRule<Data>({
  meta: {
    id: 'node-abi-skew',
    summary: 'Packages of Node.js installed by another major version',
    category: 'build',
    severity: 'warning',
    fix: 'review',
  },

  docs: {
    why:
      'Addons that use V8 itself are compiled for one major version of Node.js, and install scripts fetch the build for ' +
      'the version they run on. Another major refuses them: "was compiled against a different Node.js version using ' +
      'NODE_MODULE_VERSION 127. This version of Node.js requires NODE_MODULE_VERSION 137." Addons on Node-API and ' +
      'packages of JavaScript alone run on both, so it is a warning only where the file shows that something is ' +
      'compiled (a compiler is installed, or such a package named), and an information otherwise. Install with the ' +
      'version the image runs.',
    bad: dockerfile`
      FROM node:22-bookworm AS build
      WORKDIR /app
      RUN npm install better-sqlite3
      COPY server.js ./

      FROM gcr.io/distroless/nodejs24-debian13:nonroot
      WORKDIR /app
      COPY --from=build /app /app
      CMD ["server.js"]
    `,
    good: dockerfile`
      FROM node:24-bookworm AS build
      WORKDIR /app
      RUN npm install better-sqlite3
      COPY server.js ./

      FROM gcr.io/distroless/nodejs24-debian13:nonroot
      WORKDIR /app
      COPY --from=build /app /app
      CMD ["server.js"]
    `,
    references: ['https://nodejs.org/en/download/releases', 'https://nodejs.org/api/n-api.html'],
  },

  *check(analysis) {
    for (const { modules, stage } of unfitModules(analysis, (used) => skewOf(used) !== null)) {
      const skew = skewOf({ modules, stage });
      if (!skew) continue;
      const { bundle, path, placedBy } = modules;
      yield {
        span: placedBy,
        message: `'${path}' is installed by Node.js ${skew.built}, and this image runs Node.js ${skew.runs}.`,
        because: [...madeHere(modules), ...bundle.version.because, ...nodeMajor(stage.end).because],
        data: { modules, ...skew },
        severity: bundle.traits.includes('bound') ? 'warning' : 'information',
      };
    }
  },

  fix({ data: { modules, built, runs } }, analysis) {
    const builder = modules.bundle.stage === null ? undefined : analysis.stages[modules.bundle.stage];
    return onVersion(builder, { name: 'node', from: built, to: runs }, analysis);
  },
});

type Skew = { readonly built: string; readonly runs: string };

function skewOf({ modules: { bundle }, stage }: UsedModules): Skew | null {
  const here = nodeMajor(stage.end);
  if (!bundle.version.known || !here.known || bundle.version.value === here.value) return null;
  // Another libc says more.
  const [made, runs] = [bundle.libc, stage.end.libc];
  if (made.known && runs.known && made.value.kind !== runs.value.kind) return null;
  return bundle.traits.includes('no-scripts') ? null : { built: bundle.version.value, runs: here.value };
}
