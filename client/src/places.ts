import { Range, Selection, TabInputText, TextEditorRevealType, Uri, ViewColumn, window, workspace } from 'vscode';

/** Shows a line, counted from 0, in the column that already has the document. */
export async function revealLine(uri: Uri, line: number): Promise<void> {
  const document = await workspace.openTextDocument(uri);
  const editor = await window.showTextDocument(document, { viewColumn: columnOf(uri) });
  const start = document.validatePosition(new Range(line, 0, line, 0).start);
  editor.selection = new Selection(start, start);
  editor.revealRange(new Range(start, start), TextEditorRevealType.InCenterIfOutsideViewport);
}

/** The column with a tab of the document, the first one when there is none. */
export function columnOf(uri: Uri): ViewColumn {
  const has = (input: unknown) => input instanceof TabInputText && input.uri.toString() === uri.toString();
  const group = window.tabGroups.all.find(({ tabs }) => tabs.some(({ input }) => has(input)));
  return group?.viewColumn ?? ViewColumn.One;
}

/** The last part of a path, for titles. */
export function fileName({ path }: Uri): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
