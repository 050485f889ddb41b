import assert from 'node:assert/strict';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { openEditor, type Editor } from './editor.js';
import { startHost } from './host.js';

const sample = 'shell-form-cmd';
const rule = 'shell-form-cmd-no-shell';
const shellForm = 'CMD /app/server --port 8080';
const fix = 'Rewrite CMD in exec form';
const execForm = 'CMD ["/app/server", "--port", "8080"]';

/** Runs one step as a subtest; a failure leaves a screenshot in out/e2e and prints what was said meanwhile. */
export type Step = (title: string, check: (editor: Editor) => unknown) => Promise<void>;

/**
 * Starts a host and a browser, runs steps in them and stops both.
 *
 * @param t the test that the steps belong to
 * @param args arguments for node, see startHost
 */
export async function inEditor(t: TestContext, args: string[], steps: (step: Step) => Promise<void>): Promise<void> {
  const host = await startHost(args);
  try {
    const editor = await openEditor(host.url);
    const step: Step = (title, check) =>
      t.test(title, async () => {
        try {
          await check(editor);
        } catch (error) {
          const name = `${t.name}: ${title}`.replace(/\W+/g, '-').toLowerCase();
          await editor.screenshot(join('out', 'e2e', `${name}.png`)).catch(() => undefined);
          console.error(`Browser:\n${editor.consoleLog()}\nServer:\n${host.log()}`);
          throw error;
        }
      });
    await steps(step).finally(() => editor.close());
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
  await editor.hoverText(line, 8, /shell/i);

  await editor.goTo(line, 8);
  const titles = await editor.quickFixes();
  assert.equal(titles[0], fix);
  await editor.applyFix(fix);
  await editor.problems((rows) => rows.every((row) => !row.includes(rule)));
  assert.equal((await editor.text()).split('\n')[line - 1], execForm);

  await editor.undo();
  await editor.problems((rows) => rows.some((row) => row.includes(rule)));
  assert.equal((await editor.text()).split('\n')[line - 1], shellForm);
}
