import { Uri, window, workspace, WorkspaceEdit, type WorkspaceFolder } from 'vscode';

const name = 'distroless.config.json';

/** Every part of the file once; the descriptions are in the schema, which the editor finds by the file's name. */
const example = `{
  "images": {
    "registry.corp.example/team/base": {
      "vendor": "Platform team",
      "like": "debian:13-slim",
      "contents": ["ca-certificates"],
      "user": "app:10001"
    }
  },
  "mirrors": {
    "registry.corp.example/hub/*": "docker.io/*"
  },
  "prefer": ["google-distroless", "chainguard"]
}
`;

/** Writes an example into a folder of the workspace and shows it; a file that is there is only shown. */
export async function createConfig(): Promise<void> {
  const folder = await chooseFolder();
  if (!folder) return;
  const file = Uri.joinPath(folder.uri, name);
  const edit = new WorkspaceEdit();
  edit.createFile(file, { ignoreIfExists: true, contents: new TextEncoder().encode(example) });
  try {
    await workspace.applyEdit(edit);
    await window.showTextDocument(await workspace.openTextDocument(file));
  } catch (error) {
    await window.showErrorMessage(`'${name}' could not be written: ${String(error)}`);
  }
}

/** The folder of the document in the editor; one to choose where several are open and none has it. */
async function chooseFolder(): Promise<WorkspaceFolder | undefined> {
  const folders = workspace.workspaceFolders ?? [];
  const active = window.activeTextEditor?.document.uri;
  const own = active && workspace.getWorkspaceFolder(active);
  if (own) return own;
  return folders.length > 1 ? window.showWorkspaceFolderPick() : folders[0];
}
