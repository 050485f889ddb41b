import { knownFalse, type Evidence } from '../fact.js';
import { compiledByNpm } from '../interpret/node-compile.js';
import { contentFact } from '../interpret/query.js';
import type { CommandStep, Stage, StageState, Step } from '../interpret/state.js';
import { insert } from '../text/edit.js';
import { defineRule, dockerfile } from './rule.js';

type Data = { readonly step: Step; readonly stage: Stage };

export default defineRule<Data>({
  meta: {
    id: 'node-gyp-toolchain-missing',
    summary: 'Addon compiled in an image without a compiler',
    category: 'build',
    severity: 'warning',
    fix: 'review',
  },

  docs: {
    why:
      'node-gyp compiles an addon with Python, make and a C++ compiler, and the slim and Alpine variants of the Node.js ' +
      'image have none of them: "gyp ERR! find Python Python is not set from command line or npm configuration". The ' +
      'rule knows of it where the command asks for a build (node-gyp rebuild, --build-from-source), or where the command ' +
      'or the lock file names a package that comes as source alone. Install them in the build stage, and copy node_modules to the final one.',
    bad: dockerfile`
      FROM node:24-alpine AS build
      WORKDIR /app
      RUN npm install iconv
      COPY . .

      FROM node:24-alpine
      WORKDIR /app
      COPY --from=build /app /app
      USER node
      CMD ["node", "server.js"]
    `,
    good: dockerfile`
      FROM node:24-alpine AS build
      WORKDIR /app
      RUN apk add --no-cache python3 make g++
      RUN npm install iconv
      COPY . .

      FROM node:24-alpine
      WORKDIR /app
      COPY --from=build /app /app
      USER node
      CMD ["node", "server.js"]
    `,
    references: [
      'https://github.com/nodejs/node-gyp#on-unix',
      'https://github.com/nodejs/docker-node/issues/1706',
      'https://github.com/nodejs/docker-node/blob/main/docs/BestPractices.md#node-gyp-alpine',
    ],
  },

  *check({ stages }) {
    for (const stage of stages) {
      for (const step of stage.steps) {
        const found = step.instruction.isOnbuild ? undefined : step.commands.find((one) => lacksTools(one, step));
        const compiled = found && compiledByNpm(found, step);
        if (!found || !compiled) continue;
        const missing = missingTools(found.before);
        yield {
          span: found.command.span,
          message: `${compiled.what} is compiled here, and this image has no ${missing.map(({ name }) => name).join(' and no ')}.`,
          because: [...compiled.because, ...missing.flatMap(({ because }) => because)],
          data: { step, stage },
        };
        break;
      }
    }
  },

  fix({ data: { step, stage } }) {
    const { packageManager, user } = step.before;
    const isRoot = user.known && user.value.uid === 0;
    // In the final image a compiler would stay.
    if (!isRoot || stage.isFinal || !packageManager.known) return [];
    const install = packageManager.value === 'apk' ? apk : packageManager.value === 'apt' ? apt : null;
    return install
      ? [{ title: 'Install the compiler', edits: [insert(step.instruction.span.start, `RUN ${install}\n`)] }]
      : [];
  },
});

const apk = 'apk add --no-cache python3 make g++';
const apt = 'apt-get update && apt-get install -y --no-install-recommends python3 make g++';

function lacksTools(command: CommandStep, step: Step): boolean {
  return command.command.always && missingTools(command.before).length > 0 && compiledByNpm(command, step) !== null;
}

function missingTools(before: StageState): { name: string; because: readonly Evidence[] }[] {
  return ['make', 'g++'].flatMap((name) => {
    const fact = contentFact(before, name);
    return knownFalse(fact) ? [{ name, because: fact.because }] : [];
  });
}
