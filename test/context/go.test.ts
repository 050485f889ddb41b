import assert from 'node:assert/strict';
import { test } from 'node:test';
import { takesPart, systemTag } from '../../server/src/context/go/build-constraint.js';
import { readGoFile } from '../../server/src/context/go/go-file.js';
import { readGoMod } from '../../server/src/context/go/go-mod.js';
import { cgoModule, cgoPackage, isStandard, loadsLibc } from '../../server/src/context/go/packages.js';

const file = (text: string) => ({ path: 'x', uri: null, text });

test('go.mod: module, version, requirements with their places, and replacements', () => {
  const text = `// A comment.
module example.com/app // here

go 1.24.1

require github.com/a/b v1.0.0
require (
	github.com/mattn/go-sqlite3 v1.14.32
	"github.com/c/d" v2.0.0+incompatible // indirect
)
replace github.com/a/b => ../b
replace (
	github.com/x/y v1.2.3 => github.com/z/y v1.2.4
)
`;
  const mod = readGoMod(file(text));
  assert.equal(mod?.module, 'example.com/app');
  assert.equal(mod?.go, '1.24.1');
  const direct = [...(mod?.requires.values() ?? [])].filter(({ isDirect }) => isDirect);
  assert.deepEqual(
    direct.map(({ path, version }) => `${path} ${version}`),
    ['github.com/a/b v1.0.0', 'github.com/mattn/go-sqlite3 v1.14.32'],
  );
  const { span } = mod?.requires.get('github.com/mattn/go-sqlite3') ?? {};
  assert.equal(text.slice(span?.start, span?.end), 'github.com/mattn/go-sqlite3 v1.14.32');
  assert.equal(mod?.requires.get('github.com/c/d')?.isDirect, false);
  assert.deepEqual([...(mod?.replaced ?? [])], ['github.com/a/b', 'github.com/x/y']);
});

test('go.mod: line endings of Windows, half a line, and what is no module', () => {
  const mod = readGoMod(file('module a.b/c\r\nrequire (\r\n\tg.h/i v1.0.0\r\n\tg.h/j\r\n'));
  assert.deepEqual([...(mod?.requires.keys() ?? [])], ['g.h/i']);
  assert.equal(readGoMod(file('<html></html>')), null);
  assert.equal(readGoMod(file('')), null);
});

test('a Go file: its imports with their names and places', () => {
  const text = `// Copyright.

//go:build linux && cgo

/* package wrong */
package main

import "fmt"
import (
	"database/sql"; . "strings"

	// The driver.
	_ "github.com/mattn/go-sqlite3"
	db \`example.com/app/db\`
)

var x = \`import "no/such"\`
`;
  const found = readGoFile(file(text));
  assert.equal(found?.package, 'main');
  assert.equal(found?.constraint, 'linux && cgo');
  assert.deepEqual(
    found?.imports.map(({ path, name }) => [path, name]),
    [
      ['fmt', null],
      ['database/sql', null],
      ['strings', '.'],
      ['github.com/mattn/go-sqlite3', '_'],
      ['example.com/app/db', 'db'],
    ],
  );
  const { span } = found?.imports[3] ?? {};
  assert.equal(text.slice(span?.start, span?.end), '"github.com/mattn/go-sqlite3"');
});

test('a Go file: what is half typed or none at all', () => {
  assert.equal(readGoFile(file('<!doctype html>')), null);
  assert.equal(readGoFile(file('package')), null);
  assert.deepEqual(readGoFile(file('package main\nimport ('))?.imports, []);
  assert.deepEqual(readGoFile(file('package main\nimport (\n\t"fmt"\n\t"unclosed\n'))?.imports.length, 1);
  assert.equal(readGoFile(file(`/*${'*'.repeat(200_000)}`)), null);
});

test('build constraints: true, false, or not known', () => {
  const lookup = (tag: string) => (tag === 'cgo' ? false : (systemTag(tag) ?? (tag === 'sqlite' ? true : null)));
  assert.equal(takesPart('main.go', null, lookup), true);
  assert.equal(takesPart('db.go', 'cgo', lookup), false);
  assert.equal(takesPart('db.go', '!cgo && (linux || darwin)', lookup), true);
  assert.equal(takesPart('db.go', 'sqlite && !windows', lookup), true);
  assert.equal(takesPart('db.go', 'windows || special', lookup), null);
  assert.equal(takesPart('db_windows.go', null, lookup), false);
  assert.equal(takesPart('db_linux.go', null, lookup), true);
  assert.equal(takesPart('db_linux_arm64.go', null, lookup), null);
  assert.equal(takesPart('windows.go', null, lookup), true);
  assert.equal(takesPart('db.go', '(linux', lookup), null);
  assert.equal(takesPart('db.go', '('.repeat(5000), lookup), null);
});

test('packages: C code at any major version, servers, and the standard library', () => {
  assert.equal(cgoPackage('github.com/confluentinc/confluent-kafka-go/v2/kafka')?.left, 'name');
  assert.equal(cgoPackage('github.com/mattn/go-sqlite3')?.left, 'stub');
  assert.equal(cgoPackage('github.com/ncruces/go-sqlite3'), null);
  assert.equal(cgoModule('github.com/confluentinc/confluent-kafka-go/v2')?.left, 'name');
  assert.equal(cgoModule('github.com/google/gopacket'), null);
  assert.ok(loadsLibc('net/http') && loadsLibc('github.com/gin-gonic/gin') && !loadsLibc('net/url'));
  assert.ok(isStandard('net/http') && !isStandard('example.com/x') && !isStandard('common/x'));
});
