import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { ignoreFileIsMended, lockFileIsRead, scriptIsFollowed } from './context.js';
import { inEditor, mendShellForm } from './flow.js';
import { pagesOpenInside } from './pages.js';
import { compareBases, policyIsKept, showStages, viewComesBack } from './views.js';

const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };
const vsix = join('out', `distroless-guide-${version}.vsix`);

test('code-server with the packaged extension, extension host in Node', { timeout: 20 * 60_000 }, async (t) => {
  const scratch = mkdtempSync(join(tmpdir(), 'distroless-guide-'));
  const samples = join(scratch, 'samples');
  cpSync('samples', samples, { recursive: true });
  try {
    await inEditor(t, ['scripts/editor/code-server.mjs', vsix, samples, scratch], async (step) => {
      await step('finding, hover, quick-fix and undo', mendShellForm);
      await step('files beside the Dockerfile are read', lockFileIsRead);
      await step('a fix changes another file, and is undone', ignoreFileIsMended);
      await step('a reason leads into the start script, whose text decides', scriptIsFollowed);
      await step('compare view: sort, filter, change, apply and undo', compareBases);
      await step('stage view: cards lead to their lines', showStages);
      await step('the stage view comes back after a reload', viewComesBack);
      await step('the guide opens inside the editor', pagesOpenInside);
      await step('no page breaks its content security policy', policyIsKept);
    });
  } finally {
    rmSync(scratch, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  }
});
