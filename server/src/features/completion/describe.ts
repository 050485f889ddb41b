import { findImage, type Catalog } from '../../catalog/catalog.js';
import type { ImageFacts } from '../../catalog/model.js';
import { parseReference } from '../../catalog/reference.js';
import { sizeTitle } from '../hover/image-card.js';
import { bullets, code, link, page } from '../hover/markdown.js';
import { imageTitle, systemTitle, userTitle } from '../hover/words.js';
import { factsOfImage, joinFacts } from '../short-facts.js';
import { familyTitle, repositoryOf } from './images.js';
import { usefulTags } from './tags.js';

/** `detail`: family and facts in a line. `markdown`: a short card. */
export type Description = { readonly detail: string; readonly markdown: string };

/** What is known of an image; a name without tag stands for its most useful tag. Null when nothing is known. */
export function describeImage(catalog: Catalog, text: string, today: string): Description | null {
  const reference = parseReference(text);
  if (!reference) return null;
  const isName = reference.tag === null;
  const tag = reference.tag ?? bestTag(catalog, text, today);
  const facts = findImage(catalog, { ...reference, tag });
  if (!facts) return null;
  const shown = isName && tag !== null ? `${text}:${tag}` : text;
  return { detail: detailOf(facts), markdown: card(facts, shown, today) };
}

/** The family, then the facts that decide what runs on the image. */
export function detailOf(facts: ImageFacts): string {
  const { libc, shell, user } = factsOfImage(facts);
  return joinFacts([familyTitle(facts), libc, shell, user]);
}

function bestTag(catalog: Catalog, name: string, today: string): string | null {
  const repository = repositoryOf(catalog, name);
  return (repository && usefulTags(repository, { wish: { role: 'run', version: null }, today })[0]?.tag) ?? null;
}

function card(facts: ImageFacts, shown: string, today: string): string {
  const origin = facts.read === null ? `from ${code(facts.source)}` : `read ${facts.read}`;
  if (facts.isWindows) return page(`${code(shown)} is a Windows image.`);
  const { shells, user, size, replacement } = facts;
  const run = [shells.known ? shellsOf(shells.value) : null, user.known ? `runs as ${userTitle(user)}` : null];
  const lines = [
    systemTitle(facts),
    run.filter((part) => part !== null).join(', '),
    supportOf(facts, today),
    size ? `${sizeTitle(size.compressedMB)} compressed` : '',
    replacement ? `replaced by ${code(replacement)}` : '',
  ];
  return page(
    `**${imageTitle(facts)}** · ${facts.vendor}`,
    bullets(lines.filter((line) => line !== '')),
    [`Facts of ${code(shown)}, ${origin}`, link('image page', facts.docs)].filter(Boolean).join(' · '),
  );
}

function shellsOf(paths: readonly string[]): string {
  return paths.length === 0 ? 'no shell' : `shell ${code(paths.find((path) => path === '/bin/sh') ?? paths[0] ?? '')}`;
}

function supportOf({ status, eol, osEol }: ImageFacts, today: string): string {
  if (status === 'retired') return 'no longer built';
  const own = eol === null ? null : eol > today ? `supported until ${eol}` : `support ended ${eol}`;
  const system =
    osEol === null ? null : `distribution ${osEol > today ? 'supported until' : 'without support since'} ${osEol}`;
  const given = status === 'deprecated' ? 'deprecated' : null;
  return [given, own ?? system].filter((part) => part !== null).join(', ');
}
