/** An object of a JSON, YAML or TOML text, taken for what it is and for nothing else. */
export type DataObject = Readonly<Record<string, unknown>>;

/** Null for what is no object; a list is none. */
export function asObject(value: unknown): DataObject | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as DataObject) : null;
}

/** What stands under a name; undefined where nothing does, and for what is no object. */
export function field(value: unknown, name: string): unknown {
  const object = asObject(value);
  return object && Object.hasOwn(object, name) ? object[name] : undefined;
}

/** The text under a name; null for anything else. */
export function textField(value: unknown, name: string): string | null {
  const found = field(value, name);
  return typeof found === 'string' ? found : null;
}

/** The texts of a list under a name, or the one text that stands for a list of one. */
export function textsField(value: unknown, name: string): readonly string[] {
  const found = field(value, name);
  if (typeof found === 'string') return [found];
  return Array.isArray(found) ? found.filter((one): one is string => typeof one === 'string') : [];
}

/** The names in an object; none for anything else. */
export function keysOf(value: unknown): readonly string[] {
  return Object.keys(asObject(value) ?? {});
}

/** What an object holds by name; nothing for anything else. */
export function entriesOf(value: unknown): readonly (readonly [string, unknown])[] {
  return Object.entries(asObject(value) ?? {});
}
