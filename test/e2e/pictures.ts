// Takes the pictures in docs/images: npm run package && npm run screenshots
import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openEditor, type Editor } from './editor.js';
import { startHost } from './host.js';

type Pictures = Readonly<Record<string, (editor: Editor) => Promise<void>>>;

const inBrowser: Pictures = {
  async finding(editor) {
    await editor.openFile('alpine-native/Dockerfile');
    await editor.problems((rows) => rows.length > 0);
    await editor.goTo(await lineOf(editor, 'COPY --from=build'), 1);
  },
  async hover(editor) {
    await editor.openFile('node-distroless/Dockerfile');
    await editor.problems((rows) => rows.length > 0);
    await editor.page.keyboard.press('Control+j');
    await editor.hoverText(await lineOf(editor, 'FROM gcr.io/'), 12);
    await growHover(editor);
  },
};

const inCodeServer: Pictures = {
  async 'quick-fix'(editor) {
    await editor.openFile('shell-form-cmd/Dockerfile');
    await editor.problems((rows) => rows.length > 0);
    await editor.goTo(await lineOf(editor, 'CMD '), 8);
    await editor.quickFixes();
  },
};

const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };
const scratch = mkdtempSync(join(tmpdir(), 'distroless-guide-'));
try {
  const samples = join(scratch, 'samples');
  cpSync('samples', samples, { recursive: true });
  await take(inBrowser, ['scripts/start.mjs', '--no-open', '--port', '0']);
  const vsix = join('out', `distroless-guide-${version}.vsix`);
  await take(inCodeServer, ['scripts/editor/code-server.mjs', vsix, samples, scratch]);
} finally {
  rmSync(scratch, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
}

async function take(pictures: Pictures, args: string[]): Promise<void> {
  const host = await startHost(args);
  try {
    for (const [name, show] of Object.entries(pictures)) {
      const editor = await openEditor(host.url);
      try {
        await editor.page.keyboard.press('Control+b');
        await show(editor);
        await editor.screenshot(join('docs', 'images', `${name}.png`));
        console.log(`docs/images/${name}.png`);
      } finally {
        await editor.close();
      }
    }
  } finally {
    await host.stop();
  }
}

async function lineOf(editor: Editor, start: string): Promise<number> {
  const index = (await editor.text()).split('\n').findIndex((line) => line.startsWith(start));
  if (index < 0) throw new Error(`No line starts with '${start}'.`);
  return index + 1;
}

/** Pulls down the lower edge of the hover, which shows a part of a long text only. */
async function growHover({ page }: Editor): Promise<void> {
  const box = await page.locator('.monaco-editor .monaco-hover:not(.hidden)').first().boundingBox();
  if (box === null) throw new Error('There is no hover.');
  const x = box.x + box.width / 2;
  const y = box.y + box.height;
  await page.mouse.move(x, y);
  await page.mouse.down();
  await page.mouse.move(x, y + 300, { steps: 10 });
  await page.mouse.up();
}
