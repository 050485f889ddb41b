import { healthcheckOf } from '../../catalog/base-healthcheck.js';
import type { ImageFacts } from '../../catalog/model.js';
import type { ImageReference } from '../../catalog/reference.js';
import { runtimeCycleOf, type RuntimeCycle } from '../../catalog/runtimes.js';
import type { Fact } from '../../fact.js';
import { contentsRows } from './contents.js';
import { code, commandLine, link, page, prose, sourceAddress, table } from './markdown.js';
import { list } from '../../text/list.js';
import { imageTitle, osTitle, referenceTitle, runtimeTitle, systemTitle, userTitle } from './words.js';

/** What a card is made from beside the facts. */
export type Card = {
  readonly reference: ImageReference;
  /** YYYY-MM-DD. */
  readonly today: string;
  /** Paragraphs about the use of the image in this file. */
  readonly after: readonly (string | null)[];
  /** What the last line ends with. */
  readonly links: readonly (string | null)[];
};

export function imageCard(facts: ImageFacts, { reference, today, after, links }: Card): string {
  const name = facts.isFips ? `${imageTitle(facts)}, FIPS 140` : imageTitle(facts);
  const title = `**${name}** · ${facts.vendor} · ${referenceTitle(reference.text)}`;
  if (facts.isWindows) return page(title, 'A Windows image: only Linux images are described here.');
  return page(title, warning(facts, today), factTable(facts, today), noteOf(facts), ...after, foot(facts, links));
}

/** Retired and deprecated images say so before anything else. */
function warning({ status, eol, replacement, note }: ImageFacts, today: string): string | null {
  const instead = replacement ? ` Use ${code(replacement)} instead.` : '';
  const end = eol === null ? '' : eol <= today ? ` since ${eol}` : `, until ${eol}`;
  if (status === 'retired' && isEnd(note)) return `${prose(note)}${instead}`;
  if (status === 'retired') return `**No longer built**${end}.${instead}`;
  const day = eol === null ? '' : `: the end of support ${eol <= today ? 'was' : 'is'} set for ${eol}`;
  if (status === 'deprecated') return `**Deprecated**${day}.${instead}`;
  return null;
}

const longestNote = 140;

function noteOf({ note, status }: ImageFacts): string | null {
  if (!note || note.length > longestNote || status === 'retired') return null;
  const text = /^[a-z]+[\s,]/.test(note) ? note.charAt(0).toUpperCase() + note.slice(1) : note;
  return prose(/[.!?]$/.test(text) ? text : `${text}.`);
}

function isEnd(note: string | null): note is string {
  return note !== null && note.startsWith('No longer built');
}

function factTable(facts: ImageFacts, today: string): string {
  return table([
    ['System', isMoving(facts) ? `${systemTitle(facts, ' today')}; the tag names no release` : systemTitle(facts)],
    ['Shell', `${shellTitle(facts.shells)}; ${managerTitle(facts)}`],
    ['User', facts.user.known ? userTitle(facts.user) : 'not known'],
    row('Starts', startTitle(facts)),
    row('Health check', checkTitle(facts)),
    ...contentsRows(facts),
    row('Support', supportTitle(facts, today)),
    row('Access', accessTitle(facts)),
    row('Variants', variantsTitle(facts)),
  ]);
}

function row(name: string, value: string | null): [string, string] | null {
  return value === null ? null : [name, value];
}

function shellTitle(shells: Fact<readonly string[]>): string {
  if (!shells.known) return 'not known';
  return shells.value.length === 0 ? 'none' : shells.value.slice(0, 3).map(code).join(', ');
}

function managerTitle({ packageManager }: ImageFacts): string {
  if (!packageManager.known) return 'package manager not known';
  return packageManager.value ? `packages with ${packageManager.value}` : 'no package manager';
}

/** ENTRYPOINT and CMD of the image as one line; null when neither was read. */
/** Most images have none, which goes without saying. */
function checkTitle(facts: ImageFacts): string | null {
  const check = healthcheckOf(facts);
  return check.known && check.value ? `${check.value.words.map(code).join(' ')}, unless the file sets another` : null;
}

function startTitle({ entrypoint, cmd, workdir }: ImageFacts): string | null {
  if (!entrypoint.known) return null;
  const place = workdir.known && workdir.value !== '/' ? ` in ${code(workdir.value)}` : '';
  const own = cmd.known ? (cmd.value ?? []) : [];
  if (entrypoint.value && entrypoint.value.length > 0) {
    if (own.length > 0)
      return `${commandLine([...entrypoint.value, ...own])}${place}; a CMD takes the place of ${commandLine(own)}`;
    return `${commandLine(entrypoint.value)}, with CMD as its arguments${place}`;
  }
  if (!cmd.known) return null;
  return own.length > 0
    ? `${commandLine(own)}${place} (a CMD, no ENTRYPOINT)`
    : `nothing of its own${place && ` (${place.trim()})`}`;
}

/** The end of the image's own support, of its language runtime, and of its distribution. */
function supportTitle(facts: ImageFacts, today: string): string | null {
  const { eol, osEol, osLtsEol, os } = facts;
  const system = os.known && os.value ? osTitle({ ...os.value, codename: null }) : 'its distribution';
  const long = osLtsEol && osEol && osLtsEol > osEol ? ` (long-term support until ${osLtsEol})` : '';
  const cycle = runtimeCycleOf(facts);
  const runtime = cycle && runtimeEnd(facts, cycle, today);
  const own = eol && (!runtime || cycle?.eol !== eol) ? end(eol, today) : null;
  const distribution = osEol && osEol !== eol ? `${system} ${end(osEol, today)}${long}` : null;
  return [own, runtime, distribution].filter((part) => part !== null).join('; ') || null;
}

/** By the dates of those who make the runtime: `Node.js 22 until 2027-04-30`. */
function runtimeEnd({ runtime }: ImageFacts, { cycle, eol, hasEnded }: RuntimeCycle, today: string): string | null {
  const name = runtime.known && runtime.value ? runtimeTitle({ name: runtime.value.name, version: cycle }) : null;
  if (name === null || (eol === null && !hasEnded)) return null;
  return `${name} ${eol === null ? '**ended**' : end(eol, today)}`;
}

function end(date: string, today: string): string {
  return date <= today ? `**ended ${date}**` : `until ${date}`;
}

const accessTitles: Readonly<Record<NonNullable<ImageFacts['access']>, string>> = {
  public: 'public',
  'free-login': 'login with a free account',
  subscription: 'paid subscription',
  organisation: 'only for the organisation that owns it',
};

function accessTitle({ access, signing, attestations, size, packageCount }: ImageFacts): string | null {
  const parts = [
    access ? accessTitles[access] : null,
    signing && signing !== 'none' && signing !== 'unknown' ? 'signed' : null,
    attestations && attestations !== 'none'
      ? `with ${list(attestations.split(/,\s*/).map((one) => prose(one)))}`
      : null,
    size ? `${sizeTitle(size.compressedMB)} compressed` : null,
    packageCount === null ? null : packageCount === 1 ? '1 package' : `${packageCount} packages`,
  ].filter((part) => part !== null);
  return parts.length > 0 ? parts.join(', ') : null;
}

const variantTitles = [
  ['dev', 'to build with'],
  ['runtime', 'to run with'],
  ['nonroot', 'without root'],
  ['fips', 'FIPS 140'],
] as const;

/** Siblings of the image, in the same repository by their tag alone; the one for debugging has a note of its own. */
function variantsTitle({ variants, name }: ImageFacts): string | null {
  const found = variantTitles.flatMap(([key, title]) => {
    const reference = variants[key];
    if (reference === null) return [];
    const short = reference.startsWith(`${name}:`) ? reference.slice(name.length) : reference;
    return [`${code(short)} ${title}`];
  });
  return found.length > 0 ? found.join(', ') : null;
}

/** `2.1 MB`, `43 MB`. */
export function sizeTitle(megabytes: number): string {
  return `${megabytes < 10 ? Math.round(megabytes * 10) / 10 : Math.round(megabytes)} MB`;
}

/** A tag that names neither code name nor release moves from one to the next. */
function isMoving({ os, tag, name, status, purpose, note, read }: ImageFacts): boolean {
  // What the user wrote down holds for the tag as it is.
  if (read === null || !os.known || !os.value?.version || os.value.id === 'wolfi') return false;
  if (status === 'retired' || status === 'deprecated' || note?.includes('stays on')) return false;
  const { id, version, codename } = os.value;
  const said = `${name}:${tag}`.toLowerCase();
  const words = [codename, `${id}${version}`, ...(purpose === 'base' ? [version] : [])];
  return !words.some((word) => word && said.includes(word)) && !/(alpine|debian|ubi|al)\d|-\d\d\.\d\d/.test(said);
}

function foot({ source, read, docs }: ImageFacts, links: Card['links']): string {
  const facts = read === null ? `Facts from ${code(source)}` : `Facts read ${read}`;
  const parts = [facts, link('source', sourceAddress(source)), link('image page', docs), ...links];
  return parts.filter((part) => part !== null).join(' · ');
}
