import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { fullCapabilities, type LspClient } from '../support/lsp-client.js';
import { startClient } from '../support/lsp-clients.js';

const rule = 'script-entrypoint-no-interpreter';
const text = 'FROM alpine:3.22\nCOPY start.sh /start.sh\nENTRYPOINT ["/start.sh"]\n';
const forBash = '#!/bin/bash\nexec httpd -f\n';
const forSh = '#!/bin/sh\nexec httpd -f\n';

describe('files of the build context on the disk', () => {
  const root = mkdtempSync(join(tmpdir(), 'distroless-guide-context-'));
  process.once('exit', () => rmSync(root, { recursive: true, force: true }));
  const project = join(root, 'my project');
  mkdirSync(join(project, 'app'), { recursive: true });
  mkdirSync(join(root, 'outside'));
  writeFileSync(join(project, 'app', 'start.sh'), forSh, { mode: 0o644 });
  writeFileSync(join(root, 'outside', 'start.sh'), forBash, { mode: 0o755 });
  symlinkSync(join(root, 'outside'), join(project, 'linked'));
  symlinkSync(join(root, 'outside', 'start.sh'), join(project, 'start.sh'));
  const connect = () => {
    const client = startClient();
    client.folders = [pathToFileURL(project).href];
    return client;
  };
  const uriOf = (...path: string[]) => pathToFileURL(join(project, ...path)).href;

  test('are read by the server where the client does not, and tell whether they can be executed', async () => {
    const client = connect();
    await client.initialize(fullCapabilities);
    client.open(uriOf('app', 'Dockerfile'), text);
    const [found] = await withCode(client, uriOf('app', 'Dockerfile'), 'entrypoint-not-executable');
    assert.equal(found?.relatedInformation?.[0]?.location.uri, uriOf('app', 'start.sh'));
  });

  test('are asked of the server for what the client cannot tell', async () => {
    const client = connect();
    client.files.set(uriOf('app', 'start.sh'), { text: forSh });
    await client.initialize(fullCapabilities, { readsFiles: true, listsFolders: true });
    client.open(uriOf('app', 'Dockerfile'), text);
    assert.equal((await withCode(client, uriOf('app', 'Dockerfile'), 'entrypoint-not-executable')).length, 1);
  });

  test('are not followed through links', async () => {
    const client = connect();
    await client.initialize(fullCapabilities);
    for (const path of [['Dockerfile'], ['linked', 'Dockerfile']]) {
      client.open(uriOf(...path), text);
      const found = await client.diagnostics(uriOf(...path));
      assert.equal(
        found.some(({ code, severity }) => code === rule && severity === 1),
        false,
        path.join('/'),
      );
    }
  });
});

async function withCode(client: LspClient, uri: string, wanted: string) {
  return (await client.diagnostics(uri)).filter(({ code }) => code === wanted);
}
