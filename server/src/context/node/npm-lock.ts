import type { SourceFile } from '../../text/source-file.js';
import type { Span } from '../../text/span.js';
import { asObject, field, keysOf, readJson, textField, textsField, type JsonObject } from './json.js';
import type { LockedPackage, NodeLock } from './lock.js';

/** package-lock.json and npm-shrinkwrap.json. Source: https://docs.npmjs.com/cli/v11/configuring-npm/package-lock-json. */
export function readNpmLock(file: SourceFile): NodeLock | null {
  const lock = readJson(file.text);
  const packages = asObject(field(lock, 'packages'));
  if (packages) return { tool: 'npm', decidesLibc: true, packages: fromPackages(packages, file.text) };
  const dependencies = asObject(field(lock, 'dependencies'));
  if (!dependencies) return null;
  return { tool: 'npm', decidesLibc: null, packages: fromTree(dependencies, file.text) };
}

function fromPackages(packages: JsonObject, text: string): LockedPackage[] {
  const find = finder(text);
  const projects = Object.entries(packages).filter(([path]) => !isInstalled(path));
  const direct = new Set(projects.flatMap(([, project]) => keysOf(asObject(project), 'dependencies')));
  return Object.entries(packages).flatMap(([path, value]): LockedPackage[] => {
    const entry = asObject(value);
    const span = find(path);
    if (!entry || !isInstalled(path) || field(entry, 'link') === true) return [];
    const folder = path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);
    const isDevOptional = field(entry, 'devOptional') === true;
    return [
      {
        name: textField(entry, 'name') ?? folder,
        version: textField(entry, 'version') ?? '',
        span,
        os: textsField(entry, 'os'),
        cpu: textsField(entry, 'cpu'),
        libc: textsField(entry, 'libc'),
        hasScript: field(entry, 'hasInstallScript') === true,
        isOptional: isDevOptional || field(entry, 'optional') === true,
        isDev: field(entry, 'dev') === true,
        isDirect: path === `node_modules/${folder}` && direct.has(folder),
        dependencies: keysOf(entry, 'dependencies'),
        optionalDependencies: keysOf(entry, 'optionalDependencies'),
      },
    ];
  });
}

function isInstalled(path: string): boolean {
  return path.startsWith('node_modules/') || path.includes('/node_modules/');
}

const deepest = 50;

/** Version 1 has packages inside packages, and tells little of each. */
function fromTree(dependencies: JsonObject, text: string): LockedPackage[] {
  const find = finder(text);
  const found: LockedPackage[] = [];
  const visit = (level: JsonObject, depth: number): void => {
    for (const [name, value] of Object.entries(level)) {
      const entry = asObject(value);
      const span = find(name);
      if (!entry) continue;
      found.push({
        name,
        version: textField(entry, 'version') ?? '',
        span,
        os: [],
        cpu: [],
        libc: [],
        hasScript: null,
        isOptional: field(entry, 'optional') === true,
        isDev: field(entry, 'dev') === true,
        isDirect: null,
        dependencies: keysOf(entry, 'requires'),
        optionalDependencies: [],
      });
      const inner = asObject(field(entry, 'dependencies'));
      if (inner && depth < deepest) visit(inner, depth + 1);
    }
  };
  visit(dependencies, 0);
  return found;
}

const nowhere: Span = { start: 0, end: 0 };

/** Keys that are written in another way than the parser gives them are few, if there are any. */
const mostMisses = 20;

/** Where the keys stand, each behind the one before: the parser keeps their order. */
function finder(text: string): (key: string) => Span {
  let from = 0;
  let misses = 0;
  return (key) => {
    if (misses > mostMisses) return nowhere;
    const quoted = JSON.stringify(key);
    const pattern = `${quoted}:`;
    const at = text.indexOf(pattern, from);
    if (at < 0) {
      misses++;
      return nowhere;
    }
    from = at + pattern.length;
    return { start: at, end: at + quoted.length };
  };
}
