import assert from 'node:assert/strict';
import { test } from 'node:test';
import { movedLine, type LineChange } from '../../client/src/moved-line.js';

const change = (start: number, end: number, text: string, startCharacter = 3): LineChange => {
  return { start, startCharacter, end, text };
};

test('a change below a line, or in it, leaves it where it is', () => {
  assert.equal(movedLine(4, [change(5, 9, 'x')]), 4);
  assert.equal(movedLine(4, [change(4, 4, 'x\ny')]), 4);
  assert.equal(movedLine(4, [change(4, 6, '')]), 4);
});

test('lines put in or taken out above move it', () => {
  assert.equal(movedLine(4, [change(1, 1, '\n\n')]), 6);
  assert.equal(movedLine(4, [change(1, 3, '')]), 2);
  assert.equal(movedLine(4, [change(1, 3, 'a\r\nb')]), 3);
  assert.equal(movedLine(4, [change(3, 4, '')]), 3);
});

test('a line put in just in front pushes it down', () => {
  assert.equal(movedLine(4, [change(4, 4, 'ARG A\n', 0)]), 5);
  assert.equal(movedLine(4, [change(4, 4, 'x', 0)]), 4);
});

test('a line that is replaced goes to the start of the change', () => {
  assert.equal(movedLine(4, [change(2, 8, '')]), 2);
});

test('changes follow one another', () => {
  assert.equal(movedLine(4, [change(7, 7, '\n'), change(2, 2, '\n'), change(0, 1, '')]), 4);
});
