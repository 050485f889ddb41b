import { readPyproject } from '../../context/python/pyproject.js';
import { byFile, type Evidence } from '../../fact.js';
import type { SourceFile } from '../../text/source-file.js';
import { placedAt } from '../placements.js';
import type { Analysis, CommandStep } from '../state.js';
import { baseName, parentOf, resolvePath } from '../tree.js';

/** The console script of that name which an install of the project makes; null when none is known. */
export function projectScript({ stages, context }: Analysis, name: string): Evidence | null {
  const steps = stages.flatMap((stage) => stage.steps.flatMap(({ commands }) => commands));
  for (const step of steps) {
    const folder = projectFolder(step);
    const placed = folder === null ? null : placedAt(step.before, resolvePath(folder, 'pyproject.toml'), context);
    const project = placed?.kind === 'file' ? readPyproject(placed.file) : null;
    if (placed?.kind !== 'file' || !project?.scripts.includes(name)) continue;
    return byFile(placed.file, spanOf(placed.file, name), `'${name}' is a console script of the project.`);
  }
  return null;
}

/** The folder of the project that a command installs. */
function projectFolder({ words, cwd, python }: CommandStep): string | null {
  const lock = python?.lists.find(({ format }) => format === 'uv' || format === 'poetry');
  if (lock) return words.includes('--no-root') || words.includes('--no-install-project') ? null : parentOf(lock.path);
  const isInstall = /^(pip3?|uv|python3?)$/.test(baseName(words[0] ?? '')) && words.includes('install');
  return isInstall && words.some((word) => word === '.' || word === './') ? cwd : null;
}

function spanOf({ text }: SourceFile, name: string): { start: number; end: number } {
  const table = /^\[(project|tool\.poetry)\.scripts\]|^scripts\s*=/m.exec(text)?.index ?? 0;
  const start = Math.max(0, text.indexOf(name, table));
  return { start, end: start + name.length };
}
