import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { FileKind } from '../../server/src/context/file-tree.js';
import { Answers } from '../../server/src/lsp/answers.js';
import { AskedTree } from '../../server/src/lsp/asked-tree.js';
import { FolderFiles } from '../../server/src/lsp/folder-files.js';

const root = 'file:///work/my%20project';

/** A file that says something else, and one that came or went. */
const text = (path: string) => ({ path, isOfText: true });
const entry = (path: string) => ({ path, isOfText: false });

test('a tree knows nothing until it was read, and then what is missing as well', async () => {
  const { files, asked } = folder({ 'a/b/c.txt': 'text', 'a/d': '' });
  assert.deepEqual(
    files.ask((tree) => tree.read('a/b/c.txt')),
    { answer: undefined, isOpen: true },
  );
  assert.equal(await files.load([{ kind: 'read', path: 'a/b/c.txt' }]), false);
  const { answer, isOpen } = files.ask((tree) => tree.read('a/b/c.txt'));
  assert.deepEqual([answer?.text, answer?.path, isOpen], ['text', 'a/b/c.txt', false]);
  assert.equal(answer?.uri, `${root}/a/b/c.txt`);
  assert.deepEqual(asked, [root, `${root}/a`, `${root}/a/b`, `${root}/a/b/c.txt`]);
  assert.deepEqual(
    files.ask((tree) => tree.read('a/x')),
    { answer: null, isOpen: false },
  );
  assert.deepEqual(
    files.ask((tree) => tree.list('x/y/z')),
    { answer: null, isOpen: false },
  );
  assert.deepEqual(
    files.ask((tree) => tree.read('a/b')),
    { answer: null, isOpen: false },
  );
});

test('a path is written into its address', async () => {
  const { files, asked } = folder({ 'a b/c#d?%41': 'text' });
  await files.load([{ kind: 'read', path: 'a b/c#d?%41' }]);
  assert.equal(asked.at(-1), `${root}/a%20b/c%23d%3F%2541`);
  assert.equal(files.ask((tree) => tree.read('a b/c#d?%41')).answer?.text, 'text');
});

test('nothing is asked for behind a link, nor of paths that go up', async () => {
  const { files, asked } = folder({ 'a/b': 'text' }, { a: 'link' });
  for (const path of ['a/b', '../x', 'a/../../x', './a', '/etc/passwd'])
    await files.load([
      { kind: 'read', path },
      { kind: 'list', path },
    ]);
  assert.deepEqual(asked, [root]);
  assert.equal(files.ask((tree) => tree.read('a/b')).answer, undefined);
  assert.equal(files.ask((tree) => tree.list('a')).answer, undefined);
});

test('a host that fails or says nothing leaves things unknown', async () => {
  const files = new FolderFiles(root, {
    list: () => Promise.reject(new Error('denied')),
    read: () => Promise.reject(new Error('denied')),
    isExecutable: () => Promise.resolve(null),
  });
  await files.load([{ kind: 'read', path: 'a' }]);
  assert.deepEqual(
    files.ask((tree) => tree.read('a')),
    { answer: undefined, isOpen: false },
  );
});

test('a text that is too long, or none, is not known', async () => {
  const { files } = folder({ long: 'x'.repeat(4 * 1024 * 1024 + 1), binary: 'a\0b', fine: 'x' });
  for (const path of ['long', 'binary', 'fine']) await files.load([{ kind: 'read', path }]);
  const texts = ['long', 'binary', 'fine'].map((path) => files.ask((tree) => tree.read(path)).answer?.text);
  assert.deepEqual(texts, [undefined, undefined, 'x']);
});

test('a change is told only where something else is known', async () => {
  const { files, texts } = folder({ 'a/b': '1', 'a/c': '1' });
  await files.load([{ kind: 'read', path: 'a/b' }]);
  const before = files.ask((tree) => tree.read('a/b')).answer;
  assert.equal(await files.refresh([text('a/b')]), false);
  assert.equal(files.ask((tree) => tree.read('a/b')).answer, before, 'The same object stays.');
  texts['a/c'] = '2';
  assert.equal(await files.refresh([text('a/c')]), false, 'Nobody has read it.');
  texts['a/b'] = '2';
  assert.equal(await files.refresh([text('a/b')]), true);
  assert.equal(files.ask((tree) => tree.read('a/b')).answer?.text, '2');
  texts['a/d'] = '';
  assert.equal(await files.refresh([text('a/d')]), false);
  assert.equal(await files.refresh([entry('a/d')]), true, 'The folder has another name in it.');
  assert.equal(await files.refresh([entry('x/y')]), false);
});

test('what lay in a folder is forgotten when the folder comes or goes', async () => {
  const { files, texts } = folder({ 'a/b/c': '1', other: '' });
  await files.load([{ kind: 'read', path: 'a/b/c' }]);
  delete texts['a/b/c'];
  assert.equal(await files.refresh([entry('a')]), true);
  assert.equal(files.ask((tree) => tree.list('a')).answer, null);
  texts['a/b/c'] = '2';
  assert.equal(await files.refresh([entry('a')]), true);
  await files.load([{ kind: 'read', path: 'a/b/c' }]);
  assert.equal(files.ask((tree) => tree.read('a/b/c')).answer?.text, '2');
});

test('an inspection holds until something that it was told is another', async () => {
  const { files, texts } = folder({ a: '1', b: '1' });
  const first = new AskedTree(files);
  assert.equal(first.read('a'), undefined);
  assert.deepEqual(first.open, [{ kind: 'read', path: 'a' }]);
  await files.load(first.open);
  assert.equal(first.isCurrent(), false);
  assert.equal(first.read('a'), undefined, 'One inspection is told one thing.');

  const second = new AskedTree(files);
  assert.equal(second.read('a')?.text, '1');
  assert.equal(second.list('nowhere'), null);
  assert.deepEqual(second.open, []);
  await files.load([{ kind: 'read', path: 'b' }]);
  texts['b'] = '2';
  await files.refresh([text('b')]);
  assert.equal(second.isCurrent(), true);
  texts['a'] = '2';
  await files.refresh([text('a')]);
  assert.equal(second.isCurrent(), false);
});

test('one document is told of so many files and no more', async () => {
  const names = Array.from({ length: 400 }, (_, index) => `f${index}`);
  const { files } = folder(Object.fromEntries(names.map((name) => [name, 'x'])));
  await files.load(names.map((path) => ({ kind: 'read' as const, path })));
  const tree = new AskedTree(files);
  const told = names.filter((name) => tree.read(name) !== undefined);
  assert.equal(told.length, 300);
  assert.equal([...tree.readPaths].length, 300);
  assert.equal(tree.read('f0')?.text, 'x');
});

test('long files are told up to a sum, and all of that holds', async () => {
  const long = 'x'.repeat(4 * 1024 * 1024);
  const { files } = folder({ a: long, b: long, c: long, d: long, e: long });
  await files.load(['a', 'b', 'c', 'd', 'e'].map((path) => ({ kind: 'read' as const, path })));
  const tree = new AskedTree(files);
  assert.deepEqual(
    ['a', 'b', 'c', 'd', 'e'].map((path) => tree.read(path) !== undefined),
    [true, true, true, true, false],
  );
  files.keepOnly(new Set(['a', 'b', 'c', 'd', 'e']));
  assert.equal(tree.isCurrent(), true);
});

test('answers take so much room and no more, and give it back', async () => {
  const weights: Record<string, number> = { a: 6, b: 6, c: 4 };
  const answers = new Answers({
    ask: (path) => Promise.resolve(weights[path]),
    isSame: (a, b) => a === b,
    weigh: (answer) => answer,
    mostWeight: 10,
    mostAnswers: 4,
  });
  for (const path of ['a', 'b', 'c']) await answers.load(path);
  assert.deepEqual([answers.get('a'), answers.get('b'), answers.get('c')], [6, undefined, 4]);
  assert.equal(
    answers.drop((path) => path === 'a' || path === 'b'),
    true,
  );
  await answers.load('b');
  assert.equal(answers.get('b'), 6);
  weights['c'] = 5;
  assert.equal(await answers.reload('c'), true);
  assert.equal(answers.get('c'), undefined, 'It no longer fits.');
  weights['c'] = 1;
  assert.equal(await answers.reload('c'), true);
  assert.equal(answers.get('c'), 1);
  await answers.load('missing');
  await answers.load('d');
  assert.equal(answers.isOpen('e'), false);
  assert.equal(await answers.load('e'), false);
  assert.equal(answers.has('e'), false);
});

test('an answer that comes too late says so, and one that was forgotten is not kept', async () => {
  const waiting: ((answer: number) => void)[] = [];
  const answers = new Answers<number>({
    ask: () => new Promise((resolve) => waiting.push(resolve)),
    isSame: (a, b) => a === b,
    weigh: () => 1,
    mostWeight: 10,
    mostAnswers: 10,
  });
  const [first, second] = [answers.load('a'), answers.load('a')];
  assert.equal(answers.isOpen('a'), true);
  answers.giveUp();
  assert.equal(answers.isOpen('a'), false);
  waiting[0]?.(1);
  assert.deepEqual([await first, await second, answers.get('a')], [true, false, 1]);
  assert.equal(waiting.length, 1);

  const third = answers.load('b');
  answers.drop((path) => path === 'b');
  waiting[1]?.(2);
  assert.deepEqual([await third, answers.get('b')], [false, undefined]);
});

/** Files of a folder by path; `kinds` are entries of the folder itself that are something else. */
function folder(texts: Record<string, string>, kinds: Record<string, FileKind> = {}) {
  const asked: string[] = [];
  const pathOf = (uri: string) => decodeURIComponent(uri.slice(root.length + 1));
  const list = (uri: string) => {
    asked.push(uri);
    const start = uri === root ? '' : `${pathOf(uri)}/`;
    const names = new Map<string, FileKind>();
    for (const path of Object.keys(texts)) {
      if (!path.startsWith(start)) continue;
      const [name = '', ...rest] = path.slice(start.length).split('/');
      names.set(name, (start === '' && kinds[name]) || (rest.length > 0 ? 'directory' : 'file'));
    }
    return Promise.resolve(names.size > 0 ? names : null);
  };
  const read = (uri: string) => {
    asked.push(uri);
    const text = texts[pathOf(uri)];
    return Promise.resolve(text === undefined ? null : { text, isExecutable: null });
  };
  return { files: new FolderFiles(root, { list, read, isExecutable: () => Promise.resolve(null) }), texts, asked };
}
