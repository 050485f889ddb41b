import assert from 'node:assert/strict';
import type { Editor } from './editor.js';

const sample = 'node-distroless/Dockerfile';
const buildBase = 'node:24-trixie-slim';
const finalBase = 'gcr.io/distroless/nodejs24-debian13:nonroot';
const stale = 'The change now shown';

/** A person compares the bases of a build stage, looks at a change, applies it and takes it back. */
export async function compareBases(editor: Editor): Promise<void> {
  await editor.openFile(sample);
  await editor.goTo(3, 1);
  const before = await editor.text();
  await editor.run('Distroless: Compare Base Images');
  const view = editor.view();
  await view.getByRole('heading', { name: "Base images for stage 'build'" }).waitFor();
  const present = view.locator('tr.present');
  assert.match(await present.locator('td.libc').innerText(), /^glibc 2\.\d+$/);
  assert.equal(await present.locator('td.user').innerText(), 'root');
  assert.equal(await present.locator('bdi').innerText(), buildBase);

  await sort(editor);
  await narrow(editor);

  const button = view.getByRole('button', { name: /^Show change to / }).first();
  const reference = (await button.getAttribute('data-reference')) ?? '';
  await button.click();
  const after = editor.page.locator('.monaco-diff-editor .editor.modified .lines-content > .view-lines');
  await after.filter({ hasText: `FROM ${reference} AS build` }).waitFor();
  await editor.page.getByRole('button', { name: 'Apply Change' }).click();
  await applied(editor, reference);
  const changed = before.replace(`FROM ${buildBase}`, () => `FROM ${reference}`);
  assert.equal(await editor.text(), changed);
  await editor.undo();
  await view.locator('tr.present bdi', { hasText: buildBase }).waitFor();
  assert.equal(await editor.text(), before);
}

/** A change that is being looked at follows the text; by keyboard alone. */
export async function changeFollowsText(editor: Editor): Promise<void> {
  const { page } = editor;
  await editor.openFile(sample);
  await editor.goTo(8, 1);
  const before = await editor.text();
  await editor.run('Distroless: Compare Base Images');
  const view = editor.view();
  await view.locator('tr.present bdi', { hasText: finalBase }).waitFor();
  const button = view.locator('button[data-reference]').first();
  const reference = (await button.getAttribute('data-reference')) ?? '';
  await reach(editor, button);
  await page.keyboard.press('Enter');
  const after = page.locator('.monaco-diff-editor .editor.modified .lines-content > .view-lines');
  await after.filter({ hasText: `FROM ${reference}` }).waitFor();

  await page.keyboard.press('Control+1');
  await page.keyboard.press('Control+PageUp');
  await page.locator('.monaco-diff-editor').waitFor({ state: 'hidden' });
  await editor.goTo(1, 1);
  await page.keyboard.type('# new\n');
  await page.keyboard.press('Control+PageDown');
  await after.filter({ hasText: '# new' }).waitFor();
  await editor.run('Distroless: Apply Change');
  await applied(editor, reference);
  assert.equal(await page.getByText(stale).count(), 0);
  assert.equal(await editor.text(), `# new\n${before.replace(finalBase, () => reference)}`);
  await undoAll(editor, before);
}

/** The diff editor has gone, the file is in front, and the view shows what its stage is based on now. */
async function applied(editor: Editor, reference: string): Promise<void> {
  await editor.page.locator('.monaco-diff-editor').waitFor({ state: 'detached' });
  await editor.page.locator('.editor-group-container.active .monaco-editor.focused').waitFor();
  await editor.view().locator('tr.present bdi', { hasText: reference }).waitFor();
}

/** What was typed may be one or several steps to undo. */
async function undoAll(editor: Editor, before: string): Promise<void> {
  for (let step = 0; step < 8 && (await editor.text()) !== before; step++) {
    await editor.undo();
    await editor.page.waitForTimeout(200);
  }
  assert.equal(await editor.text(), before);
  await editor.page.locator('.tabs-container .tab.active.dirty').first().waitFor({ state: 'detached' });
}

/** The stages of a sample as cards, which lead to their lines by mouse and by keyboard. */
export async function showStages(editor: Editor): Promise<void> {
  await editor.openFile(sample);
  await editor.goTo(1, 1);
  await editor.run('Distroless: Show Stages');
  const view = editor.view();
  const card = (name: RegExp) => view.getByRole('button', { name });
  const final = card(/^stage 1, final, glibc [\d.]+, no shell, runs as .*, line 7$/);
  await final.waitFor();
  await card(new RegExp(`^${finalBase.replaceAll('.', '\\.')}, `)).waitFor();
  assert.deepEqual(await view.locator('.label').allInnerTexts(), ['package.json, server.js', '/app']);
  assert.equal(await view.locator('svg .line').count(), 4 + 2, 'Four links, and two kinds in the legend.');
  await final.click();
  await editor.page.locator('.statusbar', { hasText: 'Ln 7, Col 1' }).waitFor();

  await editor.page.locator('.editor-group-container.active .monaco-editor.focused').waitFor();
  await reach(editor, card(/^build, .*, line 2$/).first());
  await editor.page.keyboard.press('Enter');
  await editor.page.locator('.statusbar', { hasText: 'Ln 2, Col 1' }).waitFor();
}

/** The line above the final stage, and the card on its base image, lead to the view of that stage. */
export async function linksOpenCompare(editor: Editor): Promise<void> {
  const { page } = editor;
  await editor.openFile(sample);
  await page.locator('.codelens-decoration a', { hasText: 'compare' }).click();
  await editor.view().locator('tr.present bdi', { hasText: finalBase }).waitFor();

  await editor.hoverText(2, 8, /glibc/);
  await page.locator('.monaco-hover:not(.hidden) a', { hasText: 'Compare' }).first().click();
  await editor.view().locator('tr.present bdi', { hasText: buildBase }).waitFor();
}

/** After the window is reloaded, the view shows what it showed. */
export async function viewComesBack(editor: Editor): Promise<void> {
  const cards = await editor.view().locator('.card').allInnerTexts();
  assert.ok(cards.length > 2);
  // In a browser VS Code writes down which views are open every five seconds, when it is idle, and not on leaving.
  await editor.page.waitForTimeout(12_000);
  await editor.page.reload();
  await editor.view().locator('.card').first().waitFor();
  assert.deepEqual(await editor.view().locator('.card').allInnerTexts(), cards);
}

/** The policy of our pages let through all that they need, so that it had nothing to refuse. */
export function policyIsKept(editor: Editor): void {
  const refused = editor
    .consoleLog()
    .split('\n')
    .filter((line) => /Refused to|violates the following/.test(line));
  assert.deepEqual(refused, []);
}

async function sort(editor: Editor): Promise<void> {
  const view = editor.view();
  const header = view.getByRole('button', { name: 'C library' });
  await header.click();
  await view.locator('th[aria-sort=ascending]', { hasText: 'C library' }).waitFor();
  const cells = (await view.locator('td.libc').allInnerTexts()).map((text) => text.trim());
  const known = cells.filter((text) => !text.startsWith('—'));
  assert.ok(known.length > 1, 'The C library of two bases at least is known.');
  const byName = known.toSorted((a, b) => a.localeCompare(b, 'en', { numeric: true }));
  assert.deepEqual(cells.slice(0, known.length), byName);
  await header.click();
  await header.click();
  assert.equal(await view.locator('th[aria-sort=ascending], th[aria-sort=descending]').count(), 0);
}

async function narrow(editor: Editor): Promise<void> {
  const view = editor.view();
  const all = await view.locator('tbody tr').count();
  await view.getByRole('button', { name: 'musl' }).click();
  const libcs = await view.locator('tbody tr:not(.present) td.libc').allInnerTexts();
  assert.ok(libcs.length > 0 && libcs.length < all - 1);
  for (const libc of libcs) assert.match(libc, /^musl/);
  await view.getByRole('button', { name: 'musl' }).click();
  assert.equal(await view.locator('tbody tr').count(), all);
}

type Control = ReturnType<ReturnType<Editor['view']>['locator']>;

/** Goes into the view beside the text and on to a control of it, by keyboard. VS Code may move the focus late. */
async function reach({ page }: Editor, control: Control): Promise<void> {
  for (let step = 0; step < 200; step++) {
    const focus = await focusAt(control);
    if (focus === 'control') return;
    if (focus === 'view') await page.keyboard.press('Tab');
    else if (step % 20 === 0) await page.keyboard.press('Control+2');
    else await page.waitForTimeout(100);
  }
  assert.fail('The control is not reached by keyboard.');
}

function focusAt(control: Control): Promise<'control' | 'view' | 'elsewhere'> {
  return control.evaluate((made: { ownerDocument: { activeElement: unknown; hasFocus: () => boolean } }) =>
    !made.ownerDocument.hasFocus() ? 'elsewhere' : made.ownerDocument.activeElement === made ? 'control' : 'view',
  );
}
