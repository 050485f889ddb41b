// Shows that what the rules call an error really fails: npm run lab [-- --only RULE] [--check] [--where-possible]
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { createWorld } from '../server/src/analyze.js';
import { makeRoot } from './lab/assemble.js';
import { cases, notStaged } from './lab/cases.js';
import { rootsOf } from './lab/claim.js';
import { compilePrograms, rootsToCompile, type Compiled } from './lab/compile.js';
import { DebianPackages } from './lab/debian-packages.js';
import { Engine } from './lab/engine.js';
import { awaitTurn } from './lab/lock.js';
import { cannotRunStatus, downloadObstacle, mountObstacle, obstacleOf, startObstacle } from './lab/machine.js';
import { caseName, type CaseResult, type LabCase } from './lab/model.js';
import { isLate, patiently } from './lab/patience.js';
import { pagePath, proofPage, type Proof } from './lab/report.js';
import { roots } from './lab/roots.js';
import { stageCase, type Lab } from './lab/trial.js';

const help = `Usage: npm run lab [-- --only RULE] [-- --check] [-- --where-possible]

Builds the Dockerfiles that rules of severity error report, starts them with runc, compares what happens with what the
pages say, and does it again with the fix applied. Needs root on Debian; base images are assembled from Debian's
packages. What runs out of time is done once more with longer limits. One lab waits for another.
Writes ${pagePath} when every case has run.

  --only RULE        only the cases of one rule; the page stays as it is
  --check            writes nothing, and fails when ${pagePath} would read otherwise
  --where-possible   succeeds where the machine cannot run the lab, and says so

Exit status: 0 all is as said, 1 something differs, 2 no such rule, ${cannotRunStatus} the machine cannot run the lab, or
another lab is running.`;

/** What the page tells the versions of. */
const named = {
  libc6: 'glibc',
  musl: 'musl',
  'busybox-static': 'BusyBox',
  'golang-go': 'Go',
  nodejs: 'Node.js',
  'openjdk-17-jre-headless': 'Java',
  'python3-minimal': 'Python',
  rustc: 'Rust',
};

/** How many seconds another lab may take. */
const patienceWithOthers = 300;

/** The root that shows whether containers start at all. */
const simplest = 'alpine';

const { values } = parseArgs({
  options: {
    only: { type: 'string' },
    check: { type: 'boolean', default: false },
    'where-possible': { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});

if (values.help) console.log(help);
else process.exitCode = await main(values.only).catch(tooSlow);

/** A machine that is too slow twice is not trusted to show anything. */
function tooSlow(error: unknown): number {
  if (!isLate(error)) throw error;
  console.error(`The machine is too slow for the lab: ${error.message}`);
  return 1;
}

async function main(only: string | undefined): Promise<number> {
  const asked = cases.filter(({ rule }) => only === undefined || rule === only);
  if (asked.length === 0) {
    console.error(`No case of the lab is about '${only}'.`);
    return 2;
  }
  const lab = await prepare(asked);
  if ('because' in lab) {
    console.error(`The lab cannot run here${lab.isBusy ? ' now' : ''}: ${lab.because}`);
    console.error('Nothing was staged.');
    return values['where-possible'] && !lab.isBusy ? 0 : cannotRunStatus;
  }
  const results = await stageAll(lab, asked);
  const differing = results.filter(({ differences }) => differences.length > 0).length;
  console.log(`${results.length} cases, ${differing === 0 ? 'all as the rules say' : `${differing} differ`}.`);
  if (differing > 0) return 1;
  return only === undefined ? settlePage(proofPage(proof(results, lab))) : 0;
}

function settlePage(page: string): number {
  if (!values.check) writeFileSync(pagePath, page);
  else if (readFileSync(pagePath, 'utf8') !== page) {
    console.error(`${pagePath} does not say what was seen. Run: npm run lab`);
    return 1;
  }
  return 0;
}

async function stageAll(lab: Lab, asked: readonly LabCase[]): Promise<CaseResult[]> {
  const results: CaseResult[] = [];
  for (const labCase of asked) {
    const result = await stageCase(lab, labCase);
    results.push(result);
    console.log(`${result.differences.length === 0 ? 'as said ' : 'DIFFERS '} ${caseName(labCase)}`);
    for (const line of result.differences) console.log(`         ${line}`);
  }
  return results;
}

function proof(results: readonly CaseResult[], { world, packages }: Lab): Proof {
  const references = rootsOf(
    results.map(({ labCase }) => labCase),
    world,
  );
  return { results, notStaged, roots, references, versions: packages.versions(named) };
}

/** Why there is no lab, in a sentence. `isBusy`: another lab is running, and the machine could. */
type Refusal = { readonly because: string; readonly isBusy: boolean };

/** The lab with all that the cases need. Throws what `isLate` knows when the machine is too slow. */
async function prepare(asked: readonly LabCase[]): Promise<Lab | Refusal> {
  const home = join(homedir(), '.cache', 'distroless-guide', 'lab');
  const obstacle = obstacleOf(home);
  if (obstacle) return { because: obstacle, isBusy: false };
  const other = await awaitTurn(home, patienceWithOthers);
  if (other) return { because: other, isBusy: true };
  const engine = new Engine(home);
  const folder = join(home, 'case');
  closeAtEnd(engine, folder);
  const lab = await patiently('base images', () => furnish({ engine, home, folder }, asked));
  return typeof lab === 'string' ? { because: lab, isBusy: false } : lab;
}

type Place = { readonly engine: Engine; readonly home: string; readonly folder: string };

async function furnish({ engine, home, folder }: Place, asked: readonly LabCase[]): Promise<Lab | string> {
  engine.clean();
  const workshop = { engine, packages: new DebianPackages(home) };
  const world = createWorld(new Date().toISOString().slice(0, 10));
  const kinds = compiledIn(asked);
  const needed = [...rootsOf(asked, world).keys(), ...rootsToCompile(kinds)].filter((name) => name in roots);
  const found = mountObstacle(engine) ?? downloadObstacle(workshop, [simplest, ...needed]);
  if (found) return found;
  makeRoot(workshop, simplest);
  const unstartable = await startObstacle(workshop, simplest, folder);
  if (unstartable) return unstartable;
  for (const name of needed) makeRoot(workshop, name);
  const programs = compilePrograms(workshop, kinds, join(home, 'programs'));
  return { ...workshop, world, folder, caches: join(home, 'caches'), logs: join('out', 'lab'), programs };
}

function compiledIn(asked: readonly LabCase[]): Compiled[] {
  const kinds = asked.flatMap(({ context }) => Object.values(context).map(({ kind }) => kind));
  return [...new Set(kinds)].filter((kind): kind is Compiled => kind !== 'text');
}

function closeAtEnd(engine: Engine, folder: string): void {
  process.once('exit', () => {
    engine.close();
    rmSync(folder, { recursive: true, force: true });
  });
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));
}
