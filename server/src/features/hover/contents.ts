import type { ImageFacts } from '../../catalog/model.js';
import { code } from './markdown.js';

/** What a reader looks for first: data and libraries in images to run in, programs in images to build in. */
const files = ['ca-certificates', 'tzdata', 'libssl', 'libstdc++', 'libgcc', 'zlib', 'icu', '/tmp', 'passwd'];
const programs = ['curl', 'wget', 'git', 'gcc', 'make'];
const tools: Readonly<Record<string, readonly string[]>> = {
  node: ['npm', 'yarn', 'corepack'],
  nodejs: ['npm', 'yarn', 'corepack'],
  python: ['pip'],
};

const titles: Readonly<Record<string, string>> = {
  'ca-certificates': 'CA certificates',
  tzdata: 'time zones',
  libssl: 'OpenSSL',
  'libstdc++': 'libstdc++',
  libgcc: 'libgcc',
  zlib: 'zlib',
  icu: 'ICU',
  passwd: '`/etc/passwd`',
};

const most = 7;

/** The rows "Has" and "Lacks": only what is known, and only what matters for this kind of image. */
export function contentsRows(facts: ImageFacts): [string, string][] {
  const keys = keysFor(facts);
  const has = keys.filter((key) => presence(facts, key) === true);
  const lacks = keys.filter((key) => presence(facts, key) === false);
  return [...row('Has', has), ...row('Lacks', lacks)];
}

/** Whether the image holds a thing by the catalog's name; null when it is not known. */
export function presence({ contents, closed }: ImageFacts, key: string): boolean | null {
  const fact = contents.get(key);
  if (fact) return fact.known ? fact.value : null;
  const isProgram = !files.includes(key);
  return isProgram && closed.known && closed.value ? false : null;
}

function keysFor({ purpose, runtime, shells }: ImageFacts): readonly string[] {
  const own = runtime.known && runtime.value ? (tools[runtime.value.name] ?? []) : [];
  const hasShell = shells.known && shells.value.length > 0;
  if (purpose === 'build') return [...own, ...programs, 'ca-certificates', 'tzdata'];
  return hasShell
    ? ['ca-certificates', 'tzdata', ...own, 'libssl', ...programs]
    : [...files.filter(matters(purpose)), ...own];
}

function matters(purpose: ImageFacts['purpose']): (key: string) => boolean {
  return (key) => purpose === 'static' || purpose === 'base' || key !== 'passwd';
}

function row(name: string, keys: readonly string[]): [string, string][] {
  const words = keys.slice(0, most).map((key) => titles[key] ?? code(key));
  return words.length > 0 ? [[name, words.join(', ')]] : [];
}
