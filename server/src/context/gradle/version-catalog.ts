import type { SourceFile } from '../../text/source-file.js';
import { entriesOf, field, textField } from '../data.js';
import { memo } from '../memo.js';
import { readToml } from '../toml.js';

/** `name` is `group:artifact`; `version` is null where it is not written in full. */
export type CatalogLibrary = { readonly name: string; readonly version: string | null };

/** What gradle/libs.versions.toml names. */
export type VersionCatalog = {
  /** By the end of the accessor behind `libs.`: `rocksdb.jni`. */
  readonly libraries: ReadonlyMap<string, CatalogLibrary>;
  readonly bundles: ReadonlyMap<string, readonly string[]>;
  readonly versions: ReadonlyMap<string, string>;
};

/** Null for what is no TOML. Source: https://docs.gradle.org/current/userguide/version_catalogs.html */
export const readVersionCatalog = memo(({ text }: SourceFile): VersionCatalog | null => {
  const root = readToml(text);
  if (!root) return null;
  const versions = new Map<string, string>();
  for (const [name, value] of entriesOf(field(root, 'versions'))) {
    const version = typeof value === 'string' ? value : (textField(value, 'strictly') ?? textField(value, 'require'));
    if (version) versions.set(name, version);
  }
  const libraries = new Map<string, CatalogLibrary>();
  for (const [name, value] of entriesOf(field(root, 'libraries'))) {
    const library = libraryOf(value, versions);
    if (library) libraries.set(accessor(name), library);
  }
  const bundles = new Map<string, readonly string[]>();
  for (const [name, value] of entriesOf(field(root, 'bundles'))) {
    if (!Array.isArray(value)) continue;
    bundles.set(accessor(name), value.filter((item) => typeof item === 'string').map(accessor));
  }
  return { libraries, bundles, versions: new Map([...versions].map(([name, version]) => [accessor(name), version])) };
});

function accessor(alias: string): string {
  return alias.replace(/[-_]/g, '.').toLowerCase();
}

function libraryOf(value: unknown, versions: ReadonlyMap<string, string>): CatalogLibrary | null {
  if (typeof value === 'string') {
    const [group, artifact, version = null] = value.split(':');
    return group && artifact ? { name: `${group}:${artifact}`, version } : null;
  }
  const [group, artifact] = [textField(value, 'group'), textField(value, 'name')];
  const name = textField(value, 'module') ?? (group && artifact ? `${group}:${artifact}` : null);
  const version = field(value, 'version');
  const reference = textField(version, 'ref');
  const own = typeof version === 'string' ? version : reference ? (versions.get(reference) ?? null) : null;
  return name ? { name, version: own } : null;
}
