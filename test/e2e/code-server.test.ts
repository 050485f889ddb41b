import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { inEditor, mendShellForm } from './flow.js';

const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };
const vsix = join('out', `distroless-guide-${version}.vsix`);

test('code-server with the packaged extension, extension host in Node', { timeout: 20 * 60_000 }, async (t) => {
  const scratch = mkdtempSync(join(tmpdir(), 'distroless-guide-'));
  const samples = join(scratch, 'samples');
  cpSync('samples', samples, { recursive: true });
  try {
    await inEditor(t, ['scripts/editor/code-server.mjs', vsix, samples, scratch], async (step) => {
      await step('finding, hover, quick-fix and undo', mendShellForm);
    });
  } finally {
    rmSync(scratch, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  }
});
