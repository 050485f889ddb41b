import { SaxesParser } from 'saxes';
import type { SourceFile } from '../../text/source-file.js';
import type { Span } from '../../text/span.js';
import { memo } from '../memo.js';

export type XmlElement = {
  /** Without a namespace prefix. */
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: readonly XmlElement[];
  /** The text directly in it, without the white space around it. */
  readonly text: string;
  /** The text; the start tag where there is none. */
  readonly span: Span;
  /** The start tag. */
  readonly tag: Span;
};

type OpenElement = {
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly tag: Span;
  readonly children: XmlElement[];
  readonly texts: string[];
};

const deepest = 60;
const mostElements = 100_000;

/** The root element of an XML file; null when it is not well-formed, or deeper or longer than any project file. */
export const readXml = memo(({ text }: SourceFile): XmlElement | null => {
  const builder = new Builder(text);
  const parser = new SaxesParser({ xmlns: false });
  let failed = false;
  let start = 0;
  parser.on('error', () => {
    failed = true;
  });
  parser.on('opentagstart', ({ name }) => {
    start = text.lastIndexOf(`<${name}`, parser.position);
  });
  parser.on('opentag', ({ name, attributes }) => {
    const span = { start: Math.max(0, start), end: parser.position };
    builder.open(localName(name), new Map(Object.entries(attributes)), span);
  });
  parser.on('text', (part) => builder.text(part));
  parser.on('cdata', (part) => builder.text(part));
  parser.on('closetag', () => builder.close(parser.position));
  try {
    parser.write(text).close();
  } catch {
    return null;
  }
  return failed || builder.isTooMuch ? null : builder.root;
});

/** The children of an element by name. */
export function childrenOf(element: XmlElement | null | undefined, name: string): readonly XmlElement[] {
  return element?.children.filter((child) => child.name === name) ?? [];
}

/** The first element at a path of names below another. */
export function at(element: XmlElement | null | undefined, ...names: readonly string[]): XmlElement | null {
  let found = element ?? null;
  for (const name of names) found = childrenOf(found, name)[0] ?? null;
  return found;
}

/** Puts the events of the parser together. */
class Builder {
  root: XmlElement | null = null;
  isTooMuch = false;
  private readonly stack: OpenElement[] = [];
  private count = 0;

  constructor(private readonly source: string) {}

  open(name: string, attributes: ReadonlyMap<string, string>, tag: Span): void {
    this.count++;
    this.isTooMuch ||= this.stack.length >= deepest || this.count > mostElements;
    this.stack.push({ name, attributes, tag, children: [], texts: [] });
  }

  text(part: string): void {
    this.stack.at(-1)?.texts.push(part);
  }

  close(position: number): void {
    const open = this.stack.pop();
    if (!open) return;
    const text = open.texts.join('').trim();
    const { name, attributes, children, tag } = open;
    const span = text === '' ? tag : this.spanOf(tag.end, position);
    const element = { name, attributes, children, text, span, tag };
    const parent = this.stack.at(-1);
    if (parent) parent.children.push(element);
    else this.root = element;
  }

  /** What stands between the two tags, without the white space around it. */
  private spanOf(from: number, to: number): Span {
    const end = this.source.lastIndexOf('</', to - 1);
    const inner = this.source.slice(from, Math.max(from, end));
    const start = from + inner.length - inner.trimStart().length;
    return { start, end: start + inner.trim().length };
  }
}

function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}
