import type { BuildContext } from '../context/context.js';
import type { UsedPackage } from '../context/used-package.js';
import { byFile, known, unknown, type Evidence, type Fact } from '../fact.js';
import type { Span } from '../text/span.js';
import { madeHere, placedBundles } from './bundles.js';
import { gradleProjects, mavenProjects, type JavaProject, type Look } from './java-project.js';
import type { Analysis, Stage } from './state.js';
import { resolvePath } from './tree.js';

/** A Java program in a finished stage whose project files are known. */
export type JavaApp = {
  readonly path: string;
  readonly placedBy: Span;
  readonly because: readonly Evidence[];
  readonly packages: readonly UsedPackage[];
  /** The release of Java of its classes, where the project says it. */
  readonly release: Fact<string>;
};

/** What was built in a stage, and what was built outside and copied from target or build/libs. */
export function javaApps(stage: Stage, { context }: Analysis): JavaApp[] {
  const built = placedBundles(stage, 'java-classes').flatMap((placed) => {
    const { path, placedBy, bundle } = placed;
    const { packages } = bundle;
    return packages ? [{ path, placedBy, packages, because: madeHere(placed), release: bundle.version }] : [];
  });
  return [...built, ...outsideApps(stage, context)];
}

/** Programs that lie in the build context as they were built outside. */
export function outsideApps({ end }: Stage, context: BuildContext): JavaApp[] {
  const apps: JavaApp[] = [];
  for (const [path, { from, source, because }] of end.placements.entries()) {
    if (from || source === null || because.kind !== 'instruction') continue;
    const project = projectOf(source, context);
    if (!project) continue;
    const { release, packages } = project;
    apps.push({
      path,
      placedBy: because.span,
      packages,
      because: [byFile(project.file, { start: 0, end: 0 }, `'${source}' is built from this project.`)],
      release: release.known && release.value !== null ? known(release.value, ...release.because) : unknown(),
    });
  }
  return apps;
}

const outputs = /^(.*?)\/?(target|build)\/(?:(?:libs|install|distributions|quarkus-app)\b.*|[^/]*\.(?:jar|war|ear))$/;

function projectOf(source: string, context: BuildContext): JavaProject | null {
  const match = outputs.exec(source.replace(/^(\.?\/)+/, ''));
  if (!match) return null;
  const look: Look = (path) => {
    const file = context.read(path.slice(1));
    return file ? { file, isSure: false } : null;
  };
  const folder = resolvePath('/', match[1] ?? '');
  const projects = match[2] === 'target' ? inMaven(look, folder) : gradleProjects(look, folder);
  return projects.find((project) => project.folder === folder) ?? null;
}

function inMaven(look: Look, folder: string): readonly JavaProject[] {
  return mavenProjects(look, resolvePath(folder, 'pom.xml'), new Map());
}
