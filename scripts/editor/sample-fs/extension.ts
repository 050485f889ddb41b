import * as vscode from 'vscode';

type Folder = { kind: 'folder'; entries: Map<string, Node> };
type File = { kind: 'file'; bytes: Uint8Array; modified: number };
type Node = Folder | File;

/** The part of the proposed file search API that quick open (Ctrl+P) needs. */
type FileSearch = {
  registerFileSearchProvider?(
    scheme: string,
    provider: { provideFileSearchResults(query: { pattern: string }): vscode.Uri[] },
  ): vscode.Disposable;
};

const folderUri = vscode.Uri.from({ scheme: 'sample', path: '/samples' });

/** Shows the samples of the server as a folder that can be edited; changes stay in the browser. */
export async function activate(context: vscode.ExtensionContext): Promise<void> {
  const root = folder();
  const samples = folder();
  root.entries.set('samples', samples);

  const listing = vscode.Uri.joinPath(context.extensionUri, '..', 'samples.json').toString(true);
  const texts = (await (await fetch(listing)).json()) as Record<string, string>;
  for (const [path, text] of Object.entries(texts)) add(samples, path.split('/'), new TextEncoder().encode(text));

  const search = {
    provideFileSearchResults: () => Object.keys(texts).map((path) => vscode.Uri.joinPath(folderUri, path)),
  };
  context.subscriptions.push(vscode.workspace.registerFileSystemProvider('sample', provider(root)));
  const searchable = (vscode.workspace as FileSearch).registerFileSearchProvider?.('sample', search);
  if (searchable) context.subscriptions.push(searchable);
}

function provider(root: Folder): vscode.FileSystemProvider {
  const changes = new vscode.EventEmitter<vscode.FileChangeEvent[]>();
  const parent = (uri: vscode.Uri) => folderAt(root, uri, segments(uri).slice(0, -1));
  const changed = (type: vscode.FileChangeType, uri: vscode.Uri) => changes.fire([{ type, uri }]);

  return {
    onDidChangeFile: changes.event,
    watch: () => new vscode.Disposable(() => undefined),
    stat: (uri) => stat(nodeAt(root, uri)),
    readDirectory: (uri) => {
      const { entries } = folderAt(root, uri, segments(uri));
      return [...entries].map(([name, node]) => [name, stat(node).type]);
    },
    readFile: (uri) => {
      const node = nodeAt(root, uri);
      if (node.kind === 'folder') throw vscode.FileSystemError.FileIsADirectory(uri);
      return node.bytes;
    },
    createDirectory: (uri) => {
      parent(uri).entries.set(lastSegment(uri), folder());
      changed(vscode.FileChangeType.Created, uri);
    },
    writeFile: (uri, bytes) => {
      const { entries } = parent(uri);
      const isNew = !entries.has(lastSegment(uri));
      entries.set(lastSegment(uri), { kind: 'file', bytes, modified: Date.now() });
      changed(isNew ? vscode.FileChangeType.Created : vscode.FileChangeType.Changed, uri);
    },
    delete: (uri) => {
      parent(uri).entries.delete(lastSegment(uri));
      changed(vscode.FileChangeType.Deleted, uri);
    },
    rename: (from, to) => {
      parent(to).entries.set(lastSegment(to), nodeAt(root, from));
      parent(from).entries.delete(lastSegment(from));
      changed(vscode.FileChangeType.Deleted, from);
      changed(vscode.FileChangeType.Created, to);
    },
  };
}

function folder(): Folder {
  return { kind: 'folder', entries: new Map() };
}

function add(into: Folder, path: string[], bytes: Uint8Array): void {
  const [name = '', ...rest] = path;
  if (rest.length === 0) {
    into.entries.set(name, { kind: 'file', bytes, modified: Date.now() });
    return;
  }
  const known = into.entries.get(name);
  const child = known?.kind === 'folder' ? known : folder();
  into.entries.set(name, child);
  add(child, rest, bytes);
}

function stat(node: Node): vscode.FileStat {
  if (node.kind === 'folder') return { type: vscode.FileType.Directory, ctime: 0, mtime: 0, size: 0 };
  return { type: vscode.FileType.File, ctime: 0, mtime: node.modified, size: node.bytes.length };
}

function segments(uri: vscode.Uri): string[] {
  return uri.path.split('/').filter((name) => name !== '');
}

function lastSegment(uri: vscode.Uri): string {
  return segments(uri).at(-1) ?? '';
}

function folderAt(root: Folder, uri: vscode.Uri, path: string[]): Folder {
  let node: Node | undefined = root;
  for (const name of path) node = node?.kind === 'folder' ? node.entries.get(name) : undefined;
  if (node?.kind !== 'folder') throw vscode.FileSystemError.FileNotFound(uri);
  return node;
}

function nodeAt(root: Folder, uri: vscode.Uri): Node {
  const path = segments(uri);
  if (path.length === 0) return root;
  const node = folderAt(root, uri, path.slice(0, -1)).entries.get(lastSegment(uri));
  if (node === undefined) throw vscode.FileSystemError.FileNotFound(uri);
  return node;
}
