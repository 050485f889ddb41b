import { byInstruction, known, unknown, type Evidence, type Fact } from '../fact.js';
import { placedBundles } from './bundles.js';
import { interpreterName } from './interpreters.js';
import type { Bundle, Stage, StageState } from './state.js';
import { searchPath } from './query.js';
import { currentEntry, parentOf, resolvePath } from './tree.js';

/**
 * The release of Java that a stage compiles with and runs on: that of its image, or of its only package of OpenJDK.
 * Unknown where there is none.
 */
export function javaRelease(state: StageState): Fact<string> {
  const packaged = packagedRelease(state);
  const base = baseRelease(state);
  if (packaged === undefined) return base ?? unknown();
  return base || packaged === null ? unknown() : packaged;
}

/** The release of the Java that the finished image has: its own, or the only runtime that was copied into it. */
export function startedJava(stage: Stage): Fact<string> {
  if (hasOtherOnPath(stage.end)) return unknown();
  const copied = placedBundles(stage, 'java-runtime');
  const own = javaRelease(stage.end);
  const [first] = copied;
  if (!first) return mayStartOther(stage.end) ? unknown() : own;
  return copied.length > 1 || own.known ? unknown() : first.bundle.version;
}

/** Whether PATH names the directory of some other Java first. */
function hasOtherOnPath(end: StageState): boolean {
  const path = end.env.get('PATH');
  const own = ownPath(end);
  if (!own || !path?.known) return false;
  const folders = (path.value ?? '').split(':');
  const at = folders.findIndex((folder) => own === `${folder}/java`);
  return folders.slice(0, at < 0 ? folders.length : at).some((folder) => /j(dk|re|vm|ava)/i.test(folder));
}

/** Whether the image may start a Java that is neither its own nor that of a package: by its path, a link, or PATH. */
function mayStartOther(end: StageState): boolean {
  const own = ownPath(end);
  const [program = ''] = startWords(end) ?? [];
  if (program.includes('/') && interpreterName(program) !== 'java') return false;
  if (program.includes('/')) return own ? program !== own : !/^\/usr\/(bin|lib\/jvm)\//.test(program);
  const folders = searchPath(end) ?? [];
  const before = own ? folders.slice(0, folders.indexOf(parentOf(own)) + 1) : folders;
  return before.some((folder) => {
    const isPlaced = currentEntry(end, `${folder}/java`)?.because.some(({ kind }) => kind === 'instruction');
    return isPlaced === true || (!own && !/^\/usr\/lib\/jvm\//.test(folder) && /j(dk|re|vm|ava)/i.test(folder));
  });
}

/** The path of the java that the image has by itself. */
export function ownPath({ runtime }: StageState): string | null {
  return runtime.known && runtime.value?.name === 'java' ? (runtime.value.path ?? null) : null;
}

/** Whether the image surely starts classes that lie at a path or below: `java -jar path`, `java -cp path Main`. */
export function startsClasses({ end }: Stage, path: string): boolean {
  const words = startWords(end);
  if (!words || interpreterName(words[0] ?? '') !== 'java' || !end.workdir.known) return false;
  const folder = end.workdir.value;
  const isWithin = (word: string): boolean => {
    const place = resolvePath(folder, word.replace(/\/\*$/, ''));
    return place === path || place.startsWith(`${path}/`);
  };
  const at = words.findIndex((word) => /^(-jar|-cp|-classpath|--class-path)$/.test(word));
  const given = at < 0 ? '' : (words[at + 1] ?? '');
  return given !== '' && given.split(words[at] === '-jar' ? /$^/ : ':').every(isWithin);
}

function startWords({ entrypoint, cmd }: StageState): readonly string[] | null {
  if (!entrypoint.known || !cmd.known) return null;
  const [first, second] = [entrypoint.value, cmd.value];
  if (first && first.form !== 'exec') return null;
  const rest = second?.form === 'exec' ? second.argv : [];
  return first ? [...first.argv, ...rest] : rest;
}

/** Where the image or stage has its own Java (JAVA_HOME): what a copy of that directory is. */
export function javaRuntimeAt(state: StageState, what: { path: string; stage: number | null }): Bundle | null {
  const { path, stage } = what;
  const home = state.env.get('JAVA_HOME');
  const isHome = home?.known && home.value === path;
  if (!isHome && ownPath(state) !== `${path}/bin/java`) return null;
  // A link such as default-jvm leads elsewhere.
  if (/default-(jvm|java)$/.test(path)) return null;
  const version = javaRelease(state);
  if (!version.known) return null;
  const { libc } = state;
  return { kind: 'java-runtime', stage, libc, version, built: null, platform: null, traits: [] };
}

/** The words of a tag that name a release of the JDK: `3-eclipse-temurin-21`, `8-jdk17-alpine`. */
const jdkInTag =
  /(?:^|-)(?:jdk-?|jre-?|openjdk-|temurin-|corretto-|sapmachine-|semeru-|zulu-|ibmjava-|graalvm-community-)(\d+)/;

function baseRelease({ runtime }: StageState): Fact<string> | null {
  if (!runtime.known || !runtime.value) return null;
  const { name, version } = runtime.value;
  if (name === 'java') return version === null ? null : releaseOf(version, runtime.because);
  if (name !== 'maven' && name !== 'gradle') return null;
  const tag = runtime.because.find((item) => item.kind === 'catalog')?.image.replace(/^[^:]*:/, '');
  const release = jdkInTag.exec(tag ?? '')?.[1];
  return release === undefined ? null : known(release, ...runtime.because);
}

/** `1.8.0_402` is Java 8. */
function releaseOf(version: string, because: readonly Evidence[]): Fact<string> | null {
  const release = /^(?:1\.)?(\d+)/.exec(version)?.[1];
  return release === undefined ? null : known(release, ...because);
}

/** Null where several packages bring one, or one that may not be there; undefined where none does. */
function packagedRelease({ packages, os }: StageState): Fact<string> | null | undefined {
  const found: Fact<string>[] = [];
  for (const [name, { installed, isCertain, span }] of packages.entries()) {
    if (!/(^|-)(openjdk|jdk|jre|corretto|temurin|zulu)/.test(name) || !installed) continue;
    const own = /^default-j(re|dk)(-headless)?$/.test(name) ? defaultRelease(os) : undefined;
    const release = own ?? /^(?:openjdk-?|java-|temurin-|java-1\.)(\d+)/.exec(name)?.[1];
    if (release === undefined || !isCertain) return null;
    const fact = known(release, byInstruction(span, `'${name}' brings Java ${release}.`));
    if (!found.some((other) => other.known && other.value === release)) found.push(fact);
  }
  return found.length > 1 ? null : found[0];
}

/** Of default-jre in Debian, by its release; those of Ubuntu were not read. */
function defaultRelease(os: StageState['os']): string | undefined {
  const { id, version } = (os.known ? os.value : null) ?? {};
  return id === 'debian' && version ? { 11: '11', 12: '17', 13: '21' }[parseInt(version, 10)] : undefined;
}
