import type { Connection, InitializeParams } from 'vscode-languageserver';
import { createWorld, type World } from '../analyze.js';
import { isConfigFile } from '../config/file-name.js';
import type {
  InitializationOptions,
  Neighbour,
  NeighboursNotification,
  Settings,
  StatusNotification,
} from '../protocol.js';
import { readClientFeatures, type ClientFeatures } from './client-features.js';
import { Configs } from './configs.js';
import { Documents, type OpenDocument } from './documents.js';
import { foldersOf, hostOf, type FileHost } from './file-host.js';
import type { Inspection, View } from './inspect.js';
import { settle } from './settle.js';
import { SettingsStore } from './settings-store.js';
import { StatusBoard } from './status.js';
import { SurroundingFiles, type DocumentPlace } from './surrounding-files.js';
import { uriKey, WorkspaceFiles } from './workspace-files.js';

const statusMethod: StatusNotification['method'] = 'distroless/status';
export const neighboursMethod: NeighboursNotification['method'] = 'distroless/neighbours';

/** What one client has told the server, and what the server knows of its documents. */
export type Session = {
  readonly connection: Connection;
  readonly features: ClientFeatures;
  readonly documents: Documents;
  readonly files: WorkspaceFiles;
  readonly around: SurroundingFiles;
  readonly configs: Configs;
  readonly settings: SettingsStore;
  readonly status: StatusBoard;
  readonly options: InitializationOptions;
  /** Replaced as a whole when anything that is not in a document changes. */
  surroundings: Surroundings;
  /** Runs while a config file is being typed in. */
  waiting: ReturnType<typeof setTimeout> | undefined;
  /** Called when files that nobody waited for any longer have been read after all, and when new folders were. */
  onFilesRead: (isLate: boolean) => void;
};

/** `generation` grows with every change, so that results of an earlier one are told apart. */
export type Surroundings = {
  readonly generation: number;
  readonly neighbours: ReadonlySet<Neighbour>;
  /** The `distroless` section as pushed by a client that cannot be asked for it. */
  readonly pushedSettings: unknown;
  readonly world: World;
  readonly fixedToday: string | null;
};

/** `machine` reads files where the client does not; null where neither can. */
export function openSession(connection: Connection, params: InitializeParams, machine: FileHost | null): Session {
  const options = readOptions(params.initializationOptions);
  const features = readClientFeatures(params.capabilities);
  const world = createWorld(options.today ?? today());
  const documents = new Documents();
  const open = (key: string) => documents.all().find(({ uri }) => uriKey(uri) === key)?.text ?? null;
  const host = hostOf({ connection, options }, machine);
  const read = async (uri: string) => (await host?.read(uri))?.text ?? null;
  const files = new WorkspaceFiles({ read, open });
  files.folders = foldersOf(params);
  const status = new StatusBoard(newestFact(world), (now) => {
    if (options.showsStatus) void connection.sendNotification(statusMethod, now);
  });
  const session: Session = {
    connection,
    features,
    options,
    documents,
    files,
    around: new SurroundingFiles(host, files),
    configs: new Configs({ files, status, builtIn: world.catalog }),
    status,
    waiting: undefined,
    onFilesRead: () => undefined,
    settings: new SettingsStore({
      ask: (uri) => askForSettings(session, uri),
      log: (line) => connection.console.warn(line),
    }),
    surroundings: {
      generation: 0,
      neighbours: new Set(options.neighbours),
      pushedSettings: options.settings,
      world,
      fixedToday: options.today ?? null,
    },
  };
  return session;
}

export type Look = {
  readonly settings: Settings;
  readonly inspection: Inspection;
  readonly place: DocumentPlace | null;
};

/** Settings and inspection of a Dockerfile as it is now; null when the settings say to leave it alone. */
export async function look(session: Session, document: OpenDocument): Promise<Look | null> {
  if (isConfigFile(document.uri)) return null;
  const settings = await session.settings.settingsOf(document.uri);
  if (!settings.enable) return null;
  const catalog = await session.configs.catalogOf(document.uri);
  const { neighbours } = session.surroundings;
  const place = session.around.placeOf(document.uri);
  const view: View = { world: currentWorld(session), catalog, settings, neighbours, place };
  const inspection = await settle(session, document, view);
  reportFaults(session, document.uri, inspection.faults);
  return { settings, inspection, place };
}

/** Take over a change around the documents; what was worked out before no longer counts. */
export function changeSurroundings(session: Session, change: Partial<Omit<Surroundings, 'generation'>>): void {
  const generation = session.surroundings.generation + 1;
  session.surroundings = { ...session.surroundings, ...change, generation };
}

/** `faults`: what went wrong inside the rules for this document; an empty list when nothing did. */
export function reportFaults({ status, connection }: Session, uri: string, faults: readonly string[]): void {
  const isNew = status.set(`rules ${uri}`, faults[0] ?? null);
  if (isNew) faults.forEach((fault) => connection.console.error(`${uri}: ${fault}`));
}

function currentWorld(session: Session): World {
  const { world, fixedToday } = session.surroundings;
  const now = fixedToday ?? today();
  if (world.today !== now) changeSurroundings(session, { world: { ...world, today: now } });
  return session.surroundings.world;
}

async function askForSettings({ features, connection, surroundings }: Session, uri: string): Promise<unknown> {
  if (!features.answersConfiguration) return surroundings.pushedSettings;
  return connection.workspace.getConfiguration({ scopeUri: uri, section: 'distroless' });
}

/** The day (YYYY-MM-DD) on which the newest facts of the catalog were read. */
function newestFact({ catalog }: World): string | null {
  const days = [...catalog.repositories.values()].map(({ vendor }) => vendor.read);
  return days.sort().at(-1) ?? null;
}

function readOptions(raw: unknown): InitializationOptions {
  return typeof raw === 'object' && raw !== null ? raw : {};
}

function today(): string {
  return new Date().toISOString().slice(0, 10);
}
