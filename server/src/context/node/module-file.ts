import type { SourceFile } from '../../text/source-file.js';
import type { Span } from '../../text/span.js';
import { memo } from '../memo.js';
import { jsWords, type JsWord } from './js-words.js';

/** A script of Node.js, as far as it surely loads other modules whenever it is loaded itself. */
export type ModuleFile = {
  /** Whether it has import or export, which CommonJS does not have. */
  readonly isEcmaScript: boolean;
  /** Loaded before anything else of the file is done: `import x from 'y'`, `export * from 'y'`. */
  readonly imports: readonly Loading[];
  /** What is done at the top level, under no condition, in the order of the text. */
  readonly steps: readonly ModuleStep[];
  /** Whether something in it may end the program well; no step behind that is listed. */
  readonly mayExit: boolean;
  /** Whether it may change which module Node.js takes for a name. */
  readonly mayRedirect: boolean;
};

export type Loading = {
  readonly specifier: string;
  /** The name that the file gives to it; null for several names or none. */
  readonly local: string | null;
  /** The statement, up to the end of the specifier. */
  readonly span: Span;
};

export type ModuleStep =
  /** `const x = require('y')`; `isCalled`: what it returns is called at once, with all options written out. */
  | (Loading & { readonly kind: 'require'; readonly isCalled: boolean })
  /** `const x = new Name(…)`, `const x = name(…)`, of a name that is set once, with all options written out. */
  | { readonly kind: 'call'; readonly name: string; readonly span: Span };

/** Longer files are made by bundlers. */
const longest = 500_000;

/** Reads JavaScript alone: TypeScript is not what runs. What cannot be read for certain is left out. */
export const readModule: (file: SourceFile) => ModuleFile = memo(({ text }) => {
  const imports: Loading[] = [];
  const steps: ModuleStep[] = [];
  let [isEcmaScript, mayReturn, mayExit] = [false, false, false];
  for (const each of text.length > longest ? [] : jsWords(text)) {
    const { text: word, start, isProperty } = each;
    mayExit ||= endsWell(text, each);
    if (isProperty) continue;
    if (each.depth === 0 && /^(im|ex)port$/.test(word)) {
      // With a parenthesis it may stand in a script as well.
      isEcmaScript ||= word === 'export' || next(text, start + word.length) !== '(';
      imports.push(...importsAt(text, start));
    }
    mayReturn ||= word === 'return' && !each.isInFunction;
    if (each.startsStatement && !mayExit && !mayReturn) steps.push(...stepsAt(text, start));
  }
  const isOwn = !givesRequire.test(text);
  const changed = changedNames(text);
  const mayRedirect = redirecting.test(text) || (ownModule.test(text) && /\bregister(Hooks)?\b/.test(text));
  const sure = steps.filter((step) => (step.kind === 'require' ? isOwn : !changed.has(step.name)));
  return { isEcmaScript, imports, steps: sure, mayExit, mayRedirect };
});

/** Packages that do so, and what others and Node.js itself do it with: https://nodejs.org/api/module.html. */
const redirecting =
  /\b(_load|_resolveFilename|_extensions)\b|\brequire\.(cache|extensions)\b|["'](app-module-path|mock-require|module-alias|proxyquire)\b/;
const ownModule = /["'](node:)?module["']/;

/** Another `require` than the one of Node.js. */
const givesRequire = /\b(const|let|var|function|import)\s+require\b/;

function next(text: string, from: number): string {
  return /\S/.exec(text.slice(from, from + 100))?.[0] ?? '';
}

/** `process.exit()` and its like, but for those that end with a failure as well. */
function endsWell(text: string, { text: word, start }: JsWord): boolean {
  return (
    (word === 'exit' || word === 'reallyExit') && !/^\s*\(\s*[1-9]/.test(text.slice(start + word.length, start + 50))
  );
}

const names = String.raw`[\w$]+|\*\s*as\s+[\w$]+|\{[^{}]*\}`;
const importing = new RegExp(
  String.raw`import(?:\s*(${names}|[\w$]+\s*,\s*(?:${names}))\s*from)?\s*(["'])([^"'\\\n\r]+)\2`,
  'y',
);
const exporting = /export\s*(\*(?:\s*as\s+[\w$]+)?|\{[^{}]*\})\s*from\s*(["'])([^"'\\\n\r]+)\2/y;
const requiring =
  /(?:(?:const|let|var)\s+([\w$]+|\{[^{}]*\}|\[[^[\]]*\])\s*=\s*)?require\s*\(\s*(["'`])([^"'`\\$\n\r]+)\2\s*\)/y;
const calling = /(?:export\s+)?(?:const|let|var)\s+[\w$]+\s*=\s*(?:new\s+)?([\w$]+)\s*\(/y;

function importsAt(text: string, at: number): Loading[] {
  const match = matchAt(importing, text, at) ?? matchAt(exporting, text, at);
  return match ? [loadingOf(match)] : [];
}

function stepsAt(text: string, at: number): ModuleStep[] {
  const required = matchAt(requiring, text, at);
  if (required) {
    const loading = loadingOf(required);
    return [{ ...loading, kind: 'require', isCalled: matchAt(plainArguments, text, loading.span.end) !== null }];
  }
  const called = matchAt(calling, text, at);
  const span = called && { start: at, end: at + called[0].length - 1 };
  if (!called?.[1] || !span) return [];
  return matchAt(plainArguments, text, span.end) ? [{ kind: 'call', name: called[1], span }] : [];
}

/** Names that are set more than once, anywhere in the text. */
function changedNames(text: string): ReadonlySet<string> {
  const all = [...text.matchAll(/(?<![\w$.])([\w$]+)\s*=(?![=>])/g)].map(([, name = '']) => name);
  const seen = new Set<string>();
  return new Set(all.filter((name) => seen.size === seen.add(name).size));
}

/** One argument at most, or a second one that is an object without parts from elsewhere. */
const plainArguments = /\s*\([^(){},]*(?:\([^()]*\)[^(){},]*)?(?:,\s*\{(?:(?!\.\.\.)[^{}])*\}(?:\s*,)?\s*)?\)/y;

function matchAt(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}

function loadingOf({ 0: statement, 1: given = '', 3: specifier = '', index }: RegExpExecArray): Loading {
  const local = /^[\w$]+/.exec(given)?.[0] ?? null;
  return { specifier, local, span: { start: index, end: index + statement.length } };
}
