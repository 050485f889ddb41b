import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseShell } from '../../server/src/shell/parse.js';
import { mapped } from '../../server/src/text/mapped.js';

const unread = { commands: [], plain: false };

test('a text of ten megabytes is not read', () => {
  assert.deepEqual(parseShell(mapped('a && '.repeat(2_000_000), 0)), unread);
});

test('deep nesting is not read', () => {
  for (const open of ['(', '$(', '{ ', '${a:-', '"$(', '<(', '$((', '{,']) {
    assert.deepEqual(parseShell(mapped(`echo ${open.repeat(50_000)}`, 0)), unread, open);
  }
  assert.equal(parseShell(mapped('if a; then '.repeat(20_000), 0)).plain, false);
});

test('long scripts are read whole', () => {
  for (const [piece, count] of [
    ['a && ', 20_000],
    ['a; ', 20_000],
    ['a | ', 20_000],
    ['a || ', 20_000],
    ['a\n', 20_000],
  ] as const) {
    const { commands, plain } = parseShell(mapped(`${piece.repeat(count)}a`, 0));
    assert.deepEqual([commands.length, plain], [count + 1, true], piece);
    assert.ok(commands.every(({ guards }) => guards.length <= 32));
  }
});

test('too many here-documents are not read', () => {
  assert.deepEqual(parseShell(mapped(`cat ${'<<E '.repeat(5_000)}`, 0)), unread);
});

test('text for Windows does no harm', () => {
  const scripts = [
    "powershell -Command $ErrorActionPreference = 'Stop'; (New-Object Net.WebClient).DownloadFile('http://x/y', 'z')",
    'setx /M PATH "%PATH%;C:\\app" && del /q C:\\tmp\\*',
    'if defined TOKEN ( npm config set "%REGISTRY:https:=%:_a" )',
    'Get-Item . | ForEach-Object { $_.Name } | Where { $_ -match "ab" }',
    "if ((Get-FileHash a.zip).Hash -ne $env:SHA) { Write-Host 'no' ; exit 1 }",
  ];
  const plain = scripts.map((script) => parseShell(mapped(script, 0)).plain);
  assert.deepEqual(plain, [false, true, false, true, false]);
});
