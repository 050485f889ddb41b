import { commands, languages, window, type Diagnostic, type Disposable, type LogOutputChannel } from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import { createConfig } from './create-config.js';
import { openPage } from './pages.js';

type Parts = { readonly client: BaseLanguageClient; readonly log: LogOutputChannel };

export function registerCommands({ client, log }: Parts): Disposable[] {
  return [
    commands.registerCommand('distroless.restart', () => restart({ client, log })),
    commands.registerCommand('distroless.showOutput', () => log.show()),
    commands.registerCommand('distroless.fixAll', fixAll),
    commands.registerCommand('distroless.createConfig', createConfig),
    commands.registerCommand('distroless.openRulePage', openRulePage),
  ];
}

/** A server that does not answer is given up, and a new one is started. */
async function restart({ client, log }: Parts): Promise<void> {
  try {
    if (client.needsStop()) await client.stop();
  } catch (error) {
    log.warn(`The language server did not stop in order: ${String(error)}`);
  }
  await client.start();
}

async function fixAll(): Promise<void> {
  const request = { kind: 'source.fixAll.distroless', apply: 'first' };
  await commands.executeCommand('editor.action.codeAction', request);
}

/** The page of the problem at the cursor; of all problems of the file to choose from when there is none, or several. */
async function openRulePage(): Promise<void> {
  const editor = window.activeTextEditor;
  if (!editor) return;
  const problems = languages.getDiagnostics(editor.document.uri).filter(({ source }) => source === 'distroless');
  const here = problems.filter(({ range }) => range.contains(editor.selection.active));
  const pages = pagesOf(here.length > 0 ? here : problems);
  if (pages.length === 0) {
    await window.showInformationMessage('Distroless Guide reports nothing in this file.');
    return;
  }
  const page = pages.length === 1 ? pages[0] : await window.showQuickPick(pages, { title: 'Open Rule Page' });
  if (page) await openPage(`rules/${page.label}.md`);
}

type Page = { readonly label: string; readonly detail: string };

function pagesOf(problems: readonly Diagnostic[]): Page[] {
  const pages = new Map<string, Page>();
  for (const { code, message } of problems) {
    if (typeof code !== 'object') continue;
    const label = String(code.value);
    if (!pages.has(label)) pages.set(label, { label, detail: message });
  }
  return [...pages.values()];
}
