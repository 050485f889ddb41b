type Attributes = Readonly<Record<string, string | number | boolean | null>>;
type Child = Node | string | null;

/**
 * Makes an element. Text only ever becomes a text node, so a name that looks like markup stays a name. An attribute
 * that is null or false is left out; one that is true is there without a value.
 */
export function element<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  attributes: Attributes = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[Tag] {
  const made = document.createElement(tag);
  attach(made, attributes, children);
  return made;
}

export function drawn<Tag extends keyof SVGElementTagNameMap>(
  tag: Tag,
  attributes: Attributes = {},
  ...children: readonly Child[]
): SVGElementTagNameMap[Tag] {
  const made = document.createElementNS('http://www.w3.org/2000/svg', tag);
  attach(made, attributes, children);
  return made;
}

/** Runs `change` on `root` and gives the focus back to the element with the same data-key, if there still is one. */
export function keepingFocus(root: HTMLElement, change: () => void): void {
  const key = document.activeElement?.getAttribute('data-key') ?? null;
  change();
  if (key === null || document.activeElement?.getAttribute('data-key') === key) return;
  root.querySelector<HTMLElement>(`[data-key="${CSS.escape(key)}"]`)?.focus();
}

function attach(made: Element, attributes: Attributes, children: readonly Child[]): void {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === false) continue;
    made.setAttribute(name, value === true ? '' : String(value));
  }
  made.append(...children.filter((child) => child !== null));
}
