import { onVersion } from '../fixes/builder-version.js';
import type { PlacedBundle } from '../interpret/bundles.js';
import { nodeMajor } from '../interpret/commands/node-modules.js';
import { unfitModules, type UsedModules } from '../interpret/node.js';
import type { BundleTrait } from '../interpret/state.js';
import { versionMisfits, type Misfits } from '../interpret/node-fit.js';
import { installedIn, namedMisfit, outcomeOf, whyMisfit } from './node-misfits.js';
import { defineRule, type Severity } from './rule.js';

type Data = { readonly modules: PlacedBundle; readonly built: string; readonly runs: string };

const lockFile = `{
  "lockfileVersion": 3,
  "packages": {
    "": { "dependencies": { "better-sqlite3": "12.5.0" } },
    "node_modules/better-sqlite3": {
      "version": "12.5.0",
      "hasInstallScript": true,
      "dependencies": { "bindings": "^1.5.0", "prebuild-install": "^7.1.1" }
    }
  }
}
`;

export default defineRule<Data>({
  meta: {
    id: 'node-abi-skew',
    summary: 'Packages of Node.js installed by another major version',
    category: 'build',
    severity: 'error',
    fix: 'review',
  },

  docs: {
    why:
      'Addons that use V8 itself are compiled for one major version of Node.js, and install scripts fetch the build for ' +
      'the version they run on. Another major refuses them: "was compiled against a different Node.js version using ' +
      'NODE_MODULE_VERSION 127. This version of Node.js requires NODE_MODULE_VERSION 137." Addons on Node-API and ' +
      'packages of JavaScript alone run on both: a lock file tells which ones there are. It is an error where the ' +
      'script that is started plainly loads such a package, and a warning where that cannot be seen. Without a lock ' +
      'file it is a warning only where the Dockerfile shows that something is compiled (a compiler is installed, or ' +
      'such a package named), and an information otherwise. Install with the version the image runs.',
    bad: installedIn('node:22-bookworm'),
    good: installedIn('node:24-bookworm'),
    files: {
      'package.json': '{ "dependencies": { "better-sqlite3": "12.5.0" } }\n',
      'package-lock.json': lockFile,
      'server.js': "const Database = require('better-sqlite3');\nconst database = new Database(':memory:');\n",
    },
    references: ['https://nodejs.org/en/download/releases', 'https://nodejs.org/api/n-api.html'],
  },

  *check(analysis) {
    for (const used of unfitModules(analysis, (one) => skewOf(one) !== null)) {
      const skew = skewOf(used);
      const found = versionMisfits(used);
      if (!skew || found?.misfits.length === 0) continue;
      const { modules, stage } = used;
      const { bundle, path, placedBy } = modules;
      const named = namedMisfit(found);
      yield {
        span: placedBy,
        message: `'${path}' is installed by Node.js ${skew.built}, and this image runs Node.js ${skew.runs}${named ? `: ${outcomeOf(named)}` : ''}.`,
        because: [...whyMisfit(used, found), ...bundle.version.because, ...nodeMajor(stage.end).because],
        data: { modules, ...skew },
        severity: severityOf(bundle.traits, found),
      };
    }
  },

  fix({ data: { modules, built, runs } }, analysis) {
    const builder = modules.bundle.stage === null ? undefined : analysis.stages[modules.bundle.stage];
    return onVersion(builder, { name: 'node', from: built, to: runs }, analysis);
  },
});

/** By the gravest of the packages that the lock file names, else by what the file shows. */
function severityOf(traits: readonly BundleTrait[], found: Misfits | null): Severity {
  const first = namedMisfit(found);
  if (!found || !first) return traits.includes('bound') ? 'warning' : 'information';
  if (!first.isCertain || first.use === 'unlikely') return 'information';
  return first.use === 'sure' ? 'error' : 'warning';
}

type Skew = { readonly built: string; readonly runs: string };

function skewOf({ modules: { bundle }, stage }: UsedModules): Skew | null {
  const here = nodeMajor(stage.end);
  if (!bundle.version.known || !here.known || bundle.version.value === here.value) return null;
  // Another libc says more.
  const [made, runs] = [bundle.libc, stage.end.libc];
  if (made.known && runs.known && made.value.kind !== runs.value.kind) return null;
  return bundle.traits.includes('no-scripts') ? null : { built: bundle.version.value, runs: here.value };
}
