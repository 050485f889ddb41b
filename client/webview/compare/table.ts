import type { ComparisonRow } from '../../../server/src/protocol.js';
import { element } from '../dom.js';
import { cell, columns, imageCell, type Column, type Scale } from './cells.js';
import { keyOf, nextSort, type ColumnId, type Sort } from './rows.js';

export type Table = {
  readonly root: HTMLElement;
  /** A column in which nothing is known of any row is left out, and named below the table. */
  readonly setColumns: (rows: readonly ComparisonRow[]) => void;
  readonly setRows: (rows: readonly ComparisonRow[], scale: Scale) => void;
  /** Shows in the headers by what the rows are sorted. */
  readonly setSort: (sort: Sort) => void;
};

/** An empty table in a box that scrolls; `sortBy` is called with the column whose header was chosen. */
export function createTable(sortBy: (column: ColumnId) => void): Table {
  const body = element('tbody');
  const headers = columns.map((column) => header(column, sortBy));
  const note = element('p', { class: 'blank' });
  let shown = columns;
  const caption = element('caption', { class: 'for-screen-readers' }, captionText);
  const table = element('table', {}, caption, element('thead', {}, element('tr', {}, ...headers)), body);
  const root = element(
    'div',
    { class: 'scroll', role: 'region', 'aria-label': 'Base images', tabindex: 0 },
    table,
    note,
  );
  return {
    root,
    setColumns: (rows) => {
      shown = columns.filter(({ id }) => rows.some((row) => keyOf(row, id) !== null));
      for (const [index, column] of columns.entries())
        headers[index]?.toggleAttribute('hidden', !shown.includes(column));
      const blank = columns.filter((column) => !shown.includes(column)).map(({ title }) => title.toLowerCase());
      note.textContent = blank.length > 0 ? `Not known of any of these images: ${blank.join(', ')}.` : '';
    },
    setRows: (rows, scale) => body.replaceChildren(...rowsOf(rows, shown, scale)),
    setSort: (sort) => {
      for (const [index, column] of columns.entries()) showSort(headers[index], column, sort);
    },
  };
}

const captionText =
  'Base images for this stage. The buttons in the headers sort by their column. A dash stands for what is not known.';

function header({ id, title, isNumber }: Column, sortBy: (column: ColumnId) => void): HTMLElement {
  const arrow = element('span', { class: 'arrow', 'aria-hidden': 'true' });
  const button = element('button', { type: 'button', class: 'sort', 'data-key': `sort ${id}` }, title, arrow);
  button.addEventListener('click', () => sortBy(id));
  return element('th', { scope: 'col', class: isNumber ? 'number' : null }, button);
}

function showSort(header: HTMLElement | undefined, { id, title }: Column, sort: Sort): void {
  const direction = sort?.column === id ? sort.direction : 'none';
  header?.setAttribute('aria-sort', direction);
  const next = nextSort(sort, id);
  header
    ?.querySelector('button')
    ?.setAttribute('title', next ? `Sort by ${title}, ${next.direction}` : 'Order of advice');
  const arrow = header?.querySelector('.arrow');
  if (arrow) arrow.textContent = { ascending: '▲', descending: '▼', none: '' }[direction];
}

function rowsOf(rows: readonly ComparisonRow[], shown: readonly Column[], scale: Scale): HTMLElement[] {
  const made = rows.map((row) => {
    const cells = shown.map((column) => (column.id === 'reference' ? imageCell(row) : cell(row, column, scale)));
    return element('tr', { class: row.isPresent ? 'present' : null }, ...cells);
  });
  if (rows.some(({ isPresent }) => !isPresent)) return made;
  const nothing = element('td', { colspan: shown.length, class: 'nothing' }, 'No other base image to show.');
  return [...made, element('tr', {}, nothing)];
}
