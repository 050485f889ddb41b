import type { SourceFile } from '../../text/source-file.js';
import type { Span } from '../../text/span.js';
import { entriesOf, field, textField, textsField } from '../data.js';
import { memo } from '../memo.js';
import { readToml } from '../toml.js';
import { isOtherSystem } from './cargo-target.js';

/** What a Cargo.toml says about what is built. */
export type CargoManifest = {
  /** `package.name`; null where the file describes a workspace alone. */
  readonly name: string | null;
  /** Of the root of a workspace: `whole` where all packages below belong to it. */
  readonly workspace: 'whole' | 'part' | null;
  /** The names under [[bin]] of programs that every build makes. */
  readonly programs: readonly string[];
  /** Whether src/main.rs, if it is there, makes a program of the package's name. */
  readonly seeksMain: boolean;
  /** The path of the build script, which need not be there; null where there is none. */
  readonly buildScript: string | null;
  /** What a build for Linux links: not what is for tests and build scripts. */
  readonly dependencies: readonly CargoDependency[];
  /** Those of [workspace.dependencies]. */
  readonly shared: readonly CargoDependency[];
  /** What the features of the package may switch on: `openssl/vendored`. */
  readonly switches: readonly string[];
  /** Settings that choose a target or flags of the linker. */
  readonly choosesLinking: boolean;
};

export type CargoDependency = {
  /** As the package calls it. */
  readonly name: string;
  /** The name of the crate. */
  readonly crate: string;
  readonly features: readonly string[];
  /** False where a feature or another target than the one that is built may leave it out. */
  readonly isCertain: boolean;
  /** The crate and more features are in [workspace.dependencies]. */
  readonly isInherited: boolean;
  /** The line that names it. */
  readonly span: Span;
};

/** Null where it cannot be read. Source: https://doc.rust-lang.org/cargo/reference/manifest.html */
export const readCargoManifest = memo(({ text }: SourceFile): CargoManifest | null => {
  const root = readToml(text);
  if (!root) return null;
  const about = field(root, 'package');
  const places = placesOf(text);
  const switches = entriesOf(field(root, 'features')).flatMap(([, list]) => textsField({ list }, 'list'));
  return {
    name: textField(about, 'name'),
    workspace: workspaceOf(root),
    ...programsOf(root, about),
    buildScript: buildScriptOf(about),
    dependencies: dependenciesOf(root, places),
    shared: listed(field(root, 'workspace'), places, { section: 'workspace.dependencies', isCertain: true }),
    switches,
    choosesLinking: choosesLinking(root, about),
  };
});

function workspaceOf(root: unknown): CargoManifest['workspace'] {
  const workspace = field(root, 'workspace');
  if (workspace === undefined) return null;
  return textsField(workspace, 'exclude').length > 0 ? 'part' : 'whole';
}

/** Source: https://doc.rust-lang.org/cargo/reference/cargo-targets.html#target-auto-discovery */
function programsOf(root: unknown, about: unknown): Pick<CargoManifest, 'programs' | 'seeksMain'> {
  const list = field(root, 'bin');
  const bins: readonly unknown[] = Array.isArray(list) ? list : [];
  const auto = field(about, 'autobins');
  // In the edition 2015, which is also the default, a list of programs turns the search for others off.
  const edition = field(about, 'edition') ?? '2015';
  const isSought = typeof auto === 'boolean' ? auto : bins.length === 0 || edition !== '2015';
  const programs = bins.filter((bin) => field(bin, 'required-features') === undefined);
  return {
    programs: programs.flatMap((bin) => textField(bin, 'name') ?? []),
    seeksMain: isSought && !bins.some((bin) => textField(bin, 'path') === 'src/main.rs'),
  };
}

function buildScriptOf(about: unknown): string | null {
  const build = field(about, 'build');
  if (build === false) return null;
  return typeof build === 'string' ? build : 'build.rs';
}

/** Only nightly toolchains know these. Source: https://doc.rust-lang.org/cargo/reference/unstable.html */
function choosesLinking(root: unknown, about: unknown): boolean {
  const profiles = entriesOf(field(root, 'profile')).map(([, profile]) => profile);
  const isTargeted = ['forced-target', 'default-target'].some((name) => field(about, name) !== undefined);
  const hasFlags = profiles.some((profile) => field(profile, 'rustflags') !== undefined);
  return isTargeted || hasFlags || field(root, 'cargo-features') !== undefined;
}

function dependenciesOf(root: unknown, places: Places): CargoDependency[] {
  const conditional = entriesOf(field(root, 'target')).filter(([target]) => !isOtherSystem(target));
  return [
    ...listed(root, places, { section: 'dependencies', isCertain: true }),
    ...conditional.flatMap(([target, table]) =>
      listed(table, places, { section: 'target', isCertain: anyLinux.test(target) }),
    ),
  ];
}

/** Conditions that hold for every build for Linux. */
const anyLinux = /^cfg\((unix|target_os\s*=\s*"linux"|not\(windows\))\)$/;

type Table = { readonly section: 'dependencies' | 'workspace.dependencies' | 'target'; readonly isCertain: boolean };

function listed(table: unknown, places: Places, { section, isCertain }: Table): CargoDependency[] {
  return entriesOf(field(table, 'dependencies')).map(([name, value]) => ({
    name,
    crate: textField(value, 'package') ?? name,
    features: textsField(value, 'features'),
    isCertain: isCertain && field(value, 'optional') !== true,
    isInherited: field(value, 'workspace') === true,
    span: places.get(`${section} ${name}`) ?? { start: 0, end: 0 },
  }));
}

type Places = ReadonlyMap<string, Span>;

/** The line of each dependency, by the table and its name: `dependencies openssl`, `target openssl`. */
function placesOf(text: string): Places {
  const places = new Map<string, Span>();
  let table: string | null = null;
  let start = 0;
  for (const line of text.split('\n')) {
    const end = start + line.trimEnd().length;
    const head = /^\s*\[([^[\]]+)\]/.exec(line)?.[1]?.trim();
    if (head !== undefined) table = head;
    const [section, own] = head === undefined ? [sectionOf(table), null] : splitHead(head);
    const name = own ?? (head === undefined ? /^\s*"?([\w-]+)"?\s*[.=]/.exec(line)?.[1] : undefined);
    const key = `${section ?? ''} ${name ?? ''}`;
    if (section !== null && name !== undefined && !places.has(key)) places.set(key, { start, end });
    start += line.length + 1;
  }
  return places;
}

/** `dependencies`, `workspace.dependencies`, `target.'cfg(unix)'.dependencies`; null for any other table. */
function sectionOf(table: string | null): string | null {
  if (table === 'dependencies' || table === 'workspace.dependencies') return table;
  return table !== null && /^target\..+\.dependencies$/.test(table) ? 'target' : null;
}

/** `[dependencies.openssl]` */
function splitHead(head: string): [section: string | null, name: string | undefined] {
  const match = /^(.*dependencies)\.([^.]+)$/.exec(head);
  return [sectionOf(match?.[1] ?? null), match?.[2]];
}
