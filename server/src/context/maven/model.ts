import { byFile, known, unknown, type Fact } from '../../fact.js';
import { fillIn } from '../placeholders.js';
import type { UsedPackage } from '../used-package.js';
import type { Pom, PomDependency, PomValue } from './pom.js';

/** A pom with its parents as far as they were found, the nearest first. */
export type PomChain = readonly Pom[];

const deepest = 10;

/** Scopes whose artifacts are not part of what is run. */
const unused = new Set(['test', 'provided', 'system', 'import', 'optional']);

/**
 * The release of Java that Maven compiles for (`17`, `8`); null where nothing says so. `given` are properties of the
 * command line.
 */
export function mavenRelease(chain: PomChain, given: ReadonlyMap<string, string>): Fact<string | null> {
  if (chain.some(({ isCompiledOtherwise }) => isCompiledOtherwise)) return unknown();
  const scope = { chain, given };
  const release = configured(chain, 'release') ?? property(scope, 'maven.compiler.release');
  const ofBoot = hasBootParent(chain) ? property(scope, 'java.version') : undefined;
  const target = configured(chain, 'target') ?? property(scope, 'maven.compiler.target');
  // Before Spring Boot 3 its parent sets the target only.
  const value = (one: PomValue | null) => one && expand(scope, one.text);
  const isTorn = ofBoot !== undefined && target !== undefined && value(ofBoot) !== value(target);
  const chosen = release !== undefined ? release : isTorn ? null : ofBoot !== undefined ? ofBoot : target;
  if (chosen === undefined) return hasOwnTop(chain) ? known(null) : unknown();
  const text = chosen && expand(scope, chosen.text);
  const number = /^(?:1\.)?(\d+)$/.exec(text ?? '')?.[1];
  if (!chosen || number === undefined) return unknown();
  return known(number, byFile(chosen.file, chosen.span, `Maven compiles for Java ${number}.`));
}

/** What the program uses when it runs, with versions as far as the poms themselves give them. */
export function mavenPackages(chain: PomChain): readonly UsedPackage[] {
  const found = new Map<string, UsedPackage>();
  const scope = { chain, given: noProperties };
  for (const dependency of chain.flatMap(({ dependencies }) => dependencies)) {
    const name = expand(scope, dependency.name);
    if (name === null || found.has(name) || unused.has(dependency.scope)) continue;
    const { file, span } = dependency;
    const written = dependency.version ?? managedVersion(chain, dependency);
    const version = written === null ? null : expand(scope, written);
    const classifier = dependency.classifier && expand(scope, dependency.classifier);
    found.set(name, { name, version, file, span, ...(classifier ? { classifier } : {}) });
  }
  return [...found.values()];
}

/** True where no parent is left that was not found, apart from that of Spring Boot, whose ways are known. */
export function hasOwnTop(chain: PomChain): boolean {
  return chain.at(-1)?.parent === null;
}

/** Its property java.version is what it compiles for. Source: spring-boot-starter-parent, pom.xml. */
export function hasBootParent(chain: PomChain): boolean {
  return chain.at(-1)?.parent?.artifact === 'spring-boot-starter-parent';
}

/** `given` are properties of the command line. */
type Scope = { readonly chain: PomChain; readonly given: ReadonlyMap<string, string> };

const noProperties: ReadonlyMap<string, string> = new Map();

function managedVersion(chain: PomChain, { name }: PomDependency): string | null {
  const managed = chain.flatMap((pom) => pom.managed).find((one) => one.name === name && one.version !== null);
  return managed?.version ?? null;
}

function configured(chain: PomChain, name: 'release' | 'target'): PomValue | undefined {
  return chain.map(({ compiler }) => compiler[name]).find((value) => value !== null) ?? undefined;
}

/** Undefined where nothing sets it; null where a profile may. */
function property({ chain, given }: Scope, name: string): PomValue | null | undefined {
  const value = chain.map(({ properties }) => properties.get(name)).find(Boolean);
  const text = given.get(name);
  if (text !== undefined) return value ? { ...value, text } : null;
  return chain.some(({ inProfiles }) => inProfiles.has(name)) ? null : value;
}

/** `${name}` put in; null where a value is not known. */
function expand(scope: Scope, text: string, depth = 0): string | null {
  if (!text.includes('${')) return text;
  if (depth >= deepest || text.length > 1000) return null;
  const value = fillIn(text, /\$\{([^{}]*)\}/g, (name) => {
    const inner = property(scope, name);
    return inner ? expand(scope, inner.text, depth + 1) : projectValue(scope.chain, name);
  });
  return value?.includes('${') ? null : value;
}

function projectValue([pom]: PomChain, name: string): string | null {
  if (name === 'project.groupId') return pom?.group ?? pom?.parent?.group ?? null;
  return name === 'project.parent.version' ? (pom?.parent?.version ?? null) : null;
}
