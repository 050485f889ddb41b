import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { afterWorkspaceEdit, fullCapabilities, LspClient } from '../support/lsp-client.js';
import { startClient } from '../support/lsp-clients.js';
import { startProcess } from '../support/lsp-transports.js';

const uri = 'file:///work/Dockerfile';
const rule = 'shell-form-cmd-no-shell';
const methodNotFound = -32601;
const text = `FROM gcr.io/distroless/base-debian13
CMD /app/server --port 8080
`;
const everything = { start: { line: 0, character: 0 }, end: { line: 99, character: 0 } };

describe('a server that is used as it should not be', () => {
  test('refuses a request it does not know, and goes on', async () => {
    const client = startClient();
    await client.initialize();
    assert.equal((await client.failingRequest('textDocument/rename', {})).code, methodNotFound);
    assert.equal((await client.failingRequest('made/up', { a: 1 })).code, methodNotFound);
    client.notify('made/up', {});
    client.open(uri, text);
    assert.ok((await client.diagnostics(uri)).some(({ code }) => code === rule));
  });

  test('knows nothing about a document that is not open', async () => {
    const client = startClient();
    await client.initialize();
    assert.deepEqual(await client.pull(uri), { kind: 'full', items: [] });
    assert.equal(await client.hover(uri, 0, 0), null);
    assert.deepEqual(await client.codeActions(uri, everything), []);
    client.change(uri, 2, [{ text }]);
    assert.deepEqual(await client.pull(uri), { kind: 'full', items: [] });
  });

  test('survives parameters of the wrong form, and shows that something failed', async () => {
    const client = startClient();
    await client.initialize();
    client.open(uri, text);
    client.notify('textDocument/didChange', { textDocument: { uri, version: 2 }, contentChanges: 'none' });
    for (const method of ['didOpen', 'didChange', 'didSave', 'didClose']) client.notify(`textDocument/${method}`, {});
    client.notify('distroless/neighbours', { neighbours: 7 });
    client.notify('distroless/neighbours');
    assert.equal(await client.request('textDocument/hover', { textDocument: { uri } }), null);
    const failing = await client.status(1);
    assert.equal(failing.state, 'error');
    assert.match(failing.message, /^Hover failed/);
    await client.hover(uri, 0, 0);
    assert.equal((await client.status(2)).state, 'ok');
    assert.ok((await client.diagnostics(uri)).some(({ code }) => code === rule));
  });

  test('reads documents that are none', async () => {
    const client = startClient();
    await client.initialize();
    const documents = [
      '',
      '\n',
      '\0\u0001\ufeff\ud800',
      'FROM',
      'FROM \\',
      'RUN <<EOF',
      'FROM a AS\nCOPY --from=\nRUN ["',
      `${'FROM scratch\nRUN echo '.repeat(300)}`,
      `FROM scratch\nRUN ${'\\\n'.repeat(2000)}`,
      '<!doctype html>\n<p>FROM here</p>',
    ];
    for (const [index, document] of documents.entries()) {
      const one = `file:///work/${index}/Dockerfile`;
      client.open(one, document);
      assert.ok(Array.isArray(await client.diagnostics(one)));
      assert.ok(Array.isArray(await client.codeActions(one, everything)));
      await client.hover(one, 0, 3);
    }
    assert.equal(errors(client), '');
  });

  test('follows every keystroke, also those that insert line breaks and wide characters', async () => {
    const client = startClient();
    await client.initialize();
    client.open(uri, '');
    let version = 1;
    let line = 0;
    let character = 0;
    for (const unit of `# 🐳 naïve\r\n${text}`.split('')) {
      const at = { line, character };
      client.change(uri, ++version, [{ range: { start: at, end: at }, text: unit }]);
      if (unit === '\n') [line, character] = [line + 1, 0];
      else character++;
    }
    const [found] = (await client.diagnostics(uri)).filter(({ code }) => code === rule);
    assert.deepEqual(found?.range, { start: { line: 2, character: 4 }, end: { line: 2, character: 27 } });
  });

  test('an ignore comment silences the rule; taking it away brings it back', async () => {
    const client = startClient();
    await client.initialize();
    client.open(uri, text);
    const actions = await client.codeActions(uri, everything);
    const ignore = actions.find(({ title }) => title === `Ignore '${rule}' for this instruction`);
    const ignored = afterWorkspaceEdit(text, ignore?.edit);
    client.change(uri, 2, [{ text: ignored }]);
    assert.equal(
      (await client.diagnostics(uri)).some(({ code }) => code === rule),
      false,
      ignored,
    );
    client.change(uri, 3, [{ text }]);
    assert.equal(
      (await client.diagnostics(uri)).some(({ code }) => code === rule),
      true,
    );
  });

  test('fix all is offered only when asked for, and mends every safe finding', async () => {
    const client = startClient();
    await client.initialize();
    const twice = `${text}HEALTHCHECK CMD /app/server --health
`;
    client.open(uri, twice);
    const kinds = (await client.codeActions(uri, everything)).map(({ kind }) => kind);
    assert.equal(kinds.includes('source.fixAll.distroless'), false);
    for (const only of ['source', 'source.fixAll', 'source.fixAll.distroless']) {
      const [action, ...others] = await client.codeActions(uri, everything, { only: [only] });
      assert.deepEqual(others, []);
      const mended = afterWorkspaceEdit(twice, action?.edit);
      assert.match(mended, /^CMD \["\/app\/server", "--port", "8080"\]$/m);
      assert.match(mended, /^HEALTHCHECK CMD \["\/app\/server", "--health"\]$/m);
    }
    assert.deepEqual(await client.codeActions(uri, everything, { only: ['source.organizeImports'] }), []);
  });

  test('says how old its facts are', async () => {
    const client = startClient();
    await client.initialize();
    const status = await client.status();
    assert.equal(status.state, 'ok');
    assert.match(status.factsDate ?? '', /^20\d\d-\d\d-\d\d$/);
  });

  test('a body that is not JSON is passed over', async () => {
    const stream = startProcess();
    const client = startClient(stream);
    await client.initialize();
    stream.sendRaw('Content-Length: 5\r\n\r\n{"a":');
    client.open(uri, text);
    assert.ok((await client.diagnostics(uri)).some(({ code }) => code === rule));
  });

  test('without shutdown, exit is a failure; so is a client that hangs up', async () => {
    const rude = startClient();
    await rude.initialize();
    rude.notify('exit');
    assert.equal(await rude.transport.ended, 1);
    const gone = startProcess();
    await new LspClient(gone).initialize();
    gone.hangUp();
    assert.equal(await gone.ended, 1);
  });

  test('edits a document without versions where the client knows none', async () => {
    const client = startClient();
    await client.initialize({ ...fullCapabilities, workspace: {} });
    client.open(uri, text);
    const [fix] = await client.codeActions(uri, everything);
    assert.equal(fix?.edit?.documentChanges, undefined);
    assert.deepEqual(Object.keys(fix?.edit?.changes ?? {}), [uri]);
  });
});

function errors(client: LspClient): string {
  return client.received
    .filter(({ method }) => method === 'window/logMessage')
    .map(({ params }) => params as { type: number; message: string })
    .filter(({ type }) => type === 1)
    .map(({ message }) => message)
    .join('\n');
}
