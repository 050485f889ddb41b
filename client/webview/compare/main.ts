import type { Comparison } from '../../../server/src/protocol.js';
import type { ShowComparison, ToCompareView, ViewState } from '../../src/messages.js';
import { element, keepingFocus } from '../dom.js';
import { connect, type Host } from '../host.js';
import { scaleOf } from './cells.js';
import { createFilters } from './filters.js';
import { filterRows, nextSort, sortRows, toggles, type Filter, type Sort } from './rows.js';
import { createTable } from './table.js';

/** What the reader has chosen; kept while the panel is hidden and over a reload. */
type Choice = { readonly sort: Sort; readonly filter: Filter };

const noFilter: Filter = { text: '', toggles: [] };

const view = document.querySelector<HTMLElement>('#view') ?? document.body;
const heading = element('header');
const filters = createFilters((filter) => choose({ ...choice, filter }));
const table = createTable((column) => choose({ ...choice, sort: nextSort(choice.sort, column) }));

let shown: ShowComparison | null = null;
const host = connect<ToCompareView>(receive);
let choice: Choice = choiceOf(host.getState());
filters.set(choice.filter);

document.addEventListener('keydown', ({ key }) => {
  if (key === 'Escape') choose({ ...choice, filter: noFilter });
});
view.addEventListener('click', ({ target }) => {
  const button = target instanceof Element ? target.closest<HTMLElement>('button') : null;
  const { reference, page, line } = button?.dataset ?? {};
  if (reference !== undefined) host.postMessage({ kind: 'showChange', reference });
  if (page !== undefined) host.postMessage({ kind: 'openPage', page });
  if (line !== undefined) host.postMessage({ kind: 'goTo', line: Number(line) });
});

function receive(message: ToCompareView, from: Host): void {
  if (message.kind === 'nothing') {
    shown = null;
    view.replaceChildren(element('p', { class: 'nothing', role: 'status' }, message.text));
    return;
  }
  const isOther = !shown || subjectOf(shown) !== subjectOf(message);
  shown = message;
  remember(from);
  keepingFocus(view, () => {
    heading.replaceChildren(...headingOf(message));
    if (!view.contains(table.root)) view.replaceChildren(heading, filters.root, table.root);
    draw();
  });
  if (!isOther) return;
  table.root.scrollTo(0, 0);
  view.scrollTo(0, 0);
}

/** Tells one question from another, which is read from the top. */
function subjectOf({ comparison: { uri, stage } }: ShowComparison): string {
  return JSON.stringify([uri, stage.index, stage.reference]);
}

function choose(next: Choice): void {
  choice = next;
  filters.set(choice.filter);
  remember(host);
  keepingFocus(view, draw);
}

function draw(): void {
  if (!shown) return;
  const { rows } = shown.comparison;
  const kept = filterRows(rows, choice.filter);
  table.setColumns(rows);
  table.setSort(choice.sort);
  table.setRows(sortRows(kept, choice.sort), scaleOf(rows, today()));
  const others = rows.filter(({ isPresent }) => !isPresent).length;
  const left = kept.filter(({ isPresent }) => !isPresent).length;
  filters.count(left === others ? plural(others) : `${left} of ${plural(others)}`);
}

function headingOf({ comparison: { stage, needs }, file }: ShowComparison): Node[] {
  const title = element('h1', {}, stage.name === null ? 'Base images' : `Base images for stage '${stage.name}'`);
  const button = { type: 'button', class: 'link', 'data-key': 'line', 'data-line': stage.line };
  const place = element('button', button, `${file}, line ${stage.line + 1}`);
  const line = element('p', { class: 'place' }, place, ' ', element('code', {}, `FROM ${stage.reference}`));
  return needs.length === 0 ? [title, line] : [title, line, needsList(needs)];
}

function needsList(needs: Comparison['needs']): HTMLElement {
  const items = needs.map((need) => element('li', {}, need));
  return element('div', { class: 'needs' }, element('span', { id: 'needs' }, 'Needs'), listOf(items));
}

function listOf(items: readonly HTMLElement[]): HTMLElement {
  return element('ul', { 'aria-labelledby': 'needs' }, ...items);
}

function remember(to: Host): void {
  if (!shown) return;
  const { comparison, position } = shown;
  const state: ViewState & Choice = { uri: comparison.uri, position, ...choice };
  to.setState(state);
}

function choiceOf(state: unknown): Choice {
  const { sort = null, filter = noFilter } = (state ?? {}) as Partial<Choice>;
  return { sort, filter: { text: filter.text, toggles: filter.toggles.filter((one) => toggles.includes(one)) } };
}

function plural(count: number): string {
  return count === 1 ? '1 other base image' : `${count} other base images`;
}

/** Of the reader's clock, as YYYY-MM-DD. */
function today(): string {
  const now = new Date();
  return [now.getFullYear(), now.getMonth() + 1, now.getDate()].map((part) => String(part).padStart(2, '0')).join('-');
}
