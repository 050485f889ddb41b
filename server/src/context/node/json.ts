/** Values of a parsed JSON file, taken for what they are and for nothing else. */
export type JsonObject = Readonly<Record<string, unknown>>;

/** The object in a JSON text; null when it is none. */
export function readJson(text: string): JsonObject | null {
  try {
    const value: unknown = JSON.parse(text);
    return asObject(value);
  } catch {
    return null;
  }
}

export function asObject(value: unknown): JsonObject | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : null;
}

export function field(object: JsonObject | null, name: string): unknown {
  return object && Object.hasOwn(object, name) ? object[name] : undefined;
}

export function textField(object: JsonObject | null, name: string): string | null {
  const value = field(object, name);
  return typeof value === 'string' ? value : null;
}

/** The texts of a list, or the one text that stands for a list of one. */
export function textsField(object: JsonObject | null, name: string): readonly string[] {
  const value = field(object, name);
  if (typeof value === 'string') return [value];
  return Array.isArray(value) ? value.filter((one): one is string => typeof one === 'string') : [];
}

export function keysOf(object: JsonObject | null, name: string): readonly string[] {
  return Object.keys(asObject(field(object, name)) ?? {});
}
