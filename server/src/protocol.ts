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
