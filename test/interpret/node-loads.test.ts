import assert from 'node:assert/strict';
import { test } from 'node:test';
import { placeText } from '../../server/src/fact.js';
import abiSkew from '../../server/src/rules/node-abi-skew.js';
import { findingsOf } from '../support/checks.js';
import { bcrypt, dockerfile, findings, modular, program, severity, sqlite } from '../support/native-app.js';
import { project } from '../support/node-project.js';

const skew = (program: string) =>
  findingsOf(abiSkew, dockerfile('node:22-slim', {}), {
    files: { '.dockerignore': 'node_modules', ...project(sqlite), 'server.js': program },
  })[0]?.severity;

test('is an error where the started file imports the package', () => {
  for (const text of [program, modular, "\ufeff'use strict'\r\n\r\nconst { hash } = require('bcrypt')\r\n"])
    assert.equal(severity({ 'server.js': text }), 'error', text);
});

test('and a warning where it may go without', () => {
  for (const text of [
    '',
    "const hash = require('bcryptjs')",
    "async function hash() { const bcrypt = await import('bcrypt') }",
    "const hash = () => require('bcrypt')",
    "// const bcrypt = require('bcrypt')",
    "const usage = `\nconst bcrypt = require('bcrypt')\n`",
    "let bcrypt\ntry {\n  bcrypt = require('bcrypt')\n} catch {\n  bcrypt = require('bcryptjs')\n}",
    "if (process.env.HASH)\n  require('bcrypt')",
    "import type { hash } from 'bcrypt'",
    "import lib from 'bcrypt/promises'",
    "import lib from 'node:bcrypt'",
    "import lib from '#bcrypt'",
    "import lib from './bcrypt'",
    "require('bcrypt/package.json')",
    "if (process.argv[2] === 'help') process.exit(0)\nconst bcrypt = require('bcrypt')",
  ])
    assert.equal(severity({ 'server.js': text }), 'warning', text);
});

test('follows the ways to start a file', () => {
  for (const start of [
    'CMD node server.js',
    'CMD exec node ./server.js --port 80',
    'CMD NODE_ENV=production node server.js',
    'CMD ["sh", "-c", "node server.js"]',
    'CMD ["node", "--enable-source-maps", "--max_old_space_size=512", "/app/server"]',
    'ENTRYPOINT ["node"]\nCMD ["server.js"]',
    'ENTRYPOINT ["tini", "--", "node", "server.js"]',
    'ENTRYPOINT ["tini", "--"]\nCMD node server.js',
    'CMD ["server.js"]',
    'CMD ["npm", "start"]',
    'CMD yarn serve',
    'CMD ["node", "."]',
  ]) {
    const manifest =
      '{ "main": "./server", "dependencies": { "bcrypt": "1.0.0" }, "scripts": { "start": "node server.js", "serve": "node server" } }';
    assert.equal(severity({ 'package.json': manifest, 'server.js': program }, { start }), 'error', start);
  }
  const distroless = { final: 'gcr.io/distroless/nodejs24-debian13', start: 'CMD ["server.js"]' };
  assert.equal(severity({ 'server.js': program }, distroless), 'error');
});

test('but not where something else is started, or more is loaded before', () => {
  const manifest =
    '{ "dependencies": { "bcrypt": "1.0.0" }, "scripts": { "prestart": "node a.js", "start": "node server.js" } }';
  for (const start of [
    'CMD ["node"]',
    'CMD ["node", "-r", "./hook.js", "server.js"]',
    'CMD ["node", "--import", "tsx", "server.js"]',
    'CMD ["node", "--check", "server.js"]',
    'CMD ["node", "other.js"]',
    'CMD ["node", "server.ts"]',
    'CMD ["node", "$FILE"]',
    'CMD node $FILE',
    'CMD node server.js || true',
    'CMD [ -f go ] && node server.js',
    'CMD NODE_OPTIONS="-r ./hook.js" node server.js',
    'ENV NODE_OPTIONS="--require ./hook.js"\nCMD ["node", "server.js"]',
    'ARG GIVEN\nENV NODE_OPTIONS=$GIVEN\nCMD ["node", "server.js"]',
    'CMD ["pm2-runtime", "server.js"]',
    'CMD ["npm", "start"]',
    'ENTRYPOINT ["./start.sh"]\nCMD ["node", "server.js"]',
    'ARG WHERE\nWORKDIR $WHERE\nCMD ["node", "server.js"]',
  ])
    assert.equal(
      severity({ 'package.json': manifest, 'server.js': program, 'server.ts': program }, { start }),
      'warning',
      start,
    );
});

test('follows the modules that a program imports in the same way', () => {
  assert.equal(severity({ 'server.js': "const a = require('./lib/a')", 'lib/a.js': program }), 'error');
  assert.equal(
    severity({ 'server.js': "require('./lib')", 'lib/index.js': "require('..//lib/b')", 'lib/b.js': program }),
    'error',
  );
  assert.equal(
    severity({ 'server.js': "require('./lib')", 'lib/package.json': '{ "main": "b" }', 'lib/b.js': program }),
    'error',
  );
  assert.equal(severity({ 'server.js': "export * from './a.mjs'", 'a.mjs': modular }), 'error');
  assert.equal(severity({ 'server.js': "import './a.cjs'", 'a.cjs': program }), 'error');
  const round = { 'server.js': "require('./a')", 'a.js': "require('./b')", 'b.js': `require('./a')\n${program}` };
  assert.equal(severity(round), 'error');
});

test('but not those that may not be loaded, or are not found', () => {
  for (const files of [
    { 'server.js': "if (a) require('./a')", 'a.js': program },
    { 'server.js': "import('./a.js')", 'a.js': modular },
    { 'server.js': "import './a'", 'a.js': modular },
    { 'server.js': "import './a.ts'", 'a.ts': modular },
    { 'server.js': "require('./a')", 'a.ts': program },
    { 'server.js': "require('./a')", 'a.json': '{}' },
    { 'server.js': "require('./a')", 'a.js': "if (!process.env.HASH) return\nrequire('bcrypt')" },
    { 'server.js': "require('./a')\nrequire('bcrypt')", 'a.js': 'if (b) process.exit()' },
    { 'server.js': "import './a.js'\nimport 'bcrypt'", 'a.js': 'export {}\nif (b) process.exit()' },
    { 'server.js': "require('./a')", 'a.js': "require('./server')" },
  ])
    assert.equal(severity(files), 'warning', JSON.stringify(files));
  const long = Object.fromEntries([...Array(60).keys()].map((at) => [`m${at}.js`, `require('./m${at + 1}')`]));
  assert.equal(severity({ ...long, 'server.js': "require('./m0')", 'm60.js': program }), 'warning');
  assert.equal(severity({ ...long, 'server.js': "require('./m30')", 'm60.js': program }), 'error');
});

test('reads a file as the kind of module that it is', () => {
  const typed = (type: string) => `{ "type": "${type}", "dependencies": { "bcrypt": "1.0.0" } }`;
  assert.equal(severity({ 'package.json': typed('module'), 'server.js': modular }), 'error');
  assert.equal(severity({ 'package.json': typed('module'), 'server.js': program }), 'warning');
  assert.equal(severity({ 'package.json': typed('commonjs'), 'server.js': modular }), 'warning');
  assert.equal(severity({ 'package.json': typed('commonjs'), 'server.js': program }), 'error');
  assert.equal(severity({ 'server.js': `${program}export {}` }), 'warning');
  const start = (name: string) => ({ start: `CMD ["node", "${name}"]` });
  assert.equal(severity({ 'server.mjs': modular }, start('server.mjs')), 'error');
  assert.equal(severity({ 'server.mjs': program }, start('server.mjs')), 'warning');
  assert.equal(severity({ 'server.cjs': program }, start('server.cjs')), 'error');
  assert.equal(severity({ 'server.cjs': modular }, start('server.cjs')), 'warning');
  const nested = { 'package.json': typed('commonjs'), 'lib/package.json': '{ "type": "module" }', 'lib/a.js': modular };
  assert.equal(severity(nested, start('lib/a.js')), 'error');
});

test('says nothing of a package that is there for development only', () => {
  const packages = { bcrypt: { ...bcrypt.bcrypt, isDev: true } };
  assert.equal(severity({ 'server.js': program }, { packages }), undefined);
});

test('is a warning for packages of which it is not known when they load their code', () => {
  const packages = { 'bcrypt-extra': bcrypt.bcrypt };
  assert.equal(severity({ 'server.js': "require('bcrypt-extra')" }, { packages }), 'warning');
});

test('better-sqlite3 loads its code when a database is opened', () => {
  const opened = "const Database = require('better-sqlite3')\nconst database = new Database('a.db')";
  for (const text of [
    opened,
    "import Database from 'better-sqlite3'\nexport const database = new Database('a.db')",
    "const database = require('better-sqlite3')('a.db')",
    opened.replace("'a.db'", "join(__dirname, 'a.db'), { readonly: true }"),
  ])
    assert.equal(skew(text), 'error', text);
  for (const text of [
    "const Database = require('better-sqlite3')",
    "import { SqliteError } from 'better-sqlite3'",
    "const Database = require('better-sqlite3')\nfunction open() { return new Database('a.db') }",
    "const Database = require('better-sqlite3')\nif (process.env.DB) {\n  const database = new Database('a.db')\n}",
    "const Database = require('better-sqlite3')\nconst database = new Map(Database)",
    opened.replace("'a.db'", "'a.db', { nativeBinding: './a.node' }"),
    opened.replace('\n', '\nif (a) process.exit(0)\n'),
    opened.replace("'a.db'", "'a.db', options"),
    opened.replace("'a.db'", "'a.db', { ...options }"),
    opened.replace('const', 'let').replace('\n', "\nif (a) Database = require('./stub')\n"),
    "const database = require('better-sqlite3')('a.db', options)",
  ])
    assert.equal(skew(text), 'warning', text);
});

test('points at the imports that lead to the package', () => {
  const [finding] = findings({ 'server.js': "'use strict'\n\nrequire('./lib/hash')\n", 'lib/hash.js': `\n${program}` });
  const places = finding?.because.flatMap((one) => (one.kind === 'file' ? [`${placeText(one)} ${one.note}`] : []));
  assert.deepEqual(places?.slice(1), [
    "server.js:3 './lib/hash' is imported here.",
    "lib/hash.js:2 'bcrypt' is imported here.",
  ]);
  assert.match(finding?.message ?? '', /: 'hash\.js' imports 'bcrypt', which will not load\.$/);
});

test('is a warning where another module may be found under the name', () => {
  for (const text of [
    "require('module-alias/register')",
    "require('./aliases')",
    "const Module = require('module')\nModule._load = load",
    "const { registerHooks } = require('node:module')\nregisterHooks({ resolve })",
    "require.cache[require.resolve('bcrypt')] = stub",
  ])
    assert.equal(
      severity({ 'server.js': `${text}\n${program}`, 'aliases.js': "require('module-alias/register')" }),
      'warning',
      text,
    );
  assert.equal(severity({ 'server.js': `${program}require('module-alias/register')` }), 'warning');
  assert.equal(severity({ 'server.js': `import { builtinModules } from 'node:module'\n${modular}` }), 'error');
});

test('is a warning where the context brings the package along', () => {
  const own = { '.dockerignore': '', 'node_modules/bcrypt/package.json': '{}', 'server.js': program };
  assert.equal(severity(own), 'warning');
  assert.equal(severity({ ...own, '.dockerignore': 'node_modules' }), 'error');
});

test('is a warning where npm gives Node.js options of its own', () => {
  const files = { 'package.json': '{ "dependencies": { "bcrypt": "1" }, "scripts": { "start": "node server.js" } }' };
  const start = (npmrc: string) => severity({ ...files, '.npmrc': npmrc }, { start: 'CMD ["npm", "start"]' });
  assert.equal(start('node-options=--import=./hooks.mjs\n'), 'warning');
  assert.equal(start('fund=false\n'), 'error');
});
