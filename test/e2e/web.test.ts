import assert from 'node:assert/strict';
import { get } from 'node:http';
import { test } from 'node:test';
import { ignoreFileIsMended, lockFileIsRead, scriptIsFollowed } from './context.js';
import type { Editor } from './editor.js';
import { inEditor, mendShellForm } from './flow.js';
import { pagesOpenInside } from './pages.js';
import { brokenConfigIsTold, privateImagesAreKnown } from './private-images.js';
import { changeFollowsText, compareBases, linksOpenCompare, policyIsKept, showStages } from './views.js';

const host = ['scripts/start.mjs', '--no-open', '--no-build', '--port', '0'];

test('VS Code for the web, extension host in a web worker', { timeout: 20 * 60_000 }, async (t) => {
  await inEditor(t, host, async (step) => {
    await step('finding, hover, quick-fix and undo', mendShellForm);
    await step('a sample without mistakes has no findings', hasNoFindings);
    await step('private images are known from the config file', privateImagesAreKnown);
    await step('a mistake in the config file is told there', brokenConfigIsTold);
    await step('files beside the Dockerfile are read', lockFileIsRead);
    await step('a fix changes another file, and is undone', ignoreFileIsMended);
    await step('a reason leads into the start script, whose text decides', scriptIsFollowed);
    await step('compare view: sort, filter, change, apply and undo', compareBases);
    await step('a change follows the text and is applied by keyboard', changeFollowsText);
    await step('lens and hover open the compare view', linksOpenCompare);
    await step('stage view: cards lead to their lines', showStages);
    await step('the guide opens inside the editor', pagesOpenInside);
    await step('no page breaks its content security policy', policyIsKept);
    await step('nothing is asked of another machine', (editor) => assert.deepEqual(editor.foreignRequests(), []));
    await step('the server gives what belongs to the editor, and to nobody else', isGuarded);
  });
});

async function hasNoFindings(editor: Editor): Promise<void> {
  await editor.openFile('clean/Dockerfile');
  const line = (await editor.text()).split('\n').findIndex((text) => text.startsWith('FROM gcr.io/')) + 1;
  await editor.hoverText(line, 8, /shell/i);
  await editor.problems((rows) => rows.length === 0);
}

async function isGuarded(editor: Editor): Promise<void> {
  const { port, host: own } = new URL(editor.page.url());
  const status = (path: string, name: string) =>
    new Promise<number | undefined>((answered, failed) => {
      const request = get({ host: '127.0.0.1', port, path, headers: { host: name } }, (response) => {
        response.resume();
        answered(response.statusCode);
      });
      request.once('error', failed);
    });

  assert.equal(await status('/extension/package.json', own), 200);
  assert.equal(await status('/extension/package.json', 'example.com'), 403);
  assert.equal(await status('/extension/package-lock.json', own), 404);
  assert.equal(await status('/extension/dist/../package-lock.json', own), 400);
  assert.equal(await status('/vscode/..%2f..%2fplaywright-core/package.json', own), 400);
}
