import { byFile, known, unknown, type Fact } from '../../fact.js';
import type { SourceFile } from '../../text/source-file.js';
import { fillIn } from '../placeholders.js';
import type { UsedPackage } from '../used-package.js';
import type { GradleDependency, GradleFile, GradlePin } from './build-file.js';
import type { VersionCatalog } from './version-catalog.js';

/** The files of one Gradle build, as far as they were found. */
export type GradleBuild = {
  /** Build files of the root and of the projects that it includes. */
  readonly files: readonly GradleFile[];
  readonly catalog: VersionCatalog | null;
  /** gradle.properties, by name. */
  readonly properties: ReadonlyMap<string, string>;
};

/** In the order in which they decide about the class files. */
const kinds: readonly GradlePin['kind'][] = ['release', 'target', 'source', 'toolchain'];

/** The release of Java that Gradle compiles for; null where no build file names one. */
export function gradleRelease(build: GradleBuild): Fact<string | null> {
  const pins = build.files.flatMap((file) => file.pins.map((pin) => ({ pin, file })));
  for (const kind of kinds) {
    const own = pins.filter(({ pin }) => pin.kind === kind);
    const [first] = own;
    if (!first) continue;
    const releases = new Set(own.map(({ pin, file }) => releaseOf(build, file, pin.text)));
    const [release] = releases;
    if (releases.size > 1 || release === null || release === undefined) return unknown();
    const note = `Gradle compiles for Java ${release}.`;
    return known(release, byFile(first.file.file, first.pin.span, note));
  }
  return known(null);
}

/** What the program uses when it runs; other projects of the build by their path (`:core`). */
export function gradlePackages(build: GradleBuild): readonly UsedPackage[] {
  return build.files.flatMap((file) => file.dependencies.flatMap((one) => packagesOf(build, file, one)));
}

function packagesOf(build: GradleBuild, { file, values }: GradleFile, dependency: GradleDependency): UsedPackage[] {
  const { kind, text, span } = dependency;
  if (kind === 'alias') return fromCatalog(build.catalog, text, { file, span });
  if (kind === 'project') return [{ name: text, version: null, file, span }];
  const [group, artifact, written = null, classifier] = text.replace(/@.*$/, '').split(':');
  if (!group || !artifact) return [];
  const version = written === null ? null : expand(build, values, written);
  return [{ name: `${group}:${artifact}`, version, file, span, ...(classifier ? { classifier } : {}) }];
}

type Place = Pick<UsedPackage, 'file' | 'span'>;

function fromCatalog(catalog: VersionCatalog | null, accessor: string, place: Place): UsedPackage[] {
  const name = accessor.replace(/^libs\./, '').toLowerCase();
  const aliases = name.startsWith('bundles.') ? (catalog?.bundles.get(name.slice('bundles.'.length)) ?? []) : [name];
  return aliases.flatMap((alias) => {
    const library = catalog?.libraries.get(alias);
    return library ? [{ ...library, ...place }] : [];
  });
}

/** `JavaVersion.VERSION_17`, `"17"`, `1.8`, `libs.versions.java.get()`, a name that has such a value. */
function releaseOf(build: GradleBuild, { values }: GradleFile, written: string): string | null {
  const text = written.replace(/[)\s]+$/g, '').replace(/\.(to|as)(Int|Integer|String)\($/, '');
  const version = /^(?:JavaVersion\.VERSION_|VERSION_|(?:[\w.]*\.)?(?:JvmTarget\.)?JVM_)(?:1_)?(\d+)$/.exec(text)?.[1];
  const plain = version ?? /^["']?(?:1\.)?(\d+)["']?$/.exec(text)?.[1];
  if (plain !== undefined) return plain;
  const alias = /^libs\.versions\.([\w.]+?)\.get\(?/.exec(text)?.[1];
  const named = alias ? build.catalog?.versions.get(alias.toLowerCase()) : undefined;
  const name = /^["']?\$?\{?([A-Za-z_]\w*)\}?["']?$/.exec(text)?.[1];
  const value = named ?? (name === undefined ? undefined : (values.get(name) ?? build.properties.get(name)));
  return /^(?:1\.)?(\d+)$/.exec(value ?? '')?.[1] ?? null;
}

/** `$version` and `${version}` put in; null where the value is not known. */
function expand({ properties, files }: GradleBuild, values: ReadonlyMap<string, string>, text: string): string | null {
  const value = fillIn(text, /\$\{?([A-Za-z_][\w.]*)\}?/g, (name) => {
    const last = name.slice(name.lastIndexOf('.') + 1);
    // A name that is given two values has the empty one.
    return (values.get(last) ?? properties.get(last) ?? files[0]?.values.get(last)) || null;
  });
  return value !== null && /^\d[\w.+-]*$/.test(value) ? value : null;
}

/** gradle.properties: one `name=value` a line. */
export function readProperties({ text }: SourceFile): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const line of text.split('\n')) {
    const at = line.indexOf('=');
    if (at > 0 && !/^\s*[#!]/.test(line)) found.set(line.slice(0, at).trim(), line.slice(at + 1).trim());
  }
  return found;
}
