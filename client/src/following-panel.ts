import { Uri, window, workspace, type Disposable, type ExtensionContext, type WebviewPanel } from 'vscode';
import type { TextDocument, TextDocumentChangeEvent } from 'vscode';
import type { Position } from '../../server/src/protocol.js';
import type { FromView, ViewState } from './messages.js';
import { movedLine } from './moved-line.js';
import { dressPanel, openPanel, readMessage, type PanelKind } from './panel.js';

/** What a panel is about: a document, and the stage at a position or, for null, the final one. */
export type Subject = { readonly uri: Uri; readonly position: Position | null };

export type View<Shown> = {
  readonly kind: PanelKind;
  /** What to show of a document, which is open. */
  readonly ask: (document: TextDocument, position: Position | null) => Promise<Shown>;
  readonly nothing: (text: string) => Shown;
  readonly receive: (message: FromView, subject: Subject) => Promise<void>;
};

/** Changes are gathered for this long before the view is asked for anew, in milliseconds. */
const patience = 250;

/** One panel that shows one document at a time, follows its text and comes back after the window is reloaded. */
export class FollowingPanel<Shown> implements Disposable {
  private panel: WebviewPanel | undefined;
  private subject: Subject | undefined;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private turn = 0;
  private readonly subscriptions: readonly Disposable[];

  constructor(
    private readonly context: ExtensionContext,
    private readonly view: View<Shown>,
  ) {
    this.subscriptions = [
      workspace.onDidChangeTextDocument((event) => this.follow(event)),
      // Settings and configuration files say what is preferred, and what private images are.
      workspace.onDidChangeConfiguration((event) => event.affectsConfiguration('distroless') && this.refreshSoon()),
      workspace.onDidSaveTextDocument(({ uri }) => uri.path.endsWith('.json') && this.refreshSoon()),
      window.registerWebviewPanelSerializer(view.kind.type, {
        deserializeWebviewPanel: (panel, state) => this.restore(panel, state),
      }),
    ];
  }

  async show(subject: Subject): Promise<void> {
    this.subject = subject;
    if (this.panel) {
      this.panel.reveal(undefined, false);
      await this.refresh();
      return;
    }
    this.panel = openPanel(this.context, this.view.kind);
    this.listen(this.panel);
  }

  dispose(): void {
    clearTimeout(this.timer);
    this.panel?.dispose();
    for (const subscription of this.subscriptions) subscription.dispose();
  }

  private restore(panel: WebviewPanel, state: unknown): Promise<void> {
    const subject = subjectOf(state);
    if (!subject || this.panel) {
      panel.dispose();
      return Promise.resolve();
    }
    this.subject = subject;
    this.panel = panel;
    this.listen(panel);
    dressPanel(panel, this.context.extensionUri, this.view.kind);
    return Promise.resolve();
  }

  private listen(panel: WebviewPanel): void {
    panel.webview.onDidReceiveMessage(async (received: unknown) => {
      const message = readMessage(received);
      if (message?.kind === 'ready') await this.refresh();
      else if (message) await this.receive(message);
    });
    panel.onDidDispose(() => {
      this.panel = undefined;
      clearTimeout(this.timer);
    });
  }

  private async receive(message: FromView): Promise<void> {
    try {
      if (this.subject) await this.view.receive(message, this.subject);
    } catch (error) {
      await window.showErrorMessage(error instanceof Error ? error.message : String(error));
    }
  }

  private follow({ document, contentChanges }: TextDocumentChangeEvent): void {
    if (!this.panel || contentChanges.length === 0 || document.uri.toString() !== this.subject?.uri.toString()) return;
    const { uri, position } = this.subject;
    this.subject = { uri, position: position && movedPosition(position, contentChanges) };
    this.refreshSoon();
  }

  private refreshSoon(): void {
    clearTimeout(this.timer);
    if (this.panel) this.timer = setTimeout(() => void this.refresh(), patience);
  }

  /** Answers that come in after a newer question was asked are dropped. */
  private async refresh(): Promise<void> {
    const { subject } = this;
    if (!subject) return;
    const turn = ++this.turn;
    const shown = await this.askFor(subject);
    if (turn === this.turn) await this.panel?.webview.postMessage(shown);
  }

  private async askFor({ uri, position }: Subject): Promise<Shown> {
    try {
      return await this.view.ask(await workspace.openTextDocument(uri), position);
    } catch (error) {
      return this.view.nothing(error instanceof Error ? error.message : String(error));
    }
  }
}

/** The place of a position after the changes of an event, at the beginning of its line. */
export function movedPosition({ line }: Position, changes: TextDocumentChangeEvent['contentChanges']): Position {
  const moves = changes.map(({ range: { start, end }, text }) => {
    return { start: start.line, startCharacter: start.character, end: end.line, text };
  });
  return { line: movedLine(line, moves), character: 0 };
}

function subjectOf(state: unknown): Subject | null {
  if (typeof state !== 'object' || state === null) return null;
  const { uri, position } = state as Partial<ViewState>;
  if (typeof uri !== 'string') return null;
  const line = position?.line;
  return { uri: Uri.parse(uri), position: Number.isSafeInteger(line) ? { line: Number(line), character: 0 } : null };
}
