import type { Comparison, ComparisonRow } from '../../server/src/protocol.js';

/** A row about which nothing is known but what is given. */
export function row(reference: string, known: Partial<ComparisonRow> = {}): ComparisonRow {
  return {
    reference,
    family: 'Some Family',
    isPresent: false,
    why: '',
    drawback: '',
    libc: null,
    shell: null,
    packageManager: null,
    user: null,
    entrypoint: null,
    contains: [],
    lacks: [],
    size: null,
    packageCount: null,
    eol: null,
    access: null,
    signing: null,
    attestations: null,
    architectures: null,
    source: 'https://images.example/list',
    read: '2026-11-20',
    page: null,
    edit: null,
    ...known,
  };
}

export function comparison(rows: readonly ComparisonRow[], needs: readonly string[] = []): Comparison {
  const stage = { index: 1, name: 'run', line: 4, reference: rows[0]?.reference ?? 'scratch' };
  return { uri: 'file:///work/Dockerfile', version: 1, stage, needs, rows };
}

/** The edit that changes the image name of `FROM name` on the given line, counted from 0. */
export function edit(line: number, length: number, newText: string): NonNullable<ComparisonRow['edit']> {
  return { range: { start: { line, character: 5 }, end: { line, character: 5 + length } }, newText };
}
