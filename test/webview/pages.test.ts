import assert from 'node:assert/strict';
import { test } from 'node:test';
import { newNonce, webviewPage } from '../../client/src/webview-page.js';
import { filesUnder, textOf } from '../support/repository.js';

const page = webviewPage({ title: 'A & B', nonce: 'abc', script: 'https://x/"><script>', style: 'https://x/y.css' });

test('a page lets nothing load or run but what carries its nonce', () => {
  const policy = /http-equiv="Content-Security-Policy" content="([^"]+)"/.exec(page)?.[1]?.split('; ');
  assert.deepEqual(policy, [
    "default-src 'none'",
    "script-src 'nonce-abc'",
    "style-src 'nonce-abc'",
    "base-uri 'none'",
    "form-action 'none'",
  ]);
});

test('a page has one script and one style sheet, both from outside, and no handler', () => {
  assert.equal(page.match(/<script/g)?.length, 1);
  assert.match(page, /<script nonce="abc" src="https:\/\/x\/&#34;&#62;&#60;script&#62;"><\/script>/);
  assert.match(page, /<link rel="stylesheet" nonce="abc" href="https:\/\/x\/y\.css" \/>/);
  assert.match(page, /<title>A &#38; B<\/title>/);
  assert.doesNotMatch(page, /\son\w+=|<style|\sstyle=/);
});

test('a nonce is long, and never the same', () => {
  const [one, two] = [newNonce(), newNonce()];
  assert.match(one, /^[0-9a-f]{32}$/);
  assert.notEqual(one, two);
});

test('no page makes markup or code out of text', () => {
  const scripts = filesUnder('client/webview', '.ts');
  assert.ok(scripts.length > 5);
  const ways = /innerHTML|outerHTML|insertAdjacentHTML|setHTML|document\.write|DOMParser|\beval\(|new Function/;
  assert.deepEqual(
    scripts.filter((path) => ways.test(textOf(path))),
    [],
  );
});

test('no style sheet loads anything', () => {
  for (const path of filesUnder('client/webview', '.css')) {
    assert.doesNotMatch(textOf(path).replace("@import '../base.css';", ''), /url\(|@import/, path);
  }
});
