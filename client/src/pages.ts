import { commands, env, extensions, Uri, workspace, type Disposable } from 'vscode';

/** Pages of docs/ are shown from the package itself, without the network. */
const scheme = 'distroless-docs';
const published = 'https://github.com/distroless-guide/distroless-guide/blob/main/docs/';

/** `families/chainguard.md`, `guide/glibc-and-musl.md#why`: below docs/, and nowhere else. */
const pagePattern = /^(?:(?:families|guide|rules)\/)?[\w-]+\.md(?:#[\w-]+)?$/;

export function registerPages(extensionUri: Uri): Disposable[] {
  const provider = {
    provideTextDocumentContent: async ({ path }: Uri) => {
      if (!pagePattern.test(path.slice(1))) return '';
      const bytes = await workspace.fs.readFile(Uri.joinPath(extensionUri, 'docs', path));
      return new TextDecoder().decode(bytes);
    },
  };
  return [
    workspace.registerTextDocumentContentProvider(scheme, provider),
    commands.registerCommand('distroless.openPage', openPage),
    commands.registerCommand('distroless.openGuide', () => openPage('README.md')),
  ];
}

/** In the editor where it can show Markdown, else on the web. */
export async function openPage(page: unknown): Promise<void> {
  if (typeof page !== 'string' || !pagePattern.test(page)) return;
  const [path = '', fragment = ''] = page.split('#');
  const canPreview = extensions.getExtension('vscode.markdown-language-features') !== undefined;
  if (canPreview)
    await commands.executeCommand('markdown.showPreview', Uri.from({ scheme, path: `/${path}`, fragment }));
  else await env.openExternal(Uri.parse(published + page));
}
