import assert from 'node:assert/strict';
import type {
  ClientCapabilities,
  CodeAction,
  Diagnostic,
  DocumentDiagnosticReport,
  Hover,
  InitializeResult,
  PublishDiagnosticsParams,
  Range,
  TextEdit,
  WorkspaceEdit,
} from 'vscode-languageserver';
import type { InitializationOptions, Status } from '../../server/src/protocol.js';
import { indexLines, offsetAt } from '../../server/src/text/lines.js';
import type { Transport } from './lsp-transports.js';

/** Everything the server makes use of, as VS Code has it. */
export const fullCapabilities: ClientCapabilities = {
  workspace: {
    configuration: true,
    didChangeConfiguration: { dynamicRegistration: true },
    diagnostics: { refreshSupport: true },
    workspaceEdit: { documentChanges: true, resourceOperations: ['create'] },
  },
  textDocument: {
    diagnostic: { relatedInformation: true, codeDescriptionSupport: true, tagSupport: { valueSet: [1, 2] } },
    hover: { contentFormat: ['markdown', 'plaintext'] },
    codeAction: { codeActionLiteralSupport: { codeActionKind: { valueSet: ['quickfix'] } } },
  },
};

/** A client of an older editor: it is pushed its diagnostics, and cannot be asked for settings. */
export const plainCapabilities: ClientCapabilities = {
  textDocument: {
    publishDiagnostics: {},
    codeAction: { codeActionLiteralSupport: { codeActionKind: { valueSet: ['quickfix'] } } },
  },
};

type Message = { id?: number | string; method?: string; params?: unknown; result?: unknown; error?: ResponseFailure };
export type ResponseFailure = { readonly code: number; readonly message: string };

/** A client for tests: sends what it is told, keeps what it receives. */
export class LspClient {
  /** What `workspace/configuration` answers, by document; `''` for all others. */
  readonly settings = new Map<string, unknown>();
  /** What `distroless/readFile` answers, by URI; null for all others. An error is thrown back at the server. */
  readonly files = new Map<string, unknown>();
  /** What `distroless/listFolder` answers, by URI, in place of what `files` makes of it. */
  readonly listings = new Map<string, unknown>();
  /** URIs about which requests wait, until they are let go of. */
  readonly held = new Set<string>();
  readonly #answersHeld: { readonly uri: string; readonly send: () => void }[] = [];
  /** URIs of the folders of the workspace. */
  folders: readonly string[] = [];
  readonly received: Message[] = [];
  readonly #transport: Transport;
  readonly #pending = new Map<number, (message: Message) => void>();
  readonly #waiting = new Set<() => void>();
  #nextId = 1;

  constructor(transport: Transport) {
    this.#transport = transport;
    transport.listen((message) => this.#receive(message as Message));
  }

  async initialize(
    capabilities: ClientCapabilities = fullCapabilities,
    initializationOptions: InitializationOptions = {},
  ): Promise<InitializeResult> {
    const options = { today: '2026-11-21', showsStatus: true, ...initializationOptions };
    const workspaceFolders = this.folders.map((uri) => ({ uri, name: uri }));
    const params = {
      processId: null,
      rootUri: null,
      ...(workspaceFolders.length > 0 && { workspaceFolders }),
      capabilities,
      initializationOptions: options,
    };
    const result = (await this.request('initialize', params)) as InitializeResult;
    this.notify('initialized', {});
    return result;
  }

  async request(method: string, params?: unknown): Promise<unknown> {
    const { result, error } = await this.#ask(method, params);
    if (error) assert.fail(`${method}: ${error.message}`);
    return result;
  }

  async failingRequest(method: string, params?: unknown): Promise<ResponseFailure> {
    const { error } = await this.#ask(method, params);
    return error ?? assert.fail(`${method} was answered.`);
  }

  notify(method: string, params?: unknown): void {
    this.#transport.send({ jsonrpc: '2.0', method, params });
  }

  open(uri: string, text: string): void {
    this.notify('textDocument/didOpen', { textDocument: { uri, languageId: 'dockerfile', version: 1, text } });
  }

  change(uri: string, version: number, contentChanges: readonly ({ range: Range; text: string } | { text: string })[]) {
    this.notify('textDocument/didChange', { textDocument: { uri, version }, contentChanges });
  }

  async pull(uri: string, previousResultId?: string): Promise<DocumentDiagnosticReport> {
    const params = { textDocument: { uri }, ...(previousResultId !== undefined && { previousResultId }) };
    return (await this.request('textDocument/diagnostic', params)) as DocumentDiagnosticReport;
  }

  async diagnostics(uri: string): Promise<Diagnostic[]> {
    const report = await this.pull(uri);
    return report.kind === 'full' ? report.items : assert.fail('Expected a full report.');
  }

  /** The next push for `uri` that is not among those already received. */
  async pushed(uri: string, skip = 0): Promise<PublishDiagnosticsParams> {
    const isMine = ({ params }: Message) => (params as PublishDiagnosticsParams).uri === uri;
    return (await this.notification('textDocument/publishDiagnostics', { skip, isMine })) as PublishDiagnosticsParams;
  }

  async status(skip = 0): Promise<Status> {
    return (await this.notification('distroless/status', { skip, isMine: () => true })) as Status;
  }

  async hover(uri: string, line: number, character: number): Promise<Hover | null> {
    return (await this.request('textDocument/hover', {
      textDocument: { uri },
      position: { line, character },
    })) as Hover | null;
  }

  async codeActions(uri: string, range: Range, context: { diagnostics?: Diagnostic[]; only?: string[] } = {}) {
    const params = { textDocument: { uri }, range, context: { diagnostics: [], ...context } };
    return ((await this.request('textDocument/codeAction', params)) ?? []) as CodeAction[];
  }

  /** Waits for the message number `skip` (from zero) of a method. */
  async notification(method: string, { skip, isMine }: { skip: number; isMine: (message: Message) => boolean }) {
    for (;;) {
      const found = this.received.filter((message) => message.method === method && isMine(message))[skip];
      if (found) return found.params;
      await new Promise<void>((resolve) => this.#waiting.add(resolve));
    }
  }

  /** Ends the server as a client should; the exit code of its process. */
  async end(): Promise<number | null> {
    await this.request('shutdown');
    this.notify('exit');
    return this.#transport.ended;
  }

  get transport(): Transport {
    return this.#transport;
  }

  #ask(method: string, params: unknown): Promise<Message> {
    const id = this.#nextId++;
    this.#transport.send({ jsonrpc: '2.0', id, method, ...(params !== undefined && { params }) });
    return new Promise((resolve) => this.#pending.set(id, resolve));
  }

  #receive(message: Message): void {
    this.received.push(message);
    if (message.method === undefined) {
      this.#pending.get(Number(message.id))?.(message);
      this.#pending.delete(Number(message.id));
    } else if (message.id !== undefined) {
      const { uri } = (message.params ?? {}) as { uri?: string };
      const send = () => this.#send(message);
      if (uri !== undefined && this.held.has(uri)) this.#answersHeld.push({ uri, send });
      else send();
    }
    for (const wake of this.#waiting) wake();
    this.#waiting.clear();
  }

  /** Answers at last what was asked about a URI. */
  letGo(uri: string): void {
    this.held.delete(uri);
    this.#answersHeld.filter((held) => held.uri === uri).forEach(({ send }) => send());
  }

  #send(message: Message): void {
    const result = this.#answer(message);
    const answer = result instanceof Error ? { error: { code: -32603, message: result.message } } : { result };
    this.#transport.send({ jsonrpc: '2.0', id: message.id, ...answer });
  }

  #answer({ method, params }: Message): unknown {
    if (method === 'distroless/readFile') return this.files.get((params as { uri: string }).uri) ?? null;
    if (method === 'distroless/listFolder') return this.#list((params as { uri: string }).uri);
    if (method !== 'workspace/configuration') return null;
    const { items } = params as { items: { scopeUri?: string }[] };
    return items.map(({ scopeUri = '' }) => this.settings.get(scopeUri) ?? this.settings.get('') ?? null);
  }

  #list(uri: string): unknown {
    if (this.listings.has(uri)) return this.listings.get(uri);
    const below = [...this.files.keys()].filter((file) => file.startsWith(`${uri}/`));
    const entries = below.map((file) => {
      const [name = '', ...rest] = file.slice(uri.length + 1).split('/');
      return [name, rest.length > 0 ? 'directory' : 'file'];
    });
    return entries.length > 0 ? { entries } : null;
  }
}

/** The text of the one document that a workspace edit changes, after the change. */
export function afterWorkspaceEdit(text: string, edit: WorkspaceEdit | undefined): string {
  const versioned = edit?.documentChanges?.flatMap((change) => ('edits' in change ? change.edits : []));
  const edits = versioned ?? Object.values(edit?.changes ?? {}).flat();
  assert.notEqual(edits.length, 0, 'The edit changes something.');
  const lines = indexLines(text);
  return (edits as TextEdit[])
    .map(({ range, newText }) => ({ start: offsetAt(lines, range.start), end: offsetAt(lines, range.end), newText }))
    .sort((a, b) => b.start - a.start || b.end - a.end)
    .reduce((result, { start, end, newText }) => result.slice(0, start) + newText + result.slice(end), text);
}
