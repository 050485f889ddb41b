import type { SourceFile } from '../../text/source-file.js';

const longest = 200_000;

/** The folders of the projects that settings.gradle includes: `:a:b` lies in `a/b` unless it says otherwise. */
export function includedProjects(file: SourceFile | null): readonly string[] {
  if (!file || file.text.length > longest) return [];
  const text = file.text.replace(/\/\/[^\n]*/g, '');
  const found = new Set<string>();
  for (const match of text.matchAll(/\binclude\b[ \t]*\(?((?:\s*["'][\w:./-]+["']\s*,?)+)/g)) {
    for (const [, path = ''] of (match[1] ?? '').matchAll(/["']([^"']+)["']/g))
      found.add(path.replace(/^:/, '').replace(/:/g, '/'));
  }
  return [...found];
}
