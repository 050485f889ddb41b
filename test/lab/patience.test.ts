import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isLate, lateness, patiently, secondsFor } from '../../scripts/lab/patience.js';
import { must, run } from '../../scripts/lab/process.js';

const node = [process.execPath, '-e'];

test('what is too slow is done once more, with longer limits', async () => {
  const limits: number[] = [];
  const result = await patiently('a case', () => {
    limits.push(secondsFor(10));
    if (limits.length === 1) throw lateness('The build', 10);
    return Promise.resolve('built');
  });
  assert.equal(result, 'built');
  assert.deepEqual(limits, [10, 40]);
  assert.equal(secondsFor(10), 10);
});

test('what is too slow twice fails, and says so', async () => {
  let attempts = 0;
  const failing = patiently('a case', () => {
    attempts++;
    throw lateness('The build', 10);
  });
  await assert.rejects(failing, { message: 'The build did not end within 40 seconds.' });
  assert.equal(attempts, 2);
  assert.equal(secondsFor(10), 10);
});

test('any other failure is not tried again', async () => {
  let attempts = 0;
  const failing = patiently('a case', () => {
    attempts++;
    throw new Error('No space left on device');
  });
  await assert.rejects(failing, { message: 'No space left on device' });
  assert.equal(attempts, 1);
});

test('a program that is ended for its time is late, one that fails by itself is not', () => {
  assert.throws(() => run([...node, 'setTimeout(() => {}, 60_000)'], { seconds: 0.05 }), isLate);
  assert.equal(run([...node, 'process.exit(124)']).code, 124);
  assert.equal(must([...node, 'console.warn(1); console.log(2)']), '2');
  assert.equal(run(['no-such-program']).code, 127);
  assert.throws(
    () => must([...node, 'console.log("no"); process.exit(3)']),
    (error) => error instanceof Error && error.message.endsWith('ended with 3:\nno') && !isLate(error),
  );
});
