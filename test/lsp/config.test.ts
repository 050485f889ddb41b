import assert from 'node:assert/strict';
import { mkdtempSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { fullCapabilities, plainCapabilities, type LspClient } from '../support/lsp-client.js';
import { startClient } from '../support/lsp-clients.js';
import { startProcess, startWorker } from '../support/lsp-transports.js';

const folder = 'file:///work/project';
const uri = `${folder}/services/api/Dockerfile`;
const atTop = `${folder}/distroless.config.json`;
const between = `${folder}/services/distroless.config.json`;
const name = 'registry.corp.example/team/base';
const text = `FROM ${name}:1\nCMD /app/server\n`;
const rule = 'shell-form-cmd-no-shell';

const withoutShell = describing({ shells: '' });
const withShell = describing({ shells: '/bin/sh' });

const capabilities = {
  ...fullCapabilities,
  workspace: { ...fullCapabilities.workspace, didChangeWatchedFiles: { dynamicRegistration: true } },
};
const reading = { readsFiles: true };

for (const [where, startServer] of [
  ['in a process', startProcess],
  ['in a web worker', startWorker],
] as const) {
  describe(`a config file read through the client, ${where}`, () => {
    test('describes private images: the nearest one counts', async () => {
      const client = connect(startServer);
      client.files.set(atTop, { text: withoutShell });
      await client.initialize(capabilities, reading);
      client.open(uri, text);
      assert.ok((await codes(client)).includes(rule));
      const hover = await client.hover(uri, 0, 8);
      assert.match(JSON.stringify(hover?.contents), /Facts from `distroless\.config\.json`/);

      client.files.set(between, { text: withShell });
      await changed(client, between, 0);
      assert.equal((await codes(client)).includes(rule), false);

      client.files.delete(between);
      await changed(client, between, 1);
      assert.ok((await codes(client)).includes(rule));
    });

    test('is never taken for a Dockerfile', async () => {
      const client = connect(startServer);
      await client.initialize(capabilities, reading);
      client.open(atTop, `{ "images": { "${name}": { "user": -1 } } }`);
      const [problem, ...others] = await client.diagnostics(atTop);
      assert.deepEqual([problem?.severity, problem?.source, others], [1, 'distroless', []]);
      assert.equal(problem?.message, "'user' is a name, a number, or both as 'app:10001', not -1.");
      const position = { line: 0, character: 52 };
      const about = { textDocument: { uri: atTop } };
      assert.equal(await client.hover(atTop, 0, 20), null);
      assert.deepEqual(await client.codeActions(atTop, { start: position, end: position }), []);
      assert.equal(await client.request('textDocument/completion', { ...about, position }), null);
      assert.equal(await client.request('textDocument/codeLens', about), null);
      assert.equal(await client.request('textDocument/documentLink', about), null);
      assert.equal(await client.request('distroless/stages', { uri: atTop }), null);
      assert.equal(await client.request('distroless/compare', { uri: atTop, position: null }), null);
    });
  });
}

describe('a config file', () => {
  test('that is open counts as it is typed, and as it is on the disk when closed', async () => {
    const client = connect();
    client.files.set(atTop, { text: withShell });
    await client.initialize(capabilities, reading);
    client.open(uri, text);
    assert.equal((await codes(client)).includes(rule), false);
    client.open(atTop, withShell);
    await refreshed(client, 0);
    client.change(atTop, 2, [{ text: withoutShell }]);
    await refreshed(client, 1);
    assert.ok((await codes(client)).includes(rule));
    client.notify('textDocument/didClose', { textDocument: { uri: atTop } });
    await refreshed(client, 2);
    assert.equal((await codes(client)).includes(rule), false);
  });

  test('that is broken has one problem, changes nothing else, and recovers', async () => {
    const client = connect();
    client.files.set(atTop, { text: '{ "images": { } ' });
    await client.initialize(capabilities, reading);
    client.open(uri, text);
    assert.deepEqual(await codes(client), []);
    const status = await client.status(1);
    assert.equal(status.message, "'distroless.config.json' is not used: Write the closing '}' here.");
    client.files.set(atTop, { text: withoutShell });
    await changed(client, atTop, 0);
    assert.ok((await codes(client)).includes(rule));
    assert.equal((await client.status(2)).state, 'ok');
  });

  test('that is like an unknown image has a warning, and counts', async () => {
    const client = connect();
    await client.initialize(capabilities, reading);
    client.open(atTop, describing({ shells: '', like: 'debain:13' }));
    client.open(uri, text);
    const [problem] = await client.diagnostics(atTop);
    assert.deepEqual([problem?.severity, problem?.range.start.line], [2, 0]);
    assert.ok((await codes(client)).includes(rule));
  });

  test('outside the workspace is not asked for', async () => {
    const client = connect();
    const outside = 'file:///work/other/Dockerfile';
    client.files.set('file:///work/distroless.config.json', { text: withoutShell });
    client.files.set('file:///work/other/distroless.config.json', { text: withoutShell });
    await client.initialize(capabilities, reading);
    const climbing = `${folder}/../other/Dockerfile`;
    for (const document of [uri, outside, climbing, 'untitled:Dockerfile', 'git:/work/project/Dockerfile?{}']) {
      client.open(document, text);
      assert.deepEqual(await codes(client, document), [], document);
    }
    const asked = client.received.filter(({ method }) => method === 'distroless/readFile');
    assert.deepEqual(
      asked.map(({ params }) => (params as { uri: string }).uri),
      [`${folder}/services/api/distroless.config.json`, between, atTop],
    );
  });

  test('that cannot be read is as none', async () => {
    const client = connect();
    client.files.set(between, new Error('denied'));
    client.files.set(atTop, { text: 7 });
    await client.initialize(capabilities, reading);
    client.open(uri, text);
    assert.deepEqual(await codes(client), []);
    assert.equal((await client.status()).state, 'ok');
  });

  test('is found however the editor writes the URI', async () => {
    const client = connect();
    client.folders = ['file:///C%3A/my%20work'];
    client.files.set('file:///c:/my%20work/distroless.config.json', { text: withoutShell });
    await client.initialize(capabilities, reading);
    const document = 'file:///c:/my%20work/Dockerfile';
    client.open(document, text);
    assert.ok((await codes(client, document)).includes(rule));
  });

  test('gives mirrors and preferences to the analysis', async () => {
    const client = connect();
    const mirrors = { 'registry.corp.example/dhi/*': 'dhi.io/*' };
    client.files.set(atTop, { text: JSON.stringify({ mirrors, prefer: ['dhi'] }) });
    await client.initialize(capabilities, reading);
    client.open(uri, 'FROM registry.corp.example/dhi/node:22-debian13\nRUN id\n');
    assert.match(JSON.stringify(await client.hover(uri, 0, 8)), /Docker Hardened Images/);
  });

  test('counts for the folders that are open now', async () => {
    const client = connect();
    client.folders = ['file:///elsewhere'];
    client.files.set(atTop, { text: withoutShell });
    await client.initialize(capabilities, reading);
    client.open(uri, text);
    assert.deepEqual(await codes(client), []);
    const event = { added: [{ uri: folder, name: 'project' }], removed: [] };
    client.notify('workspace/didChangeWorkspaceFolders', { event });
    await refreshed(client, 0);
    assert.ok((await codes(client)).includes(rule));
    const back = { added: [], removed: [{ uri: folder, name: 'project' }] };
    client.notify('workspace/didChangeWorkspaceFolders', { event: back });
    await refreshed(client, 1);
    assert.deepEqual(await codes(client), []);
  });

  test('is watched where the client can', async () => {
    const client = connect();
    await client.initialize(capabilities, reading);
    const isWatch = ({ params }: { params?: unknown }) => JSON.stringify(params).includes('didChangeWatchedFiles');
    const registered = await client.notification('client/registerCapability', { skip: 0, isMine: isWatch });
    assert.match(JSON.stringify(registered), /"globPattern":"\*\*\/distroless\.config\.json"/);
  });

  test('is left alone where the settings say so', async () => {
    const client = connect();
    client.settings.set('', { enable: false });
    await client.initialize(capabilities, reading);
    client.open(atTop, '{');
    assert.deepEqual(await client.diagnostics(atTop), []);
  });

  test('has its problem pushed to a client that cannot pull', async () => {
    const client = connect();
    client.files.set(atTop, { text: withShell });
    await client.initialize(plainCapabilities, reading);
    client.open(uri, text);
    assert.deepEqual((await client.pushed(uri)).diagnostics, []);
    client.open(atTop, '{');
    assert.equal((await client.pushed(atTop)).diagnostics.length, 1);
    client.change(atTop, 2, [{ text: withoutShell }]);
    for (let skip = 1; ; skip++) {
      const { diagnostics } = await client.pushed(uri, skip);
      if (diagnostics.some(({ code }) => code === rule)) break;
    }
  });
});

describe('a config file on the disk', () => {
  const root = mkdtempSync(join(tmpdir(), 'distroless-guide-config-'));
  process.once('exit', () => rmSync(root, { recursive: true, force: true }));
  const project = join(root, 'my project');
  mkdirSync(join(project, 'api', 'distroless.config.json'), { recursive: true });
  writeFileSync(join(project, 'distroless.config.json'), withoutShell);
  const document = pathToFileURL(join(project, 'api', 'Dockerfile')).href;

  test('is read by the server itself where the client does not offer to', async () => {
    const client = connect();
    client.folders = [pathToFileURL(project).href];
    await client.initialize();
    client.open(document, text);
    assert.ok((await codes(client, document)).includes(rule), 'A folder of that name is passed over.');
  });

  test('is read again when a document is opened or saved, where it is not watched', async () => {
    const client = connect();
    client.folders = [pathToFileURL(project).href];
    await client.initialize();
    client.open(document, text);
    assert.ok((await codes(client, document)).includes(rule));
    writeFileSync(join(project, 'distroless.config.json'), withShell);
    client.change(document, 2, [{ text: `${text}\n` }]);
    client.notify('textDocument/didSave', { textDocument: { uri: document } });
    assert.equal((await codes(client, document)).includes(rule), false);
  });

  test('is not read in a web worker', async () => {
    const client = connect(startWorker);
    client.folders = [pathToFileURL(project).href];
    await client.initialize();
    client.open(document, text);
    assert.deepEqual(await codes(client, document), []);
  });
});

function connect(startServer: typeof startProcess | typeof startWorker = startProcess): LspClient {
  const client = startClient(startServer());
  client.folders = [`${folder}/`];
  return client;
}

function describing(image: object): string {
  return JSON.stringify({ images: { [name]: image } });
}

async function codes(client: LspClient, of = uri): Promise<unknown[]> {
  return (await client.diagnostics(of)).map(({ code }) => code);
}

async function changed(client: LspClient, file: string, earlier: number): Promise<void> {
  client.notify('workspace/didChangeWatchedFiles', { changes: [{ uri: file, type: 2 }] });
  await refreshed(client, earlier);
}

/** Waits for the request to pull again that comes after `earlier` others. */
async function refreshed(client: LspClient, earlier: number): Promise<void> {
  await client.notification('workspace/diagnostic/refresh', { skip: earlier, isMine: () => true });
}
