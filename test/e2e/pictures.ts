// Takes the pictures in docs/images: npm run package && npm run screenshots
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
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
  async context(editor) {
    await editor.openFile('go-sqlite/Dockerfile');
    await editor.problems((rows) => rows.length > 0);
    await editor.hoverText(await lineOf(editor, 'RUN CGO_ENABLED=0'), 20, /main\.go/);
    await calm(editor);
  },
  async hover(editor) {
    await editor.openFile('node-distroless/Dockerfile');
    await editor.problems((rows) => rows.length > 0);
    await editor.page.keyboard.press('Control+j');
    await editor.hoverText(await lineOf(editor, 'FROM gcr.io/'), 12, /shell/);
    await growHover(editor);
  },
  async compare(editor) {
    await editor.openFile('go-static/Dockerfile');
    await editor.goTo(await lineOf(editor, 'FROM gcr.io/'), 12);
    await editor.run('Distroless: Compare Base Images');
    await editor.view().locator('tr.present').waitFor();
    await editor.page.keyboard.press('Control+k');
    await editor.page.keyboard.press('Control+m');
    await calm(editor);
  },
  async stages(editor) {
    await editor.openFile('go-static/Dockerfile');
    await editor.goTo(1, 1);
    await editor.page.keyboard.press('Control+a');
    await editor.page.keyboard.insertText(manyStages);
    await editor.goTo(1, 1);
    await editor.run('Distroless: Show Stages');
    await editor.view().locator('.card', { hasText: 'assets' }).waitFor();
    await calm(editor);
  },
  async completion(editor) {
    await editor.openFile('go-static/Dockerfile');
    await editor.goTo(await lineOf(editor, 'FROM gcr.io/'), 6);
    await editor.page.keyboard.press('Shift+End');
    await editor.page.keyboard.press('Delete');
    await editor.page.keyboard.press('Control+Space');
    await editor.page.locator('.suggest-widget .monaco-list-row').first().waitFor();
    const details = editor.page.locator('.suggest-details-container');
    if (!(await details.isVisible())) await editor.page.keyboard.press('Control+Space');
    await calm(editor);
  },
};

/** For the picture of the stages: two that are copied from, and one that the final stage does not need. */
const manyStages = `FROM golang:1.26-trixie AS build
WORKDIR /src
COPY go.mod main.go ./
RUN CGO_ENABLED=0 go build -o /out/server .

FROM build AS test
RUN go test ./...

FROM node:24-trixie-slim AS assets
WORKDIR /app
COPY web/ ./
RUN npm ci && npm run build

FROM gcr.io/distroless/static-debian13:nonroot
COPY --from=build /out/server /server
COPY --from=assets /app/dist /public
ENTRYPOINT ["/server"]
`;

const inCodeServer: Pictures = {
  async 'quick-fix'(editor) {
    await editor.openFile('shell-form-cmd/Dockerfile');
    await editor.problems((rows) => rows.length > 0);
    await editor.goTo(await lineOf(editor, 'CMD '), 8);
    await editor.quickFixes();
  },
};

const withInlayHints: Pictures = {
  async lens(editor) {
    await editor.openFile('go-static/Dockerfile');
    await editor.page.locator('.codelens-decoration', { hasText: 'compare' }).waitFor();
    await editor.page.locator('.view-lines', { hasText: 'no libc' }).first().waitFor();
    await calm(editor);
  },
};

const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };
const scratch = mkdtempSync(join(tmpdir(), 'distroless-guide-'));
try {
  const samples = join(scratch, 'samples');
  cpSync('samples', samples, { recursive: true });
  await take(inBrowser, ['scripts/start.mjs', '--no-open', '--port', '0']);
  const vsix = join('out', `distroless-guide-${version}.vsix`);
  await take(inCodeServer, ['scripts/editor/code-server.mjs', vsix, samples, join(scratch, 'plain')]);
  mkdirSync(join(samples, '.vscode'));
  writeFileSync(join(samples, '.vscode/settings.json'), '{ "distroless.inlayHints.enable": true }\n');
  await take(withInlayHints, ['scripts/editor/code-server.mjs', vsix, samples, join(scratch, 'hints')]);
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

/** Takes the pointer out of sight and lets what moves come to rest. */
async function calm({ page }: Editor): Promise<void> {
  await page.mouse.move(640, 799);
  await page.waitForTimeout(1000);
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
