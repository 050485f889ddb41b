import {
  headersFor,
  isWithoutLibraries,
  libraryFor,
  libraryPackages,
  mayBringLibrary,
  type HeaderPackage,
} from '../catalog/library-packages.js';
import type { PackageManager } from '../catalog/model.js';
import { byInstruction, knownTrue, type Evidence } from '../fact.js';
import type { Span } from '../text/span.js';
import { basedOn, lineage, rootFacts } from './bases.js';
import { foreignLibraries, libraryFact } from './libraries.js';
import { opensslSkew } from './openssl.js';
import type { PlacedProgram } from './placed.js';
import { copiedPackages } from './python/copied.js';
import { contentFact } from './query.js';
import type { Analysis, Stage } from './state.js';

/** A library that was linked for the build, and that the image was not given. */
export type MissingLibrary = {
  /** The package of the headers. */
  readonly headers: string;
  /** The packages that bring it where the image runs, separated by spaces. */
  readonly packages: string;
  readonly because: readonly Evidence[];
};

/**
 * The libraries that a program loads and the image lacks: those that its link command names, or those whose headers were
 * installed for the build where a tool of the language decides about linking.
 */
export function missingForProgram(program: PlacedProgram, stage: Stage, analysis: Analysis): MissingLibrary[] {
  const { artifact } = program;
  const builder = artifact.stage === null ? undefined : analysis.stages[artifact.stage];
  const { linkage, libc, language } = artifact;
  if (!builder || !artifact.built || !linkage.known || linkage.value === 'static') return [];
  const here = stage.end.libc;
  if (!libc.known || !here.known || libc.value.kind !== here.value.kind) return [];
  const isC = language === 'c' || language === 'c++';
  const linked = isC ? named(artifact.libraries ?? []) : installedFor(builder, language ?? '');
  // OpenSSL of another series would not help.
  const isSkewed = opensslSkew(program, stage, analysis) !== null;
  return lacking(
    stage,
    linked.filter(({ headers }) => headers.flag !== 'ssl' || !isSkewed),
  );
}

/** Packages of a language that were compiled in another stage and copied here, and what they lack. */
export type CopiedTree = {
  readonly placedBy: Span;
  readonly path: string;
  readonly missing: readonly MissingLibrary[];
};

export function missingForTrees(stage: Stage, { sources }: Analysis): CopiedTree[] {
  const python = new Map(copiedPackages(stage).map(({ placedBy, folder }) => [placedBy.start, folder] as const));
  const trees: CopiedTree[] = [];
  for (const { instruction } of lineage(stage).flatMap(({ steps }) => steps)) {
    if (instruction.kind !== 'copy') continue;
    const from = instruction.flags.find(({ name }) => name === 'from');
    const source = from && sources.get(from.valueSpan.start);
    if (source?.kind !== 'stage') continue;
    const builder = source.stage;
    const folder = python.get(instruction.span.start);
    const gems = instruction.sources.find(({ value }) => /\/(bundle|gems|vendor)(\/|$)/.test(value));
    const venv = instruction.sources.find(({ value }) => pythonFolder.test(value));
    const isPython = folder !== undefined || (venv !== undefined && isOf(builder, 'python') && runsPip(builder));
    const language = isPython ? 'python' : gems && isOf(builder, 'ruby') ? 'ruby' : null;
    if (!language || !isSameLibc(builder, stage) || !compiles(builder)) continue;
    const linked = installedFor(builder, language).filter(
      ({ headers }) => headers.flag !== 'pq' || !bundlesPsycopg(builder),
    );
    const found = lacking(stage, linked);
    const path = folder ?? venv?.value ?? gems?.value ?? '';
    if (found.length > 0) trees.push({ placedBy: instruction.span, path, missing: found });
  }
  return trees;
}

/** Where people keep installed packages of Python. */
const pythonFolder = /(venv|site-packages|dist-packages|\/\.local|\/install|\/deps|\/wheels)(\/|$)/;

function runsPip(builder: Stage): boolean {
  return wordsOf(builder).some((word) => /(^|\/)(pip3?|uv|poetry|pipenv|pdm)$/.test(word ?? ''));
}

function isOf({ end }: Stage, language: string): boolean {
  return end.runtime.known && end.runtime.value?.name === language;
}

function isSameLibc({ end: { libc: built } }: Stage, { end: { libc: here } }: Stage): boolean {
  return built.known && here.known && built.value.kind === here.value.kind;
}

/** Without a compiler only finished wheels and gems are installed, which bring their libraries. */
function compiles({ end }: Stage): boolean {
  return knownTrue(contentFact(end, 'gcc'));
}

function bundlesPsycopg(builder: Stage): boolean {
  return wordsOf(builder).some((word) => /^psycopg2-binary|^psycopg\[.*binary/.test(word ?? ''));
}

function wordsOf(stage: Stage): (string | null)[] {
  return lineage(stage).flatMap(({ steps }) => steps.flatMap(({ commands }) => commands.flatMap(({ words }) => words)));
}

/** A library that something is linked with: `name` is what shows it, a package or an option. */
type Linked = { readonly name: string; readonly headers: HeaderPackage; readonly because: readonly Evidence[] };

/** The libraries of options: `-lpq`, or the catalog's names for those that it knows. */
function named(libraries: readonly string[]): Linked[] {
  return libraries.flatMap((library) => {
    const flag = library.replace(/^-l|^lib(?=ssl|crypto|zstd)|(?<=^z)lib$/, '');
    const headers = libraryFor(flag === 'crypto' ? 'ssl' : flag);
    return headers ? [{ name: `-l${flag}`, headers, because: [] }] : [];
  });
}

function installedFor({ end }: Stage, language: string): Linked[] {
  const linked: Linked[] = [];
  for (const [name, item] of end.packages.entries()) {
    if (!item.installed || !item.isCertain) continue;
    const headers = headersFor(name, item.manager, language);
    const because = [byInstruction(item.span, `'${name}' is installed for the build here.`)];
    if (headers) linked.push({ name, headers, because });
  }
  return linked;
}

function lacking(stage: Stage, linked: readonly Linked[]): MissingLibrary[] {
  const os = stage.end.os.known ? stage.end.os.value : null;
  const manager = os?.id === 'alpine' ? 'apk' : os?.id === 'debian' || os?.id === 'ubuntu' ? 'apt' : null;
  if (!manager || stage.end.blur) return [];
  const found = new Map<string, MissingLibrary>();
  for (const { name, headers, because } of linked) {
    const packages = libraryPackages(headers, manager, os);
    if (!packages || found.has(packages)) continue;
    const reasons = absence(stage, { headers, packages, manager });
    if (reasons) found.set(packages, { headers: name, packages, because: [...because, ...reasons] });
  }
  return [...found.values()];
}

type Wanted = { readonly headers: HeaderPackage; readonly packages: string; readonly manager: PackageManager };

/** Why a library is known to be missing; null when it is there or may be there. */
function absence(stage: Stage, wanted: Wanted): readonly Evidence[] | null {
  const { content } = wanted.headers;
  if (content !== null) {
    const fact = stage.end.contents.get(content) ? libraryFact(stage.end, content) : null;
    return fact?.known && !fact.value && !mayHold(stage, wanted) ? fact.because : null;
  }
  const facts = rootFacts(stage);
  return facts && isWithoutLibraries(facts) && !mayHold(stage, wanted) ? basedOn(stage) : null;
}

/** Whether something installed or copied may bring the library, under this name or that of another release. */
function mayHold({ end }: Stage, { headers, packages, manager }: Wanted): boolean {
  const stems = packages.split(' ').map(stemOf);
  for (const [name, item] of end.packages.entries()) {
    if (!item.installed) continue;
    const isAnother = headers.content === null && mayBringLibrary(name, manager, headers);
    if (item.manager !== manager || stems.includes(stemOf(name)) || isAnother) return true;
  }
  const files = [`lib${headers.flag}.so`, ...stems.map((stem) => `${stem}.so`)];
  return files.some((file) => foreignLibraries(end, file).length > 0);
}

/** `libpq` for `libpq5`, `libldap` for `libldap-2.5-0`. */
function stemOf(name: string): string {
  return name.replace(/-?\d.*$/, '');
}
