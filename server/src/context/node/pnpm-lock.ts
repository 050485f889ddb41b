import type { SourceFile } from '../../text/source-file.js';
import { linesOf, type Line } from '../lines.js';
import type { LockedPackage, NodeLock } from './lock.js';
import { reachable, type Edges } from './reach.js';

/**
 * pnpm-lock.yaml of the versions 5 to 9, read line by line: pnpm writes it in one fixed layout.
 * Source: https://github.com/pnpm/spec/tree/master/lockfile.
 */
export function readPnpmLock({ text }: SourceFile): NodeLock | null {
  if (!/^lockfileVersion: *['"]?[5-9]\b/m.test(text.slice(0, 2000))) return null;
  const read: Read = {
    entries: new Map(),
    direct: new Set(),
    optional: new Set(),
    dev: new Set(),
    importers: new Set(),
  };
  const path: string[] = [];
  for (const line of linesOf(text)) {
    const level = line.indent / 2;
    if (!Number.isInteger(level) || level > 4) continue;
    path.length = Math.min(path.length, level);
    path[level] = keyOf(line.text);
    take(read, path, line);
  }
  return { tool: 'pnpm', decidesLibc: true, packages: packagesOf(read) };
}

type Entry = {
  readonly name: string;
  readonly version: string;
  readonly span: LockedPackage['span'];
  readonly fields: Map<string, string>;
  readonly dependencies: Set<string>;
  readonly optionalDependencies: Set<string>;
};

type Read = {
  readonly entries: Map<string, Entry>;
  /** What the projects ask for, by name. */
  readonly direct: Set<string>;
  readonly optional: Set<string>;
  readonly dev: Set<string>;
  /** The projects of a workspace, by folder. */
  readonly importers: Set<string>;
};

/** `path` are the keys from the top to this line. */
function take(read: Read, path: readonly string[], line: Line): void {
  const [section = '', key = '', ...rest] = path;
  if (section === 'packages' || section === 'snapshots') takePackage(read, [key, ...rest], line);
  else if (section === 'importers') {
    if (key !== '') read.importers.add(key);
    takeDirect(read, rest[0] ?? '', rest.length === 2 ? (rest[1] ?? '') : '');
  } else takeDirect(read, section, path.length === 2 ? key : '');
}

function takeDirect({ direct, optional, dev }: Read, group: string, name: string): void {
  if (name === '') return;
  if (group === 'dependencies') direct.add(name);
  if (group === 'optionalDependencies') optional.add(name);
  if (group === 'devDependencies') dev.add(name);
}

function takePackage({ entries }: Read, path: readonly string[], { text, span }: Line): void {
  const [key = '', name, inner] = path;
  if (name === undefined) {
    if (key !== '' && !entries.has(withoutPeers(key))) {
      const named = nameAndVersion(key);
      const parts = { fields: new Map(), dependencies: new Set<string>(), optionalDependencies: new Set<string>() };
      if (named) entries.set(withoutPeers(key), { ...named, span, ...parts });
    }
    return;
  }
  const entry = entries.get(withoutPeers(key));
  if (!entry) return;
  if (inner === undefined) entry.fields.set(name, text.slice(text.indexOf(':') + 1).trim());
  else if (name === 'dependencies' && path.length === 3) entry.dependencies.add(inner);
  else if (name === 'optionalDependencies' && path.length === 3) entry.optionalDependencies.add(inner);
}

function packagesOf({ entries, direct, optional, dev, importers }: Read): LockedPackage[] {
  const required: Edges = new Map();
  const all: Edges = new Map();
  for (const { name, dependencies, optionalDependencies } of entries.values()) {
    required.set(name, [...(required.get(name) ?? []), ...dependencies]);
    all.set(name, [...(all.get(name) ?? []), ...dependencies, ...optionalDependencies]);
  }
  const toRun = reachable(all, [...direct, ...optional]);
  const always = reachable(required, [...direct, ...dev]);
  return [...entries.values()].map(({ name, version, span, fields, dependencies, optionalDependencies }) => ({
    name,
    version,
    span,
    os: listIn(fields.get('os')),
    cpu: listIn(fields.get('cpu')),
    libc: listIn(fields.get('libc')),
    hasScript: fields.get('requiresBuild') === 'true' ? true : null,
    isOptional: !always.has(name),
    isDev: !toRun.has(name),
    // In a workspace another project than the one that runs may ask for it.
    isDirect: importers.size > 1 ? null : direct.has(name),
    dependencies: [...dependencies],
    optionalDependencies: [...optionalDependencies],
  }));
}

/** `'@img/sharp@0.34.5(peer@1)':`, `/@img/sharp/0.34.5_peer@1:` */
function nameAndVersion(key: string): { name: string; version: string } | null {
  const match = /^\/?((?:@[^/@]+\/)?[^/@]+)[@/]([^/(_]+)/.exec(key);
  return match ? { name: match[1] ?? '', version: match[2] ?? '' } : null;
}

function withoutPeers(key: string): string {
  return key.replace(/\(.*$/, '');
}

function keyOf(text: string): string {
  const match = /^(?:'([^']*)'|"([^"]*)"|([^'"[{][^:]*)):/.exec(text);
  return match?.[1] ?? match?.[2] ?? match?.[3] ?? '';
}

function listIn(text: string | undefined): string[] {
  return (text ?? '')
    .replace(/[[\]'"]/g, '')
    .split(',')
    .map((word) => word.trim())
    .filter(Boolean);
}
