import type { ImageFacts } from '../../catalog/model.js';
import { readTag } from '../../catalog/tag-words.js';
import { presence } from '../hover/contents.js';
import { isOlder } from '../hover/versions.js';
import { languageOf } from './languages.js';
import type { Need } from './need.js';

/**
 * How much there is in an image beside the program, from scratch (0) over images without libc (1) or without shell (2),
 * small ones with a shell (3) and slim ones (4) to whole distributions (5).
 */
export function rankOf(facts: ImageFacts | null): number {
  if (!facts) return 0;
  if (hasNoShell(facts)) return facts.libc.known && facts.libc.value.kind === 'none' ? 1 : 2;
  const isMusl = facts.libc.known && facts.libc.value.kind === 'musl';
  const isBare = facts.packageManager.known && facts.packageManager.value === null;
  if (isMusl || isBare) return 3;
  return /(^|-)(slim|minimal|micro|runtime|jre)(-|$)/.test(`${facts.name.replace(/^.*\//, '')}-${facts.tag}`) ? 4 : 5;
}

export function isSupported({ status, eol, osEol, osLtsEol }: ImageFacts, today: string): boolean {
  if (status === 'retired' || status === 'deprecated') return false;
  const ends = [eol, osLtsEol && osEol && osLtsEol > osEol ? osLtsEol : osEol];
  return ends.every((end) => end === null || end > today);
}

/** Whether the stage could run on the image at all; what has to change for it is said by its drawbacks. */
export function fits(need: Need, facts: ImageFacts): boolean {
  if (facts.flavor === 'debug' || (facts.flavor === 'dev' && !need.isBuild)) return false;
  if (facts.isWindows || isSame(need, facts) || isStepBack(need, facts) || !hasArchitecture(need, facts)) return false;
  if (hasNoShell(facts) && needsShell(need)) return false;
  return loadsProgram(need, facts) && runsLanguage(need, facts) && (!need.isBuild || buildsLanguage(need, facts));
}

/** Whether the packages that the stage installs can be installed there by the same commands, or are there already. */
export function offersPackages({ packages, program }: Need, facts: ImageFacts): boolean {
  // A static program uses none of them; that the RUN has to go is said as a drawback.
  if (program?.artifact.linkage.known && program.artifact.linkage.value === 'static') return true;
  if (packages.length === 0 || !facts.packageManager.known) return packages.length === 0;
  if (facts.packageManager.value !== null) return facts.packageManager.value === packages[0]?.manager;
  return packages.every(({ name }) => {
    const fact = facts.contents.get(name);
    return fact?.known === true && fact.value;
  });
}

/** How many parts of a version decide whether a program of that language still runs. */
export function linesOfLanguage(name: string): number {
  return Math.max(1, languageOf(name).parts);
}

export function hasNoShell({ shells }: ImageFacts): boolean {
  return shells.known && shells.value.length === 0;
}

function needsShell({ isBuild, runs, shellUse }: Need): boolean {
  return isBuild ? runs.some(({ isShellForm }) => isShellForm) : shellUse === 'script';
}

/** The same image by this or another of its tags. */
function isSame({ facts }: Need, other: ImageFacts): boolean {
  if (facts?.name !== other.name) return false;
  if (facts.tag === other.tag) return true;
  const [a, b] = [facts, other].map(({ os, tag, runtime }) => {
    const version = runtime.known && runtime.value ? runtime.value.version?.split('.')[0] : '';
    return `${readTag(tag).shape} ${os.known ? (os.value?.version ?? '') : '?'} ${version ?? '?'}`;
  });
  return a === b && !a?.includes('?');
}

/** The same image on an older release of its distribution. */
function isStepBack({ facts }: Need, { name, os }: ImageFacts): boolean {
  if (facts?.name !== name || !facts.os.known || !os.known || facts.os.value?.id !== os.value?.id) return false;
  return isOlder(os.value?.version ?? null, facts.os.value?.version ?? null);
}

/** Some publishers write arm without its variant, and ppc64le the way Debian does. */
function hasArchitecture({ architecture }: Need, { architectures }: ImageFacts): boolean {
  if (architecture === null || architectures === null) return true;
  const names = architectures.map((name) => (name === 'ppc64el' ? 'ppc64le' : name));
  return names.includes(architecture) || (architecture.startsWith('arm/') && names.includes('arm'));
}

function loadsProgram({ program, isBuild }: Need, facts: ImageFacts): boolean {
  if (!program || isBuild) return true;
  const { libc } = facts;
  const { linkage, libc: built, language } = program.artifact;
  if (linkage.known && linkage.value === 'static') return true;
  if ((language === 'rust' || language === 'c++') && presence(facts, 'libgcc') === false) return false;
  if (language === 'c++' && presence(facts, 'libstdc++') === false) return false;
  if (!linkage.known || !built.known || !libc.known || built.value.kind !== libc.value.kind) return false;
  return !isOlder(libc.value.version, built.value.version);
}

function runsLanguage({ runtime, program, isBuild }: Need, facts: ImageFacts): boolean {
  if (!runtime || (program && !isBuild)) return true;
  if (!facts.runtime.known || !facts.runtime.value) return runtime.name === 'nginx' || facts.purpose === 'application';
  return (
    languageOf(runtime.name).names.includes(facts.runtime.value.name) || isKin(facts.runtime.value.name, runtime.name)
  );
}

function isKin(one: string, other: string): boolean {
  return languageOf(one).names.includes(other);
}

/** A runtime image of a language that is compiled has no compiler. */
function buildsLanguage({ runtime, facts: present }: Need, facts: ImageFacts): boolean {
  if (present?.purpose !== 'build') return true;
  if (runtime?.name === 'java')
    return !/jre|runtime/.test(`${facts.name}:${facts.tag}`) && facts.family !== 'google-distroless';
  return facts.purpose === 'build' || facts.flavor === 'dev' || hasInterpreter(runtime?.name);
}

function hasInterpreter(name: string | undefined): boolean {
  return ['node', 'python', 'ruby', 'php', 'perl', 'deno', 'bun'].includes(name ?? '');
}
