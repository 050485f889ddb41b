import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fitsTarget, isPureWheel, readWheelName, type WheelTarget } from '../../server/src/context/python/wheel.js';

const alpine: WheelTarget = { minor: 13, libc: 'musl', machine: 'x86_64' };
const debian: WheelTarget = { ...alpine, libc: 'glibc' };

function fits(name: string, target: WheelTarget): boolean {
  const wheel = readWheelName(name);
  assert.ok(wheel, name);
  return fitsTarget(wheel, target);
}

test('reads the tags of a wheel, with and without a build number', () => {
  assert.deepEqual(readWheelName('aiohttp-3.14.3-cp313-cp313-manylinux2014_x86_64.manylinux_2_17_x86_64.whl'), {
    pythons: ['cp313'],
    abis: ['cp313'],
    platforms: ['manylinux2014_x86_64', 'manylinux_2_17_x86_64'],
  });
  assert.deepEqual(readWheelName('six-1.17.0-1-py2.py3-none-any.whl')?.pythons, ['py2', 'py3']);
});

test('reads nothing else', () => {
  for (const name of [
    'six-1.17.0.tar.gz',
    'six.whl',
    '',
    'a-b-c-d-e-f-g-h.whl',
    `${'a'.repeat(600)}-1-py3-none-any.whl`,
  ])
    assert.equal(readWheelName(name), null, name);
});

test('a wheel of Python alone fits everywhere', () => {
  const pure = 'flask-3.1.0-py3-none-any.whl';
  assert.ok(fits(pure, alpine) && fits(pure, debian));
  const wheel = readWheelName(pure);
  assert.ok(wheel && isPureWheel(wheel));
});

test('manylinux is for glibc, musllinux for musl, and a plain linux tag for either', () => {
  const name = (platform: string) => `numpy-2.0.0-cp313-cp313-${platform}.whl`;
  assert.equal(fits(name('manylinux_2_17_x86_64'), debian), true);
  assert.equal(fits(name('manylinux_2_17_x86_64'), alpine), false);
  assert.equal(fits(name('manylinux1_x86_64'), debian), true);
  assert.equal(fits(name('musllinux_1_2_x86_64'), alpine), true);
  assert.equal(fits(name('musllinux_1_2_x86_64'), debian), false);
  assert.equal(fits(name('linux_x86_64'), alpine), true);
  assert.equal(fits(name('linux_x86_64'), debian), true);
  assert.equal(fits(name('macosx_11_0_arm64'), debian), false);
  assert.equal(fits(name('win_amd64'), debian), false);
});

test('is for one machine', () => {
  const name = 'numpy-2.0.0-cp313-cp313-musllinux_1_2_aarch64.whl';
  assert.equal(fits(name, alpine), false);
  assert.equal(fits(name, { ...alpine, machine: 'aarch64' }), true);
});

test('is for one version of Python, or with the stable ABI for all later ones', () => {
  assert.equal(fits('a-1-cp312-cp312-manylinux2014_x86_64.whl', debian), false);
  assert.equal(fits('a-1-cp313-cp313t-manylinux2014_x86_64.whl', debian), false);
  assert.equal(fits('a-1-cp39-abi3-manylinux2014_x86_64.whl', debian), true);
  assert.equal(fits('a-1-cp314-abi3-manylinux2014_x86_64.whl', debian), false);
  assert.equal(fits('a-1-py3-none-manylinux2014_x86_64.whl', debian), true);
  assert.equal(fits('a-1-py314-none-any.whl', debian), false);
  assert.equal(fits('a-1-py2-none-any.whl', debian), false);
  assert.equal(fits('a-1-pp310-pypy310_pp73-manylinux2014_x86_64.whl', debian), false);
});

test('fits some version where that is not known', () => {
  assert.equal(fits('a-1-cp312-cp312-manylinux2014_x86_64.whl', { ...debian, minor: null }), true);
  assert.equal(fits('a-1-cp313-cp313t-manylinux2014_x86_64.whl', { ...debian, minor: null }), false);
});
