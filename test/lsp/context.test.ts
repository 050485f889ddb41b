import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { fullCapabilities, plainCapabilities, type LspClient } from '../support/lsp-client.js';
import { startClient } from '../support/lsp-clients.js';
import { startProcess, startWorker } from '../support/lsp-transports.js';

const folder = 'file:///work/project';
const document = `${folder}/app/Dockerfile`;
const script = `${folder}/app/start.sh`;
const rule = 'script-entrypoint-no-interpreter';
const text = 'FROM alpine:3.22\nCOPY start.sh /start.sh\nENTRYPOINT ["/start.sh"]\n';
const forBash = '#!/bin/bash\nexec httpd -f\n';
const forSh = '#!/bin/sh\nexec httpd -f\n';

const installing =
  'FROM node:24-alpine\nWORKDIR /app\nCOPY package.json ./\nRUN npm install\nCOPY . .\nCMD ["node", "server.js"]\n';

const watching = { dynamicRegistration: true, relativePatternSupport: true };
const capabilities = {
  ...fullCapabilities,
  workspace: { ...fullCapabilities.workspace, didChangeWatchedFiles: watching },
};
const reading = { readsFiles: true, listsFolders: true };

for (const [where, startServer] of [
  ['in a process', startProcess],
  ['in a web worker', startWorker],
] as const) {
  describe(`files of the build context read through the client, ${where}`, () => {
    test('give findings that point into them', async () => {
      const client = connect(startServer);
      await client.initialize(capabilities, reading);
      client.open(document, text);
      const found = (await client.diagnostics(document)).find(({ code }) => code === rule);
      assert.equal(found?.severity, 1);
      assert.match(String(found.message), /'\/start\.sh' is a script for '\/bin\/bash'/);
      const place = found.relatedInformation?.find(({ location }) => location.uri === script);
      assert.deepEqual(place?.location.range.start, { line: 0, character: 0 });
      assert.deepEqual(place.location.range.end.line, 0);
    });

    test('are followed when they change, are made or deleted', async () => {
      const client = connect(startServer);
      await client.initialize(capabilities, reading);
      client.open(document, text);
      assert.ok((await codes(client)).includes(rule));

      client.files.set(script, { text: forSh });
      await changed(client, { uri: script, type: 2 }, 0);
      assert.equal((await codes(client)).includes(rule), false);

      client.files.set(`${folder}/app/Dockerfile.dockerignore`, { text: '*.sh\n' });
      client.files.set(script, { text: forBash });
      client.notify('workspace/didChangeWatchedFiles', { changes: [{ uri: script, type: 2 }] });
      await changed(client, { uri: `${document}.dockerignore`, type: 1 }, 1);
      assert.equal((await codes(client)).includes(rule), false, 'The script is kept out of the context.');

      client.files.delete(`${folder}/app/Dockerfile.dockerignore`);
      await changed(client, { uri: `${document}.dockerignore`, type: 3 }, 2);
      assert.ok((await codes(client)).includes(rule));
    });
  });
}

describe('files of the build context', () => {
  test('are read once: typing asks for nothing', async () => {
    const client = connect();
    await client.initialize(capabilities, reading);
    client.open(document, text);
    await client.diagnostics(document);
    const before = asked(client);
    assert.ok(before.includes(script) && before.includes(folder) && before.includes(`${folder}/app`));
    assert.equal(new Set(before).size, before.length, 'Nothing is asked for twice.');
    for (let version = 2; version < 6; version++) {
      client.change(document, version, [{ text: `${text}# ${version}\n` }]);
      assert.ok((await codes(client)).includes(rule));
      await client.hover(document, 0, 8);
    }
    assert.deepEqual(asked(client), before);
  });

  test('that say the same after a change make nobody look again', async () => {
    const client = connect();
    await client.initialize(capabilities, reading);
    client.open(document, text);
    const first = await client.pull(document);
    client.files.set(`${folder}/app/notes.md`, { text: 'new' });
    client.notify('workspace/didChangeWatchedFiles', { changes: [{ uri: script, type: 2 }] });
    client.notify('workspace/didChangeWatchedFiles', { changes: [{ uri: `${folder}/other/x.sh`, type: 1 }] });
    await waitFor(() => asked(client).filter((uri) => uri === script).length === 2);
    const again = await client.pull(document, first.resultId);
    assert.equal(again.kind, 'unchanged');
    assert.equal(asked(client).includes(`${folder}/other/x.sh`), false);
  });

  test('that are never answered hold nobody up, and count when they come after all', async () => {
    const client = connect();
    client.held.add(script);
    await client.initialize(capabilities, reading);
    client.open(document, text);
    const message = (await client.diagnostics(document)).find(({ code }) => code === rule)?.severity;
    assert.notEqual(message, 1, 'Nothing is certain about a script that was not read.');
    assert.ok(await client.hover(document, 0, 8));
    client.letGo(script);
    await client.notification('workspace/diagnostic/refresh', { skip: 0, isMine: () => true });
    assert.equal((await client.diagnostics(document)).find(({ code }) => code === rule)?.severity, 1);
  });

  test('that are answered with nonsense are not known', async () => {
    const nonsense = [
      7,
      'x',
      [],
      {},
      { entries: 7 },
      { entries: [['start.sh', 'pipe']] },
      { entries: [['../x', 'file']] },
    ];
    const more = [
      { entries: [['', 'file']] },
      { entries: [7] },
      { entries: [['..', 'directory']] },
      new Error('denied'),
    ];
    for (const listing of [...nonsense, ...more]) {
      const client = connect();
      client.listings.set(`${folder}/app`, listing);
      await client.initialize(capabilities, reading);
      client.open(document, text);
      const severities = (await client.diagnostics(document)).filter(({ code }) => code === rule);
      assert.deepEqual(severities, [], JSON.stringify(listing));
      assert.equal(asked(client).includes(script), false);
      assert.equal((await client.status()).state, 'ok');
      client.transport.kill();
    }
    for (const answer of [7, { text: 7 }, null, new Error('denied'), { text: 'a\0b' }]) {
      const client = connect();
      client.files.set(script, answer);
      await client.initialize(capabilities, reading);
      client.open(document, text);
      assert.equal(
        (await client.diagnostics(document)).some(({ severity }) => severity === 1),
        false,
      );
      client.transport.kill();
    }
  });

  test('are not looked for behind links or outside the workspace', async () => {
    const client = connect();
    const linked = {
      entries: [
        ['app', 'link'],
        ['lib', 'directory'],
      ],
    };
    client.listings.set(folder, linked);
    await client.initialize(capabilities, reading);
    for (const one of [
      document,
      'file:///elsewhere/Dockerfile',
      'untitled:Dockerfile',
      `git:/work/project/Dockerfile?{}`,
    ]) {
      client.open(one, text);
      assert.equal((await codes(client, one)).includes(rule), false, one);
    }
    const folders = client.received.filter(({ method }) => method === 'distroless/listFolder');
    assert.deepEqual(
      folders.map(({ params }) => (params as { uri: string }).uri),
      [folder],
    );
  });

  test('are watched by folder, as far as they are looked into', async () => {
    const client = connect();
    await client.initialize(capabilities, reading);
    client.open(document, text);
    await client.diagnostics(document);
    const isMine = ({ params }: { params?: unknown }) => JSON.stringify(params).includes(`"baseUri":"${folder}/app"`);
    assert.ok(await client.notification('client/registerCapability', { skip: 0, isMine }));
    const registered = JSON.stringify(client.received.filter(({ method }) => method === 'client/registerCapability'));
    assert.ok(registered.includes(`{"baseUri":"${folder}","pattern":"*"}`));
    assert.equal(registered.includes('package-lock.json'), false);
  });

  test('are watched by name where a client knows no folders', async () => {
    const client = connect();
    const workspace = { ...capabilities.workspace, didChangeWatchedFiles: { dynamicRegistration: true } };
    await client.initialize({ ...capabilities, workspace }, reading);
    const isMine = ({ params }: { params?: unknown }) => JSON.stringify(params).includes('package-lock.json');
    assert.ok(await client.notification('client/registerCapability', { skip: 0, isMine }));
  });

  test('count for a client that is pushed its diagnostics', async () => {
    const client = connect();
    await client.initialize(plainCapabilities, reading);
    client.open(document, text);
    assert.ok((await client.pushed(document)).diagnostics.some(({ code }) => code === rule));
    client.files.set(script, { text: forSh });
    client.notify('textDocument/didSave', { textDocument: { uri: document } });
    const { diagnostics } = await client.pushed(document, 1);
    assert.equal(
      diagnostics.some(({ code }) => code === rule),
      false,
    );
  });

  test('are made or changed by a fix that belongs there', async () => {
    const client = connect();
    const ignoreFile = `${folder}/app/.dockerignore`;
    client.files.set(`${folder}/app/package.json`, { text: '{ "dependencies": { "express": "5.0.0" } }\n' });
    client.files.set(`${folder}/app/node_modules/express/package.json`, { text: '{}\n' });
    await client.initialize(capabilities, reading);
    client.open(document, installing);
    assert.deepEqual(await changesOf(client, "Add 'node_modules' to .dockerignore"), [
      { kind: 'create', uri: ignoreFile },
      { textDocument: { uri: ignoreFile, version: null }, edits: [insertion(0, 'node_modules\n')] },
    ]);
    client.files.set(ignoreFile, { text: '.git\n' });
    await changed(client, { uri: ignoreFile, type: 1 }, 0);
    assert.deepEqual(await changesOf(client, "Add 'node_modules' to .dockerignore"), [
      { textDocument: { uri: ignoreFile, version: null }, edits: [insertion(1, 'node_modules\n')] },
    ]);
    client.files.set(ignoreFile, { text: '.git\nnode_modules\n' });
    await changed(client, { uri: ignoreFile, type: 2 }, 1);
    assert.equal(await changesOf(client, "Add 'node_modules' to .dockerignore"), undefined);
  });

  test('are let go of with the folder they lie in', async () => {
    const client = connect();
    await client.initialize(capabilities, reading);
    client.open(document, text);
    assert.ok((await codes(client)).includes(rule));
    const event = { added: [], removed: [{ uri: folder, name: 'project' }] };
    client.notify('workspace/didChangeWorkspaceFolders', { event });
    await client.notification('workspace/diagnostic/refresh', { skip: 0, isMine: () => true });
    assert.equal((await codes(client)).includes(rule), false);
  });

  test('are read again after the document was closed', async () => {
    const client = connect();
    await client.initialize(capabilities, reading);
    client.open(document, text);
    await client.diagnostics(document);
    client.notify('textDocument/didClose', { textDocument: { uri: document } });
    client.files.set(script, { text: forSh });
    client.open(document, text);
    assert.equal((await codes(client)).includes(rule), false);
  });
});

function connect(startServer: typeof startProcess | typeof startWorker = startProcess): LspClient {
  const client = startClient(startServer());
  client.folders = [`${folder}/`];
  client.files.set(document, { text });
  client.files.set(script, { text: forBash });
  return client;
}

async function codes(client: LspClient, of = document): Promise<unknown[]> {
  return (await client.diagnostics(of)).map(({ code }) => code);
}

/** What the action of that title would change; undefined where there is no such action. */
async function changesOf(client: LspClient, title: string) {
  const everything = { start: { line: 0, character: 0 }, end: { line: 99, character: 0 } };
  const actions = await client.codeActions(document, everything);
  return actions.find((action) => action.title === title)?.edit?.documentChanges;
}

function insertion(line: number, newText: string) {
  const place = { line, character: 0 };
  return { range: { start: place, end: place }, newText };
}

/** The addresses asked for so far, but for config files. */
function asked(client: LspClient): string[] {
  const requests = client.received.filter(({ method }) => /^distroless\/(?:readFile|listFolder)$/.test(method ?? ''));
  const uris = requests.map(({ params }) => (params as { uri: string }).uri);
  return uris.filter((uri) => !uri.endsWith('distroless.config.json'));
}

async function changed(client: LspClient, change: { uri: string; type: number }, earlier: number): Promise<void> {
  client.notify('workspace/didChangeWatchedFiles', { changes: [change] });
  await client.notification('workspace/diagnostic/refresh', { skip: earlier, isMine: () => true });
}

async function waitFor(isSo: () => boolean): Promise<void> {
  while (!isSo()) await new Promise((resolve) => setTimeout(resolve, 20));
}
