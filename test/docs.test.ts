import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path/posix';
import { test } from 'node:test';
import { analyze, createWorld } from '../server/src/analyze.js';
import { runRules } from '../server/src/rules/run.js';
import { filesUnder, root, textOf } from './support/repository.js';

const pages = [...filesUnder('docs', '.md'), 'README.md', 'CONTRIBUTING.md', 'ARCHITECTURE.md', 'CHANGELOG.md'];

test('every link between pages leads to a file and a heading that are there', () => {
  const broken = pages.flatMap((page) =>
    linksOf(textOf(page))
      .filter((link) => !leadsSomewhere(page, link))
      .map((link) => `${page}: ${link}`),
  );
  assert.deepEqual(broken, []);
});

test('the link check sees what is wrong', () => {
  assert.deepEqual(linksOf('[a](b.md) ![c](d.png) `[no](code.md)` [e](https://example.com)'), ['b.md', 'd.png']);
  assert.equal(leadsSomewhere('docs/README.md', 'guide/no-such-page.md'), false);
  assert.equal(leadsSomewhere('docs/README.md', 'guide/choosing-a-base.md#no-such-heading'), false);
  assert.equal(leadsSomewhere('docs/README.md', 'guide/choosing-a-base.md#4-names-that-mislead'), true);
});

test('the Dockerfiles of the guides are sound, and those marked as before are not', () => {
  const guides = filesUnder('docs/guide', '.md');
  const blocks = guides.flatMap((page) => dockerfilesOf(textOf(page)).map((block) => ({ page, ...block })));
  assert.ok(blocks.length >= 4);
  for (const { page, text, isBefore } of blocks) {
    const findings = runRules(analyze(text, createWorld('2026-11-21')), { severities: {} }).findings;
    const loud = findings.filter(({ severity }) => severity === 'error' || severity === 'warning');
    const messages = loud.map(({ message }) => message);
    if (isBefore) assert.notEqual(loud.length, 0, `${page}: nothing is found in\n${text}`);
    else assert.deepEqual(messages, [], `${page}:\n${text}`);
  }
});

function linksOf(text: string): string[] {
  const prose = text.replace(/```[\s\S]*?```/g, '').replace(/`[^`\n]*`/g, '');
  return [...prose.matchAll(/\]\(([^)\s]+)\)/g)].flatMap(([, target = '']) =>
    /^[a-z]+:/.test(target) ? [] : [target],
  );
}

function leadsSomewhere(page: string, link: string): boolean {
  const [path = '', heading] = link.split('#');
  const target = path === '' ? page : normalize(join(dirname(page), path));
  if (!existsSync(join(root, target))) return false;
  return heading === undefined || headingsOf(textOf(target)).includes(heading);
}

/** As GitHub names the anchors of headings. */
function headingsOf(text: string): string[] {
  const prose = text.replace(/```[\s\S]*?```/g, '');
  return [...prose.matchAll(/^#{1,6} (.+)$/gm)].map(([, title = '']) =>
    title
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, '')
      .trim()
      .replace(/\s/g, '-'),
  );
}

function dockerfilesOf(text: string): { readonly text: string; readonly isBefore: boolean }[] {
  const blocks = text.matchAll(/^```dockerfile( before)?\n([\s\S]*?)^```$/gm);
  return [...blocks].map(([, before, body = '']) => ({ text: body, isBefore: before !== undefined }));
}
