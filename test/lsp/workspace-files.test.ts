import assert from 'node:assert/strict';
import { test } from 'node:test';
import { uriKey, WorkspaceFiles } from '../../server/src/lsp/workspace-files.js';

const folder = 'file:///work/project';

test('a file is read once, until it changes', async () => {
  const { files, texts, asked } = workspace({ [`${folder}/a`]: '1' });
  assert.deepEqual([await files.read(`${folder}/a`), await files.read(`${folder}/a`)], ['1', '1']);
  texts[`${folder}/a`] = '2';
  assert.equal(await files.read(`${folder}/a`), '1');
  files.forget('file:///work/project/%61');
  assert.equal(await files.read(`${folder}/a`), '2');
  assert.deepEqual(asked, [`${folder}/a`, `${folder}/a`]);
});

test('that there is no file is kept too', async () => {
  const { files, asked } = workspace({});
  assert.deepEqual([await files.read(`${folder}/a`), await files.read(`${folder}/a`)], [null, null]);
  assert.equal(asked.length, 1);
});

test('an open document speaks for its file, saved or not', async () => {
  const { files, open, asked } = workspace({ [`${folder}/a b`]: 'saved' });
  open.set('file:///work/project/a b', 'typed');
  assert.equal(await files.read(`${folder}/a%20b`), 'typed');
  open.clear();
  assert.equal(await files.read(`${folder}/a b`), 'saved');
  assert.equal(asked.length, 1);
});

test('nothing outside the workspace is read', async () => {
  const { files, asked } = workspace({});
  for (const uri of [
    'file:///work/other/a',
    'file:///work/projects/a',
    `${folder}/../a`,
    `${folder}/x/%2e%2e/%2e%2e/a`,
    `${folder}/x\\..\\..\\a`,
    'file:///work/project',
    'untitled:a',
    '',
  ])
    assert.equal(await files.read(uri), null, uri);
  assert.deepEqual(asked, []);
});

test('a long text is none, and a reader that fails tells nothing', async () => {
  const { files, texts } = workspace({ [`${folder}/long`]: 'x'.repeat(1024 * 1024 + 1) });
  assert.equal(await files.read(`${folder}/long`), null);
  texts[`${folder}/bad`] = new Error('denied');
  assert.equal(await files.read(`${folder}/bad`), null);
  const blind = new WorkspaceFiles({ read: null, open: () => null });
  blind.folders = [folder];
  assert.equal(await blind.read(`${folder}/a`), null);
});

test('the nearest file is that of the innermost folder', async () => {
  const { files, asked } = workspace({ [`${folder}/c`]: 'top', [`${folder}/x/y/c`]: 'inner' });
  assert.deepEqual(await files.nearest(`${folder}/x/y/z/doc`, 'c'), { uri: `${folder}/x/y/c`, text: 'inner' });
  assert.deepEqual(await files.nearest(`${folder}/x/doc`, 'c'), { uri: `${folder}/c`, text: 'top' });
  assert.equal(await files.nearest(`${folder}/doc`, 'd'), null);
  assert.deepEqual(asked.slice(-1), [`${folder}/d`], 'The folder of the workspace is the last one.');
  const deep = `${folder}/${'x/'.repeat(5000)}doc`;
  assert.equal(await files.nearest(deep, 'c'), null);
});

test('any file system will do, with an authority or without', async () => {
  const roots = ['memfs:/project', 'vscode-vfs://github/owner/name', 'file:///c%3A', 'file:///c:'];
  for (const root of roots) {
    const { files } = workspace({ [`${root}/c`]: 'top' });
    files.folders = [`${root}/`];
    assert.deepEqual(await files.nearest(`${root}/a/b/doc?x#y`, 'c'), { uri: `${root}/c`, text: 'top' }, root);
    assert.equal(await files.nearest(`${root}/a/doc`, 'd'), null);
  }
});

test('paths are told from the innermost folder of the workspace', () => {
  const { files } = workspace({});
  files.folders = [folder, `${folder}/sub/`, 'vscode-vfs://github/owner/name'];
  assert.equal(files.pathInside(`${folder}/a/c.json`), 'a/c.json');
  assert.equal(files.pathInside(`${folder}/sub/c.json`), 'c.json');
  assert.equal(files.pathInside('vscode-vfs://github/owner/name/c.json'), 'c.json');
  assert.equal(files.pathInside('vscode-vfs://github/owner/other/c.json'), null);
});

test('a URI is the same however it is written', () => {
  assert.equal(uriKey('file:///C%3A/a%20b'), uriKey('file:///c:/a b'));
  assert.equal(uriKey('file:///a/100%'), 'file:///a/100%');
  assert.notEqual(uriKey('file:///a'), uriKey('file:///A'));
});

function workspace(texts: Record<string, string | Error>) {
  const asked: string[] = [];
  const open = new Map<string, string>();
  const read = (uri: string) => {
    asked.push(uri);
    const text = texts[uri];
    return text instanceof Error ? Promise.reject(text) : Promise.resolve(text ?? null);
  };
  const files = new WorkspaceFiles({ read, open: (key) => open.get(key) ?? null });
  files.folders = [folder];
  return { files, texts, open, asked };
}
