import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ShellWord, SimpleCommand, WordPart } from '../../server/src/shell/model.js';
import { parseShell } from '../../server/src/shell/parse.js';
import { mapped } from '../../server/src/text/mapped.js';

/** A word as its parts: quoted text in quotes, `$NAME`, `${NAME:-…}`, `glob(…)`, `opaque(…)`. */
const words: readonly (readonly [text: string, parts: string])[] = [
  ['abc', 'abc'],
  ["'a b'", "'a b'"],
  ["''", ''],
  ['a\\ b', "'a b'"],
  ['"a\\tb\\$c"', "'a\\tb$c'"],
  ['"x$A"', "'x' '$A'"],
  ['x${A}y', 'x $A y'],
  ['${A:-b}', '${A:-b}'],
  ['${A:-$B}', '${A:-$B}'],
  ['${A:?no}', '${A:?no}'],
  ['"${A:-b c}"', "'${A:-'b c'}'"],
  ['${A##*/}', 'opaque(${A##*/})'],
  ['${#A}', 'opaque(${#A})'],
  ['${A[1]}', 'opaque(${A[1]})'],
  ['$1', 'opaque($1)'],
  ['$(uname -m)', 'opaque($(uname -m))'],
  ['a`b`', 'a opaque(`b`)'],
  ['$((1+2))', 'opaque($((1+2)))'],
  ['*.txt', 'glob(*) .txt'],
  ['a{b,c}', 'a glob({b,c})'],
  ['[ab]c', 'glob([ab]) c'],
  ['~/x', 'opaque(~) /x'],
  ['~user', 'opaque(~user)'],
  ['a~', 'a~'],
  ["'~'", "'~'"],
  ['dir=~/x', 'opaque(dir=~/x)'],
  ["$'a\\n'", "opaque($'a\\n')"],
  ['a\\', 'opaque(a\\)'],
];

test('words are divided into parts', () => {
  for (const [text, parts] of words) assert.equal(shown(only(`echo ${text}`).words[1]), parts, text);
});

test('assignments are neither split nor matched against files', () => {
  const { assignments } = only('A=$B C=*.txt D+=x E=(1 2) F= G=~/x cmd');
  assert.deepEqual(
    assignments.map(({ name, value, append }) => `${name}${append ? '+' : ''}=${shown(value)}`),
    ["A='$B'", "C='*' '.txt'", "D+='x'", 'E=opaque((1 2))', 'F=', 'G=opaque(~/x)'],
  );
});

test('an assignment behind export is one of its words', () => {
  assert.deepEqual(only('export A=b C="$D"').words.map(shown), ['export', 'A= b', "C= '$D'"]);
});

test('redirections stand apart from the words', () => {
  const { words: found, redirects } = only('2>err cmd a >out b >>log <in 2>&1 >&- &>all');
  assert.deepEqual(found.map(shown), ['cmd', 'a', 'b']);
  assert.deepEqual(
    redirects.map(({ operator, descriptor, target }) => `${descriptor ?? ''}${operator}${target ? shown(target) : ''}`),
    ['2>err', '>out', '>>log', '<in', '2>&', '>&', '&>all'],
  );
});

test('a here-document is the target of its redirection', () => {
  const [cat, after] = parseShell(mapped('cat > f <<-E\n\tx $Y\n\tE\nnext', 0)).commands;
  assert.deepEqual(
    cat?.redirects.map(({ target }) => shown(target)),
    ['f', "'x ' '$Y' '\n'"],
  );
  assert.deepEqual(cat?.span, { start: 0, end: 'cat > f <<-E'.length });
  assert.deepEqual(after?.words.map(shown), ['next']);
  assert.equal(shown(only("cat <<'E'\n$Y\nE\n").redirects[0]?.target), "'$Y\n'");
});

test('redirections of compound commands follow what they enclose', () => {
  for (const script of [
    '{ a; } > f 2>&1',
    '( a ) > f 2>&1',
    'if a; then b; fi > f 2>&1',
    'for x in 1; do a; done > f 2>&1',
  ]) {
    const { commands } = parseShell(mapped(script, 0));
    const last = commands.at(-1);
    assert.deepEqual([last?.words, last?.assignments, last?.always], [[], [], true], script);
    assert.deepEqual(
      last?.redirects.map(({ target }) => target && shown(target)),
      ['f', null],
      script,
    );
    assert.equal(script.slice(last?.span.start, last?.span.end), '> f 2>&1');
  }
});

test('a loop assigns its variable something unknown', () => {
  const [loop] = parseShell(mapped('for name in a b; do echo; done', 0)).commands;
  assert.deepEqual(
    loop?.assignments.map(({ name, value }) => `${name}=${shown(value)}`),
    ['name=opaque( in a b)'],
  );
  assert.equal(loop?.always, false);
});

test('commands in substitutions are not listed', () => {
  const names = parseShell(mapped('a "$(b; c)" `d` <(e) && f', 0)).commands.map(({ words: [first] }) => first?.raw);
  assert.deepEqual(names, ['a', 'f']);
});

function only(script: string): SimpleCommand {
  const { commands, plain } = parseShell(mapped(script, 0));
  const [command] = commands;
  assert.ok(command && plain, script);
  return command;
}

function shown(word: ShellWord | null | undefined): string {
  return word ? word.parts.map(shownPart).join(' ') : 'nothing';
}

function shownPart(part: WordPart): string {
  if (part.kind === 'glob' || part.kind === 'opaque') return `${part.kind}(${part.text})`;
  const operand = part.kind === 'variable' && part.operand ? shown(part.operand) : '';
  const variable = part.kind === 'variable' && part.operator ? `\${${part.name}${part.operator}${operand}}` : '';
  const text = part.kind === 'literal' ? part.text : variable || `$${part.name}`;
  return part.quoted ? `'${text}'` : text;
}
