import type { SourceFile } from '../../text/source-file.js';
import type { Span } from '../../text/span.js';
import { linesOf } from '../lines.js';
import type { LockedPackage, NodeLock } from './lock.js';

/**
 * yarn.lock of yarn 1 and of later versions, line by line. What is for development and what has scripts stands in
 * neither; platforms only in the later ones.
 */
export function readYarnLock({ text }: SourceFile): NodeLock | null {
  const isClassic = /^# yarn lockfile v1$/m.test(text.slice(0, 500));
  if (!isClassic && !/^__metadata:/m.test(text.slice(0, 2000))) return null;
  const entries: Entry[] = [];
  let entry: Entry | null = null;
  let group = '';
  for (const line of linesOf(text)) {
    if (line.indent === 0) {
      entry = startEntry(line.text, line.span);
      if (entry) entries.push(entry);
    } else if (entry && line.indent === 2) group = takeField(entry, line.text);
    else if (entry && line.indent === 4) takeDependency(entry, group, line.text);
  }
  return { tool: 'yarn', decidesLibc: !isClassic, packages: entries.map((one) => toPackage(one)) };
}

type Entry = {
  readonly name: string;
  readonly span: Span;
  version: string;
  conditions: string;
  readonly dependencies: string[];
  readonly optionalDependencies: string[];
};

/** `"@img/sharp@^0.34.0", "@img/sharp@npm:^0.34.1":`; what lies in the project is left out. */
function startEntry(text: string, span: Span): Entry | null {
  const name = /^"?((?:@[^/@"]+\/)?[^/@",]+)@/.exec(text)?.[1];
  if (name === undefined || /@(workspace|link|portal|file):/.test(text.slice(0, 1000))) return null;
  return { name, span, version: '', conditions: '', dependencies: [], optionalDependencies: [] };
}

/** The group that deeper lines belong to. */
function takeField(entry: Entry, text: string): string {
  const [, name = '', value = ''] = /^"?(\w+)"?:? *(.*)$/.exec(text) ?? [];
  if (name === 'version') entry.version = value.replace(/"/g, '');
  if (name === 'conditions') entry.conditions = value;
  return name;
}

function takeDependency(entry: Entry, group: string, text: string): void {
  const name = /^"?((?:@[^/@":]+\/)?[^"\s:]+)"?/.exec(text)?.[1];
  if (name === undefined) return;
  if (group === 'dependencies') entry.dependencies.push(name);
  // Later versions note here which of the dependencies may be missing.
  if (group === 'optionalDependencies' || (group === 'dependenciesMeta' && name !== 'optional'))
    entry.optionalDependencies.push(name);
}

function toPackage({ name, version, span, conditions, dependencies, optionalDependencies }: Entry): LockedPackage {
  const optional = new Set(optionalDependencies);
  return {
    name,
    version,
    span,
    os: valuesOf(conditions, 'os'),
    cpu: valuesOf(conditions, 'cpu'),
    libc: valuesOf(conditions, 'libc'),
    hasScript: null,
    isOptional: null,
    isDev: null,
    isDirect: null,
    dependencies: dependencies.filter((one) => !optional.has(one)),
    optionalDependencies,
  };
}

/** `os=linux & cpu=x64 & (libc=glibc | libc=musl)` */
function valuesOf(conditions: string, name: string): string[] {
  return [...conditions.matchAll(/\b(os|cpu|libc)=([\w!-]+)/g)].flatMap(([, key, value]) => {
    return key === name && value ? [value] : [];
  });
}
