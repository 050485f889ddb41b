import { findPackage } from '../catalog/packages.js';
import { byDocker, byInstruction, type Evidence } from '../fact.js';
import { basedOn, isWorkshop, rootFacts } from '../interpret/bases.js';
import { finalStage } from '../interpret/processes.js';
import { startsProduct, startsScript, startsToolchain } from '../interpret/product.js';
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
    if (!stage || isWorkshop(stage) || !startsProduct(stage) || startsToolchain(stage)) return;
    if (isToolchainImage(stage) || holdsToolchain(stage)) return;
    for (const items of byLayer(stage)) {
      const [first, ...others] = items;
      if (!first) continue;
      const [verb, stay] = others.length > 0 ? ['are', 'stay'] : ['is', 'stays'];
      yield {
        span: first.span,
        message: `${list(items)} ${verb} needed to build, not to run, and ${stay} in the final image.`,
        because: [
          ...others.slice(0, 5).map((item) => byInstruction(item.span, `'${item.name}' is installed here.`)),
          ...replacements(stage, items),
          ...basedOn(stage),
        ],
        data: items,
        // A script may build something itself.
        severity: startsScript(stage) ? 'information' : 'warning',
      };
    }
  },
});

function byLayer(stage: Stage): Iterable<readonly InstalledPackage[]> {
  const layers = new Map<number, InstalledPackage[]>();
  for (const [, item] of stage.end.packages.entries()) {
    if (!item.installed || !item.isCertain || !isToolchain(item)) continue;
    layers.set(item.layer.start, [...(layers.get(item.layer.start) ?? []), item]);
  }
  return layers.values();
}

/** Some programs compile while they run, or are told to load a library that comes with its headers. */
const neededAnyway = /^(r-base-dev|r-base|python3?-venv|libjemalloc-dev|.*openjdk.*|.*-jdk(-headless)?|patch)$/;

function isToolchain({ name, manager }: InstalledPackage): boolean {
  const found = findPackage(name, manager);
  return (
    found !== null &&
    found.belongsInRuntime === false &&
    ['compiler', 'header', 'build-tool'].includes(found.role) &&
    !neededAnyway.test(name)
  );
}

/** On an image of a compiler the base itself is the toolchain. */
function isToolchainImage(stage: Stage): boolean {
  const facts = rootFacts(stage);
  return facts?.purpose === 'build' && !['python', 'node', 'ruby', 'php', 'perl'].includes(facts.name);
}

/** A compiler that was copied in is meant to be used, and uses make and gcc in its turn. */
function holdsToolchain({ end }: Stage): boolean {
  return ['/usr/local/go', '/usr/local/cargo', '/usr/local/rustup'].some((path) => {
    const entry = end.files.get(path);
    return entry !== undefined && entry.kind !== 'absent';
  });
}

/** The packages with the libraries alone, where the catalog knows them. */
function replacements({ end }: Stage, items: readonly InstalledPackage[]): Evidence[] {
  const os = end.os.known ? end.os.value : null;
  return items.flatMap(({ name, manager }) => {
    const found = findPackage(name, manager, os);
    const runtime = found?.role === 'header' ? found.runtimePackage : null;
    return runtime ? [byDocker(`A program built with '${name}' runs with '${runtime}'.`)] : [];
  });
}

function list(items: readonly InstalledPackage[]): string {
  const names = items.map(({ name }) => `'${name}'`);
  const [first, second, third] = names;
  if (names.length === 1) return `${first}`;
  if (names.length === 2) return `${first} and ${second}`;
  return names.length === 3
    ? `${first}, ${second} and ${third}`
    : `${first}, ${second} and ${names.length - 2} more packages`;
}
