import { plainWords } from '../shell/words.js';
import type { CommandBody } from '../syntax/model.js';
import { replace, type Edit } from '../text/edit.js';

/**
 * A shell-form command as a JSON array. Null when the text means something only to a shell (operators, variables,
 * globs), or when it is spread over several lines.
 */
export function inExecForm(
  body: CommandBody,
  text: string,
  change: (words: string[]) => string[] = (words) => words,
): readonly Edit[] | null {
  if (body.form !== 'shell' || /[\r\n]/.test(text.slice(body.span.start, body.span.end))) return null;
  const words = plainWords(body.text.text.trim());
  if (words === null || words.length === 0) return null;
  const changed = change(words);
  if (changed.length === 0) return null;
  return [replace(body.span, execForm(changed))];
}

export function execForm(words: readonly string[]): string {
  return `[${words.map((word) => JSON.stringify(word)).join(', ')}]`;
}
