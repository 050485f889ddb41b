import { parse } from 'smol-toml';
import type { SourceFile } from '../../text/source-file.js';
import { memo } from '../memo.js';

export type CatalogLibrary = { readonly name: string; readonly version: string | null };

/** gradle/libs.versions.toml. Source: https://docs.gradle.org/current/userguide/version_catalogs.html */
export type VersionCatalog = {
  /** By the end of the accessor behind `libs.`: `rocksdb.jni`. */
  readonly libraries: ReadonlyMap<string, CatalogLibrary>;
  readonly bundles: ReadonlyMap<string, readonly string[]>;
  readonly versions: ReadonlyMap<string, string>;
};

const longest = 500_000;

export const readVersionCatalog = memo(({ text }: SourceFile): VersionCatalog | null => {
  if (text.length > longest) return null;
  const root = parsed(text);
  if (!root) return null;
  const versions = new Map<string, string>();
  for (const [name, value] of entriesOf(root, 'versions')) {
    const version = typeof value === 'string' ? value : (textOf(value, 'strictly') ?? textOf(value, 'require'));
    if (version) versions.set(name, version);
  }
  const libraries = new Map<string, CatalogLibrary>();
  for (const [name, value] of entriesOf(root, 'libraries')) {
    const library = libraryOf(value, versions);
    if (library) libraries.set(accessor(name), library);
  }
  const bundles = new Map<string, readonly string[]>();
  for (const [name, value] of entriesOf(root, 'bundles')) {
    if (!Array.isArray(value)) continue;
    bundles.set(accessor(name), value.filter((item) => typeof item === 'string').map(accessor));
  }
  return { libraries, bundles, versions: new Map([...versions].map(([name, version]) => [accessor(name), version])) };
});

function parsed(text: string): object | null {
  try {
    return parse(text);
  } catch {
    return null;
  }
}

function accessor(alias: string): string {
  return alias.replace(/[-_]/g, '.').toLowerCase();
}

function libraryOf(value: unknown, versions: ReadonlyMap<string, string>): CatalogLibrary | null {
  if (typeof value === 'string') {
    const [group, artifact, version = null] = value.split(':');
    return group && artifact ? { name: `${group}:${artifact}`, version } : null;
  }
  const [group, artifact] = [textOf(value, 'group'), textOf(value, 'name')];
  const name = textOf(value, 'module') ?? (group && artifact ? `${group}:${artifact}` : null);
  const version = isObject(value) && Object.hasOwn(value, 'version') ? Reflect.get(value, 'version') : undefined;
  const reference = textOf(version, 'ref');
  const own = typeof version === 'string' ? version : reference ? (versions.get(reference) ?? null) : null;
  return name ? { name, version: own } : null;
}

function entriesOf(root: object, name: string): [string, unknown][] {
  const table: unknown = Object.hasOwn(root, name) ? Reflect.get(root, name) : null;
  return isObject(table) ? Object.entries(table) : [];
}

function textOf(value: unknown, name: string): string | null {
  const found: unknown = isObject(value) && Object.hasOwn(value, name) ? Reflect.get(value, name) : null;
  return typeof found === 'string' ? found : null;
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
