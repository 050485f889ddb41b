import { parse, type Script as Tree } from 'unbash';
import type { MappedText } from '../text/mapped.js';
import { withoutCarriageReturns } from './line-endings.js';
import type { Script } from './model.js';
import { listCommands } from './walk.js';

/** Switched on before the script begins, as by SHELL ["/bin/bash", "-eo", "pipefail", "-c"]. */
export type ShellOptions = { readonly errexit?: boolean; readonly pipefail?: boolean };

/**
 * Reads POSIX or Bash text; spans are those of the document. Never throws: text that is too long, too deeply nested or
 * no shell text at all is not `plain`.
 */
export function parseShell(source: MappedText, options: ShellOptions = {}): Script {
  if (source.text.length > longest || isTooComplex(source.text)) return unread;
  const text = withoutCarriageReturns(source);
  try {
    const tree = parse(text.text);
    const errexit = options.errexit === true || startsWithErrexit(tree);
    const pipefail = options.pipefail === true;
    const { commands, isRefused } = listCommands(tree.commands, text, { errexit, pipefail });
    const plain = !isRefused && (tree.errors ?? []).length === 0;
    return { plain, commands: plain ? commands : commands.map((one) => ({ ...one, always: false, decisive: false })) };
  } catch {
    return unread;
  }
}

const unread: Script = { commands: [], plain: false };

/** UTF-16 units; none of 5,000 RUN instructions in public Dockerfiles has more than 5,000. */
const longest = 300_000;

/** Reading takes time in proportion to length times depth, and to the square of the number of here-documents. */
const deepest = 60;
const mostHeredocs = 500;

function isTooComplex(text: string): boolean {
  return nesting(text) > deepest || text.split('<<', mostHeredocs + 2).length > mostHeredocs + 1;
}

/** Roughly how deep parentheses and braces stand in each other; the parser has a limit of its own. */
function nesting(text: string): number {
  let depth = 0;
  let most = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 0x28 || code === 0x7b) most = Math.max(most, ++depth);
    else if ((code === 0x29 || code === 0x7d) && depth > 0) depth--;
  }
  return most;
}

/** `#!/bin/bash -e` as the first line of a here-document. */
function startsWithErrexit({ shebang }: Tree): boolean {
  return /sh\s+-[a-zA-Z]*e/.test(shebang ?? '');
}
