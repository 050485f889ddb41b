import type { Editor } from './editor.js';

/** The guide opens inside the editor, and its links lead on to other pages there. */
export async function pagesOpenInside(editor: Editor): Promise<void> {
  await editor.run('Distroless: Open Guide');
  const view = editor.view();
  await view.getByRole('heading', { name: 'Distroless Guide', level: 1 }).waitFor();
  await view.getByRole('link', { name: 'Families of base images' }).click();
  await view.getByRole('heading', { name: 'Families of base images', level: 1 }).waitFor();
  await view.getByRole('link', { name: 'Google Distroless' }).click();
  await view.getByRole('heading', { name: 'Google Distroless', level: 1 }).waitFor();
  await view.getByRole('heading', { name: 'Pitfalls' }).waitFor();
}
