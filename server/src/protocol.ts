/** What travels between our client and our server beside the language server protocol itself. Types only. */

export type SeveritySetting = 'error' | 'warning' | 'information' | 'hint' | 'off';

/** The `distroless` section of the settings, complete and checked. */
export type Settings = {
  readonly enable: boolean;
  /** When problems are worked out again: while typing, or when the file is saved. */
  readonly run: 'onType' | 'onSave';
  /** Severity by rule id; a rule that is not named keeps its own. */
  readonly rules: Readonly<Record<string, SeveritySetting>>;
  /** `auto`: leave to an installed neighbour what it reports on the same line; `always`: report it; `never`: leave it. */
  readonly overlap: 'auto' | 'always' | 'never';
  readonly hover: { readonly enable: boolean };
  readonly completion: { readonly enable: boolean };
  readonly codeLens: { readonly enable: boolean };
  readonly inlayHints: { readonly enable: boolean };
  readonly documentLinks: { readonly enable: boolean };
  /** Values for build arguments, as `docker build --build-arg` would give them. */
  readonly buildArgs: Readonly<Record<string, string>>;
};

/** Extensions that report on Dockerfiles too, by their id in lower case. */
export type Neighbour =
  | 'docker.docker'
  | 'exiasr.hadolint'
  | 'immanueltikhonov.droast'
  | 'ms-azuretools.vscode-containers'
  | 'ms-azuretools.vscode-docker'
  | 'wharflab.tally';

/** All optional: another editor starts the server without any of them. */
export type InitializationOptions = {
  readonly neighbours?: readonly Neighbour[];
  /** True when the client understands the status notification. */
  readonly showsStatus?: boolean;
  /** True when the client runs the commands `distroless.compare`, `distroless.showStages` and `distroless.openPage`. */
  readonly runsCommands?: boolean;
  /** True when the client answers `distroless/readFile`. */
  readonly readsFiles?: boolean;
  /** True when the client answers `distroless/listFolder` as well: then the files of build contexts are read. */
  readonly listsFolders?: boolean;
  /** The `distroless` section, for clients that cannot be asked for it. */
  readonly settings?: unknown;
  /** YYYY-MM-DD, instead of the clock's date, where results must not depend on the day. */
  readonly today?: string;
};

/** Client to server: the set of installed neighbours has changed. */
export type NeighboursNotification = {
  readonly method: 'distroless/neighbours';
  readonly params: { readonly neighbours: readonly Neighbour[] };
};

/** Server to client, after the start and whenever it changes. */
export type StatusNotification = { readonly method: 'distroless/status'; readonly params: Status };

/** `message` is empty when all is well; `factsDate` (YYYY-MM-DD) is the day the newest fact was read, null if unknown. */
export type Status = { readonly state: 'ok' | 'error'; readonly message: string; readonly factsDate: string | null };

/** Line and UTF-16 character, both counted from 0, as in the Language Server Protocol. */
export type Position = { readonly line: number; readonly character: number };
export type Range = { readonly start: Position; readonly end: Position };

/** Server to client: the text of a file of the workspace; null when it is not there or cannot be read as text. */
export type ReadFileRequest = {
  readonly method: 'distroless/readFile';
  readonly params: { readonly uri: string };
  readonly result: { readonly text: string } | null;
};

/**
 * Server to client: what lies in a folder of the workspace, by name; null when it is not there or cannot be read. Links
 * are links, wherever they lead, and so is what is neither file nor folder.
 */
export type ListFolderRequest = {
  readonly method: 'distroless/listFolder';
  readonly params: { readonly uri: string };
  readonly result: { readonly entries: readonly (readonly [name: string, kind: EntryKind])[] } | null;
};

export type EntryKind = 'file' | 'directory' | 'link';

/** Client to server: bases for the stage at `position`, for the final stage when it is null; null for no such stage. */
export type CompareRequest = {
  readonly method: 'distroless/compare';
  readonly params: { readonly uri: string; readonly position: Position | null };
  readonly result: Comparison | null;
};

export type Comparison = {
  readonly uri: string;
  readonly version: number;
  /** `line` counts from 0; `reference` as written in FROM. */
  readonly stage: {
    readonly index: number;
    readonly name: string | null;
    readonly line: number;
    readonly reference: string;
  };
  /** What this stage asks of a base, one phrase each: `Node 24`, `a shell for CMD on line 7`. */
  readonly needs: readonly string[];
  /** The present base first (when it is known), then the others in the order of advice. */
  readonly rows: readonly ComparisonRow[];
};

/** Null means not known, everywhere; `none` is a text of its own. */
export type ComparisonRow = {
  readonly reference: string;
  /** Title of the family: `Google Distroless`. */
  readonly family: string;
  readonly isPresent: boolean;
  /** In a few words, names in single quotes; empty for the present base. */
  readonly why: string;
  /** What has to change or is lost; empty when nothing is known against it. */
  readonly drawback: string;
  readonly libc: string | null;
  readonly shell: string | null;
  readonly packageManager: string | null;
  readonly user: string | null;
  readonly entrypoint: string | null;
  /** What it holds of what people ask for: `CA certificates`, `time zones`, `npm`. */
  readonly contains: readonly string[];
  /** What it is known to lack of the same. */
  readonly lacks: readonly string[];
  readonly size: { readonly compressedMB: number; readonly date: string } | null;
  readonly packageCount: number | null;
  /** YYYY-MM-DD, of the image, or else the earlier of its language runtime's and its distribution's. */
  readonly eol: string | null;
  readonly access: string | null;
  readonly signing: string | null;
  readonly attestations: string | null;
  readonly architectures: readonly string[] | null;
  /** Where and when the facts were read; `read` is null for what the user wrote down in the file `source`. */
  readonly source: string;
  readonly read: string | null;
  /** Path of the family's page, as `distroless.openPage` takes it. */
  readonly page: string | null;
  /** The change of FROM; null for the present base and where the base is not written as a plain name. */
  readonly edit: { readonly range: Range; readonly newText: string } | null;
};

/** Client to server: the stages of a document; null when it is not open or has none. */
export type StagesRequest = {
  readonly method: 'distroless/stages';
  readonly params: { readonly uri: string };
  readonly result: StageGraph | null;
};

export type StageGraph = {
  readonly uri: string;
  readonly version: number;
  readonly nodes: readonly StageNode[];
  readonly links: readonly StageLink[];
};

/** A stage, an image that something is taken from, or the build context. Null means not known. */
export type StageNode = {
  /** `stage0`, `image1`, `scratch`, `context`. */
  readonly id: string;
  readonly kind: 'stage' | 'image' | 'scratch' | 'context';
  /** Name of the stage (`build`, or `stage 0` without one), the image reference, `scratch`, `build context`. */
  readonly title: string;
  readonly isFinal: boolean;
  /** False for a stage that the final image does not need. */
  readonly isNeeded: boolean;
  readonly libc: string | null;
  readonly shell: string | null;
  readonly user: string | null;
  /** Of FROM, counted from 0; null for what stands on no line of its own. */
  readonly line: number | null;
};

export type StageLink = {
  readonly from: string;
  readonly to: string;
  readonly kind: 'base' | 'copy' | 'mount';
  /** What is copied, one path each; empty for a base. */
  readonly paths: readonly string[];
  /** Of the instruction, counted from 0. */
  readonly line: number;
};
