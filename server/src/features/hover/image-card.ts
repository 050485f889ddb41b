import type { ImageFacts } from '../../catalog/model.js';
import type { ImageReference } from '../../catalog/reference.js';
import type { Fact } from '../../fact.js';
import { contentsRows } from './contents.js';
import { code, commandLine, link, page, prose, sourceAddress, table } from './markdown.js';
import { imageTitle, osTitle, referenceTitle, systemTitle, userTitle } from './words.js';

/** Title and facts of an image; `after` are the paragraphs about its use in this file, `today` is YYYY-MM-DD. */
export function imageCard(
  facts: ImageFacts,
  what: { reference: ImageReference; today: string; after: readonly (string | null)[] },
): string {
  const { reference, today, after } = what;
  const title = `**${imageTitle(facts)}** · ${facts.vendor} · ${referenceTitle(reference.text)}`;
  if (facts.isWindows) return page(title, 'A Windows image: only Linux images are described here.');
  return page(title, warning(facts, today), factTable(facts, today), noteOf(facts), ...after, foot(facts));
}

/** Retired and deprecated images say so before anything else. */
function warning({ status, eol, replacement, note }: ImageFacts, today: string): string | null {
  const instead = replacement ? ` Use ${code(replacement)} instead.` : '';
  const end = eol === null ? '' : eol <= today ? ` since ${eol}` : `, until ${eol}`;
  if (status === 'retired' && isEnd(note)) return `${prose(note)}${instead}`;
  if (status === 'retired') return `**No longer built**${end}.${instead}`;
  if (status === 'deprecated') return `**Deprecated**${end}.${instead}`;
  return null;
}

const longestNote = 140;

function noteOf({ note, status }: ImageFacts): string | null {
  if (!note || note.length > longestNote || (status === 'retired' && isEnd(note))) return null;
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
    ...contentsRows(facts),
    row('Support', supportTitle(facts, today)),
    row('Access', accessTitle(facts)),
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

/** The end of the image's own support, and that of its distribution. */
function supportTitle({ eol, osEol, osLtsEol, os }: ImageFacts, today: string): string | null {
  const system = os.known && os.value ? osTitle({ ...os.value, codename: null }) : 'its distribution';
  const long = osLtsEol && osEol && osLtsEol > osEol ? ` (long-term support until ${osLtsEol})` : '';
  const own = eol ? end(eol, today) : null;
  const distribution = osEol && osEol !== eol ? `${system} ${end(osEol, today)}${long}` : null;
  return [own, distribution].filter((part) => part !== null).join('; ') || null;
}

function end(date: string, today: string): string {
  return date <= today ? `**ended ${date}**` : `until ${date}`;
}

const accessTitles: Readonly<Record<NonNullable<ImageFacts['access']>, string>> = {
  public: 'public',
  'free-login': 'login with a free account',
  subscription: 'paid subscription',
};

function accessTitle({ access, signing, size }: ImageFacts): string | null {
  const parts = [
    access ? accessTitles[access] : null,
    signing && signing !== 'none' && signing !== 'unknown' ? 'signed' : null,
    size ? `${sizeTitle(size.compressedMB)} compressed` : null,
  ].filter((part) => part !== null);
  return parts.length > 0 ? parts.join(', ') : null;
}

/** `2.1 MB`, `43 MB`. */
export function sizeTitle(megabytes: number): string {
  return `${megabytes < 10 ? Math.round(megabytes * 10) / 10 : Math.round(megabytes)} MB`;
}

/** A tag that names neither code name nor release moves from one to the next. */
function isMoving({ os, tag, name, status, purpose, note }: ImageFacts): boolean {
  if (!os.known || !os.value?.version || os.value.id === 'wolfi') return false;
  if (status === 'retired' || status === 'deprecated' || note?.includes('stays on')) return false;
  const { id, version, codename } = os.value;
  const said = `${name}:${tag}`.toLowerCase();
  const words = [codename, `${id}${version}`, ...(purpose === 'base' ? [version] : [])];
  return !words.some((word) => word && said.includes(word)) && !/(alpine|debian|ubi|al)\d|-\d\d\.\d\d/.test(said);
}

function foot({ source, read, docs }: ImageFacts): string {
  const links = [link('source', sourceAddress(source)), link('image page', docs)].filter((part) => part !== null);
  return [`Facts read ${read}`, ...links].join(' · ');
}
