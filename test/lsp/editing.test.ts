import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { CodeLens, CompletionItem, CompletionList, DocumentLink, InlayHint } from 'vscode-languageserver';
import type { InitializationOptions } from '../../server/src/protocol.js';
import { fullCapabilities, plainCapabilities, type LspClient } from '../support/lsp-client.js';
import { startClient } from '../support/lsp-clients.js';

const uri = 'file:///work/Dockerfile';
const text = `FROM golang:1.26 AS build
RUN CGO_ENABLED=0 go build -o /app .
FROM gcr.io/distroless/static-debian13:nonroot
COPY --from=quay.io/podman/stable:v5 /usr/bin/podman /podman
COPY --from=build /app /app
`;
const everything = { start: { line: 0, character: 0 }, end: { line: 99, character: 0 } };
const modern = {
  ...fullCapabilities,
  textDocument: {
    ...fullCapabilities.textDocument,
    completion: {
      completionItem: {
        labelDetailsSupport: true,
        tagSupport: { valueSet: [1 as const] },
        documentationFormat: ['markdown' as const],
      },
    },
  },
};

describe('while a file is edited', () => {
  const open = async (
    content = text,
    {
      capabilities = modern,
      options = { runsCommands: true },
    }: { capabilities?: object; options?: InitializationOptions } = {},
  ) => {
    const client = startClient();
    await client.initialize(capabilities, options);
    client.open(uri, content);
    return client;
  };
  const ask = (client: LspClient, method: string, more: object = {}) =>
    client.request(`textDocument/${method}`, { textDocument: { uri }, ...more });
  const completions = async (client: LspClient, line: number, character: number) =>
    (await ask(client, 'completion', { position: { line, character } })) as CompletionList | null;

  test('images are offered for the whole word, in the order of advice, and can be asked about', async () => {
    const client = await open('FROM gcr.io/dist AS x\r\n');
    const list = await completions(client, 0, 16);
    assert.ok(list && !list.isIncomplete);
    const item = list.items.find(({ label }) => label === 'gcr.io/distroless/static-debian13');
    assert.ok(item);
    assert.equal(item.filterText, 'gcr.io/distroless/static-debian13');
    assert.deepEqual(item.textEdit, {
      range: { start: { line: 0, character: 5 }, end: { line: 0, character: 16 } },
      newText: 'gcr.io/distroless/static-debian13',
    });
    assert.equal(item.labelDetails?.description, 'Google Distroless');
    assert.equal(item.documentation, undefined);
    const order = list.items.map(({ sortText }) => sortText ?? '');
    assert.deepEqual([...order].sort(), order);
    const old = list.items.find(({ label }) => label === 'gcr.io/distroless/static-debian11');
    assert.deepEqual(old?.tags, [1]);

    const resolved = (await client.request('completionItem/resolve', item)) as CompletionItem;
    assert.match(resolved.detail ?? '', /^Google Distroless · no libc · no shell · /);
    assert.ok(typeof resolved.documentation === 'object' && resolved.documentation.kind === 'markdown');
    assert.deepEqual(resolved.textEdit, item.textEdit);
  });

  test('a long list is asked for again while typing', async () => {
    const client = await open('FROM gradle:');
    assert.equal((await completions(client, 0, 12))?.isIncomplete, true);
    client.change(uri, 2, [
      { range: { start: { line: 0, character: 12 }, end: { line: 0, character: 12 } }, text: '9-jdk25' },
    ]);
    const list = await completions(client, 0, 19);
    assert.ok(list?.items.every(({ filterText }) => filterText?.startsWith('gradle:9')));
  });

  test('an older client gets the family as detail, and a flag in place of the tag', async () => {
    const client = await open('FROM ', { capabilities: plainCapabilities });
    const list = await completions(client, 0, 5);
    const old = list?.items.find(({ label }) => label === 'gcr.io/distroless/static-debian11');
    assert.equal(old?.detail, 'Google Distroless');
    assert.equal(old.deprecated, true);
    assert.equal(old.tags, undefined);
    assert.equal(old.labelDetails, undefined);
  });

  test('an item of somebody else is given back as it is', async () => {
    const client = await open();
    for (const item of [
      { label: 'x' },
      { label: 'x', data: 7 },
      { label: 'x', data: { uri, reference: 3 } },
      { label: 'x', data: { uri: 'file:///none', reference: 'alpine' } },
    ])
      assert.deepEqual(await client.request('completionItem/resolve', item), item);
  });

  test('one lens stands above the final stage to compare, one to show the stages', async () => {
    const client = await open();
    const lenses = (await ask(client, 'codeLens')) as CodeLens[];
    assert.deepEqual(
      lenses.map(({ command, range }) => [range.start.line, command?.title, command?.command, command?.arguments]),
      [
        [2, 'runs as 65532 · no shell · no libc · compare…', 'distroless.compare', [uri, { line: 2, character: 5 }]],
        [2, 'show stages', 'distroless.showStages', [uri]],
      ],
    );
  });

  test('a single stage has no stages to show; an unknown image nothing to compare with', async () => {
    const client = await open('FROM debian:13\n');
    assert.equal(((await ask(client, 'codeLens')) as CodeLens[]).length, 1);
    client.change(uri, 2, [{ text: 'FROM nobody/knows\n' }]);
    assert.deepEqual(await ask(client, 'codeLens'), []);
  });

  test('a client that does not run the commands has no lenses', async () => {
    const client = await open(text, { options: {} });
    assert.equal(await ask(client, 'codeLens'), null);
  });

  test('hints are off unless they are wanted', async () => {
    const client = await open();
    assert.equal(await ask(client, 'inlayHint', { range: everything }), null);
    client.settings.set('', { inlayHints: { enable: true } });
    client.notify('workspace/didChangeConfiguration', { settings: null });
    const hints = (await ask(client, 'inlayHint', { range: everything })) as InlayHint[];
    assert.deepEqual(
      hints.map(({ label, position, paddingLeft }) => [position.line, position.character, label, paddingLeft]),
      [
        [0, 16, 'glibc 2.41 · sh · root', true],
        [2, 46, 'no libc · no shell · 65532', true],
      ],
    );
    const { range } = { range: { start: { line: 1, character: 0 }, end: { line: 3, character: 0 } } };
    assert.equal(((await ask(client, 'inlayHint', { range })) as InlayHint[]).length, 1);
  });

  test('image names are links', async () => {
    const client = await open();
    const links = (await ask(client, 'documentLink')) as DocumentLink[];
    assert.deepEqual(
      links.map(({ range, tooltip }) => [range.start.line, range.start.character, range.end.character, tooltip]),
      [
        [0, 5, 11, 'Image page: hub.docker.com/_/golang'],
        [2, 5, 38, 'Image page: github.com/GoogleContainerTools/distroless/blob/main/base/README.md'],
        [3, 12, 33, 'Image page: quay.io/repository/podman/stable'],
      ],
    );
  });

  test('what a neighbour links well is left to it, but for COPY --from', async () => {
    const client = await open(`${text}FROM quay.io/a/b\nFROM registry.access.redhat.com/ubi9/ubi-micro\n`);
    const lines = async () =>
      ((await ask(client, 'documentLink')) as DocumentLink[]).map(({ range }) => range.start.line);
    assert.deepEqual(await lines(), [0, 2, 3, 5, 6]);
    client.notify('distroless/neighbours', { neighbours: ['ms-azuretools.vscode-containers'] });
    assert.deepEqual(await lines(), [2, 3, 6]);
    client.notify('distroless/neighbours', { neighbours: ['exiasr.hadolint'] });
    assert.deepEqual(await lines(), [0, 2, 3, 5, 6]);
  });

  test('each can be turned off', async () => {
    const client = await open('FROM debian:13\nUSER \n');
    const off = { enable: false };
    for (const settings of [
      { completion: off, codeLens: off, documentLinks: off },
      { enable: false, inlayHints: { enable: true } },
    ]) {
      client.settings.set('', settings);
      client.notify('workspace/didChangeConfiguration', { settings: null });
      assert.equal(await completions(client, 1, 5), null);
      assert.equal(await ask(client, 'codeLens'), null);
      assert.equal(await ask(client, 'documentLink'), null);
      assert.equal(await ask(client, 'inlayHint', { range: everything }), null);
    }
  });

  test('a document that is not open has none of it', async () => {
    const client = await open();
    client.notify('textDocument/didClose', { textDocument: { uri } });
    assert.equal(await completions(client, 0, 5), null);
    for (const method of ['codeLens', 'documentLink']) assert.equal(await ask(client, method), null);
    assert.equal(await ask(client, 'inlayHint', { range: everything }), null);
  });

  test('a template of another tool has nothing', async () => {
    const client = await open('FROM {{ .Base }}\nFROM \n');
    assert.equal(await completions(client, 1, 5), null);
    assert.deepEqual(await ask(client, 'codeLens'), []);
    assert.deepEqual(await ask(client, 'documentLink'), []);
  });
});
