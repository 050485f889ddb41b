import { findPackage } from '../catalog/packages.js';
import { byInstruction } from '../fact.js';
import { isWorkshop, rootFacts } from '../interpret/bases.js';
import { finalStage } from '../interpret/processes.js';
import type { InstalledPackage, Stage } from '../interpret/state.js';
import { defineRule, dockerfile } from './rule.js';

export default defineRule<readonly InstalledPackage[]>({
  meta: {
    id: 'toolchain-installed-in-final-stage',
    summary: 'Compiler or development packages in the final image',
    category: 'size',
    severity: 'warning',
    fix: 'none',
  },

  docs: {
    why:
      'Compilers, headers and build tools serve the build only. In the image they cost hundreds of megabytes and bring ' +
      'most of its known vulnerabilities, and they give an intruder a compiler. Install them in a builder stage and copy ' +
      'the wheels, node_modules or programs, or remove them in the same RUN that installs them.',
    bad: dockerfile`
      FROM python:3.13-slim
      RUN apt-get update && apt-get install -y gcc libpq-dev
      COPY . /app
      RUN pip install -r /app/requirements.txt
      USER 65532:65532
      CMD ["python", "/app/main.py"]
    `,
    good: dockerfile`
      FROM python:3.13-slim AS build
      RUN apt-get update && apt-get install -y gcc libpq-dev
      COPY requirements.txt .
      RUN pip wheel -w /wheels -r requirements.txt

      FROM python:3.13-slim
      RUN apt-get update && apt-get install -y libpq5
      RUN --mount=from=build,source=/wheels,target=/wheels pip install /wheels/*
      COPY . /app
      USER 65532:65532
      CMD ["python", "/app/main.py"]
    `,
    references: [
      'https://docs.docker.com/build/building/multi-stage/',
      'https://docs.docker.com/build/building/best-practices/#apt-get',
    ],
  },

  *check(analysis) {
    const stage = finalStage(analysis);
    if (!stage || isWorkshop(stage) || isToolchainImage(stage)) return;
    const layers = new Map<number, InstalledPackage[]>();
    for (const [, item] of stage.end.packages.entries()) {
      if (!item.installed || !isToolchain(item)) continue;
      layers.set(item.layer.start, [...(layers.get(item.layer.start) ?? []), item]);
    }
    for (const items of layers.values()) {
      const [first] = items;
      if (!first) continue;
      yield {
        span: first.span,
        message: `${list(items)} ${items.length > 1 ? 'are' : 'is'} needed to build, not to run, and ${items.length > 1 ? 'stay' : 'stays'} in the final image.`,
        because: items.slice(1, 6).map((item) => byInstruction(item.span, `'${item.name}' is installed here.`)),
        data: items,
      };
    }
  },
});

function isToolchain({ name, manager }: InstalledPackage): boolean {
  const found = findPackage(name, manager);
  return (
    found !== null && found.belongsInRuntime === false && ['compiler', 'header', 'build-tool'].includes(found.role)
  );
}

/** On an image of a compiler the base itself is the toolchain. */
function isToolchainImage(stage: Stage): boolean {
  const facts = rootFacts(stage);
  return facts?.purpose === 'build' && !['python', 'node', 'ruby', 'php', 'perl'].includes(facts.name);
}

function list(items: readonly InstalledPackage[]): string {
  const names = items.map(({ name }) => `'${name}'`);
  if (names.length <= 3)
    return names.length > 1 ? `${names.slice(0, -1).join(', ')} and ${names.at(-1)}` : (names[0] ?? '');
  return `${names.slice(0, 2).join(', ')} and ${names.length - 2} more packages`;
}
