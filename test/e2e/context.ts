import assert from 'node:assert/strict';
import type { Editor } from './editor.js';

const lockRule = 'npm-lock-lacks-target-libc';
const ignoreRule = 'host-node-modules-copied';
const scriptRule = 'script-entrypoint-no-interpreter';
const fix = "Add 'node_modules' to .dockerignore";

/** A finding rests on a file beside the Dockerfile, and leads to the line there. */
export async function lockFileIsRead(editor: Editor): Promise<void> {
  await editor.openFile('node-lock/Dockerfile');
  await editor.problems((rows) => rows.some((row) => row.includes(lockRule)));
  const line = (await editor.text()).split('\n').findIndex((text) => text.startsWith('RUN npm ci')) + 1;
  await editor.hoverText(line, 6, /package-lock\.json\(14, \d+\)/);
}

/** A fix changes another file; as soon as that says so, saved or not, the finding is gone, and back after undo. */
export async function ignoreFileIsMended(editor: Editor): Promise<void> {
  const { page } = editor;
  await editor.openFile('node-lock/Dockerfile');
  await editor.problems((rows) => rows.some((row) => row.includes(ignoreRule)));
  const line = (await editor.text()).split('\n').indexOf('COPY . .') + 1;
  await editor.goTo(line, 3);
  await editor.applyFix(fix);
  await editor.problems((rows) => rows.every((row) => !row.includes(ignoreRule)));

  const tab = (name: string) => page.locator('.tabs-container .tab', { hasText: name });
  await tab('.dockerignore').first().click();
  await page.locator('.breadcrumbs-control', { hasText: '.dockerignore' }).waitFor();
  assert.equal((await editor.text()).trim(), '.git\nnode_modules');
  await editor.undo();
  await editor.problems((rows) => rows.some((row) => row.includes(ignoreRule)));
  assert.equal((await editor.text()).trim(), '.git');
}

/** A reason leads into the start script; what is changed there, saved or not, decides the finding. */
export async function scriptIsFollowed(editor: Editor): Promise<void> {
  const { page } = editor;
  await editor.openFile('alpine-script/Dockerfile');
  await editor.problems((rows) => rows.some((row) => row.includes(scriptRule)));
  const line = (await editor.text()).split('\n').findIndex((text) => text.startsWith('ENTRYPOINT')) + 1;
  await editor.hoverText(line, 3, /It does not start: \/entrypoint\.sh is a script for \/bin\/bash/);
  await page.keyboard.press('Escape');

  await page
    .locator('.markers-panel .monaco-list-row', { hasText: 'The first line names the interpreter.' })
    .dblclick();
  await page.locator('.breadcrumbs-control', { hasText: 'entrypoint.sh' }).waitFor();
  await editor.goTo(1, 3);
  await page.keyboard.press('Shift+End');
  await page.keyboard.insertText('/bin/sh');
  await editor.problems((rows) => rows.every((row) => !row.includes(scriptRule)));
  await editor.undo();
  await editor.problems((rows) => rows.some((row) => row.includes(scriptRule)));
  assert.match(await editor.text(), /^#!\/bin\/bash\n/);
}
