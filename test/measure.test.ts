import assert from 'node:assert/strict';
import { test } from 'node:test';
import { measure, type Input } from '../scripts/measure/measure.js';
import { report } from '../scripts/measure/report.js';
import { createWorld } from '../server/src/analyze.js';
import { memoryTree } from './support/memory-tree.js';

const world = createWorld('2026-11-21');

const tree = memoryTree({ 'a/Dockerfile': '', 'a/app': '' });

const inputs = [
  { name: 'a', text: 'FROM golang:1.26 AS build\nFROM gcr.io/distroless/static-debian13\nCOPY app /\nCMD /app\n' },
  { name: 'b', text: 'ARG BASE\nFROM ${BASE}\nCOPY --from=registry.example.com/team/tool:1 /a /a\n' },
  { name: 'c', text: 'FROM registry.example.com/team/tool:2\nFROM dhi.io/python:no-such-tag\n' },
  { name: 'd', text: 'FROM {{ base }}\n' },
].map((input): Input => ({ ...input, place: input.name === 'a' ? { tree, path: 'a/Dockerfile' } : null }));

test('counts what became of every image reference', () => {
  const { files, templates, stages, references, misses, crashes } = measure(inputs, world, () => 0);
  assert.deepEqual([files, templates, stages, crashes], [4, 1, 5, []]);
  assert.deepEqual(Object.fromEntries(references), {
    known: 2,
    'name not known': 1,
    'unknown repository': 2,
    'unknown tag': 1,
  });
  assert.deepEqual(
    misses.filter(({ fate }) => fate !== 'name not known'),
    [
      { name: 'registry.example.com/team/tool', fate: 'unknown repository', count: 2 },
      { name: 'dhi.io/python:no-such-tag', fate: 'unknown tag', count: 1 },
    ],
  );
});

test('counts of how many files the build context is known', () => {
  const { withContext, sureContext } = measure(inputs, world, () => 0);
  assert.deepEqual([withContext, sureContext], [1, 1]);
});

test('counts findings by rule and severity, and keeps the times in order', () => {
  let now = 0;
  const steps = [5, 1, 4, 2];
  const { findings, times } = measure(inputs, world, () => (now += steps.shift() ?? 3));
  assert.ok(findings.some(({ rule, severity }) => rule === 'shell-form-cmd-no-shell' && severity === 'error'));
  assert.equal(times.length, inputs.length);
  assert.deepEqual(
    times,
    times.toSorted((a, b) => a - b),
  );
});

test('the report names shares, misses and crashes', () => {
  const result = measure(inputs, world, () => 0);
  const text = report({ ...result, crashes: ['x: boom'] }, 1);
  assert.match(text, /^4 files \(1 templates of other tools\), 5 stages/);
  assert.match(text, /\nBuild context known: 1 \(33\.3 %\), certain: 1 \(33\.3 %\)\n/);
  assert.match(text, / {5}2 known \(33\.3 %\)/);
  assert.match(text, /Known, of those that name a Linux image: 40\.0 %/);
  assert.match(text, /Not known, the most frequent of 2:\n {5}2 registry\.example\.com\/team\/tool/);
  assert.doesNotMatch(text, /no-such-tag/);
  assert.match(text, /Crashes: 1\nx: boom$/);
});
