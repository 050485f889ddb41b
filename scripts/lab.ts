// Shows that what the rules call an error really fails: npm run lab [-- --only RULE]
import { homedir } from 'node:os';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { createWorld } from '../server/src/analyze.js';
import { ensureDebianPackages, findOnPath } from './editor/debian.mjs';
import { cases, notStaged } from './lab/cases.js';
import { rootsOf } from './lab/claim.js';
import { compilePrograms } from './lab/context.js';
import { DebianPackages } from './lab/debian-packages.js';
import { Engine } from './lab/engine.js';
import { caseName, type CaseResult } from './lab/model.js';
import { pagePath, proofPage, type Proof } from './lab/report.js';
import { roots } from './lab/roots.js';
import { stageCase, type Lab } from './lab/trial.js';

const help = `Usage: npm run lab [-- --only RULE]

Builds the Dockerfiles that rules of severity error report, starts them with runc, compares what happens with what the
pages say, and does it again with the fix applied. Needs root on Debian; base images are assembled from Debian's
packages. Writes ${pagePath} when every case has run. Exit status 1 when anything differs.

  --only RULE   only the cases of one rule; the page stays as it is`;

/** What the page tells the versions of. */
const named = {
  libc6: 'glibc',
  musl: 'musl',
  'busybox-static': 'BusyBox',
  'golang-go': 'Go',
  nodejs: 'Node.js',
  'openjdk-17-jre-headless': 'Java',
  'python3-minimal': 'Python',
};

const { values } = parseArgs({ options: { only: { type: 'string' }, help: { type: 'boolean', default: false } } });

if (values.help) console.log(help);
else process.exitCode = await main(values.only);

async function main(only: string | undefined): Promise<number> {
  const asked = cases.filter(({ rule }) => only === undefined || rule === only);
  if (asked.length === 0) {
    console.error(`No case of the lab is about '${only}'.`);
    return 2;
  }
  const lab = prepare();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => {
      lab.engine.clean();
      process.exit(1);
    });
  }
  const results: CaseResult[] = [];
  try {
    for (const labCase of asked) {
      const result = await stageCase(lab, labCase);
      results.push(result);
      console.log(`${result.differences.length === 0 ? 'as said ' : 'DIFFERS '} ${caseName(labCase)}`);
      for (const line of result.differences) console.log(`         ${line}`);
    }
  } finally {
    lab.engine.clean();
  }
  const differing = results.filter(({ differences }) => differences.length > 0).length;
  console.log(`${results.length} cases, ${differing === 0 ? 'all as the rules say' : `${differing} differ`}.`);
  if (only === undefined && differing === 0) writeFileSync(pagePath, proofPage(proof(results, lab)));
  return differing === 0 ? 0 : 1;
}

function proof(results: readonly CaseResult[], { world, packages }: Lab): Proof {
  const references = rootsOf(
    results.map(({ labCase }) => labCase),
    world,
  );
  return { results, notStaged, roots, references, versions: packages.versions(named) };
}

function prepare(): Lab {
  const needed = { buildah: 'buildah', runc: 'runc', 'musl-tools': 'musl-gcc', 'default-jdk-headless': 'javac' };
  const packages = Object.entries(needed).map(([name, program]) => [name, () => findOnPath(program) !== null] as const);
  ensureDebianPackages(Object.fromEntries(packages), 'the lab');
  if (process.getuid?.() !== 0) throw new Error('The lab needs root: it unpacks file systems and starts containers.');
  const folder = join(homedir(), '.cache', 'distroless-guide', 'lab');
  mkdirSync(folder, { recursive: true });
  const engine = new Engine(folder);
  engine.clean();
  return {
    engine,
    packages: new DebianPackages(folder),
    world: createWorld(new Date().toISOString().slice(0, 10)),
    folder: join(folder, 'case'),
    logs: join('out', 'lab'),
    programs: compilePrograms(join(folder, 'programs')),
  };
}
