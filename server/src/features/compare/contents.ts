import type { ImageFacts } from '../../catalog/model.js';
import { presence } from '../hover/contents.js';

/** What people ask of an image to run in, in this order. */
const usual = [
  ['ca-certificates', 'CA certificates'],
  ['tzdata', 'time zones'],
  ['libssl', 'OpenSSL'],
  ['libstdc++', 'libstdc++'],
  ['libgcc', 'libgcc'],
  ['icu', 'ICU'],
  ['/tmp', '/tmp'],
] as const;

const programs = ['curl', 'wget', 'git', 'gcc', 'make'] as const;

const ofLanguage: Readonly<Record<string, readonly string[]>> = {
  node: ['npm', 'yarn', 'corepack'],
  python: ['pip'],
  ruby: ['gem', 'bundle'],
  php: ['composer'],
  java: ['javac', 'mvn', 'gradle'],
  rust: ['cargo'],
};

/** What the image holds, and what it is known to lack; what is in neither list is not known. */
export function contentsFor(facts: ImageFacts): { readonly contains: string[]; readonly lacks: string[] } {
  const language = facts.runtime.known && facts.runtime.value ? facts.runtime.value.name : '';
  const own = Object.hasOwn(ofLanguage, language) ? (ofLanguage[language] ?? []) : [];
  const keys: (readonly [string, string])[] = [...usual, ...[...own, ...programs].map((name) => [name, name] as const)];
  const titles = (wanted: boolean) => keys.filter(([key]) => presence(facts, key) === wanted).map(([, title]) => title);
  return { contains: titles(true), lacks: titles(false) };
}
