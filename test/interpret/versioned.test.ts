import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { Versioned } from '../../server/src/interpret/versioned.js';

test('a view keeps what it was when the map goes on', () => {
  const first = Versioned.empty<number>().with('a', 1);
  const second = first.with('a', 2).with('b', 3);
  assert.deepEqual([...first.entries()], [['a', 1]]);
  assert.deepEqual([...second.entries()].sort(), [
    ['a', 2],
    ['b', 3],
  ]);
  assert.equal(first.get('b'), undefined);
});

test('branches do not see each other', () => {
  const base = Versioned.from([['a', 1]]);
  const one = base.with('a', 2);
  const two = base.with('b', 3);
  assert.equal(one.get('a'), 2);
  assert.equal(one.get('b'), undefined);
  assert.equal(two.get('a'), 1);
  assert.deepEqual(two.changedSince(base), ['b']);
});

/** Each step takes an earlier view, whichever, and sets a key. */
const steps = fc.array(fc.tuple(fc.nat(), fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f'), fc.nat(9)), {
  maxLength: 120,
});

test('any view holds what a plain map would hold', () => {
  fc.assert(
    fc.property(steps, (list) => {
      const views: { real: Versioned<number>; model: Map<string, number>; from: number }[] = [
        { real: Versioned.from([['a', 0]]), model: new Map([['a', 0]]), from: 0 },
      ];
      for (const [place, key, value] of list) {
        const from = place % views.length;
        const { real, model } = views[from] ?? assert.fail();
        views.push({ real: real.with(key, value), model: new Map([...model, [key, value]]), from });
      }
      for (const { real, model, from } of views) {
        assert.deepEqual([...real.entries()].sort(), [...model].sort());
        for (const [key, value] of model) assert.equal(real.get(key), value);
        const before = views[from] ?? assert.fail();
        const changed = new Set(real.changedSince(before.real));
        for (const [key, value] of model) assert.ok(before.model.get(key) === value || changed.has(key));
      }
    }),
    { seed: 20261121 },
  );
});
