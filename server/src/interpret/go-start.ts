import type { SourceFile } from '../text/source-file.js';

/** `lines` are those that are done in every call, as far as gofmt indents the text: one step to the right of `func`. */
type Block = { readonly name: string; readonly isMethod: boolean; readonly lines: readonly string[] };

/**
 * Whether main, init or a function that these call in any case has a line of this kind that is under no condition, and
 * before which no line returns, ends the program or waits.
 */
export function isAlwaysDone(pattern: RegExp, file: SourceFile, { files }: { files: readonly SourceFile[] }): boolean {
  return functionsOf(file.text).some((block) => {
    if (!has(block, pattern)) return false;
    if (isStart(block, file)) return true;
    return !block.isMethod && files.some((one) => callsAtStart(one, block.name, file));
  });
}

/** Whether the program ends with a failure on such a line or in the next few, as behind `if err != nil {`. */
export function endsAfter(pattern: RegExp, { text }: SourceFile): boolean {
  const lines = text.split('\n');
  return lines.some((line, at) => pattern.test(line) && ends.test(lines.slice(at, at + 4).join('\n')));
}

const ends = /\b(log\.(Fatal|Panic)\w*|panic|Must\w+)\(|\bos\.Exit\([^0)]|\.(Fatal|Panic)\w*\(/;

function callsAtStart(caller: SourceFile, name: string, file: SourceFile): boolean {
  const folder = packageOf(file);
  const called = new RegExp(
    packageOf(caller) === folder ? `(^|[^\\w.])${name}\\(` : `(^|[^\\w.])${folder}\\.${name}\\(`,
  );
  return functionsOf(caller.text).some((block) => isStart(block, caller) && has(block, called));
}

/** What stands behind `&&` or `||` may not be done. */
function has({ lines }: Block, pattern: RegExp): boolean {
  return lines.some((line) => {
    const at = line.search(pattern);
    return at >= 0 && !/&&|\|\|/.test(line.slice(0, at));
  });
}

function isStart({ name, isMethod }: Block, file: SourceFile): boolean {
  return !isMethod && (name === 'init' || (name === 'main' && packageOf(file) === 'main'));
}

function packageOf({ text }: SourceFile): string {
  return /^package[ \t]+(\w+)/m.exec(text)?.[1] ?? '';
}

/** The functions of a file with those of their lines that are surely done. */
function functionsOf(text: string): Block[] {
  const blocks: { name: string; isMethod: boolean; lines: string[] }[] = [];
  let isInside = false;
  for (const line of text.split('\n')) {
    const head = /^func[ \t]+(\([^()]*\)[ \t]*)?(\w+)/.exec(line);
    if (head) blocks.push({ name: head[2] ?? '', isMethod: head[1] !== undefined, lines: [] });
    if (head) isInside = true;
    else if (line.startsWith('}')) isInside = false;
    // What follows a keyword on the same line may not be done: `if cached {`, `case x: open()`.
    else if (isInside && /^\t[^\t]/.test(line) && !conditional.test(line)) blocks.at(-1)?.lines.push(line);
    if (leaves.test(line)) isInside = false;
  }
  return blocks;
}

const conditional = /^\t(case|default|for|switch|select|\/\/|}[ \t]*else)\b|^\t\/\/|^\t(go|defer)[ \t]|func\(/;

/** After such a line it is not sure that the next ones are done; a program that fails before them fails as well. */
const leaves = /^[^/"`]*(\breturn\b|\bgoto\b|\bos\.Exit\(|\bruntime\.Goexit\(|ListenAndServe|^\t(for|select) \{)/;
