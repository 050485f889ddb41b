import type { ComparisonRow } from '../../../server/src/protocol.js';
import { drawn, element } from '../dom.js';
import { sizeText, type ColumnId } from './rows.js';

/** What the cells of all rows are drawn from: the longest bars, and the day on which an end of life lies behind. */
export type Scale = { readonly megabytes: number; readonly packages: number; readonly today: string };

export type Column = { readonly id: ColumnId; readonly title: string; readonly isNumber?: true };

export const columns: readonly Column[] = [
  { id: 'reference', title: 'Image' },
  { id: 'libc', title: 'C library' },
  { id: 'shell', title: 'Shell' },
  { id: 'packageManager', title: 'Package manager' },
  { id: 'user', title: 'User' },
  { id: 'size', title: 'Size', isNumber: true },
  { id: 'packageCount', title: 'Packages', isNumber: true },
  { id: 'contains', title: 'Contains' },
  { id: 'entrypoint', title: 'Entrypoint' },
  { id: 'family', title: 'Family' },
  { id: 'eol', title: 'End of life' },
  { id: 'access', title: 'Access' },
  { id: 'signing', title: 'Signing and attestations' },
  { id: 'architectures', title: 'Platforms' },
  { id: 'source', title: 'Read' },
];

export function scaleOf(rows: readonly ComparisonRow[], today: string): Scale {
  return {
    megabytes: Math.max(0, ...rows.map(({ size }) => size?.compressedMB ?? 0)),
    packages: Math.max(0, ...rows.map(({ packageCount }) => packageCount ?? 0)),
    today,
  };
}

/** The header of a row: the name, what speaks for and against it, and the way to the change. */
export function imageCell({ reference, isPresent, why, drawback, edit }: ComparisonRow): HTMLElement {
  const name = element('div', { class: 'reference' }, element('bdi', {}, ...breakable(reference)));
  if (isPresent) name.append(' ', element('span', { class: 'badge' }, 'present base'));
  return element(
    'th',
    { scope: 'row', class: 'image' },
    name,
    why ? element('div', { class: 'note' }, why) : null,
    drawback ? element('div', { class: 'note drawback' }, warning(), drawback) : null,
    edit &&
      element(
        'button',
        {
          type: 'button',
          class: 'secondary',
          'data-key': `change ${reference}`,
          'data-reference': reference,
          'aria-label': `Show change to ${reference}`,
        },
        'Show change',
      ),
  );
}

export function cell(row: ComparisonRow, { id, isNumber }: Column, scale: Scale): HTMLElement {
  const made = element('td', { class: isNumber ? `number ${id}` : id });
  made.append(...contents[id](row, scale));
  return made;
}

type Content = (row: ComparisonRow, scale: Scale) => (Node | string)[];

const contents: Readonly<Record<ColumnId, Content>> = {
  reference: ({ reference }) => [reference],
  size: ({ size }, scale) => (size ? sizeContent(size, scale) : [unknown()]),
  packageCount: ({ packageCount }, { packages }) =>
    packageCount === null ? [unknown()] : [packageCount.toLocaleString('en'), bar(packageCount, packages)],
  libc: ({ libc }) => [libc ?? unknown()],
  shell: ({ shell }) => [shell ?? unknown()],
  packageManager: ({ packageManager }) => [packageManager ?? unknown()],
  user: ({ user }) => [user ?? unknown()],
  entrypoint: ({ entrypoint }) => [entrypoint === null ? unknown() : element('code', {}, entrypoint)],
  contains: containsContent,
  family: ({ family, page, reference }) => [page === null ? family : pageButton(family, page, reference)],
  eol: ({ eol }, { today }) => (eol === null ? [unknown()] : eolContent(eol, today)),
  access: ({ access }) => [access ?? unknown()],
  signing: ({ signing, attestations }) => lines([signing, attestations]),
  architectures: ({ architectures }) => [architectures === null ? unknown() : architectures.join(', ') || 'none'],
  source: ({ source, read }) => [element('span', { title: source }, read ?? source)],
};

function sizeContent({ compressedMB, date }: NonNullable<ComparisonRow['size']>, scale: Scale): Node[] {
  const title = `compressed, read on ${date}`;
  return [element('span', { title }, sizeText(compressedMB)), bar(compressedMB, scale.megabytes)];
}

function containsContent({ contains, lacks }: ComparisonRow): (Node | string)[] {
  if (contains.length + lacks.length === 0) return [unknown()];
  const parts: (Node | string)[] = contains.length > 0 ? [contains.join(', ')] : [];
  return lacks.length === 0 ? parts : [...parts, element('div', { class: 'note' }, `without ${lacks.join(', ')}`)];
}

function eolContent(eol: string, today: string): (Node | string)[] {
  return eol <= today ? [element('span', { class: 'ended' }, warning(), eol), hidden(' ended')] : [eol];
}

function pageButton(family: string, page: string, reference: string): HTMLElement {
  const key = `page ${reference}`;
  return element('button', { type: 'button', class: 'link', 'data-key': key, 'data-page': page }, family);
}

/** A long name breaks after its separators, if it has to. */
function breakable(reference: string): (Node | string)[] {
  const parts = reference.split(/(?<=[/:@-])(?=[^/:@-])/);
  return parts.flatMap((part, index) => (index === 0 ? [part] : [element('wbr'), part]));
}

function lines(parts: readonly (string | null)[]): Node[] {
  const known = parts.filter((part) => part !== null);
  return known.length === 0 ? [unknown()] : known.map((part) => element('div', {}, part));
}

/** The number beside it says the same, so the bar is for the eye only. */
function bar(value: number, longest: number): HTMLElement {
  const made = element('div', { class: 'bar', 'aria-hidden': 'true' });
  const filled = element('div');
  filled.style.width = `${longest > 0 ? Math.max(1, (value / longest) * 100) : 0}%`;
  made.append(filled);
  return made;
}

function unknown(): HTMLElement {
  return element('span', { class: 'unknown', title: 'not known' }, '—', hidden('not known'));
}

function hidden(text: string): HTMLElement {
  return element('span', { class: 'for-screen-readers' }, text);
}

function warning(): SVGElement {
  const attributes = { class: 'warning', viewBox: '0 0 16 16', role: 'img', 'aria-label': 'Warning:' };
  return drawn(
    'svg',
    attributes,
    drawn('path', { d: 'M8 1.5 15.2 14.5H.8Z' }),
    drawn('path', { d: 'M8 6v4.2M8 11.6v1.4' }),
  );
}
