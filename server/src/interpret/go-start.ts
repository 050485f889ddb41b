import type { SourceFile } from '../text/source-file.js';

type Block = { readonly name: string; readonly isMethod: boolean; readonly lines: readonly string[] };

/**
 * Whether main, init or a function that these call in any case has a line of this kind that is under no condition, as far
 * as gofmt indents the text: what stands one step to the right of `func` is done in every call.
 */
export function isAlwaysDone(pattern: RegExp, file: SourceFile, { files }: { files: readonly SourceFile[] }): boolean {
  return functionsOf(file.text).some((block) => {
    if (!block.lines.some((line) => pattern.test(line))) return false;
    if (isStart(block, file)) return true;
    const called = new RegExp(`(^|[^\\w.])(${packageOf(file)}\\.)?${block.name}\\(`);
    const isCalled = ({ lines }: Block) => lines.some((line) => called.test(line));
    return (
      !block.isMethod && files.some((one) => functionsOf(one.text).some((each) => isStart(each, one) && isCalled(each)))
    );
  });
}

function isStart({ name, isMethod }: Block, file: SourceFile): boolean {
  return !isMethod && (name === 'init' || (name === 'main' && packageOf(file) === 'main'));
}

function packageOf({ text }: SourceFile): string {
  return /^package[ \t]+(\w+)/m.exec(text)?.[1] ?? '';
}

/** The functions of a file with those of their lines that are indented by one tab. */
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
  }
  return blocks;
}

const conditional = /^\t(case|default|for|switch|select|\/\/|}[ \t]*else)\b|^\t\/\/|^\tgo[ \t]|func\(/;
