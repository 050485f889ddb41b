import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fixEdit } from '../../server/src/lsp/fix-edit.js';
import { safeEdits } from '../../server/src/lsp/fix-all.js';
import { FolderFiles } from '../../server/src/lsp/folder-files.js';
import { readClientFeatures } from '../../server/src/lsp/client-features.js';
import type { Offer } from '../../server/src/lsp/handlers/code-action.js';
import { defineRule, type Fix } from '../../server/src/rules/rule.js';
import { insert, replace } from '../../server/src/text/edit.js';
import { indexLines } from '../../server/src/text/lines.js';
import { analysisOf } from '../support/checks.js';

const uri = 'file:///work/app/Dockerfile';
const text = 'FROM scratch\nCOPY . .\n';
const ignoreFile = { path: 'app/.dockerignore', uri: 'file:///work/app/.dockerignore', text: 'dist\r\n' };

const change: Fix = {
  title: 'Change two files',
  edits: [replace({ start: 18, end: 21 }, 'dist .')],
  files: [{ path: ignoreFile.path, file: ignoreFile, edits: [insert(6, 'node_modules\n')] }],
};
const creation: Fix = {
  title: 'Make a file',
  edits: [],
  files: [{ path: 'app/.dockerignore', file: null, edits: [insert(0, 'node_modules\n')] }],
};

const start = { line: 1, character: 0 };
const added = { range: { start, end: start }, newText: 'node_modules\r\n' };

test('a fix of several files is one edit, of no version where a file is not open', () => {
  const edit = fixEdit(offer({ documentChanges: true }), change);
  assert.deepEqual(edit?.documentChanges?.slice(1), [
    { textDocument: { uri: ignoreFile.uri, version: null }, edits: [added] },
  ]);
  const [own] = edit?.documentChanges ?? [];
  assert.deepEqual(own && 'textDocument' in own && own.textDocument, { uri, version: 3 });
  const plain = fixEdit(offer({}), change);
  assert.deepEqual(Object.keys(plain?.changes ?? {}), [uri, ignoreFile.uri]);
  assert.deepEqual(plain?.changes?.[ignoreFile.uri], [added]);
});

test('a file that is not there is made, where the client can', () => {
  const resourceOperations: 'create'[] = ['create'];
  const edit = fixEdit(offer({ documentChanges: true, resourceOperations }), creation);
  const zero = { line: 0, character: 0 };
  assert.deepEqual(edit?.documentChanges, [
    { kind: 'create', uri: 'file:///work/app/.dockerignore' },
    {
      textDocument: { uri: 'file:///work/app/.dockerignore', version: null },
      edits: [{ range: { start: zero, end: zero }, newText: 'node_modules\n' }],
    },
  ]);
  assert.equal(fixEdit(offer({ documentChanges: true }), creation), null);
  assert.equal(fixEdit(offer({ resourceOperations }), creation), null);
  assert.equal(fixEdit({ ...offer({ documentChanges: true, resourceOperations }), place: null }, creation), null);
});

test('a file without an address cannot be changed', () => {
  const file = { ...ignoreFile, uri: null };
  const fix = { ...change, files: [{ path: file.path, file, edits: [insert(0, 'x\n')] }] };
  assert.equal(fixEdit(offer({ documentChanges: true }), fix), null);
});

test('fix all leaves other files alone', () => {
  const rule = defineRule({
    meta: { id: 'a', summary: '', category: 'files', severity: 'warning', fix: 'safe' },
    docs: { why: '', bad: '', good: '', references: [] },
    check: () => [],
  });
  const finding = { rule, severity: 'warning', span: { start: 0, end: 1 }, message: '', because: [] } as const;
  assert.deepEqual(safeEdits([{ ...finding, fixes: () => [change] }]), []);
  assert.equal(safeEdits([{ ...finding, fixes: () => [{ ...change, files: [] }] }]).length, 1);
});

type Able = { documentChanges?: boolean; resourceOperations?: 'create'[] };

function offer(workspaceEdit: Able): Offer {
  const files = new FolderFiles('file:///work', {
    read: () => Promise.resolve(null),
    list: () => Promise.resolve(null),
    isExecutable: () => Promise.resolve(null),
  });
  const zero = { line: 0, character: 0 };
  return {
    document: { uri, version: 3, text, lines: indexLines(text) },
    analysis: analysisOf(text),
    features: readClientFeatures({ workspace: { workspaceEdit } }),
    params: { textDocument: { uri }, range: { start: zero, end: zero }, context: { diagnostics: [] } },
    place: { files, path: 'app/Dockerfile' },
  };
}
