import type { LibcKind } from '../catalog/model.js';
import { buildOnLibc } from '../fixes/builder-libc.js';
import { nodeMajor } from '../interpret/commands/node-modules.js';
import { unfitModules, type UsedModules } from '../interpret/node.js';
import { libcMisfits, versionMisfits, type Misfit, type Misfits } from '../interpret/node-fit.js';
import { installedIn, namedMisfit, outcomeOf, whyMisfit } from './node-misfits.js';
import { defineRule, type Severity } from './rule.js';

const lockFile = `{
  "lockfileVersion": 3,
  "packages": {
    "": { "dependencies": { "@node-rs/argon2": "2.0.2" } },
    "node_modules/@node-rs/argon2": {
      "version": "2.0.2",
      "optionalDependencies": {
        "@node-rs/argon2-linux-x64-gnu": "2.0.2",
        "@node-rs/argon2-linux-x64-musl": "2.0.2"
      }
    },
    "node_modules/@node-rs/argon2-linux-x64-gnu": {
      "version": "2.0.2",
      "cpu": ["x64"],
      "libc": ["glibc"],
      "optional": true,
      "os": ["linux"]
    },
    "node_modules/@node-rs/argon2-linux-x64-musl": {
      "version": "2.0.2",
      "cpu": ["x64"],
      "libc": ["musl"],
      "optional": true,
      "os": ["linux"]
    }
  }
}
`;

export default defineRule<UsedModules>({
  meta: {
    id: 'node-modules-libc-mismatch',
    summary: 'Packages of Node.js installed for another C library',
    category: 'libc',
    severity: 'error',
    fix: 'review',
  },

  docs: {
    why:
      'npm, yarn and pnpm compile native addons against the libc of the stage they run in, and choose packages such as ' +
      '`@img/sharp-linuxmusl-x64` by it. On the other libc Node.js cannot load them: "Error relocating ' +
      '.../bcrypt_lib.node: __snprintf_chk: symbol not found", or "\'linuxmusl-x64\' binaries cannot be used on the ' +
      "'linux-x64' platform\". Packages of JavaScript alone are not affected: a lock file tells which ones are native, and " +
      'without one it is a warning, and an information with --ignore-scripts or where ' +
      'package.json names no such package. With one it is an error where the script that is started plainly loads ' +
      'such a package, and a warning where that cannot be seen. A lock file without the field "libc" makes npm install ' +
      'such packages for both. Install on the libc the image runs on.',
    bad: installedIn('node:24-alpine'),
    good: installedIn('node:24-slim'),
    files: {
      'package.json': '{ "dependencies": { "@node-rs/argon2": "2.0.2" } }\n',
      'package-lock.json': lockFile,
      'server.js': "const argon2 = require('@node-rs/argon2');\n",
    },
    references: [
      'https://sharp.pixelplumbing.com/install#cross-platform',
      'https://github.com/nodejs/node-gyp/issues/1237',
      'https://github.com/lovell/sharp/issues/2312',
    ],
  },

  *check(analysis) {
    for (const used of unfitModules(analysis, (one) => kindsOf(one) !== null)) {
      const kinds = kindsOf(used);
      const found = kinds && libcMisfits(used, kinds);
      if (!kinds || found?.misfits.length === 0) continue;
      const { modules, stage } = used;
      const { bundle, path, placedBy } = modules;
      const isPure = !bundle.traits.includes('native') && (bundle.traits.includes('no-scripts') || bundle.packages);
      const named = namedMisfit(found);
      const kindsText = `'${path}' is installed for ${kinds.made}, and this image has ${kinds.runs}:`;
      yield {
        span: placedBy,
        message: `${kindsText} ${found && named ? outcome(named, found) : 'native code in it will not load'}.`,
        because: [...whyMisfit(used, found), ...bundle.libc.because, ...stage.end.libc.because],
        data: used,
        severity: named ? severityOf(named) : isPure || found ? 'information' : 'warning',
      };
    }
  },

  fix({ data: used }, analysis) {
    const { modules, stage } = used;
    const builder = modules.bundle.stage === null ? undefined : analysis.stages[modules.bundle.stage];
    const { libc } = stage.end;
    return libc.known ? buildOnLibc(builder, { libc: libc.value.kind, version: otherVersion(used) }, analysis) : [];
  },
});

/** The version of Node.js that has to change as well: the next error otherwise. */
function otherVersion(used: UsedModules): { from: string; to: string } | null {
  const { version, traits } = used.modules.bundle;
  const here = nodeMajor(used.stage.end);
  if (!version.known || !here.known || version.value === here.value || traits.includes('no-scripts')) return null;
  return versionMisfits(used)?.misfits.length === 0 ? null : { from: version.value, to: here.value };
}

function outcome(named: Misfit, { misfits }: Misfits): string {
  const { kind, name } = named.native;
  if (kind === 'script') return `what the install script of '${name}' made may not load`;
  const alike = misfits.filter((one) => one.isCertain && (one.load === null) === (named.load === null));
  return outcomeOf(named, new Set(alike.map((one) => one.native.name)).size);
}

function severityOf({ isCertain, use, native }: Misfit): Severity {
  if (isCertain && use === 'sure') return 'error';
  return native.kind === 'script' || use === 'unlikely' ? 'information' : 'warning';
}

/** The libc they are for and that of the stage, where the two differ. */
function kindsOf({ modules, stage }: UsedModules): { made: Native; runs: Native } | null {
  const [built, here] = [modules.bundle.libc, stage.end.libc];
  if (!built.known || !here.known) return null;
  const [made, runs] = [built.value.kind, here.value.kind];
  return made !== runs && isNative(made) && isNative(runs) ? { made, runs } : null;
}

type Native = 'glibc' | 'musl';

function isNative(kind: LibcKind): kind is Native {
  return kind === 'glibc' || kind === 'musl';
}
