import type { Span } from '../text/span.js';

/** A block of HCL: `target "app" { … }`. What is no plain attribute or block is passed over. */
export type HclBlock = {
  readonly type: string;
  readonly labels: readonly string[];
  readonly span: Span;
  readonly attributes: ReadonlyMap<string, HclAttribute>;
  readonly blocks: readonly HclBlock[];
};

export type HclAttribute = { readonly value: HclValue; readonly span: Span };

/** `template`: text with `${…}` in it, as written. `other`: a function call, a condition, anything else. */
export type HclValue =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'template'; readonly text: string }
  | { readonly kind: 'name'; readonly name: string }
  | { readonly kind: 'list'; readonly items: readonly HclValue[] }
  | { readonly kind: 'object'; readonly fields: ReadonlyMap<string, HclAttribute> }
  | { readonly kind: 'other' };

const deepest = 50;

/** The blocks and attributes of a text of HCL; null where its brackets do not match. Source: HCL native syntax, spec.md. */
export function readHcl(text: string): Pick<HclBlock, 'attributes' | 'blocks'> | null {
  const tokens = tokensOf(text);
  if (!tokens) return null;
  const reader = new Reader(tokens);
  const body = reader.body(0);
  return reader.isAtEnd() && !reader.failed ? body : null;
}

type Token = {
  readonly kind: 'name' | 'text' | 'template' | 'mark' | 'line';
  readonly text: string;
  readonly span: Span;
};

const pieces =
  /(?<space>[ \t\r]+|#[^\n]*|\/\/[^\n]*|\/\*[\s\S]*?\*\/)|(?<line>\n)|(?<name>[A-Za-z_][\w-]*|-?\d[\w.]*)|(?<mark>=>|==|!=|<=|>=|&&|\|\||\.\.\.|[{}[\](),=.:?<>!+*/%-])/y;

function tokensOf(text: string): Token[] | null {
  const tokens: Token[] = [];
  for (let at = 0; at < text.length;) {
    const string = text[at] === '"' ? stringAt(text, at) : heredocAt(text, at);
    if (string) {
      tokens.push(string);
      at = string.span.end;
      continue;
    }
    pieces.lastIndex = at;
    const match = pieces.exec(text);
    if (!match) return null;
    const { name, mark, line } = match.groups ?? {};
    const span = { start: at, end: at + match[0].length };
    const kind = name === undefined ? (mark === undefined ? (line === undefined ? null : 'line') : 'mark') : 'name';
    if (kind) tokens.push({ kind, text: match[0], span });
    at = span.end;
  }
  return tokens;
}

/** A quoted text; `${` up to its bracket belongs to it, whatever stands inside. */
function stringAt(text: string, start: number): Token | null {
  let depth = 0;
  let isTemplate = false;
  for (let at = start + 1; at < text.length; at++) {
    const character = text[at];
    if (character === '\\') at++;
    else if ((character === '$' || character === '%') && text[at + 1] === '{' && text[at - 1] !== character) {
      isTemplate = true;
      depth++;
      at++;
    } else if (depth > 0 && character === '}') depth--;
    else if (depth === 0 && character === '"') {
      const inner = text
        .slice(start + 1, at)
        .replace(/\\(["\\])/g, '$1')
        .replaceAll('\\n', '\n');
      return { kind: isTemplate ? 'template' : 'text', text: inner, span: { start, end: at + 1 } };
    } else if (depth === 0 && character === '\n') return null;
  }
  return null;
}

function heredocAt(text: string, start: number): Token | null {
  if (!text.startsWith('<<', start)) return null;
  const head = /^<<-?([A-Za-z_]\w*)\r?\n/.exec(text.slice(start, start + 200));
  if (!head) return null;
  const end = new RegExp(`^[ \\t]*${head[1] ?? ''}[ \\t]*\\r?$`, 'm').exec(text.slice(start + head[0].length));
  const stop = end ? start + head[0].length + end.index + end[0].length : text.length;
  return { kind: 'template', text: '', span: { start, end: stop } };
}

class Reader {
  failed = false;
  #at = 0;
  readonly #tokens: readonly Token[];

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens;
  }

  isAtEnd(): boolean {
    return this.#at >= this.#tokens.length;
  }

  /** Attributes and blocks up to the closing bracket, which is left where it is. */
  body(depth: number): Pick<HclBlock, 'attributes' | 'blocks'> {
    const attributes = new Map<string, HclAttribute>();
    const blocks: HclBlock[] = [];
    this.failed ||= depth > deepest;
    while (!this.isAtEnd() && !this.failed && !this.#is('}')) {
      const token = this.#next();
      if (token?.kind === 'line') continue;
      if (token?.kind !== 'name' && token?.kind !== 'text') this.failed = true;
      else if (this.#is('=')) {
        this.#at++;
        attributes.set(token.text, this.#attribute(token, depth));
      } else this.#block(token, { blocks, depth });
    }
    return { attributes, blocks };
  }

  #block(type: Token, { blocks, depth }: { blocks: HclBlock[]; depth: number }): void {
    const labels: string[] = [];
    let last = type;
    for (let token = this.#peek(); token?.kind === 'name' || token?.kind === 'text'; token = this.#peek()) {
      labels.push(token.text);
      last = token;
      this.#at++;
    }
    if (!this.#take('{')) return;
    const body = this.body(depth + 1);
    this.#take('}');
    blocks.push({ type: type.text, labels, span: { start: type.span.start, end: last.span.end }, ...body });
  }

  #attribute(name: Token, depth: number): HclAttribute {
    const value = this.#value(depth + 1);
    const end = this.#tokens[this.#at - 1]?.span.end ?? name.span.end;
    return { value, span: { start: name.span.start, end } };
  }

  /** One value; what follows it in the same expression makes it another one that is not known. */
  #value(depth: number): HclValue {
    this.failed ||= depth > deepest;
    const value = this.#simple(depth);
    let isWhole = true;
    while (!this.isAtEnd() && !this.failed) {
      const token = this.#peek();
      if (!token || token.kind === 'line' || /^[,}\])]$/.test(token.text)) break;
      isWhole = false;
      if (/^[{[(]$/.test(token.text)) this.#skipBracket(depth + 1);
      else this.#at++;
    }
    return isWhole ? value : { kind: 'other' };
  }

  #simple(depth: number): HclValue {
    const token = this.#peek();
    if (!token || this.failed) return { kind: 'other' };
    if (token.text === '[' && token.kind === 'mark') return this.#list(depth);
    if (token.text === '{' && token.kind === 'mark') return this.#object(depth);
    if (token.kind === 'mark' || token.kind === 'line') return { kind: 'other' };
    this.#at++;
    if (token.kind === 'name')
      return /^[\d-]/.test(token.text) ? { kind: 'text', text: token.text } : { kind: 'name', name: token.text };
    return { kind: token.kind === 'text' ? 'text' : 'template', text: token.text };
  }

  #list(depth: number): HclValue {
    const items: HclValue[] = [];
    this.#at++;
    for (this.#skipLines(); !this.isAtEnd() && !this.failed && !this.#is(']'); this.#skipLines()) {
      if (this.#is(',')) this.#at++;
      else items.push(this.#value(depth + 1));
    }
    this.#take(']');
    return { kind: 'list', items };
  }

  #object(depth: number): HclValue {
    const fields = new Map<string, HclAttribute>();
    this.#at++;
    for (this.#skipLines(); !this.isAtEnd() && !this.failed && !this.#is('}'); this.#skipLines()) {
      if (this.#is(',')) {
        this.#at++;
        continue;
      }
      const key = this.#next();
      if (!key || key.kind === 'line' || (!this.#is('=') && !this.#is(':'))) this.failed = true;
      else {
        this.#at++;
        fields.set(key.text, this.#attribute(key, depth + 1));
      }
    }
    this.#take('}');
    return { kind: 'object', fields };
  }

  #skipBracket(depth: number): void {
    this.failed ||= depth > deepest;
    this.#at++;
    while (!this.isAtEnd() && !this.failed) {
      const token = this.#peek();
      if (token?.kind === 'mark' && /^[\])}]$/.test(token.text)) break;
      if (token?.kind === 'mark' && /^[{[(]$/.test(token.text)) this.#skipBracket(depth + 1);
      else this.#at++;
    }
    this.#at++;
  }

  #skipLines(): void {
    while (this.#peek()?.kind === 'line') this.#at++;
  }

  #peek(): Token | undefined {
    return this.#tokens[this.#at];
  }

  #next(): Token | undefined {
    return this.#tokens[this.#at++];
  }

  #is(mark: string): boolean {
    const token = this.#peek();
    return token?.kind === 'mark' && token.text === mark;
  }

  #take(mark: string): boolean {
    const isThere = this.#is(mark);
    this.failed ||= !isThere;
    this.#at++;
    return isThere;
  }
}
