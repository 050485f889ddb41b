import { knowsRepository, type Catalog } from '../../catalog/catalog.js';
import { familyPage } from '../../catalog/families.js';
import type { ImageFacts } from '../../catalog/model.js';
import { familiarName, type ImageReference } from '../../catalog/reference.js';
import { startProcess } from '../../interpret/query.js';
import type { Base, Source, Stage } from '../../interpret/state.js';
import type { LineIndex } from '../../text/lines.js';
import { alternatives } from '../alternatives.js';
import { flowsFrom } from './flows.js';
import { muslHint, probeHint, sbomHint } from './hints.js';
import { imageCard } from './image-card.js';
import { libcNote } from './libc-note.js';
import { bullets, code, commandLine, linesOf, link, lineOf, page, prose } from './markdown.js';
import { list } from '../../text/list.js';
import type { View } from './view.js';
import { referenceTitle, userTitle } from './words.js';

type ImageBase = Extract<Base, { kind: 'image' }>;

/** The image that a stage is based on: its facts, what they mean here, and what could take its place. */
export function baseImageHover(stage: Stage, base: ImageBase, view: View): string {
  const { analysis } = view;
  const args = argumentNote(base.text, view);
  if (!base.reference) return unreadable(base.text, args);
  if (!base.facts) return unknownImage(stage, { base, args, view });
  const after = base.facts.isWindows
    ? []
    : [
        args,
        pinNote(base.reference),
        loaderNote(stage, view),
        muslHint(stage, view),
        debugNote(base.facts, stage, view),
        choices(stage, view),
        sbomHint(stage, view),
      ];
  const links = [familyLink(base.facts, view), base.facts.isWindows ? null : compareLink(stage, view)];
  return imageCard(base.facts, { reference: base.reference, today: analysis.today, after, links });
}

/** An image that COPY --from or a mount takes files from. */
export function sourceImageHover(source: Extract<Source, { kind: 'image' }>, view: View): string {
  const { analysis } = view;
  const { reference, facts, word } = source;
  const args = argumentNote(word.text, view);
  if (!reference) return unreadable(word.text, args);
  if (!facts) return page(`${missing(reference, analysis.catalog)} What it holds is not known.`, args);
  const after = [args, 'Only the named files are taken from it, not its libraries, user or environment.'];
  return imageCard(facts, { reference, today: analysis.today, after, links: [familyLink(facts, view)] });
}

export function scratchHover(stage: Stage, view: View): string {
  return page(
    '**scratch** · an empty image',
    'No files at all: no libc, shell, CA certificates, time zones, `/tmp` or accounts. Without USER the container runs as root.',
    loaderNote(stage, view),
    muslHint(stage, view),
    choices(stage, view),
    compareLink(stage, view),
  );
}

/** Which value of a build argument chose the image. */
function argumentNote(text: string, { analysis, lines }: View): string | null {
  const names = [...new Set([...text.matchAll(/\$\{?([A-Za-z_]\w*)/g)].map((match) => match[1] ?? ''))];
  const notes = names.flatMap((name) => {
    const value = analysis.buildArgs.get(name);
    if (typeof value !== 'string') return [];
    const declared = analysis.file.globalArgs.flatMap((arg) => arg.declarations).find((one) => one.name === name);
    if (!declared) return [`${code(name)} is ${code(value)}`];
    const isDefault = declared.value?.value === value || declared.value?.value.includes('$');
    const origin = isDefault ? `its default on ${lineOf(lines, declared.span)}` : 'as the settings give it';
    return [`${code(name)} is ${code(value)}, ${origin}`];
  });
  return notes.length > 0 ? `The build argument ${list(notes)}.` : null;
}

function unreadable(text: string, args: string | null): string {
  const why = text.includes('$') ? 'a build argument in it has no default' : 'it is not an image reference';
  return page(`Which image ${code(text)} means is not known: ${why}.`, args);
}

function unknownImage(stage: Stage, what: { base: ImageBase; args: string | null; view: View }): string {
  const { base, args, view } = what;
  return page(
    `${missing(base.reference, view.analysis.catalog)} Its libc, shell and user are not known.`,
    args,
    ownFacts(stage, view.lines),
    compareLink(stage, view),
  );
}

function missing(reference: ImageReference | null, catalog: Catalog): string {
  if (!reference) return '';
  const name = referenceTitle(reference.text);
  if (!knowsRepository(catalog, reference)) return `${name} is not in the catalog.`;
  if (reference.tag === null && reference.digest !== null)
    return `Which release the digest of ${code(familiarName(reference))} stands for is not in the catalog.`;
  return `The catalog knows ${code(familiarName(reference))}, but not the tag ${code(reference.tag ?? 'latest')}.`;
}

/** The facts are those of the tag; a digest beside it may stand for another build. */
function pinNote({ tag, digest }: ImageReference): string | null {
  return tag !== null && digest !== null ? 'The digest decides what is pulled; these are the facts of the tag.' : null;
}

/** What the file itself reveals of an image that the catalog does not know. */
function ownFacts(stage: Stage, lines: LineIndex): string | null {
  const { user } = stage.end;
  const start = startProcess(stage.end);
  const managers = new Map<string, { start: number; end: number }[]>();
  for (const [, item] of stage.end.packages.entries()) {
    managers.set(item.manager, [...(managers.get(item.manager) ?? []), item.span]);
  }
  const facts = [
    ...[...managers].map(([manager, spans]) => `it has ${manager} (${linesOf(lines, spans)})`),
    user.known ? `it runs as ${userTitle(user)}` : null,
    start.known && start.value ? `it starts ${commandLine(start.value.argv)}` : null,
  ].filter((fact) => fact !== null);
  return facts.length > 0 ? `By this Dockerfile, ${list(facts)}.` : null;
}

/** The libc of the stage and, where it matters, a page about the two kinds. */
function loaderNote(stage: Stage, view: View): string | null {
  const note = libcNote(stage, view);
  if (!note || note.endsWith('needs no libc.')) return note;
  return [note, link('glibc and musl', view.links.page('guide/glibc-and-musl.md'))].filter(Boolean).join(' ');
}

function debugNote(facts: ImageFacts, stage: Stage, { links }: View): string | null {
  if (!stage.isFinal || !facts.shells.known || facts.shells.value.length > 0) return null;
  // Of an image that was given up, only the way out of it counts.
  if (facts.status === 'retired' || facts.status === 'deprecated') return null;
  const variant = facts.variants.debug ? `, or the variant ${code(facts.variants.debug)}` : '';
  const more = link('More ways', links.page('guide/debugging-without-a-shell.md'));
  return `To look inside without a shell: \`docker debug\` or \`kubectl debug\`${variant}. ${probeHint} ${more ?? ''}`.trim();
}

function familyLink({ family }: ImageFacts, { links }: View): string | null {
  const path = familyPage(family);
  return path === null ? null : link('about this family', links.page(path));
}

function compareLink({ syntax }: Stage, { links }: View): string | null {
  return link('Compare…', links.comparison(syntax.from.span));
}

function choices(stage: Stage, view: View): string | null {
  const found = alternatives(view.analysis, stage);
  if (found.length === 0) return stageNote(stage, view);
  const lines = found.map(({ reference, why, drawback }) =>
    `${code(reference)}: ${prose(why)}. ${drawback ? `*But* ${prose(drawback)}.` : ''}`.trim(),
  );
  return `**Smaller or safer bases that fit**\n${bullets(lines)}`;
}

/** A build stage needs no smaller base: only what is taken from it counts. */
function stageNote(stage: Stage, view: View): string | null {
  if (stage.isFinal) return null;
  if (!stage.isNeeded) return 'The final image does not need this stage: an ordinary build leaves it out.';
  const flows = flowsFrom(stage, view);
  if (flows.length === 0 || flows.some(({ text }) => text.endsWith('continues it'))) return null;
  return `A build stage: only what is taken from it on ${linesOf(
    view.lines,
    flows.map(({ span }) => span),
  )} goes further.`;
}
