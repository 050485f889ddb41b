import { commands, EventEmitter, languages, Range, TabInputTextDiff, Uri, window, workspace } from 'vscode';
import { WorkspaceEdit, type Disposable, type TextDocument, type TextDocumentChangeEvent } from 'vscode';
import type { ComparisonRow, Position } from '../../server/src/protocol.js';
import { movedPosition } from './following-panel.js';
import { columnOf, fileName } from './places.js';

/** A base to change to, and how to find the edit for the text as it is now. */
export type Wanted = {
  readonly uri: Uri;
  readonly position: Position | null;
  readonly reference: string;
  readonly find: (position: Position | null) => Promise<Change | null>;
};

export type Change = { readonly edit: NonNullable<ComparisonRow['edit']>; readonly version: number };

export type Preview = {
  /** Opens the document as it is beside the document as it would be. */
  readonly show: (wanted: Wanted) => Promise<void>;
  /** The document whose change is looked at under an address; undefined for any other address. */
  readonly sourceOf: (uri: Uri) => Uri | undefined;
  readonly subscriptions: readonly Disposable[];
};

const scheme = 'distroless-preview';

/** Changes to the document are gathered for this long, in milliseconds. */
const patience = 250;

/** A change that is being looked at; the latest text of it, and the version of the document it is made from. */
type Shown = { readonly wanted: Wanted; readonly change: Change; readonly text: string };

/** Shows changes in the diff editor and applies them. */
export function createPreview(): Preview {
  const shown = new Map<string, Shown>();
  const changed = new EventEmitter<Uri>();
  const state: State = { shown, changed, timers: new Map() };
  return {
    show: (wanted) => show(state, wanted),
    sourceOf: (uri) => shown.get(uri.toString())?.wanted.uri,
    subscriptions: [
      changed,
      workspace.registerTextDocumentContentProvider(scheme, {
        onDidChange: changed.event,
        provideTextDocumentContent: (uri) => shown.get(uri.toString())?.text ?? '',
      }),
      workspace.onDidCloseTextDocument(({ uri }) => shown.delete(uri.toString())),
      workspace.onDidChangeTextDocument((event) => follow(state, event)),
      commands.registerCommand('distroless.applyChange', () => applyShown(state)),
    ],
  };
}

type State = {
  /** By the address of the text as it would be. */
  readonly shown: Map<string, Shown>;
  readonly timers: Map<string, ReturnType<typeof setTimeout>>;
  readonly changed: EventEmitter<Uri>;
};

async function show(state: State, wanted: Wanted): Promise<void> {
  const document = await workspace.openTextDocument(wanted.uri);
  const place = previewUri(wanted);
  if (!(await refresh(state, place, { wanted, document }))) {
    await window.showInformationMessage(`There is no change to '${wanted.reference}' for this stage any more.`);
    return;
  }
  const after = await workspace.openTextDocument(place);
  if (after.languageId !== document.languageId) await languages.setTextDocumentLanguage(after, document.languageId);
  const title = `${fileName(wanted.uri)}: Change Base to ${wanted.reference}`;
  const options = { viewColumn: columnOf(wanted.uri), preview: true };
  await commands.executeCommand('vscode.diff', wanted.uri, place, title, options);
}

/** Keeps the changes that are looked at in step with the text that they are made from. */
function follow(state: State, { document, contentChanges }: TextDocumentChangeEvent): void {
  if (contentChanges.length === 0) return;
  for (const [key, one] of state.shown) {
    const { uri, position } = one.wanted;
    if (uri.toString() !== document.uri.toString()) continue;
    const wanted = { ...one.wanted, position: position && movedPosition(position, contentChanges) };
    state.shown.set(key, { ...one, wanted });
    clearTimeout(state.timers.get(key));
    const again = () => void refresh(state, Uri.parse(key), { wanted, document });
    state.timers.set(key, setTimeout(again, patience));
  }
}

/** Works out the change for the text as it is; false when there is none. */
async function refresh(state: State, place: Uri, { wanted, document }: Asked): Promise<boolean> {
  const change = await wanted.find(wanted.position);
  if (!change || change.version !== document.version) return false;
  state.shown.set(place.toString(), { wanted, change, text: changedText(document, change) });
  state.changed.fire(place);
  return true;
}

type Asked = { readonly wanted: Wanted; readonly document: TextDocument };

/** Applies the change of the diff editor in front, unless the document is another than the one it was made from. */
async function applyShown(state: State): Promise<void> {
  const tab = window.tabGroups.activeTabGroup.activeTab;
  const place = tab?.input instanceof TabInputTextDiff ? tab.input.modified : undefined;
  const shown = place && state.shown.get(place.toString());
  if (!tab || !place || !shown) return;
  const { wanted, change } = shown;
  const document = await workspace.openTextDocument(wanted.uri);
  if (document.version !== change.version) {
    const isThere = await refresh(state, place, { wanted, document });
    await window.showWarningMessage(isThere ? changedMessage : goneMessage);
    return;
  }
  // The editor itself refuses the edit when the document changes before it arrives.
  if (!(await workspace.applyEdit(workspaceEdit(wanted.uri, change)))) {
    await window.showErrorMessage(`'${fileName(wanted.uri)}' could not be changed.`);
    return;
  }
  await window.tabGroups.close(tab);
  await window.showTextDocument(document, { viewColumn: columnOf(wanted.uri) });
}

const changedMessage = 'The file has changed since. The change now shown is made from its present text.';
const goneMessage = 'The file has changed since, and this change no longer fits.';

function workspaceEdit(uri: Uri, { edit }: Change): WorkspaceEdit {
  const workspaceEdit = new WorkspaceEdit();
  workspaceEdit.replace(uri, rangeOf(edit), edit.newText);
  return workspaceEdit;
}

function changedText(document: TextDocument, { edit }: Change): string {
  const text = document.getText();
  const { start, end } = rangeOf(edit);
  return text.slice(0, document.offsetAt(start)) + edit.newText + text.slice(document.offsetAt(end));
}

function rangeOf({ range: { start, end } }: Change['edit']): Range {
  return new Range(start.line, start.character, end.line, end.character);
}

/** The name stays, so that the editor takes it for a Dockerfile, too. */
function previewUri({ uri, reference }: Wanted): Uri {
  return uri.with({ scheme, query: reference, fragment: '' });
}
