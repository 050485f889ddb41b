import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ShellOptions } from '../../server/src/shell/parse.js';
import { parseShell } from '../../server/src/shell/parse.js';
import { mapped } from '../../server/src/text/mapped.js';

/**
 * Each row is a script and what is known of its commands: `a!` always runs, `b?` may not; `+` its failure fails the
 * script, `-` it does not; `~` runs apart from the shell; behind `<` the guards.
 */
type Row = readonly [script: string, commands: string];

const tables: Readonly<Record<string, readonly Row[]>> = {
  'lists and chains': [
    ['a', 'a!+'],
    ['a && b && c', 'a!+ b!+<a c!+<ab'],
    ['a; b', 'a!- b!+'],
    ['a\nb', 'a!- b!+'],
    ['a && b; c', 'a!- b?-<a c!+'],
    ['a || b', 'a!- b?+<a'],
    ['a && b || c', 'a!- b?-<a c?+<ab'],
    ['a || true && b', 'a!- true?+<a b!+<a,true'],
    ['a || true', 'a!- true?+<a'],
    ['! a', 'a!-'],
    ['! a && b', 'a!- b!+<a'],
    ['time a', 'a!+'],
    ['', ''],
    ['# nothing', ''],
  ],
  'an exit behind a failure does not tolerate it': [
    ['a || exit 1; b', 'a!+ exit?+<a b!+'],
    ['a || exit; b', 'a!+ exit?+<a b!+'],
    ['a || { echo; exit 1; }; b', 'a!+ echo?-<a exit?+<a b!+'],
    ['a || (echo && exit 1)', 'a!+ echo~?+<a exit~?+<a,echo'],
    ['a || (exit 1); b', 'a!- exit~?-<a b!+'],
    ['a || exit 0; b', 'a!- exit?+<a b?+'],
    ['die() { exit 1; }; a || die; b', 'exit?- a!+ die?-<a b!+'],
    ['a || false', 'a!+ false?+<a'],
    ['a && exit 0; b', 'a!- exit?+<a b?+'],
    ['exit 0; a', 'exit!+ a?+'],
    ['exec a; b', 'exec!+ b?+'],
  ],
  'set -e': [
    ['set -e; a; b', 'set!- a!+ b!+'],
    ['set -eux\na\nb', 'set!- a!+ b!+'],
    ['set -o errexit; a; b', 'set!- a!+ b!+'],
    ['set -e && a && b; c', 'set!- a!-<set b?+<set,a c!+'],
    ['set -e; a && b; c', 'set!- a!- b?+<a c!+'],
    ['set -e; a || b; c', 'set!- a!- b?+<a c!+'],
    ['set -e; ! a; b', 'set!- a!- b!+'],
    ['set -e; set +e; a; b', 'set!- set!+ a!- b!+'],
    ['set -e; if a; then b; fi; c', 'set!- a!- b?+<a c!+'],
    ['set -e; (a; b); c', 'set!- a~!+ b~!+ c!+'],
    ['(set -e; a); b; c', 'set~!- a~!- b!- c!+'],
    ['(set -e; a; b); c', 'set~!- a~!- b~?- c!+'],
    ['if a; then set -e; fi; b; c', 'a!- set?-<a b!- c!+'],
    ['set $FLAGS; a; b', 'set!- a!- b!+'],
    ['#!/bin/sh -e\na\nb', 'a!+ b!+'],
  ],
  'pipelines, subshells, groups, the background': [
    ['a | b', 'a~!- b~!+'],
    ['set -o pipefail && a | b', 'set!+ a~!+<set b~!+<set'],
    ['set -euo pipefail; a | b; c', 'set!- a~!+ b~!+ c!+'],
    ['(a; b)', 'a~!- b~!+'],
    ['(a && b) && c', 'a~!+ b~!+<a c!+<ab'],
    ['{ a; b; } && c', 'a!- b!+ c!+<ab'],
    ['a & b', 'a~!- b!+'],
    ['a & ', 'a~!-'],
    ['a &> log; b &> log', 'a!- b!-'],
    ['coproc a', 'a~!-'],
  ],
  'conditions, loops, functions': [
    ['if a; then b; fi', 'a!- b?+<a'],
    ['if a; then b; elif c; then d; else e; fi', 'a!- b?+<a c?-<a d?+<ac e?+<ac'],
    ['while a; do b; done; c', 'a!- b?-<a c!+'],
    ['until a; do b; done', 'a!- b?-<a'],
    ['for x in 1 2; do a $x; done', '?- a?-'],
    ['set -e; for x in 1 2; do a $x; done', 'set!- ?+ a?+'],
    ['case $x in 1) a;; *) b;; esac', 'a?+ b?+'],
    ['case $x in 1) a;& *) b;; esac', 'a?- b?+'],
    ['f() { a; }; f', 'a?- f!+'],
    ['f() { exit 0; }; f; a', 'exit?- f!- a?+'],
    ['f() { return 0; }; f; a', 'return?- f!- a!+'],
    ['[[ -f x ]] && a', '[[!+ a!+<[['],
    ['(( n > 1 )) && a', '((!+ a!+<(('],
    ['if [ -f x ]; then exit 1; fi; a', '[!- exit?+<[ a!+'],
    ["trap 'exit 0' EXIT; a && b", 'trap!- a?- b?-<a'],
  ],
};

for (const [name, rows] of Object.entries(tables)) {
  test(name, () => {
    for (const [script, commands] of rows) assert.equal(outline(script), commands, script);
  });
}

test('options of the SHELL instruction hold from the start', () => {
  assert.equal(outline('a; b', { errexit: true }), 'a!+ b!+');
  assert.equal(outline('a | b', { pipefail: true }), 'a~!+ b~!+');
});

test('nothing is sure about a script that could not be read', () => {
  assert.equal(outline('a && b && (c'), 'a?- b?-<a c~?-<ab');
  assert.equal(parseShell(mapped('a && b && (c', 0)).plain, false);
  assert.equal(outline('a && b (c'), 'a?- b?-<a');
  assert.equal(parseShell(mapped('a && b (c', 0)).plain, false);
});

function outline(script: string, options: ShellOptions = {}): string {
  const { commands } = parseShell(mapped(script, 0), options);
  const names = commands.map(({ words }) => words[0]?.raw ?? '');
  return commands
    .map(({ always, decisive, isolated, guards }, index) => {
      const guarding = guards.map((guard) => names[guard] ?? 'outside');
      const behind = guarding.length === 0 ? '' : `<${joined(guarding)}`;
      return `${names[index]}${isolated ? '~' : ''}${always ? '!' : '?'}${decisive ? '+' : '-'}${behind}`;
    })
    .join(' ');
}

function joined(names: readonly string[]): string {
  return names.join(names.every((name) => name.length === 1) ? '' : ',');
}
