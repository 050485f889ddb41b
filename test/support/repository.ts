import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The repository's folder: tests run from there. */
export const root = process.cwd();

/** Paths below a folder of the repository whose names end in `ending`, with slashes, sorted. */
export function filesUnder(folder: string, ending: string): string[] {
  const names = readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' });
  const paths = names.map((name) => `${folder}/${name.replaceAll('\\', '/')}`);
  return paths.filter((path) => path.endsWith(ending)).sort();
}

export function textOf(path: string): string {
  return readFileSync(join(root, path), 'utf8').replaceAll('\r\n', '\n');
}
