import { Uri, type ExtensionContext } from 'vscode';
import { BrowserMessageReader, BrowserMessageWriter, LanguageClient } from 'vscode-languageclient/browser';
import { startExtension, stopExtension } from './start.js';

/** Where extensions run in a web worker: the server is another one, and each start gets a fresh one. */
export function activate(context: ExtensionContext): Promise<void> {
  const script = Uri.joinPath(context.extensionUri, 'dist', 'server-web.js').toString(true);
  let worker: Worker | undefined;
  // The client would test a worker with instanceof, which fails for the stand-in that VS Code puts in place of Worker.
  const newWorker = () => {
    worker?.terminate();
    worker = new Worker(script);
    return Promise.resolve({ reader: new BrowserMessageReader(worker), writer: new BrowserMessageWriter(worker) });
  };
  return startExtension(context, ({ id, name, options }) => new LanguageClient(id, name, newWorker, options));
}

export function deactivate(): Promise<void> {
  return stopExtension();
}
