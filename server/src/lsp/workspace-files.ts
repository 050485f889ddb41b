/** The text of a file, or null when it is not there or cannot be read as text. */
export type FileReader = (uri: string) => Promise<string | null>;

/** Where texts come from: `open` answers for documents that are open in the editor, saved or not. */
export type FileSources = { readonly read: FileReader | null; readonly open: (key: string) => string | null };

/** `folder` is the URI of a folder of the workspace, without a slash at its end; `path` is below it. */
export type FolderPlace = { readonly folder: string; readonly path: string };

/** UTF-16 code units of the longest file that is read, and how many files are kept. */
const longestFile = 1024 * 1024;
const mostFiles = 1000;

/** Folders between a document and its workspace folder that are looked at. */
const mostFolders = 100;

/** The files beside the open documents, inside the workspace only. Each is read once and kept until it changes. */
export class WorkspaceFiles {
  readonly #sources: FileSources;
  readonly #kept = new Map<string, Promise<string | null>>();
  #folders: readonly string[] = [];

  constructor(sources: FileSources) {
    this.#sources = sources;
  }

  /** URIs of the folders that are open in the editor. */
  get folders(): readonly string[] {
    return this.#folders;
  }

  set folders(uris: readonly string[]) {
    this.#folders = uris.map((uri) => uri.replace(/\/+$/, ''));
    this.forgetAll();
  }

  read(uri: string): Promise<string | null> {
    const key = uriKey(uri);
    const open = this.#sources.open(key);
    if (open !== null) return Promise.resolve(open);
    if (this.pathInside(uri) === null) return Promise.resolve(null);
    const kept = this.#kept.get(key);
    if (kept) return kept;
    const asked = this.#ask(uri);
    if (this.#kept.size >= mostFiles) this.#kept.clear();
    this.#kept.set(key, asked);
    return asked;
  }

  /** The first text of a file of that name in the folder of the document and those above it, up to the workspace's. */
  async nearest(document: string, name: string): Promise<{ readonly uri: string; readonly text: string } | null> {
    let folder = parentOf(document);
    for (let count = 0; folder !== null && count < mostFolders; count++) {
      const uri = `${folder}/${name}`;
      if (this.pathInside(uri) === null) return null;
      const text = await this.read(uri);
      if (text !== null) return { uri, text };
      folder = parentOf(folder);
    }
    return null;
  }

  /** The path below the innermost folder of the workspace, for people; null for what lies outside. */
  pathInside(uri: string): string | null {
    return this.placeOf(uri)?.path ?? null;
  }

  /** The innermost folder of the workspace that holds it, and the path below that. */
  placeOf(uri: string): FolderPlace | null {
    return this.placesOf(uri)[0] ?? null;
  }

  /** All folders of the workspace that hold it, the innermost first. */
  placesOf(uri: string): readonly FolderPlace[] {
    const key = uriKey(uri);
    // A path that goes up again could leave the folder it begins with.
    if (/(?:^|\/)\.{1,2}(?:\/|$)|\\/.test(key)) return [];
    const places = this.#folders.flatMap((folder) => {
      const start = `${uriKey(folder)}/`;
      return key.startsWith(start) ? [{ folder, path: key.slice(start.length) }] : [];
    });
    return places.sort((a, b) => a.path.length - b.path.length);
  }

  forget(uri: string): void {
    this.#kept.delete(uriKey(uri));
  }

  forgetAll(): void {
    this.#kept.clear();
  }

  async #ask(uri: string): Promise<string | null> {
    try {
      const text = (await this.#sources.read?.(uri)) ?? null;
      return text !== null && text.length <= longestFile ? text : null;
    } catch {
      return null;
    }
  }
}

/** The same text for every way to write a URI: editors differ in what they escape. */
export function uriKey(uri: string): string {
  const plain = uri.replace(/[?#].*$/s, '');
  return decoded(plain).replace(/^file:\/\/\/([A-Z]):/, (_, drive: string) => `file:///${drive.toLowerCase()}:`);
}

function decoded(uri: string): string {
  try {
    return decodeURIComponent(uri);
  } catch {
    return uri;
  }
}

/** Null at the root, and for a URI that has no folders. */
function parentOf(uri: string): string | null {
  const plain = uri.replace(/[?#].*$/s, '');
  const folder = plain.slice(0, Math.max(0, plain.lastIndexOf('/')));
  // Not every file system has an authority: `file:///a`, `memfs:/a`.
  return /^[a-z][\w+.-]*:\/*[^/]/i.test(folder) ? folder : null;
}
