import { installedBy } from '../interpret/node-compile.js';
import { lockedAt } from '../interpret/node-lock.js';
import { unlockedFor, type Unlocked } from '../interpret/node-platforms.js';
import type { Analysis, Bundle, CommandStep, Stage } from '../interpret/state.js';
import { baseName } from '../interpret/tree.js';
import { defineRule, dockerfile } from './rule.js';

const manifest = '{ "dependencies": { "lightningcss": "1.30.2" } }\n';

const choices = ['darwin-arm64', 'linux-x64-gnu', 'linux-x64-musl'];

function lockWith(platforms: readonly string[]): string {
  const optional = choices.map((platform) => `        "lightningcss-${platform}": "1.30.2"`).join(',\n');
  const entries = platforms.map((platform) => {
    const [os = '', cpu = ''] = platform.split('-');
    const name = `    "node_modules/lightningcss-${platform}": `;
    return `${name}{ "version": "1.30.2", "cpu": ["${cpu}"], "optional": true, "os": ["${os}"] }`;
  });
  return `{
  "lockfileVersion": 3,
  "packages": {
    "": { "dependencies": { "lightningcss": "1.30.2" } },
    "node_modules/lightningcss": {
      "version": "1.30.2",
      "optionalDependencies": {
${optional}
      }
    },
${entries.join(',\n')}
  }
}
`;
}

const example = dockerfile`
  FROM node:24-alpine
  WORKDIR /app
  COPY package.json package-lock.json ./
  RUN npm ci --omit=dev
  COPY server.js ./
  USER node
  CMD ["node", "server.js"]
`;

export default defineRule<Unlocked>({
  meta: {
    id: 'npm-lock-lacks-target-libc',
    summary: 'Lock file without the native packages of this platform',
    category: 'libc',
    severity: 'warning',
    fix: 'none',
  },

  docs: {
    why:
      'Packages such as sharp and lightningcss bring their native code in packages of their own, one for each platform, ' +
      'and npm installs those that the lock file lists. A lock file that was made while node_modules lay beside it may ' +
      'list only the platform of that machine; then npm ci succeeds here, and the program ends with "Could not load the ' +
      '"sharp" module using the linuxmusl-x64 runtime" or "Cannot find module". Remove node_modules and ' +
      'package-lock.json, and make the lock file anew.',
    bad: example,
    good: example,
    files: { 'package.json': manifest, 'package-lock.json': lockWith(['darwin-arm64']), 'server.js': '' },
    goodFiles: { 'package.json': manifest, 'package-lock.json': lockWith(choices), 'server.js': '' },
    references: ['https://github.com/npm/cli/issues/4828', 'https://github.com/lovell/sharp/issues/4142'],
  },

  *check({ stages, context }: Analysis) {
    for (const stage of stages) {
      const named = namedIn(stage);
      for (const { command, bundle } of installs(stage).slice(0, mostInstalls)) {
        const libc = bundle.libc.known ? bundle.libc.value.kind : null;
        if (command.words.some((word) => /^--(omit=optional|no-optional)$/.test(word ?? ''))) continue;
        if (!bundle.lock?.isWhole || (libc !== 'glibc' && libc !== 'musl')) continue;
        const { lock } = bundle;
        const [first, ...more] = unlockedFor(lock, libc, stage).filter((one) => {
          return !named.some(({ at, name }) => at > command.command.span.start && isNamed(one, name));
        });
        if (!first) continue;
        const { locked, missing } = first;
        const others = more.length > 0 ? `; the same is true of ${more.length} more` : '';
        yield {
          span: command.command.span,
          message: `'${baseName(lock.file.path)}' has no '${missing}', so '${locked.name}' has no native code for ${libc} here${others}.`,
          because: [lockedAt(lock, locked), ...bundle.libc.because],
          data: first,
          severity: context.isSure ? 'warning' : 'information',
        };
        break;
      }
    }
  },
});

const mostInstalls = 50;

function installs(stage: Stage): { command: CommandStep; bundle: Bundle }[] {
  return stage.steps.flatMap((step) => {
    if (step.instruction.isOnbuild) return [];
    return step.commands.flatMap((command) => {
      const bundle = installedBy(command, step);
      return bundle ? [{ command, bundle }] : [];
    });
  });
}

/** A package that a later command names: `npm install --os=linux --libc=musl --cpu=x64 sharp`. */
type Named = { readonly at: number; readonly name: string };

function namedIn({ steps }: Stage): Named[] {
  return steps.flatMap(({ commands }) =>
    commands.flatMap(({ command, words }) => {
      const names = words.slice(2).flatMap((word) => (word && !word.startsWith('-') ? [word] : []));
      return names.map((name) => ({ at: command.span.start, name: name.replace(/(?<=.)@.*$/, '') }));
    }),
  );
}

/** It, or one of those that bring its native code. */
function isNamed({ locked, missing }: Unlocked, name: string): boolean {
  return name === locked.name || name.startsWith(`${missing.replace(/-?linux.*$/, '')}-linux`);
}
