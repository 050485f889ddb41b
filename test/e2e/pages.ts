import type { Editor } from './editor.js';

/** Other views may be open beside it. */
const preview = 'iframe.webview.ready[src*="extensionId=vscode.markdown-language-features"]';

/** The guide opens inside the editor, and its links lead on to other pages there. */
export async function pagesOpenInside(editor: Editor): Promise<void> {
  await editor.run('Distroless: Open Guide');
  const view = editor.page.frameLocator(preview).frameLocator('iframe#active-frame');
  await view.getByRole('heading', { name: 'Distroless Guide', level: 1 }).waitFor();
  await view.getByRole('link', { name: 'Families of base images' }).click();
  await view.getByRole('heading', { name: 'Families of base images', level: 1 }).waitFor();
  await view.getByRole('link', { name: 'Google Distroless' }).click();
  await view.getByRole('heading', { name: 'Google Distroless', level: 1 }).waitFor();
  await view.getByRole('heading', { name: 'Pitfalls' }).waitFor();
}
