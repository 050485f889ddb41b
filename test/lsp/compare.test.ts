import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Comparison, Position } from '../../server/src/protocol.js';
import { indexLines, offsetAt } from '../../server/src/text/lines.js';
import { fullCapabilities, type LspClient } from '../support/lsp-client.js';
import { startClient } from '../support/lsp-clients.js';

const uri = 'file:///work/a%20(b)/Dockerfile';
const text = `ARG A=1

  FROM golang:1.26 AS build
RUN CGO_ENABLED=0 go build -o /app .

FROM debian:13
COPY --from=build /app /app
CMD ["/app"]
`;

async function connect(runsCommands: boolean): Promise<LspClient> {
  const client = startClient();
  await client.initialize(fullCapabilities, { runsCommands });
  client.open(uri, text);
  return client;
}

async function ask(client: LspClient, position: Position | null, of = uri): Promise<Comparison | null> {
  return (await client.request('distroless/compare', { uri: of, position })) as Comparison | null;
}

test('the final stage is compared when no place is given, otherwise the one at the place', async () => {
  const client = await connect(true);
  const final = await ask(client, null);
  assert.deepEqual(final?.stage, { index: 1, name: null, line: 5, reference: 'debian:13' });
  assert.equal(final.version, 1);
  for (const [line, character] of [
    [2, 0],
    [2, 9],
    [4, 0],
  ] as const)
    assert.deepEqual((await ask(client, { line, character }))?.stage, {
      index: 0,
      name: 'build',
      line: 2,
      reference: 'golang:1.26',
    });
  assert.equal((await ask(client, { line: 5, character: 0 }))?.stage.index, 1);
  assert.equal((await ask(client, { line: 99, character: 0 }))?.stage.index, 1);
  assert.equal(await ask(client, { line: 0, character: 3 }), null);
  assert.equal(await ask(client, null, 'file:///work/other'), null);
});

test('the edits of a comparison fit the document', async () => {
  const client = await connect(true);
  const comparison = await ask(client, null);
  const row = comparison?.rows.find(({ reference }) => reference === 'scratch');
  assert.ok(row?.edit);
  const lines = indexLines(text);
  const { range, newText } = row.edit;
  const changed = text.slice(0, offsetAt(lines, range.start)) + newText + text.slice(offsetAt(lines, range.end));
  assert.equal(changed, text.replace('debian:13', 'scratch'));
  assert.equal(comparison?.rows[0]?.isPresent, true);
  assert.equal(comparison?.rows[0]?.edit, null);
});

test('the hover leads to the comparison in an editor that runs commands, and nowhere else', async () => {
  const at = { line: 5, character: 8 };
  const inEditor = await hoverText(await connect(true), at);
  const [, encoded = ''] = /\[Compare…\]\(command:distroless\.compare\?([^()\s]+)\)$/.exec(inEditor) ?? [];
  assert.deepEqual(JSON.parse(decodeURIComponent(encoded)), [uri, { line: 5, character: 0 }]);
  assert.match(inEditor, /\]\(command:distroless\.openPage\?%5B%22families%2Fdebian\.md%22%5D\)/);
  assert.doesNotMatch(await hoverText(await connect(false), at), /command:/);
});

async function hoverText(client: LspClient, { line, character }: Position): Promise<string> {
  const found = await client.hover(uri, line, character);
  const contents = found?.contents;
  assert.ok(contents && typeof contents === 'object' && 'value' in contents);
  return contents.value;
}
