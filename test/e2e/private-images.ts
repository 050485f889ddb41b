import assert from 'node:assert/strict';
import type { Editor } from './editor.js';

const rule = 'shell-form-cmd-no-shell';

/** The config file is read through the editor, and counts for the Dockerfile beside it. */
export async function privateImagesAreKnown(editor: Editor): Promise<void> {
  await editor.openFile('private-base/Dockerfile');
  await editor.problems((rows) => rows.some((row) => row.includes(rule)));
  const lines = (await editor.text()).split('\n');
  const line = lines.findIndex((text) => text.startsWith('FROM registry.corp.example/team/base')) + 1;
  const said = await editor.hoverText(line, 12, /Facts from/);
  assert.match(said, /Platform team/);
}

/** What is typed into the config file has its own problem, told by this extension and not as one of a Dockerfile. */
export async function brokenConfigIsTold(editor: Editor): Promise<void> {
  await editor.openFile('private-base/distroless.config.json');
  await editor.goTo(1, 1);
  await editor.page.keyboard.type('?');
  await editor.problems((rows) => rows.some((row) => /Write names and texts in double quotes.* distroless /.test(row)));
  await editor.undo();
  await editor.problems((rows) => rows.length === 0);
}
