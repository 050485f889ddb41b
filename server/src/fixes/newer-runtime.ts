import { findImage, type Catalog } from '../catalog/catalog.js';
import type { ImageFacts } from '../catalog/model.js';
import { parseReference, type ImageReference } from '../catalog/reference.js';
import { hasRuntimeEnded, javaVendorOf, listRuntimeCycles } from '../catalog/runtimes.js';
import { runtimeEnd } from '../interpret/runtime-end.js';

type Question = {
  readonly catalog: Catalog;
  readonly today: string;
  /** Whether what is built on the image can be built on another one as it is. */
  readonly fits: (facts: ImageFacts) => boolean;
};

/** Families of which the catalog knows each tag. */
const families = ['docker-official', 'dotnet'];

/** The same image with the newest runtime that is supported, long-term where there is that; null when none is known. */
export function withNewerRuntime(reference: ImageReference, facts: ImageFacts, asked: Question): string | null {
  const { tag, digest } = reference;
  const runtime = facts.runtime.known ? facts.runtime.value : null;
  if (!runtime || tag === null || digest !== null || !families.includes(facts.family) || /\d{8}|mariner/.test(tag))
    return null;
  for (const version of supportedVersions(runtime.name, facts, asked.today)) {
    for (const text of namesWith(reference, tag, version)) if (isGood(text, asked)) return text;
  }
  return null;
}

/** `openjdk:17-jdk-slim` as `eclipse-temurin:17-jdk`, where that is known. */
export function asTemurin({ tag }: ImageReference, asked: Question): string | null {
  const parts = /^(\d+)[\d.]*(-jdk|-jre)?(?:-[a-z]+)*?(-alpine)?[\d.]*$/.exec(
    (tag ?? '').replace(/-slim|-oracle/g, ''),
  );
  if (!parts) return null;
  const text = `eclipse-temurin:${parts[1] ?? ''}${parts[2] ?? ''}${parts[3] ?? ''}`;
  return isGood(text, asked) ? text : null;
}

function supportedVersions(name: string, facts: ImageFacts, today: string): string[] {
  const cycles = listRuntimeCycles(name, name === 'java' ? javaVendorOf(facts.name) : null);
  const hasLongTerm = cycles.some(({ isLts }) => isLts);
  return cycles
    .filter((cycle) => cycle.released !== null && cycle.released <= today && hasRuntimeEnded(cycle, today) !== true)
    .filter(({ isLts, ltsFrom }) => !hasLongTerm || (isLts && (ltsFrom === null || ltsFrom <= today)))
    .map(({ cycle }) => cycle);
}

const suite = /(^|-)(trixie|bookworm|bullseye|buster|stretch|jessie|noble|jammy|focal|bionic)(?=-|$)/;

const debianSuite = /trixie|bookworm|bullseye|buster|stretch/;

/** The tag with another version, on the same distribution release, on a newer one, or on the one of its default. */
function namesWith({ text }: ImageReference, tag: string, version: string): string[] {
  const number = /^\d+(\.\d+)*/.exec(tag)?.[0];
  if (number === undefined) return [];
  const name = text.slice(0, text.length - tag.length);
  const rest = tag.slice(number.length);
  // Tags of .NET have two numbers, and from 10.0 on its images are on Ubuntu 24.04, Alpine and Azure Linux.
  const isDotnet = text.startsWith('mcr.');
  const written = isDotnet && !version.includes('.') && number.includes('.') ? `${version}.0` : version;
  const rests = suite.test(rest)
    ? (isDotnet ? ['noble'] : ['$2', 'trixie', 'bookworm', 'noble']).map((each) => rest.replace(suite, `$1${each}`))
    : [rest, rest.replace(/alpine[\d.]+/, 'alpine'), rest.replace(/^(-slim)?$/, '-trixie$1')];
  return isDotnet && debianSuite.test(rest) ? [] : rests.map((each) => `${name}${written}${each}`);
}

function isGood(text: string, { catalog, today, fits }: Question): boolean {
  const reference = parseReference(text);
  const facts = reference && findImage(catalog, reference);
  if (!facts || facts.status === 'retired' || (facts.osEol !== null && facts.osEol <= today)) return false;
  return runtimeEnd(facts, today) === null && fits(facts);
}
