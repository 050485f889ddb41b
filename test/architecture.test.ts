import assert from 'node:assert/strict';
import { dirname, join } from 'node:path/posix';
import { test } from 'node:test';
import { filesUnder, textOf } from './support/repository.js';

/**
 * Who may import whom. `from` are folders or files of the project, `packages` are what comes from outside. A folder may
 * always import itself. ARCHITECTURE.md gives the reasons.
 */
type Layer = { readonly folder: string; readonly from: readonly string[]; readonly packages: readonly string[] };

const core = ['text', 'fact.ts', 'syntax', 'shell', 'catalog', 'stages', 'context', 'interpret'];

const layers: readonly Layer[] = [
  { folder: 'server/src/text', from: [], packages: [] },
  { folder: 'server/src/fact.ts', from: server('text'), packages: [] },
  { folder: 'server/src/syntax', from: server('text'), packages: ['dockerfile-ast'] },
  { folder: 'server/src/shell', from: server('text'), packages: ['unbash'] },
  { folder: 'server/src/catalog', from: server('text', 'fact.ts'), packages: [] },
  {
    folder: 'server/src/config',
    from: server('text', 'fact.ts', 'catalog'),
    packages: ['jsonc-parser/lib/esm/main.js'],
  },
  { folder: 'server/src/stages', from: server('text', 'syntax', 'shell'), packages: [] },
  {
    folder: 'server/src/context',
    from: server('text', 'fact.ts', 'syntax', 'stages'),
    packages: ['js-yaml', 'saxes', 'smol-toml'],
  },
  { folder: 'server/src/interpret', from: server(...core), packages: [] },
  { folder: 'server/src/analyze.ts', from: server(...core), packages: [] },
  { folder: 'server/src/fixes', from: server(...core, 'rules/rule.ts'), packages: [] },
  { folder: 'server/src/rules', from: server(...core, 'fixes'), packages: [] },
  { folder: 'server/src/features', from: server(...core, 'analyze.ts', 'rules'), packages: [] },
  {
    folder: 'server/src/lsp',
    from: [...server(...core, 'analyze.ts', 'config', 'rules', 'features', 'protocol.ts'), 'package.json'],
    packages: ['vscode-languageserver'],
  },
  { folder: 'server/src/protocol.ts', from: [], packages: [] },
  {
    folder: 'server/src/disk',
    from: server('context'),
    packages: ['node:fs', 'node:fs/promises', 'node:path', 'node:url'],
  },
  {
    folder: 'server/src/main.ts',
    from: server('disk', 'lsp'),
    packages: ['node:url', 'vscode-languageserver/node'],
  },
  { folder: 'server/src/browser.ts', from: server('lsp'), packages: ['vscode-languageserver/browser'] },
  {
    folder: 'server/src/cli',
    from: server(...core, 'analyze.ts', 'config', 'rules', 'features'),
    packages: ['node:util'],
  },
  {
    folder: 'server/src/cli.ts',
    from: [...server('analyze.ts', 'cli', 'disk', 'main.ts'), 'package.json'],
    packages: ['node:fs', 'node:path'],
  },
  { folder: 'client/webview', from: [...server('protocol.ts'), 'client/src/messages.ts'], packages: [] },
  {
    folder: 'client/src',
    from: server('protocol.ts'),
    packages: ['vscode', 'vscode-languageclient', 'vscode-languageclient/node', 'vscode-languageclient/browser'],
  },
];

const sources = [...filesUnder('server/src', '.ts'), ...filesUnder('client', '.ts')];

test('every source file belongs to a layer', () => {
  assert.deepEqual(
    sources.filter((path) => !layerOf(path)),
    [],
  );
});

test('imports go only where the table allows', () => {
  const broken = sources.flatMap((path) => forbiddenImports(path, textOf(path)));
  assert.deepEqual(broken, []);
});

test('the table is enforced', () => {
  const rule = 'server/src/rules/some-rule.ts';
  const planted = "import { createConnection } from 'vscode-languageserver';\nimport x from '../features/hover.js';\n";
  assert.equal(forbiddenImports(rule, planted).length, 2);
  assert.equal(forbiddenImports(rule, "import { a } from '../text/span.js';\n").length, 0);
});

test('no rule imports another', () => {
  const neighbours = filesUnder('server/src/rules', '.ts').filter((path) => !/\/(index|run|one-cause)\.ts$/.test(path));
  const shared = ['causes', 'ignore-comments', 'misfit', 'missing-file', 'node-misfits', 'rule', 'shell-form'].map(
    (name) => `./${name}.js`,
  );
  for (const path of neighbours) {
    const siblings = importsOf(textOf(path)).filter((name) => name.startsWith('./') && !shared.includes(name));
    assert.deepEqual(siblings, [], path);
  }
});

test('the client takes only types from the server', () => {
  for (const path of filesUnder('client/src', '.ts')) {
    const values = textOf(path).match(/^import (?!type ).*server\/src.*$/gm) ?? [];
    assert.deepEqual(values, [], path);
  }
});

test('no source or test file is longer than 300 lines', () => {
  const all = [...sources, ...filesUnder('test', '.ts'), ...filesUnder('scripts', '.ts')];
  const long = all.filter((path) => textOf(path).trimEnd().split('\n').length > 300);
  assert.deepEqual(long, []);
});

function server(...names: readonly string[]): string[] {
  return names.map((name) => `server/src/${name}`);
}

function layerOf(path: string): Layer | undefined {
  return layers.find(({ folder }) => isWithin(path, folder));
}

function isWithin(path: string, folder: string): boolean {
  return path === folder || path.startsWith(`${folder}/`);
}

function forbiddenImports(path: string, text: string): string[] {
  const layer = layerOf(path);
  if (!layer) return [`${path} has no layer`];
  return importsOf(text)
    .filter((name) => !isAllowed(layer, path, name))
    .map((name) => `${path} imports ${name}`);
}

function isAllowed({ folder, from, packages }: Layer, path: string, name: string): boolean {
  if (!name.startsWith('.')) return packages.includes(name);
  const target = join(dirname(path), name).replace(/\.js$/, '.ts');
  return [folder, ...from].some((allowed) => isWithin(target, allowed));
}

function importsOf(text: string): string[] {
  const statements = text.matchAll(
    /^(?:import|export)\b[^'";]*?\bfrom '([^']+)'|^import '([^']+)'|\bimport\('([^']+)'\)/gm,
  );
  return [...statements].map((match) => match[1] ?? match[2] ?? match[3] ?? '');
}
