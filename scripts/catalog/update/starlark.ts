/** A literal of a Bazel file: text, list (a tuple is one too) or table. */
export type Literal = string | readonly Literal[] | { readonly [key: string]: Literal };
export type Scope = Readonly<Record<string, Literal>>;

/**
 * The literals that are given to names at the left margin: `DISTROS = ["debian13"]`. Anything else (calls, `load`,
 * comprehensions, numbers) is passed over.
 */
export function readLiterals(text: string): Scope {
  const scope: Record<string, Literal> = {};
  const plain = withoutComments(text);
  for (const match of plain.matchAll(/^([A-Z][A-Z0-9_]*) = (?=["[{(])/gm)) {
    const value = readLiteral(plain.slice(match.index + match[0].length));
    if (value !== null && match[1]) scope[match[1]] = value;
  }
  return scope;
}

/** `for NAMES in LIST`, where LIST is a name with keys behind it: `ARCHITECTURES[distro][version]`. */
export type Loop = { readonly names: readonly string[]; readonly list: string; readonly keys: readonly string[] };

/**
 * Every text that `template` makes while the loops run through their lists: `"java" + version + ":" + tag`. Null when a
 * name or a key is not in scope.
 */
export function expandTemplate(template: string, loops: readonly Loop[], scope: Scope): readonly string[] | null {
  const [loop, ...rest] = loops;
  if (!loop) {
    const text = joinTexts(template, scope);
    return text === null ? null : [text];
  }
  const list = lookUp(loop, scope);
  if (!Array.isArray(list)) return null;
  const all: string[] = [];
  for (const item of list as readonly Literal[]) {
    const inner = expandTemplate(template, rest, { ...scope, ...bind(loop.names, item) });
    if (inner === null) return null;
    all.push(...inner);
  }
  return all;
}

/** `for (a, b) in LIST[key]` of a comprehension, in their order. */
export function readLoops(text: string): readonly Loop[] {
  const pattern = /\bfor \(?([\w, ]+?)\)? in (\w+)((?:\[\w+\])*)/g;
  return [...text.matchAll(pattern)].map(([, names = '', list = '', keys = '']) => ({
    names: names.split(',').map((name) => name.trim()),
    list,
    keys: [...keys.matchAll(/\w+/g)].map(([key]) => key),
  }));
}

function bind(names: readonly string[], item: Literal): Scope {
  const values: readonly Literal[] = names.length > 1 && Array.isArray(item) ? (item as readonly Literal[]) : [item];
  return Object.fromEntries(names.map((name, index) => [name, values[index] ?? '']));
}

function lookUp({ list, keys }: Loop, scope: Scope): Literal | undefined {
  let value: Literal | undefined = scope[list];
  for (const key of keys) {
    const name = scope[key];
    if (typeof name !== 'string' || typeof value !== 'object' || Array.isArray(value)) return undefined;
    value = (value as Readonly<Record<string, Literal>>)[name];
  }
  return value;
}

function joinTexts(template: string, scope: Scope): string | null {
  const parts = template.split(' + ').map((part) => {
    const text = /^"([^"]*)"$/.exec(part.trim())?.[1] ?? scope[part.trim()];
    return typeof text === 'string' ? text : null;
  });
  return parts.includes(null) ? null : parts.join('');
}

function withoutComments(text: string): string {
  return text.replace(/^((?:[^"#\n]|"[^"\n]*")*)#.*$/gm, '$1');
}

/** The literal at the start of a text whose texts are written with double quotes; JSON but for tuples and last commas. */
function readLiteral(text: string): Literal | null {
  const end = endOf(text);
  if (end === null) return null;
  const parts = text.slice(0, end).match(/"(?:[^"\\]|\\.)*"|[[\]{}(),:]|[^\s"[\]{}(),:]+/g) ?? [];
  const json = parts.map((part) => (part === '(' ? '[' : part === ')' ? ']' : part)).join('');
  try {
    return JSON.parse(json.replace(/,(?=[\]}])/g, '')) as Literal;
  } catch {
    return null;
  }
}

/** Where the brackets that open first are closed, or the text ends. */
function endOf(text: string): number | null {
  let depth = 0;
  for (const match of text.matchAll(/"(?:[^"\\]|\\.)*"|[[\]{}()]/g)) {
    if (/^[[{(]/.test(match[0])) depth++;
    if (/^[\]})]/.test(match[0])) depth--;
    if (depth === 0) return match.index + match[0].length;
  }
  return null;
}
