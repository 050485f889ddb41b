import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { fullCapabilities, plainCapabilities, type LspClient } from '../support/lsp-client.js';
import { startClient } from '../support/lsp-clients.js';

const uri = 'file:///work/Dockerfile';
const other = 'file:///elsewhere/Dockerfile';
const rule = 'shell-form-cmd-no-shell';
const text = `FROM gcr.io/distroless/base-debian13
CMD /app/server --port 8080
`;
const inScratch = `FROM scratch
RUN echo hello
`;

describe('settings', () => {
  const codes = async (client: LspClient, of = uri) => (await client.diagnostics(of)).map(({ code }) => code);

  test('a rule that is turned off is silent at once, and only where it is off', async () => {
    const client = startClient();
    await client.initialize();
    await client.notification('client/registerCapability', { skip: 0, isMine: () => true });
    client.open(uri, text);
    client.open(other, text);
    const { resultId = '' } = await client.pull(uri);
    assert.ok((await codes(client)).includes(rule));

    client.settings.set(uri, { rules: { [rule]: 'off' } });
    client.notify('workspace/didChangeConfiguration', { settings: null });
    await client.notification('workspace/diagnostic/refresh', { skip: 0, isMine: () => true });
    const after = await client.pull(uri, resultId);
    assert.ok(after.kind === 'full' && after.items.every(({ code }) => code !== rule));
    assert.ok((await codes(client, other)).includes(rule));
  });

  test('a severity is taken over; a hint is never sent, and its fix is still offered', async () => {
    const client = startClient();
    client.settings.set(uri, { rules: { [rule]: 'warning' } });
    client.settings.set(other, { rules: { [rule]: 'hint' } });
    await client.initialize();
    client.open(uri, text);
    client.open(other, text);
    assert.equal((await client.diagnostics(uri)).find(({ code }) => code === rule)?.severity, 2);
    assert.equal((await codes(client, other)).includes(rule), false);
    const cursor = { start: { line: 1, character: 6 }, end: { line: 1, character: 6 } };
    const [action] = await client.codeActions(other, cursor);
    assert.equal(action?.kind, 'refactor.rewrite');
    assert.equal(action.diagnostics, undefined);
  });

  test('a file or the hover can be left alone', async () => {
    const client = startClient();
    client.settings.set(uri, { enable: false });
    client.settings.set(other, { hover: { enable: false } });
    await client.initialize();
    client.open(uri, text);
    client.open(other, text);
    assert.deepEqual(await codes(client), []);
    assert.equal(await client.hover(uri, 0, 10), null);
    assert.ok((await codes(client, other)).includes(rule));
    assert.equal(await client.hover(other, 0, 10), null);
  });

  test('build arguments decide which image a FROM means', async () => {
    const client = startClient();
    client.settings.set(uri, { buildArgs: { BASE: 'gcr.io/distroless/base-debian13' } });
    await client.initialize();
    const withArg = text.replace('FROM gcr.io/distroless/base-debian13', 'ARG BASE\nFROM ${BASE}');
    client.open(uri, withArg);
    client.open(other, withArg);
    assert.ok((await codes(client)).includes(rule));
    assert.equal((await codes(client, other)).includes(rule), false);
  });

  test('onSave: the last report stands until the file is saved', async () => {
    const client = startClient();
    client.settings.set('', { run: 'onSave' });
    await client.initialize();
    client.open(uri, text);
    const { resultId = '' } = await client.pull(uri);
    client.change(uri, 2, [{ text: 'FROM scratch\n' }]);
    assert.deepEqual(await client.pull(uri, resultId), { kind: 'unchanged', resultId });
    client.notify('textDocument/didSave', { textDocument: { uri } });
    const saved = await client.pull(uri, resultId);
    assert.ok(saved.kind === 'full' && saved.items.every(({ code }) => code !== rule));
  });

  test('onSave holds back pushes as well', async () => {
    const client = startClient();
    await client.initialize(plainCapabilities, { settings: { run: 'onSave' } });
    client.open(uri, text);
    assert.equal((await client.pushed(uri)).version, 1);
    client.change(uri, 2, [{ text: `${text}\n` }]);
    client.change(uri, 3, [{ text: `${text}\n\n` }]);
    client.notify('textDocument/didSave', { textDocument: { uri } });
    assert.equal((await client.pushed(uri, 1)).version, 3);
  });

  test('a client that cannot be asked sends its settings', async () => {
    const client = startClient();
    await client.initialize(plainCapabilities, { settings: { rules: { [rule]: 'off' } } });
    client.open(uri, text);
    assert.equal(
      (await client.pushed(uri)).diagnostics.some(({ code }) => code === rule),
      false,
    );
    client.notify('workspace/didChangeConfiguration', { settings: { distroless: {} } });
    assert.equal(
      (await client.pushed(uri, 1)).diagnostics.some(({ code }) => code === rule),
      true,
    );
  });

  test('a bad value counts as not set, and is logged once', async () => {
    const client = startClient();
    client.settings.set('', { enable: 'yes', run: 7, rules: { [rule]: 'loud' }, overlap: null });
    await client.initialize();
    client.open(uri, text);
    client.open(other, text);
    assert.ok((await codes(client)).includes(rule));
    assert.ok((await codes(client, other)).includes(rule));
    assert.deepEqual(warnings(client), [
      "Setting 'distroless.enable' is not true or false: the default is used.",
      "Setting 'distroless.run' is not one of onType, onSave: the default is used.",
      `Setting 'distroless.rules' has no valid value for '${rule}'.`,
    ]);
  });

  test('what an installed neighbour reports on the same line is left to it', async () => {
    const repeated = 'shell-form-run-no-shell';
    const client = startClient();
    await client.initialize();
    client.open(uri, inScratch);
    assert.ok((await codes(client)).includes(repeated));

    client.notify('distroless/neighbours', { neighbours: ['wharflab.tally'] });
    await client.notification('workspace/diagnostic/refresh', { skip: 0, isMine: () => true });
    assert.equal((await codes(client)).includes(repeated), false);
    client.open(other, inScratch.replace('scratch', 'gcr.io/distroless/static-debian13'));
    assert.ok((await codes(client, other)).includes(repeated), 'The neighbour knows scratch only.');

    client.settings.set('', { overlap: 'always' });
    client.notify('workspace/didChangeConfiguration', { settings: null });
    assert.ok((await codes(client)).includes(repeated));
  });

  test('neighbours named at the start count; overlap can leave out without any', async () => {
    const client = startClient();
    client.settings.set(other, { overlap: 'never' });
    await client.initialize(fullCapabilities, { neighbours: ['exiasr.hadolint'] });
    client.open(uri, inScratch);
    client.open(other, inScratch);
    assert.ok((await codes(client)).includes('shell-form-run-no-shell'));
    assert.equal((await codes(client, other)).includes('shell-form-run-no-shell'), false);
  });
});

function warnings(client: LspClient): string[] {
  return client.received
    .filter(({ method }) => method === 'window/logMessage')
    .map(({ params }) => params as { type: number; message: string })
    .filter(({ type }) => type === 2)
    .map(({ message }) => message);
}
