import { Uri, ViewColumn, window, type ExtensionContext, type WebviewOptions, type WebviewPanel } from 'vscode';
import type { FromView } from './messages.js';
import { newNonce, webviewPage } from './webview-page.js';

/** A kind of panel. `name` is that of its script and style sheet in dist, and `type` its name in the editor. */
export type PanelKind = { readonly type: string; readonly name: string; readonly title: string };

/** Opens a panel beside the active editor; the focus stays with who asked when `keepFocus` is set. */
export function openPanel({ extensionUri }: ExtensionContext, kind: PanelKind): WebviewPanel {
  const column = { viewColumn: ViewColumn.Beside, preserveFocus: false };
  const panel = window.createWebviewPanel(kind.type, kind.title, column, {
    ...webviewOptions(extensionUri),
    enableFindWidget: true,
  });
  dressPanel(panel, extensionUri, kind);
  return panel;
}

/** Gives a panel, new or kept over a reload, its page. */
export function dressPanel(panel: WebviewPanel, extensionUri: Uri, { name, title }: PanelKind): void {
  const { webview } = panel;
  const served = (file: string) => webview.asWebviewUri(Uri.joinPath(extensionUri, 'dist', file)).toString();
  panel.iconPath = Uri.joinPath(extensionUri, 'images', 'icon.png');
  webview.options = webviewOptions(extensionUri);
  webview.html = webviewPage({
    title,
    nonce: newNonce(),
    script: served(`${name}.js`),
    style: served(`${name}.css`),
  });
}

/** A message of a view as one of ours, or null: what comes out of a page is checked before it is believed. */
export function readMessage(message: unknown): FromView | null {
  if (typeof message !== 'object' || message === null || !('kind' in message)) return null;
  const { kind, line, page, reference } = message as Readonly<Record<string, unknown>>;
  if (kind === 'ready') return { kind };
  if (kind === 'goTo' && Number.isSafeInteger(line) && Number(line) >= 0) return { kind, line: Number(line) };
  if (kind === 'openPage' && typeof page === 'string') return { kind, page };
  if (kind === 'showChange' && typeof reference === 'string') return { kind, reference };
  return null;
}

function webviewOptions(extensionUri: Uri): WebviewOptions {
  const localResourceRoots = [Uri.joinPath(extensionUri, 'dist')];
  return { enableScripts: true, enableForms: false, enableCommandUris: false, localResourceRoots };
}
