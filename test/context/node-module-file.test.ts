import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { readModule } from '../../server/src/context/node/module-file.js';

const read = (text: string) => readModule({ path: 'server.js', uri: null, text });

/** What a script surely loads, in order: `x` where it is imported, `x()` where what it exports is called as well. */
const loaded = (text: string): string[] => {
  const { imports, steps } = read(text);
  const done = steps.map((step) => {
    return step.kind === 'call' ? `${step.name}(…)` : step.specifier + (step.isCalled ? '()' : '');
  });
  return [...imports.map(({ specifier }) => specifier), ...done];
};

const table = (cases: Readonly<Record<string, readonly string[]>>) => {
  for (const [text, expected] of Object.entries(cases)) assert.deepEqual(loaded(text), expected, text);
};

test('reads import and export, wherever the lines break', () => {
  table({
    "import x from 'x';": ['x'],
    'import "x"': ['x'],
    "import * as x from 'x'": ['x'],
    "import x, { y as z } from 'x'": ['x'],
    "import {\n  a,\n  b, // one\n} from 'x'": ['x'],
    'import a from\'a\';import b from"b"': ['a', 'b'],
    "import x from 'x' with { type: 'json' }": ['x'],
    "export { x } from 'x'\nexport * from 'y'\nexport * as z from 'z'": ['x', 'y', 'z'],
    "start();\nimport x from 'x'": ['x'],
    "#!/usr/bin/env node\r\n'use strict'\r\nimport x from 'x'\r\n": ['x'],
    "\ufeffimport x from 'x'": ['x'],
    "process.exit(0)\nimport x from 'x'": ['x'],
  });
});

test('leaves out imports that are not done, or not at once', () => {
  table({
    "import('x')": [],
    "await import('x')": [],
    "const x = await import('x')": [],
    "import type { X } from 'x'": [],
    "import type X from 'x'": [],
    "import defer * as x from 'x'": [],
    "import source x from 'x'": [],
    "import x = require('x')": [],
    "// import x from 'x'": [],
    "/* c */ /*\nimport x from 'x'\n*/": [],
    "`\nimport x from 'x'\n`": [],
    "`${`\nimport x from 'x'\n`}`": [],
    "a(`${b}\nimport x from 'x'\n`)": [],
    "x.import\n'x'": [],
    'import.meta.url': [],
    "export const x = 'x'": [],
  });
});

test('reads require where a statement begins', () => {
  table({
    "require('x')": ['x'],
    'const x = require("x")\nlet y = require(`y`);var z = require( \'z\' )': ['x', 'y', 'z'],
    "const { a, b: c } = require('x');": ['x'],
    "const [a] = require('x')": ['x'],
    "const a = require('x').a": ['x'],
    "const db = require('x')('file')": ['x()'],
    "'use strict'\n\nrequire('x')": ['x'],
    "const a = {}\nrequire('x')": ['x'],
    "go()\nrequire('x')": ['x'],
    "if (a) { go() }\nrequire('x')": ['x'],
    "function f() { return 1 }\nconst g = () => { return 2 }\nrequire('x')": ['x'],
    "/* a */ require('x') // b": ['x'],
    "const p = /[/'`]/\nrequire('x')": ['x'],
    "const q = a / b\nconst s = 'x' / 2\nrequire('x')": ['x'],
    "const t = `${a ? `'` : '`'}`\nrequire('x')": ['x'],
    "if (/'/.test(a)) go()\nrequire('x')": ['x'],
    "if (a) /'/.exec(b)\nrequire('x')": ['x'],
    "const X = require('x')\nconst db = new X(':memory:')": ['x', 'X(…)'],
    "import X from 'x'\nexport const db = X('a')": ['x', 'X(…)'],
  });
});

test('leaves out require that something decides on', () => {
  table({
    "if (a) require('x')": [],
    "if (a)\n  require('x')": [],
    "if (a) var x = require('x')": [],
    "if (a) b()\nelse\n  require('x')": [],
    "if (a) {\n  require('x')\n}": [],
    "for (;a;)\nrequire('x')": [],
    "while (a)\n  require('x')": [],
    "for await (const a of b)\n  require('x')": [],
    "try {\nrequire('x')\n} catch {}": [],
    "function f() {\nconst x = require('x')\n}": [],
    "const f = () =>\n  require('x')": [],
    "const x = a\n  ? require('x')\n  : null": [],
    "a &&\nrequire('x')": [],
    "const x = a || require('x')": [],
    "const x = a\n  || require('x')": [],
    "const o = {\n  get x() { return require('x') },\n}": [],
    "class A {\n  static x = require('x')\n}": [],
    "// require('x')": [],
    "/*\nrequire('x')\n*/": [],
    "const t = `\nrequire('x')\n`": [],
    "const s = '\\\nrequire(\\'x\\')\\\n'": [],
    "const p = /\\/*/\nconst x = a ? require('x') : 0": [],
    'require(name)': [],
    "require('x' + y)": [],
    'require(`${x}`)': [],
    "require.resolve('x')": [],
    "a.require('x')": [],
    "module.require\n('x')": [],
    "const later = () => require('x')": [],
  });
});

test('ends where the program, or the module, may end', () => {
  table({
    "if (a) process.exit()\nrequire('x')": [],
    "if (a) process.exit(0)\nrequire('x')": [],
    "if (a) { process.exit(code) }\nrequire('x')": [],
    "if (a) process.exit(1)\nrequire('x')": ['x'],
    "require('x')\nprocess.exit(0)\nrequire('y')": ['x'],
    "if (a) return\nrequire('x')": [],
    "if (a) { return }\nrequire('x')": [],
    "function f() { if (a) { return } }\nrequire('x')": ['x'],
    "const a = b.return\nrequire('x')": ['x'],
  });
  assert.deepEqual(
    ["require('x')", 'process.exit(2)', 'function f() { process.exit(0) }', 'if (a) return\nexit()'].map(
      (text) => read(text).mayExit,
    ),
    [false, false, true, true],
  );
});

test('does not guess what it cannot read', () => {
  table({
    "const a = {} / 2\nrequire('x')": [],
    "a++ / 2\nrequire('x')": [],
    "const a = 'b\nrequire('x')": [],
    "f(a]\nrequire('x')": [],
    "const a = `b\nrequire('x')": [],
    "const require = createRequire(import.meta.url)\nconst x = require('x')": ['createRequire(…)'],
    "const x = require('x')\nfunction require(name) {}": [],
  });
  assert.deepEqual(loaded(`require('x')\n${'a()\n'.repeat(200_000)}`), []);
  assert.deepEqual(loaded(`${'('.repeat(100_000)}\nrequire('x')`), []);
  assert.deepEqual(loaded(`${'const {'.repeat(50_000)}\nrequire('x')`), []);
  assert.deepEqual(loaded(`${'import {'.repeat(50_000)}\nrequire('x')`), []);
});

test('knows the names and the places of what is loaded', () => {
  const text = "import a, { b } from 'x';\nimport { c } from 'y';\n";
  assert.deepEqual(
    read(text).imports.map(({ local, span }) => [local, text.slice(span.start, span.end)]),
    [
      ['a', "import a, { b } from 'x'"],
      [null, "import { c } from 'y'"],
    ],
  );
  assert.deepEqual(
    ['export const a = 1', "require('x')", "import('x')", 'export default f'].map((each) => read(each).isEcmaScript),
    [true, false, false, true],
  );
});

test('reads any text, and points inside of it', () => {
  const pieces = fc.constantFrom(
    ...[
      "import x from 'x'",
      "require('x')",
      'const x = ',
      'new X(',
      'export ',
      '{',
      '}',
      '(',
      ')',
      '[',
      ']',
      '`',
      '${',
    ],
    ...[
      '/',
      '/*',
      '*/',
      '//',
      "'",
      '"',
      '\\',
      '\n',
      '\r\n',
      ';',
      ',',
      '.',
      '=>',
      'if ',
      'return ',
      'exit',
      '1',
      '\u2028',
    ],
  );
  fc.assert(
    fc.property(fc.array(pieces, { maxLength: 60 }), (parts) => {
      const text = parts.join('');
      const { imports, steps } = read(text);
      for (const { start, end } of [...imports, ...steps].map(({ span }) => span))
        assert.match(text.slice(start, end), /^(import|export|require|const)\b/);
    }),
    { numRuns: 2000, seed: 7 },
  );
});
