import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createWorld } from '../../server/src/analyze.js';
import { AskedTree } from '../../server/src/lsp/asked-tree.js';
import { FolderFiles } from '../../server/src/lsp/folder-files.js';
import type { Inspection, View } from '../../server/src/lsp/inspect.js';
import type { OpenDocument } from '../../server/src/lsp/documents.js';
import type { Session } from '../../server/src/lsp/session.js';
import { isSettled, settle } from '../../server/src/lsp/settle.js';
import { defaultSettings } from '../../server/src/lsp/settings.js';
import { indexLines } from '../../server/src/text/lines.js';
import { analysisOf, today } from '../support/checks.js';

test('files are read until nothing more is asked for', async () => {
  const { session, document, rounds, told } = chain(4);
  const inspection = await settle(session, document, view);
  assert.equal(isSettled(inspection), true);
  assert.equal(inspection.asked?.read('f3')?.text, 'f4');
  // One file at a time, and a look that finds nothing more to ask for.
  assert.equal(rounds(), 5);
  assert.deepEqual(told, [false, false, false, false]);
});

test('a chain without end ends the wait, and is gone on with later', async () => {
  const { session, document, rounds, told } = chain(Infinity);
  const inspection = await settle(session, document, view);
  assert.equal(isSettled(inspection), false);
  assert.equal(rounds(), 13);
  assert.equal(told.at(-1), true);
  await settle(session, document, view);
  assert.equal(rounds(), 26);
});

test('a document that has changed meanwhile is not looked at again', async () => {
  const { session, document, rounds, close } = chain(4);
  const settled = settle(session, document, view);
  close();
  assert.equal((await settled).asked?.read('f0'), undefined);
  assert.equal(rounds(), 1);
});

const view: View = {
  world: createWorld(today),
  catalog: createWorld(today).catalog,
  settings: defaultSettings,
  neighbours: new Set(),
  place: null,
};

/** A document that asks for one file after the other: each names the next, and there are so many. */
function chain(length: number) {
  const nameOf = (uri: string) => uri.slice(uri.lastIndexOf('/') + 1);
  const names = Array.from({ length: Math.min(length, 100) }, (_, index) => `f${index}`);
  const files = new FolderFiles('file:///work', {
    list: () => Promise.resolve(new Map(names.map((name) => [name, 'file']))),
    read: (uri) => Promise.resolve({ text: `f${Number(nameOf(uri).slice(1)) + 1}`, isExecutable: null }),
    isExecutable: () => Promise.resolve(null),
  });
  const document: OpenDocument = { uri: 'file:///work/Dockerfile', version: 1, text: '', lines: indexLines('') };
  let [rounds, isOpen] = [0, true];
  const told: boolean[] = [];
  const inspection = (): Inspection => {
    rounds++;
    const asked = new AskedTree(files);
    for (let name: string | undefined = 'f0'; name !== undefined;) name = asked.read(name)?.text;
    return { analysis: analysisOf('FROM scratch\n'), findings: [], faults: [], asked };
  };
  const documents = { inspection, get: () => (isOpen ? document : null) };
  const session = { documents, onFilesRead: (isLate: boolean) => told.push(isLate) } as unknown as Session;
  return { session, document, told, rounds: () => rounds, close: () => (isOpen = false) };
}
