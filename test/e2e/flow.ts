import assert from 'node:assert/strict';
import { join } from 'node:path';
import { openEditor, type Editor } from './editor.js';
import { startHost } from './host.js';

const sample = 'shell-form-cmd';
const rule = 'shell-form-cmd-no-shell';
const shellForm = 'CMD /app/server --port 8080';
const execForm = 'CMD ["/app/server", "--port", "8080"]';

/**
 * Starts a host, runs a check in it and stops both. A failure leaves a screenshot in out/e2e and what the
 * browser and the server said on standard error.
 *
 * @param name of the host; names the screenshot
 * @param args arguments for node, see startHost
 */
export async function inEditor(name: string, args: string[], check: (editor: Editor) => Promise<void>): Promise<void> {
  const host = await startHost(args);
  try {
    const editor = await openEditor(host.url);
    try {
      await check(editor);
    } catch (error) {
      await editor.screenshot(join('out', 'e2e', `${name}.png`)).catch(() => undefined);
      console.error(`Browser:\n${editor.consoleLog()}\nServer:\n${host.log()}`);
      throw error;
    } finally {
      await editor.close();
    }
  } finally {
    await host.stop();
  }
}

/** A person opens a sample, reads the finding and the hover, mends it with the quick-fix, and undoes that. */
export async function mendShellForm(editor: Editor): Promise<void> {
  await editor.openFile(`${sample}/Dockerfile`);
  await editor.problems((rows) => rows.some((row) => row.includes(rule)));
  await editor.page.locator('.squiggly-error').first().waitFor();

  const line = (await editor.text()).split('\n').indexOf(shellForm) + 1;
  assert.ok(line > 0, 'The sample has lost its shell-form CMD.');
  assert.match(await editor.hoverText(line, 8), /shell/i);
  await editor.picture('finding');

  await editor.goTo(line, 8);
  const titles = await editor.quickFixes();
  assert.equal(titles[0], 'Rewrite in exec form');
  await editor.picture('quick-fix');
  await editor.applyFix('Rewrite in exec form');
  await editor.problems((rows) => rows.every((row) => !row.includes(rule)));
  assert.equal((await editor.text()).split('\n')[line - 1], execForm);

  await editor.undo();
  await editor.problems((rows) => rows.some((row) => row.includes(rule)));
  assert.equal((await editor.text()).split('\n')[line - 1], shellForm);
}
