import { Uri, type ExtensionContext } from 'vscode';
import { LanguageClient, TransportKind } from 'vscode-languageclient/node';
import { startExtension, stopExtension } from './start.js';

/** Where extensions run in Node: the server is a process of its own. */
export function activate(context: ExtensionContext): Promise<void> {
  const module = Uri.joinPath(context.extensionUri, 'dist', 'server.js').fsPath;
  const run = { module, transport: TransportKind.ipc };
  const debug = { ...run, options: { execArgv: ['--nolazy', '--inspect=6009'] } };
  return startExtension(context, ({ id, name, options }) => new LanguageClient(id, name, { run, debug }, options));
}

export function deactivate(): Promise<void> {
  return stopExtension();
}
