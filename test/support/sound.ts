import assert from 'node:assert/strict';
import { test } from 'node:test';
import { allFindings } from './checks.js';
import type { MemoryFiles } from './memory-tree.js';

/** A Dockerfile with what lies around it. */
export type Case = readonly [name: string, text: string, files: MemoryFiles];

/** The rules that find an error. */
export function errorsOf(text: string, files: MemoryFiles): readonly string[] {
  return allFindings(text, { files })
    .filter(({ severity }) => severity === 'error')
    .map(({ rule }) => rule.meta.id);
}

/** Projects that work: none of them gets an error. */
export function testSound(title: string, cases: readonly Case[]): void {
  for (const [name, text, files] of cases) {
    test(`no error in a sound project: ${title}, ${name}`, () => {
      assert.deepEqual(errorsOf(text, files), []);
    });
  }
}
