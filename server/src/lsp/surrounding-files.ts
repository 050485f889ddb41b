import type { AskedTree } from './asked-tree.js';
import { FolderFiles, type Change } from './folder-files.js';
import type { FileHost } from './file-host.js';
import type { WorkspaceFiles } from './workspace-files.js';

/** Where a document lies: below which workspace folder, at which path. */
export type DocumentPlace = { readonly files: FolderFiles; readonly path: string };

/** The files around the open documents, by workspace folder. */
export class SurroundingFiles {
  readonly #host: FileHost | null;
  readonly #workspace: WorkspaceFiles;
  readonly #folders = new Map<string, FolderFiles>();

  constructor(host: FileHost | null, workspace: WorkspaceFiles) {
    this.#host = host;
    this.#workspace = workspace;
  }

  get folders(): Iterable<FolderFiles> {
    return this.#folders.values();
  }

  /** Null for what lies outside the workspace, and where nobody can read. */
  placeOf(uri: string): DocumentPlace | null {
    const inside = this.#workspace.placeOf(uri);
    if (!inside || !this.#host) return null;
    const files = this.#folders.get(inside.folder) ?? new FolderFiles(inside.folder, this.#host);
    this.#folders.set(inside.folder, files);
    return { files, path: inside.path };
  }

  /** After changes, by address; true when something else is known now. */
  async refresh(changes: ReadonlyMap<string, { readonly isOfText: boolean }>): Promise<boolean> {
    const byFolder = new Map<string, Change[]>([...this.#folders.keys()].map((folder) => [folder, []]));
    for (const [uri, { isOfText }] of changes)
      for (const { folder, path } of this.#workspace.placesOf(uri)) byFolder.get(folder)?.push({ path, isOfText });
    const answers = [...this.#folders].map(([folder, files]) => files.refresh(byFolder.get(folder) ?? []));
    return (await Promise.all(answers)).includes(true);
  }

  forgetAll(): void {
    for (const files of this.#folders.values()) files.forgetAll();
  }

  /** Lets go of the files that none of these has asked for. */
  keepOnly(askedTrees: readonly AskedTree[]): void {
    for (const files of this.#folders.values()) {
      const asked = askedTrees.filter((tree) => tree.files === files);
      files.keepOnly(new Set(asked.flatMap(({ readPaths }) => [...readPaths])));
    }
  }

  /** Folders of the workspace have come or gone. */
  forgetFolders(): void {
    this.#folders.clear();
  }
}
