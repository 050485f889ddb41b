import { element } from '../dom.js';
import type { Filter, Toggle } from './rows.js';

export type Filters = {
  readonly root: HTMLElement;
  readonly set: (filter: Filter) => void;
  /** Says how many rows are left, also to a screen reader. */
  readonly count: (text: string) => void;
};

const titles: readonly (readonly [Toggle, string])[] = [
  ['noShell', 'No shell'],
  ['notRoot', 'Not root'],
  ['public', 'Public'],
  ['glibc', 'glibc'],
  ['musl', 'musl'],
];

/** A field and toggle buttons; `change` is called with what they ask for. */
export function createFilters(change: (filter: Filter) => void): Filters {
  let current: Filter = { text: '', toggles: [] };
  const input = element('input', {
    type: 'search',
    'aria-label': 'Filter base images',
    placeholder: 'Filter',
    spellcheck: 'false',
    'data-key': 'filter',
  });
  const buttons = titles.map(([toggle, title]) => toggleButton(toggle, title, () => flip(toggle)));
  const status = element('span', { class: 'count', role: 'status' });
  const group = element('div', { class: 'toggles', role: 'group', 'aria-label': 'Show only' }, ...buttons);

  const set = (filter: Filter) => {
    current = filter;
    if (input.value !== filter.text) input.value = filter.text;
    for (const [index, [toggle]] of titles.entries()) {
      buttons[index]?.setAttribute('aria-pressed', String(filter.toggles.includes(toggle)));
    }
  };
  const ask = (filter: Filter) => {
    set(filter);
    change(filter);
  };
  const flip = (toggle: Toggle) => {
    const { toggles } = current;
    const next = toggles.includes(toggle) ? toggles.filter((one) => one !== toggle) : [...toggles, toggle];
    ask({ ...current, toggles: next });
  };
  input.addEventListener('input', () => ask({ ...current, text: input.value }));
  return {
    root: element('div', { class: 'filters', role: 'search' }, input, group, status),
    set,
    count: (text) => (status.textContent = text),
  };
}

function toggleButton(toggle: Toggle, title: string, flip: () => void): HTMLElement {
  const attributes = { type: 'button', class: 'toggle', 'aria-pressed': 'false', 'data-key': `toggle ${toggle}` };
  const button = element('button', attributes, title);
  button.addEventListener('click', flip);
  return button;
}
