import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { chromium, type Browser, type FrameLocator, type Page } from 'playwright-core';

/** VS Code in a browser, driven by keyboard as a person would. Lines and columns count from 1. */
export type Editor = {
  page: Page;
  openFile(path: string): Promise<void>;
  goTo(line: number, column: number): Promise<void>;
  text(): Promise<string>;
  /** Waits until the rows of the Problems panel are as wanted; each is message, source, rule and position. */
  problems(areAsWanted: (rows: string[]) => boolean): Promise<string[]>;
  /** Waits until the hover says what is wanted: other parts of it, as that of a link, may come first. */
  hoverText(line: number, column: number, wanted: RegExp): Promise<string>;
  quickFixes(): Promise<string[]>;
  applyFix(title: string): Promise<void>;
  undo(): Promise<void>;
  /** Runs a command by its title, as the palette shows it. */
  run(title: string): Promise<void>;
  /** The page of the webview that is in sight. */
  view(): FrameLocator;
  screenshot(path: string): Promise<void>;
  consoleLog(): string;
  foreignRequests(): string[];
  close(): Promise<void>;
};

const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--force-color-profile=srgb',
  '--font-render-hinting=none',
];

const timeout = 60_000;

/** Opens VS Code at an address in a window of 1280 by 800 pixels and waits until it has drawn itself. */
export async function openEditor(url: string): Promise<Editor> {
  const browser = await launch();
  try {
    const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, locale: 'en-US' });
    const page = await context.newPage();
    page.setDefaultTimeout(timeout);
    const heard = listen(page);
    await page.goto(url);
    await page.waitForSelector('.monaco-workbench .explorer-folders-view .monaco-list-row');
    return editor(browser, page, heard);
  } catch (error) {
    await browser.close();
    throw error;
  }
}

/** A browser sometimes does not come up on a busy machine, so starting it, and only that, is tried twice. */
export function launch(): Promise<Browser> {
  const start = () =>
    chromium.launch({ executablePath: process.env.CHROMIUM || '/usr/bin/chromium', args: flags, timeout });
  return start().catch(start);
}

type Heard = { console: string[]; foreign: string[] };

function listen(page: Page): Heard {
  const heard: Heard = { console: [], foreign: [] };
  page.on('console', (message) => heard.console.push(`${message.type()}: ${message.text()}`));
  page.on('pageerror', (error) => heard.console.push(`uncaught: ${error.message}`));
  page.context().on('request', (request) => {
    if (!/^(data:|blob:|https?:\/\/127\.0\.0\.1[:/])/.test(request.url())) heard.foreign.push(request.url());
  });
  return heard;
}

function editor(browser: Browser, page: Page, heard: Heard): Editor {
  const goTo = async (line: number, column: number) => {
    await askForLine(page, `:${line}:${column}`);
    await page.locator('.statusbar', { hasText: new RegExp(`Ln ${line}, Col ${column}(?!\\d)`) }).waitFor();
  };

  return {
    page,
    goTo,
    openFile: (path) => openFile(page, path),
    text: () => visibleText(page),
    problems: (areAsWanted) => problems(page, areAsWanted),
    hoverText: async (line, column, wanted) => {
      await goTo(line, column);
      return hoverText(page, wanted);
    },
    quickFixes: () => quickFixes(page),
    applyFix: (title) => applyFix(page, title),
    undo: async () => {
      await focusText(page);
      await page.keyboard.press('Control+z');
    },
    run: (title) => run(page, title),
    view: () => page.frameLocator('iframe.webview.ready:visible').frameLocator('iframe#active-frame'),
    screenshot: (path) => screenshot(page, path),
    consoleLog: () => heard.console.join('\n'),
    foreignRequests: () => heard.foreign,
    close: () => browser.close(),
  };
}

async function screenshot(page: Page, path: string): Promise<void> {
  mkdirSync(dirname(path), { recursive: true });
  await page.screenshot({ path, animations: 'disabled', caret: 'hide' });
}

/** Closes the other files first, so that the Problems panel has those of this file only. */
async function openFile(page: Page, path: string): Promise<void> {
  await page.keyboard.press('Control+k');
  await page.keyboard.press('Control+w');
  await page.locator('.editor-group-container.active.empty').waitFor();
  await page.keyboard.press('Control+p');
  const input = page.locator('.quick-input-widget .quick-input-box input');
  await input.fill(path);
  const [folder = ''] = path.split('/');
  const row = page.locator('.quick-input-list .monaco-list-row').filter({ hasText: folder }).first();
  await row.waitFor();
  await row.click();
  await page.locator('.breadcrumbs-control', { hasText: folder }).waitFor();
  await page.locator('.editor-group-container.active .view-lines .view-line').first().waitFor();
}

async function run(page: Page, title: string): Promise<void> {
  await page.keyboard.press('F1');
  await page.locator('.quick-input-widget .quick-input-box input').fill(`>${title}`);
  await page.locator('.quick-input-list .monaco-list-row.focused', { hasText: title }).waitFor();
  await page.keyboard.press('Enter');
  await page.locator('.quick-input-widget').waitFor({ state: 'hidden' });
}

async function fillQuickInput(page: Page, text: string): Promise<void> {
  await page.locator('.quick-input-widget .quick-input-box input').fill(text);
  await page.keyboard.press('Enter');
  await page.locator('.quick-input-widget').waitFor({ state: 'hidden' });
}

/** An editor that is just being opened may take the focus, and close the question, once more. */
async function askForLine(page: Page, text: string, tries = 4): Promise<void> {
  await focusText(page);
  await page.keyboard.press('Control+g');
  const input = page.locator('.quick-input-widget .quick-input-box input');
  const isOpen = await input.fill(text, { timeout: 5000 }).then(
    () => true,
    () => false,
  );
  if (!isOpen && tries > 1) return askForLine(page, text, tries - 1);
  await fillQuickInput(page, text);
}

async function focusText(page: Page): Promise<void> {
  await page.keyboard.press('Control+1');
  await page.locator('.editor-group-container.active .monaco-editor.focused').waitFor();
}

/** The text on the screen; a sample is short enough to be all of it. */
async function visibleText(page: Page): Promise<string> {
  const lines = await page
    .locator('.editor-group-container.active .view-lines .view-line')
    .evaluateAll((drawn: Line[]) => drawn.map(({ style, textContent }) => ({ top: style.top, text: textContent })));
  return lines
    .sort((a, b) => parseFloat(a.top) - parseFloat(b.top))
    .map(({ text }) => text.replaceAll('\u00a0', ' '))
    .join('\n');
}

/** What is needed of an HTMLElement; the project is compiled without the types of the browser's document. */
type Line = { style: { top: string }; textContent: string };

async function problems(page: Page, areAsWanted: (rows: string[]) => boolean): Promise<string[]> {
  const panel = page.locator('.markers-panel');
  if (!(await panel.isVisible())) await page.keyboard.press('Control+Shift+m');
  await panel.waitFor();

  const deadline = Date.now() + timeout;
  for (;;) {
    const texts = await panel.locator('.monaco-list-row').allInnerTexts();
    const rows = texts
      .map((text) => text.replace(/\s+/g, ' ').trim())
      .filter((text) => /\[Ln \d+, Col \d+\]$/.test(text));
    if (areAsWanted(rows)) return rows;
    if (Date.now() > deadline) throw new Error(`The Problems panel stays like this:\n${rows.join('\n')}`);
    await page.waitForTimeout(100);
  }
}

async function hoverText(page: Page, wanted: RegExp): Promise<string> {
  await page.keyboard.press('Control+k');
  await page.keyboard.press('Control+i');
  const hover = page.locator('.monaco-editor .monaco-hover:not(.hidden)').filter({ hasText: wanted }).first();
  await hover.waitFor();
  return hover.innerText();
}

async function quickFixes(page: Page): Promise<string[]> {
  await page.keyboard.press('Control+.');
  await page.locator('.action-widget .monaco-list-row.action').first().waitFor();
  return fixTitles(page);
}

async function applyFix(page: Page, title: string): Promise<void> {
  const menu = page.locator('.action-widget');
  const titles = (await menu.isVisible()) ? await fixTitles(page) : await quickFixes(page);
  if (!titles.includes(title)) throw new Error(`There is no quick-fix '${title}', only: ${titles.join('; ')}`);

  const focused = menu.locator('.monaco-list-row.action.focused');
  for (let step = 0; step < titles.length && (await focused.innerText()).trim() !== title; step++) {
    await page.keyboard.press('ArrowDown');
  }
  await page.keyboard.press('Enter');
  await menu.waitFor({ state: 'hidden' });
}

async function fixTitles(page: Page): Promise<string[]> {
  const titles = await page.locator('.action-widget .monaco-list-row.action').allInnerTexts();
  return titles.map((title) => title.trim());
}
