import type { TextDocumentContentChangeEvent } from 'vscode-languageserver';
import { indexLines, offsetAt, type LineIndex } from '../text/lines.js';
import type { AskedTree } from './asked-tree.js';
import { inspect, sameView, type Inspection, type View } from './inspect.js';

/** One version of a document; a change makes a new value. */
export type OpenDocument = {
  readonly uri: string;
  readonly version: number;
  readonly text: string;
  readonly lines: LineIndex;
};

/** The open documents and the last inspection of each: what the server remembers of the user's files. */
export class Documents {
  readonly #open = new Map<string, OpenDocument>();
  readonly #savedVersions = new Map<string, number>();
  readonly #inspections = new WeakMap<OpenDocument, { view: View; inspection: Inspection }>();

  open({ uri, version, text }: { uri: string; version: number; text: string }): OpenDocument {
    this.#savedVersions.set(uri, version);
    return this.#keep(uri, version, text);
  }

  /** Changes are applied in the order given, each to the result of the one before; null for a document not open. */
  change(uri: string, version: number, changes: readonly TextDocumentContentChangeEvent[]): OpenDocument | null {
    const before = this.#open.get(uri);
    if (!before) return null;
    return this.#keep(uri, version, changes.reduce(withChange, before.text));
  }

  save(uri: string): OpenDocument | null {
    const document = this.get(uri);
    if (document) this.#savedVersions.set(uri, document.version);
    return document;
  }

  close(uri: string): void {
    this.#open.delete(uri);
    this.#savedVersions.delete(uri);
  }

  get(uri: string): OpenDocument | null {
    return this.#open.get(uri) ?? null;
  }

  all(): readonly OpenDocument[] {
    return [...this.#open.values()];
  }

  /** True when the document has changed since it was opened or last saved. */
  isDirty({ uri, version }: OpenDocument): boolean {
    return this.#savedVersions.get(uri) !== version;
  }

  inspection(document: OpenDocument, view: View): Inspection {
    const last = this.#inspections.get(document);
    if (last && sameView(last.view, view) && last.inspection.asked?.isCurrent() !== false) return last.inspection;
    const inspection = inspect(document.text, view);
    this.#inspections.set(document, { view, inspection });
    return inspection;
  }

  /** What the open documents have asked of the files around them. */
  askedTrees(): readonly AskedTree[] {
    return this.all().flatMap((document) => this.#inspections.get(document)?.inspection.asked ?? []);
  }

  #keep(uri: string, version: number, text: string): OpenDocument {
    const document = { uri, version, text, lines: indexLines(text) };
    this.#open.set(uri, document);
    return document;
  }
}

function withChange(text: string, change: TextDocumentContentChangeEvent): string {
  if (!('range' in change)) return change.text;
  const lines = indexLines(text);
  const start = offsetAt(lines, change.range.start);
  const end = Math.max(start, offsetAt(lines, change.range.end));
  return text.slice(0, start) + change.text + text.slice(end);
}
