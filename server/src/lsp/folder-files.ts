import { folderOf, kindAt, type ContextFile, type FileKind, type FileTree } from '../context/file-tree.js';
import { guardTree } from '../context/guard-tree.js';
import { Answers } from './answers.js';
import type { FileHost } from './file-host.js';

/** A question to the host: the names in a folder, or a file. The path is relative to the workspace folder. */
export type Question = { readonly kind: 'list' | 'read'; readonly path: string };

/** `isOfText`: the file was there before and is there now. */
export type Change = { readonly path: string; readonly isOfText: boolean };

type Names = ReadonlyMap<string, FileKind>;

/** Limits of what is kept of one workspace folder; lengths are UTF-16 code units. */
const longestFile = 4 * 1024 * 1024;
const mostUnits = 32 * 1024 * 1024;
const mostFiles = 3000;
const mostNames = 500_000;
const mostFolders = 5000;

/** What is known of the files below one workspace folder. It grows as the documents ask, and follows changes. */
export class FolderFiles {
  readonly #host: FileHost;
  readonly #root: string;
  readonly #lists: Answers<Names>;
  readonly #files: Answers<ContextFile>;
  readonly #tree: FileTree;
  #isOpen = false;
  #revision = 0;

  /** `root` is the URI of the folder without a slash at the end. */
  constructor(root: string, host: FileHost) {
    this.#root = root;
    this.#host = host;
    this.#lists = new Answers({
      ask: async (path) => (await host.list(this.uriOf(path))) ?? undefined,
      isSame: sameNames,
      weigh: ({ size }) => size,
      mostWeight: mostNames,
      mostAnswers: mostFolders,
    });
    this.#files = new Answers({
      ask: (path) => this.#read(path),
      isSame: (a, b) => a.text === b.text && a.isExecutable === b.isExecutable,
      weigh: ({ text }) => text.length,
      mostWeight: mostUnits,
      mostAnswers: mostFiles,
    });
    this.#tree = guardTree({
      list: (path) => this.#known(this.#lists, path),
      read: (path) => this.#known(this.#files, path),
    });
  }

  /** Another number whenever an answer may have become another. */
  get revision(): number {
    return this.#revision;
  }

  /** The folders of which the names are known. */
  get folders(): Iterable<string> {
    return this.#lists.paths;
  }

  uriOf(path: string): string {
    return path === '' ? this.#root : `${this.#root}/${path.split('/').map(encodeURIComponent).join('/')}`;
  }

  /** What is known now; `isOpen` when `load` may tell more. */
  ask<T>(question: (tree: FileTree) => T): { readonly answer: T; readonly isOpen: boolean } {
    this.#isOpen = false;
    const answer = question(this.#tree);
    return { answer, isOpen: this.#isOpen };
  }

  isOpen({ kind, path }: Question): boolean {
    return this.ask((tree) => tree[kind](path)).isOpen;
  }

  /** Gets the answers from the host. True when one came after all had given up waiting for it. */
  async load(questions: Iterable<Question>): Promise<boolean> {
    const loaded = [...questions].map(({ kind, path }) => (kind === 'list' ? this.#list(path) : this.#load(path)));
    return (await Promise.all(loaded)).includes(true);
  }

  giveUp(): void {
    this.#lists.giveUp();
    this.#files.giveUp();
  }

  /** Asks again for what changes may have touched. True when something else is known now. */
  async refresh(changes: readonly Change[]): Promise<boolean> {
    if (changes.length === 0) return false;
    const answers: (Promise<boolean> | boolean)[] = [];
    const folders = new Set<string>();
    for (const { path, isOfText } of changes) {
      answers.push(this.#files.reload(path));
      if (isOfText) continue;
      folders.add(folderOf(path));
      if (this.#lists.has(path)) answers.push(this.#dropBelow(path), this.#lists.reload(path));
    }
    for (const folder of folders) answers.push(this.#lists.reload(folder));
    this.#revision++;
    const hasChanged = (await Promise.all(answers)).includes(true);
    this.#revision++;
    return hasChanged;
  }

  /** Lets go of all files but these. */
  keepOnly(paths: ReadonlySet<string>): void {
    this.#files.drop((path) => !paths.has(path));
    this.#revision++;
  }

  forgetAll(): void {
    this.#lists.drop(() => true);
    this.#files.drop(() => true);
    this.#revision++;
  }

  #known<T>(answers: Answers<T>, path: string): T | undefined {
    this.#isOpen ||= answers.isOpen(path);
    return answers.get(path);
  }

  async #list(folder: string): Promise<boolean> {
    const isLate = folder !== '' && (await this.#list(folderOf(folder)));
    if (kindAt(this.#tree, folder) !== 'directory') return isLate;
    const isLater = await this.#lists.load(folder);
    this.#revision++;
    return isLate || isLater;
  }

  async #load(path: string): Promise<boolean> {
    const isLate = await this.#list(folderOf(path));
    if (kindAt(this.#tree, path) !== 'file') return isLate;
    const isLater = await this.#files.load(path);
    this.#revision++;
    return isLate || isLater;
  }

  async #read(path: string): Promise<ContextFile | undefined> {
    const uri = this.uriOf(path);
    const file = await this.#host.read(uri);
    if (!file || file.text.length > longestFile || file.text.includes('\0')) return undefined;
    return { path, uri, ...file };
  }

  /** What is made where a folder has gone is another folder. */
  #dropBelow(folder: string): boolean {
    const isBelow = (path: string) => path.startsWith(`${folder}/`);
    const hasLists = this.#lists.drop(isBelow);
    return this.#files.drop(isBelow) || hasLists;
  }
}

function sameNames(a: Names, b: Names): boolean {
  return a.size === b.size && [...a].every(([name, kind]) => b.get(name) === kind);
}
