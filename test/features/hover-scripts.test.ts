import assert from 'node:assert/strict';
import { test } from 'node:test';
import { markdownAt } from '../support/cursor.js';

const alpine = 'FROM alpine:3.23\nCOPY start.sh /start.sh\n';
const commands = `${alpine}$0ENTRYPOINT ["/start.sh"]\nCMD ["sleep"]\n`;

function hover(source: string, text: string): string {
  return markdownAt(source, { files: { 'start.sh': { text, isExecutable: true }, Dockerfile: '' } });
}

test('a start script without its interpreter: that it does not start comes first', () => {
  const text = hover(commands.replace('$0ENT', 'ENT').replace('CMD', '$0CMD'), '#!/usr/bin/env bash\nexec "$@"\n');
  const [first = '', second = ''] = text.split('\n').filter((line) => line.startsWith('- '));
  assert.equal(first, '- **It does not start:** `/start.sh` is a script for `bash`, which is not in this image.');
  assert.match(second, /^- CMD is appended/);
});

test('a start script says which shell runs it', () => {
  const text = hover(commands, '#!/bin/sh\nexec "$@"\n');
  assert.match(text, /^- `\/start\.sh` is a script for `\/bin\/sh`\.$/m);
  assert.doesNotMatch(text, /does not start/);
});

test('a start script with a carriage return in its first line', () => {
  const text = hover(commands, '#!/bin/sh\r\nexec "$@"\r\n');
  assert.match(text, /^- \*\*It does not start:\*\* the first line of `\/start\.sh` ends in a carriage return\.$/m);
});

test('a health check by a script without its interpreter never succeeds', () => {
  const text = hover(`${alpine}$0HEALTHCHECK CMD ["/start.sh"]\nCMD ["sleep"]\n`, '#!/bin/bash\n');
  assert.match(text, /^- \*\*It never succeeds:\*\* `\/start\.sh` is a script for `\/bin\/bash`/m);
});

test('nothing is said of a script that is not known', () => {
  const silent = hover(commands.replace('COPY', 'RUN touch x\nCOPY --from=busybox'), '#!/bin/bash\n');
  assert.doesNotMatch(silent, /script for/);
});
