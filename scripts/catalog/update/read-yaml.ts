import { parse } from 'yaml';

/** Days stay as they are written. */
export type YamlValue = string | number | boolean | null | readonly YamlValue[] | { readonly [key: string]: YamlValue };
export type YamlMap = { readonly [key: string]: YamlValue };

/** The table at the top of a YAML text, or null when it is none or the text is no YAML. */
export function readYaml(text: string): YamlMap | null {
  try {
    const value = parse(text, { schema: 'core', logLevel: 'silent' }) as YamlValue;
    return isMap(value) ? value : null;
  } catch {
    return null;
  }
}

/** The same for what stands between the lines of dashes at the top of a page. */
export function readFrontMatter(text: string): YamlMap | null {
  const match = /^---\r?\n([\s\S]*?)\r?\n---\s*(?:\n|$)/.exec(text);
  return match?.[1] === undefined ? null : readYaml(match[1]);
}

export function isMap(value: YamlValue | undefined): value is YamlMap {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The tables of a list; nothing for any other value. */
export function mapsOf(value: YamlValue | undefined): readonly YamlMap[] {
  return Array.isArray(value) ? (value as readonly YamlValue[]).filter(isMap) : [];
}

/** The texts of a list, numbers too; null for any other value. */
export function textsOf(value: YamlValue | undefined): readonly string[] | null {
  if (!Array.isArray(value)) return null;
  const list = value as readonly YamlValue[];
  return list.every((item) => typeof item === 'string' || typeof item === 'number') ? list.map(String) : null;
}

export function textOf(value: YamlValue | undefined): string | null {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : null;
}
