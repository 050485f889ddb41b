import assert from 'node:assert/strict';
import { test } from 'node:test';
import { markdownAt } from '../support/cursor.js';

test('a package has its counterpart of this release, and its names elsewhere', () => {
  const text = markdownAt('FROM debian:13\nRUN apt-get install -y libssl-d$0ev\n');
  assert.match(text, /At run time its counterpart is `libssl3t64`\./);
  assert.match(text, /^Elsewhere: Alpine and Wolfi `openssl-dev` · dnf `openssl-devel`\.$/m);
  assert.match(
    markdownAt('FROM debian:12\nRUN apt-get install -y libssl-d$0ev\n'),
    /At run time its counterpart is `libssl3`\./,
  );
});

test('a name that is the same elsewhere is not repeated', () => {
  const text = markdownAt('FROM debian:13\nRUN apt-get install -y cmak$0e\n');
  assert.match(text, /^\*\*`cmake`\*\* · build tool · apt\n/);
  assert.doesNotMatch(text, /Elsewhere/);
});

test('in Wolfi its own names hold', () => {
  const text = markdownAt('FROM cgr.dev/chainguard/wolfi-base\nRUN apk add postgresql-d$0ev\n');
  assert.match(text, /^\*\*`postgresql-dev`\*\* · header · apk\n/);
  assert.match(text, /^Elsewhere: apt and Alpine `libpq-dev` · dnf `libpq-devel`\.$/m);
});

test('several packages make one elsewhere', () => {
  const text = markdownAt('FROM alpine:3.24\nRUN apk add build-b$0ase\n');
  assert.match(text, /^Elsewhere: apt `build-essential` · dnf `gcc`, `gcc-c\+\+` and `make`\.$/m);
});
