import type { ImageFacts } from '../../catalog/model.js';
import { presence } from '../hover/contents.js';
import { isOlder } from '../hover/versions.js';
import type { Need } from './need.js';

/**
 * How much there is in an image beside the program, from scratch (0) over images without libc (1) or without shell (2),
 * small ones with a shell (3) and slim ones (4) to whole distributions (5).
 */
export function rankOf(facts: ImageFacts | null): number {
  if (!facts) return 0;
  const hasNoShell = facts.shells.known && facts.shells.value.length === 0;
  if (hasNoShell) return facts.libc.known && facts.libc.value.kind === 'none' ? 1 : 2;
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

/** Whether the stage could run on the image at all; what has to change for it is said by its drawback. */
export function fits(need: Need, facts: ImageFacts): boolean {
  if (facts.flavor !== null || facts.isWindows || isSame(need, facts)) return false;
  const hasNoShell = facts.shells.known && facts.shells.value.length === 0;
  if (hasNoShell && need.shellUse === 'script') return false;
  return offersPackages(need, facts) && loadsProgram(need, facts) && runsLanguage(need, facts);
}

/** How many parts of a version decide whether a program of that language still runs. */
export function linesOfLanguage(name: string): number {
  return ['python', 'php', 'ruby', 'dotnet', 'aspnetcore', 'perl', 'elixir'].includes(name) ? 2 : 1;
}

function isSame({ facts }: Need, other: ImageFacts): boolean {
  return facts !== null && facts.name === other.name && facts.tag === other.tag;
}

function offersPackages({ packages, program }: Need, facts: ImageFacts): boolean {
  // A static program uses none of them; that the RUN has to go is said as a drawback.
  if (program?.artifact.linkage.known && program.artifact.linkage.value === 'static') return true;
  if (packages.length === 0 || !facts.packageManager.known) return packages.length === 0;
  if (facts.packageManager.value !== null) return facts.packageManager.value === packages[0]?.manager;
  return packages.every(({ name }) => {
    const fact = facts.contents.get(name);
    return fact?.known === true && fact.value;
  });
}

function loadsProgram({ program }: Need, facts: ImageFacts): boolean {
  if (!program) return true;
  const { libc } = facts;
  const { linkage, libc: built, language } = program.artifact;
  if (linkage.known && linkage.value === 'static') return true;
  if ((language === 'rust' || language === 'c++') && presence(facts, 'libgcc') === false) return false;
  if (!linkage.known || !built.known || !libc.known || built.value.kind !== libc.value.kind) return false;
  return !isOlder(libc.value.version, built.value.version);
}

function runsLanguage({ runtime, program }: Need, facts: ImageFacts): boolean {
  if (!runtime || program) return true;
  if (!facts.runtime.known || !facts.runtime.value) return runtime.name === 'nginx';
  return kin(facts.runtime.value.name) === kin(runtime.name);
}

function kin(name: string): string {
  return name === 'aspnetcore' ? 'dotnet' : name;
}
