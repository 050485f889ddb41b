import type { ContextFile, FileKind, FileTree } from '../context/file-tree.js';
import type { FolderFiles, Question } from './folder-files.js';

/** What one document may ask for: files, UTF-16 code units of all of them, folders. More is not known. */
const mostFiles = 300;
const mostUnits = 16 * 1024 * 1024;
const mostFolders = 2000;

type Names = ReadonlyMap<string, FileKind>;

/** The files of a workspace folder for one inspection, which remembers what it was told. */
export class AskedTree implements FileTree {
  readonly files: FolderFiles;
  readonly #lists = new Map<string, Names | null | undefined>();
  readonly #reads = new Map<string, ContextFile | null | undefined>();
  readonly #open: Question[] = [];
  #units = 0;
  #revision: number;

  constructor(files: FolderFiles) {
    this.files = files;
    this.#revision = files.revision;
  }

  /** The questions that have no answer yet. */
  get open(): readonly Question[] {
    return this.#open;
  }

  get readPaths(): Iterable<string> {
    return this.#reads.keys();
  }

  readonly list = (path: string): Names | null | undefined => {
    if (this.#lists.has(path)) return this.#lists.get(path);
    if (this.#lists.size >= mostFolders) return undefined;
    const { answer, isOpen } = this.files.ask((tree) => tree.list(path));
    this.#lists.set(path, answer);
    if (isOpen) this.#open.push({ kind: 'list', path });
    return answer;
  };

  readonly read = (path: string): ContextFile | null | undefined => {
    if (this.#reads.has(path)) return this.#reads.get(path);
    if (this.#reads.size >= mostFiles) return undefined;
    const { answer, isOpen } = this.files.ask((tree) => tree.read(path));
    this.#units += answer?.text.length ?? 0;
    const shown = this.#units > mostUnits ? undefined : answer;
    this.#reads.set(path, shown);
    if (isOpen) this.#open.push({ kind: 'read', path });
    return shown;
  };

  /** True while all that was told still holds. */
  isCurrent(): boolean {
    if (this.files.revision === this.#revision) return true;
    const now = (question: (tree: FileTree) => unknown) => this.files.ask(question).answer;
    for (const [path, told] of this.#lists) if (now((tree) => tree.list(path)) !== told) return false;
    for (const [path, told] of this.#reads)
      if (now((tree) => tree.read(path)) !== told && this.#units <= mostUnits) return false;
    this.#revision = this.files.revision;
    return true;
  }
}
