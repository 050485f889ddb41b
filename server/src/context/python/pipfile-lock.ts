import type { SourceFile } from '../../text/source-file.js';
import { memo } from '../memo.js';
import { normalName, type LockedPackage } from './lock.js';

export type PipfilePackage = LockedPackage & { readonly isDevelopment: boolean; readonly marker: string | null };

/** Pipenv keeps hashes and no names of files. Null when the file is not such a lock. */
export const readPipfileLock = memo((file: SourceFile): readonly PipfilePackage[] | null => {
  const lock = parsed(file.text);
  if (!isRecord(lock) || !isRecord(lock['_meta'])) return null;
  return [...packagesOf(file, lock['default'], false), ...packagesOf(file, lock['develop'], true)];
});

function packagesOf(file: SourceFile, group: unknown, isDevelopment: boolean): PipfilePackage[] {
  if (!isRecord(group)) return [];
  let from = file.text.indexOf(isDevelopment ? '"develop"' : '"default"');
  return Object.entries(group).map(([name, value]) => {
    const quoted = JSON.stringify(name);
    const at = file.text.indexOf(quoted, Math.max(0, from));
    if (at >= 0) from = at + quoted.length;
    const start = Math.max(0, at) + 1;
    const entry = isRecord(value) ? value : {};
    return {
      name: normalName(name),
      version: textOf(entry['version'])?.replace(/^==/, '') ?? '',
      file,
      span: { start, end: start + name.length },
      files: null,
      isDevelopment,
      marker: textOf(entry['markers']),
    };
  });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}
