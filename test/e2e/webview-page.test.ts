import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { newNonce, webviewPage } from '../../client/src/webview-page.js';
import type { FromView, ToCompareView, ToStagesView } from '../../client/src/messages.js';
import type { StageGraph } from '../../server/src/protocol.js';
import { comparison, edit, row } from '../webview/comparison.js';
import { launch } from './editor.js';

/** Names that would do harm if any of them were taken for markup, an attribute or a style. */
const hostile = [
  '<img src=x onerror="globalThis.harmed=1">',
  '"><script>globalThis.harmed=1</script>',
  "'onclick='globalThis.harmed=1",
  '</table><iframe srcdoc="<script>parent.harmed=1</script>">',
  'javascript:globalThis.harmed=1',
  '{{constructor.constructor("harmed=1")()}}',
  '\u202Etxet desrever',
  'a'.repeat(600),
];

let server: Server;
let browser: Browser;

before(async () => {
  server = await serve();
  browser = await launch();
});

after(async () => {
  await browser?.close();
  server?.close();
});

test('the compare page shows hostile names as they are', async () => {
  const page = await open('compare');
  const rows = hostile.map((text, index) =>
    row(text, { ...everywhere(text), isPresent: index === 0, edit: index === 0 ? null : edit(4, 3, text) }),
  );
  await show(page, {
    kind: 'comparison',
    comparison: comparison(rows, hostile),
    file: hostile[0] ?? '',
    position: null,
  });
  assert.deepEqual(await texts(page, '.reference bdi'), hostile);
  await assertUnharmed(page);
  await page.getByRole('button', { name: `Show change to ${hostile[1]}` }).click();
  assert.deepEqual((await sent(page)).at(-1), { kind: 'showChange', reference: hostile[1] });
  await page.context().close();
});

test('the stage page shows hostile names as they are', async () => {
  const page = await open('stages');
  await show(page, { kind: 'stages', graph: graphOf(hostile), file: hostile[1] ?? '' });
  assert.equal(await page.locator('.card').count(), hostile.length);
  await assertUnharmed(page);
  await page.context().close();
});

test('every control of both pages has a name, and the table has what a screen reader needs', async () => {
  const compare = await open('compare');
  await show(compare, { kind: 'comparison', comparison: plainComparison(), file: 'Dockerfile', position: null });
  await assertNamed(compare);
  assert.equal(await compare.locator('table > caption').count(), 1);
  assert.equal(await compare.locator('thead th:not([scope=col])').count(), 0);
  assert.equal(await compare.locator('tbody tr').count(), await compare.locator('tbody th[scope=row]').count());
  assert.equal(await compare.locator('h1').count(), 1);
  assert.equal(await compare.locator('td:empty').count(), 0, 'What is not known is said.');

  const stages = await open('stages');
  await show(stages, { kind: 'stages', graph: graphOf(['build', 'test', 'final']), file: 'Dockerfile' });
  await assertNamed(stages);
  assert.equal(await stages.locator('.words > ul > li').count(), 3);
  for (const page of [compare, stages]) await page.context().close();
});

test('the compare page sorts, filters and remembers by keyboard alone', async () => {
  const page = await open('compare');
  await show(page, { kind: 'comparison', comparison: plainComparison(), file: 'Dockerfile', position: null });
  await page.keyboard.press('Tab');
  await page.keyboard.press('Tab');
  await page.keyboard.type('musl');
  assert.deepEqual(await texts(page, '.reference bdi'), ['one', 'three']);
  await page.keyboard.press('Escape');
  assert.equal((await texts(page, '.reference bdi')).length, 4);

  const size = page.getByRole('button', { name: 'Size' });
  await size.focus();
  await page.keyboard.press('Enter');
  assert.deepEqual(await texts(page, '.reference bdi'), ['three', 'two', 'one', 'four']);
  assert.equal(await page.locator('th[aria-sort=ascending]').innerText(), 'Size▲');
  await page.keyboard.press('Enter');
  assert.deepEqual(await texts(page, '.reference bdi'), ['one', 'two', 'three', 'four']);
  const state = await page.evaluate('globalThis.state');
  assert.deepEqual((state as { sort: unknown }).sort, { column: 'size', direction: 'descending' });
  await page.context().close();
});

test('a column of which nothing is known is left out, and named', async () => {
  const page = await open('compare');
  await show(page, { kind: 'comparison', comparison: plainComparison(), file: 'Dockerfile', position: null });
  assert.ok(await page.locator('th', { hasText: 'Size' }).isVisible());
  assert.ok(!(await page.locator('th', { hasText: 'Packages' }).isVisible()));
  assert.match(await page.locator('.blank').innerText(), /^Not known of any of these images: .*\bpackages\b/);
  const [header, first] = [page.locator('thead th:visible'), page.locator('tr.present > *')];
  assert.equal(await header.count(), await first.count());
  assert.equal(await page.locator('.bar').count(), 3, 'Three sizes are known.');
  await page.context().close();
});

test('what the final stage does not need can be left out', async () => {
  const page = await open('stages');
  const graph = graphOf(['build', 'test', 'final']);
  const nodes = graph.nodes.map((node) => ({ ...node, isNeeded: node.title !== 'test' }));
  await show(page, { kind: 'stages', graph: { ...graph, nodes }, file: 'Dockerfile' });
  assert.equal(await page.locator('.card.dimmed').innerText(), 'test\nnot needed\nglibc 2.41 · no shell\nruns as root');
  await page.getByRole('button', { name: 'Only what the final stage needs' }).press('Enter');
  assert.deepEqual(await texts(page, '.card .title'), ['build', 'final']);
  assert.equal(await page.locator(':focus').innerText(), 'Only what the final stage needs');
  await page.context().close();
});

test('a line between two stages leads to its instruction', async () => {
  const page = await open('stages');
  await show(page, { kind: 'stages', graph: graphOf(['build', 'test', 'final']), file: 'Dockerfile' });
  await page.locator('.line .reach').last().dispatchEvent('click');
  assert.deepEqual((await sent(page)).at(-1), { kind: 'goTo', line: 2 });
  await page.context().close();
});

test('a refresh leaves the focus, the sorting and the filter as they are', async () => {
  const page = await open('compare');
  const message: ToCompareView = {
    kind: 'comparison',
    comparison: plainComparison(),
    file: 'Dockerfile',
    position: null,
  };
  await show(page, message);
  await page.getByRole('button', { name: 'No shell' }).click();
  await page.getByRole('button', { name: 'Show change to two' }).focus();
  await show(page, message);
  assert.deepEqual(await texts(page, '.reference bdi'), ['one', 'two']);
  const focused = await page.evaluate('document.activeElement.getAttribute("aria-label")');
  assert.equal(focused, 'Show change to two');
  await page.context().close();
});

/** The text in every place of a row that holds free text. */
function everywhere(text: string): Partial<ReturnType<typeof row>> {
  const words = { family: text, why: text, drawback: text, libc: text, shell: text, packageManager: text, user: text };
  const more = {
    entrypoint: text,
    access: text,
    signing: text,
    attestations: text,
    source: text,
    read: text,
    eol: text,
  };
  return { ...words, ...more, page: text, contains: [text], lacks: [text], architectures: [text] };
}

function plainComparison(): ReturnType<typeof comparison> {
  return comparison(
    [
      row('one', {
        isPresent: true,
        shell: '/bin/sh',
        libc: 'glibc 2.41',
        size: { compressedMB: 90, date: '2026-11-01' },
      }),
      row('two', { shell: 'none', size: { compressedMB: 9.1, date: '2026-11-01' }, edit: edit(4, 3, 'two') }),
      row('three', {
        shell: '/bin/sh',
        libc: 'musl',
        size: { compressedMB: 3, date: '2026-11-01' },
        page: 'images/x.md',
      }),
      row('four', { drawback: 'Costs money.', eol: '2020-01-01' }),
    ],
    ['a shell'],
  );
}

function graphOf(titles: readonly string[]): StageGraph {
  const known = { libc: 'glibc 2.41', shell: 'no shell', user: 'root', isNeeded: true };
  const nodes = titles.map((title, index) => {
    return {
      ...known,
      id: `stage${index}`,
      kind: 'stage' as const,
      title,
      isFinal: title === titles.at(-1),
      line: index,
    };
  });
  const links = titles.slice(1).map((path, index) => {
    return { from: `stage${index}`, to: `stage${index + 1}`, kind: 'copy' as const, paths: [path], line: index + 1 };
  });
  return { uri: 'file:///work/Dockerfile', version: 1, nodes, links };
}

async function serve(): Promise<Server> {
  const made = createServer(({ url = '/' }, response) => {
    const [, folder, file = ''] = url.split('/');
    const type = file.endsWith('.css') ? 'text/css' : file.endsWith('.js') ? 'text/javascript' : 'text/html';
    response.setHeader('content-type', `${type}; charset=utf-8`);
    const parts = {
      title: 'Test',
      nonce: newNonce(),
      script: `/dist/webview-${file}.js`,
      style: `/dist/webview-${file}.css`,
    };
    response.end(folder === 'dist' ? readFileSync(join('dist', file)) : webviewPage(parts));
  });
  await new Promise<void>((ready) => made.listen(0, '127.0.0.1', ready));
  return made;
}

/** A page as a webview has it, with what the editor gives to its script. */
async function open(name: 'compare' | 'stages'): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 900, height: 700 } });
  const page = await context.newPage();
  await page.addInitScript(`
    globalThis.sent = [];
    globalThis.faults = [];
    globalThis.acquireVsCodeApi = () => ({
      postMessage: (message) => globalThis.sent.push(message),
      getState: () => globalThis.state,
      setState: (state) => { globalThis.state = state; },
    });
    addEventListener('securitypolicyviolation', ({ violatedDirective }) => globalThis.faults.push(violatedDirective));
    addEventListener('error', ({ message }) => globalThis.faults.push(message));
  `);
  const { port } = server.address() as AddressInfo;
  await page.goto(`http://127.0.0.1:${port}/page/${name}`);
  assert.deepEqual(await sent(page), [{ kind: 'ready' }]);
  return page;
}

async function show(page: Page, message: ToCompareView | ToStagesView): Promise<void> {
  await page.evaluate((shown) => dispatchEvent(new MessageEvent('message', { data: shown })), message);
}

function sent(page: Page): Promise<FromView[]> {
  return page.evaluate('globalThis.sent');
}

async function texts(page: Page, selector: string): Promise<string[]> {
  return (await page.locator(selector).allTextContents()).map(flat);
}

function flat(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}

/** Nothing has run, nothing of the text has become an element, and the policy had nothing to refuse. */
async function assertUnharmed(page: Page): Promise<void> {
  assert.equal(await page.evaluate('globalThis.harmed'), undefined);
  assert.equal(await page.locator('img, iframe, main script, a').count(), 0);
  assert.deepEqual(await page.evaluate('globalThis.faults'), []);
  await page.evaluate('document.querySelector("main").innerHTML += "<img src=x onerror=globalThis.harmed=1>"');
  await page.waitForFunction('globalThis.faults.length > 0');
  assert.equal(await page.evaluate('globalThis.harmed'), undefined, 'The policy is in force.');
}

async function assertNamed(page: Page): Promise<void> {
  const controls = page.locator('button, input, [tabindex]');
  assert.ok((await controls.count()) > 3);
  for (const control of await controls.all()) {
    const name = (await control.getAttribute('aria-label')) ?? (await control.innerText());
    assert.notEqual(name.trim(), '', await control.evaluate((made: { outerHTML: string }) => made.outerHTML));
  }
}
