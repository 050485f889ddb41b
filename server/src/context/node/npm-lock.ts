import type { SourceFile } from '../../text/source-file.js';
import { asObject, field, keysOf, textField, textsField, type DataObject } from '../data.js';
import { keyFinder, readJson } from '../json.js';
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

function fromPackages(packages: DataObject, text: string): LockedPackage[] {
  const find = keyFinder(text);
  const projects = Object.entries(packages).filter(([path]) => !isInstalled(path));
  // In a workspace another project than the one that runs may ask for it.
  const isAlone = projects.length === 1;
  const direct = new Set(projects.flatMap(([, project]) => keysOf(field(project, 'dependencies'))));
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
        isDirect: isAlone ? path === `node_modules/${folder}` && direct.has(folder) : null,
        dependencies: keysOf(field(entry, 'dependencies')),
        optionalDependencies: keysOf(field(entry, 'optionalDependencies')),
      },
    ];
  });
}

function isInstalled(path: string): boolean {
  return path.startsWith('node_modules/') || path.includes('/node_modules/');
}

const deepest = 50;

/** Version 1 has packages inside packages, and tells little of each. */
function fromTree(dependencies: DataObject, text: string): LockedPackage[] {
  const find = keyFinder(text);
  const found: LockedPackage[] = [];
  const visit = (level: DataObject, depth: number): void => {
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
        dependencies: keysOf(field(entry, 'requires')),
        optionalDependencies: [],
      });
      const inner = asObject(field(entry, 'dependencies'));
      if (inner && depth < deepest) visit(inner, depth + 1);
    }
  };
  visit(dependencies, 0);
  return found;
}
