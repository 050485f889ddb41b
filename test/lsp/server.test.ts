import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { DiagnosticSeverity } from 'vscode-languageserver';
import { afterWorkspaceEdit, plainCapabilities, type LspClient } from '../support/lsp-client.js';
import { startClient } from '../support/lsp-clients.js';
import { startFork, startProcess, startWorker } from '../support/lsp-transports.js';

const uri = 'file:///work/Dockerfile';
const text = `FROM gcr.io/distroless/base-debian13
CMD /app/server --port 8080
`;
const fixed = text.replace('/app/server --port 8080', '["/app/server", "--port", "8080"]');
const rule = 'shell-form-cmd-no-shell';
const command = { start: { line: 1, character: 4 }, end: { line: 1, character: 27 } };
const cursor = { start: { line: 1, character: 6 }, end: { line: 1, character: 6 } };

const hosts = {
  'a process with streams': startProcess,
  'a process of VS Code': startFork,
  'a web worker': startWorker,
};

for (const [host, start] of Object.entries(hosts)) {
  describe(`in ${host}`, () => {
    const connect = () => startClient(start());

    test('says what it can do', async () => {
      const { capabilities, serverInfo } = await connect().initialize();
      assert.equal(serverInfo?.name, 'distroless-guide');
      assert.deepEqual(capabilities, {
        positionEncoding: 'utf-16',
        textDocumentSync: { openClose: true, change: 2, save: { includeText: false } },
        workspace: { workspaceFolders: { supported: true, changeNotifications: true } },
        hoverProvider: true,
        completionProvider: { triggerCharacters: [' ', '=', ':', '/', '-'], resolveProvider: true },
        codeLensProvider: { resolveProvider: false },
        inlayHintProvider: { resolveProvider: false },
        documentLinkProvider: { resolveProvider: false },
        codeActionProvider: { codeActionKinds: ['quickfix', 'refactor.rewrite', 'source.fixAll.distroless'] },
        diagnosticProvider: { identifier: 'distroless', interFileDependencies: false, workspaceDiagnostics: false },
      });
    });

    test('a client that pulls gets its diagnostics that way and no other', async () => {
      const client = connect();
      await client.initialize();
      client.open(uri, text);
      const [diagnostic, ...others] = (await client.diagnostics(uri)).filter(({ code }) => code === rule);
      assert.ok(diagnostic);
      assert.deepEqual(others, []);
      assert.deepEqual(diagnostic.range, command);
      assert.equal(diagnostic.severity, DiagnosticSeverity.Error);
      assert.equal(diagnostic.source, 'distroless');
      assert.match(
        diagnostic.codeDescription?.href ?? '',
        new RegExp(`^https://github\\.com/.*/docs/rules/${rule}\\.md$`),
      );
      assert.equal(diagnostic.relatedInformation?.[0]?.location.range.start.line, 0);
      await client.end();
      assert.deepEqual(pushes(client), []);
    });

    test('a client that cannot pull is pushed them, with what it understands', async () => {
      const client = connect();
      const { capabilities } = await client.initialize(plainCapabilities);
      assert.equal(capabilities.diagnosticProvider, undefined);
      client.open(uri, text);
      const first = await client.pushed(uri);
      assert.equal(first.version, 1);
      const diagnostic = first.diagnostics.find(({ code }) => code === rule);
      assert.deepEqual(diagnostic?.range, command);
      assert.deepEqual(Object.keys(diagnostic ?? {}).sort(), ['code', 'message', 'range', 'severity', 'source']);

      client.change(uri, 2, [{ range: command, text: '["/app/server"]' }]);
      const second = await client.pushed(uri, 1);
      assert.equal(second.version, 2);
      assert.equal(
        second.diagnostics.some(({ code }) => code === rule),
        false,
      );

      client.notify('textDocument/didClose', { textDocument: { uri } });
      assert.deepEqual((await client.pushed(uri, 2)).diagnostics, []);
    });

    test('a second pull of the same version is answered in one word', async () => {
      const client = connect();
      await client.initialize();
      client.open(uri, text);
      const { resultId = '' } = await client.pull(uri);
      assert.deepEqual(await client.pull(uri, resultId), { kind: 'unchanged', resultId });
      client.change(uri, 2, [{ text: fixed }]);
      assert.equal((await client.pull(uri, resultId)).kind, 'full');
    });

    test('shows facts on hover, and nothing between them', async () => {
      const client = connect();
      await client.initialize();
      client.open(uri, text);
      const hover = await client.hover(uri, 0, 10);
      assert.ok(hover && typeof hover.contents === 'object' && 'kind' in hover.contents);
      assert.equal(hover.contents.kind, 'markdown');
      assert.match(hover.contents.value, /distroless\/base-debian13/);
      assert.deepEqual(hover.range?.start, { line: 0, character: 5 });
      assert.equal(await client.hover(uri, 2, 0), null);
    });

    test('offers the fix first, then ways to ignore; the fix is versioned and small', async () => {
      const client = connect();
      await client.initialize();
      client.open(uri, text);
      const diagnostics = (await client.diagnostics(uri)).filter(({ code }) => code === rule);
      const [fix, ...others] = await client.codeActions(uri, cursor, { diagnostics });
      assert.equal(fix?.kind, 'quickfix');
      assert.equal(fix.isPreferred, true);
      assert.deepEqual(fix.diagnostics, diagnostics);
      assert.deepEqual(
        fix.edit?.documentChanges?.map((change) => 'textDocument' in change && change.textDocument),
        [{ uri, version: 1 }],
      );
      assert.equal(afterWorkspaceEdit(text, fix.edit), fixed);
      assert.ok(others.length > 0);
      assert.ok(others.every(({ title, isPreferred }) => title.startsWith('Ignore') && !isPreferred));
    });

    test('offers other bases for the final image as rewrites', async () => {
      const client = connect();
      await client.initialize();
      const onDebian = 'FROM node:22\nCMD ["node", "/app/server.js"]\n';
      client.open(uri, onDebian);
      const image = { start: { line: 0, character: 7 }, end: { line: 0, character: 7 } };
      const rewrites = await client.codeActions(uri, image, { only: ['refactor'] });
      const distroless = rewrites.find(({ title }) => title.startsWith("Base on 'gcr.io/distroless/nodejs22-"));
      assert.equal(distroless?.kind, 'refactor.rewrite');
      assert.match(afterWorkspaceEdit(onDebian, distroless.edit), /^FROM gcr\.io\/distroless\/nodejs22-\S+\nCMD/);
    });

    test('a CRLF file keeps its line endings, and its positions are right', async () => {
      const client = connect();
      await client.initialize();
      const crlf = text.replaceAll('\n', '\r\n');
      client.open(uri, crlf);
      const diagnostics = (await client.diagnostics(uri)).filter(({ code }) => code === rule);
      assert.deepEqual(
        diagnostics.map(({ range }) => range),
        [command],
      );
      for (const { edit } of await client.codeActions(uri, cursor)) {
        assert.doesNotMatch(afterWorkspaceEdit(crlf, edit).replaceAll('\r\n', ''), /[\r\n]/);
      }
    });

    test('ends in order', async () => {
      const client = connect();
      await client.initialize();
      assert.equal(await client.end(), host === 'a web worker' ? null : 0);
    });
  });
}

function pushes(client: LspClient): unknown[] {
  return client.received.filter(({ method }) => method === 'textDocument/publishDiagnostics');
}
