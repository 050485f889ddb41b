import type { BuildContext } from '../context/context.js';
import type { Fix } from '../rules/rule.js';
import { insert, newlineOf } from '../text/edit.js';

/** Keeps a path of the build context out with one more line of the .dockerignore file, or with a new file. */
export function ignoringFix({ ignoreFile }: BuildContext, pattern: string): Fix[] {
  if (!ignoreFile) return [];
  const { path, file } = ignoreFile;
  const text = file?.text ?? '';
  const newline = newlineOf(text);
  const before = text === '' || text.endsWith('\n') ? '' : newline;
  const edit = insert(text.length, `${before}${pattern}${newline}`);
  return [{ title: `Add '${pattern}' to .dockerignore`, edits: [], files: [{ path, file, edits: [edit] }] }];
}
