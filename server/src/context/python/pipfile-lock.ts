import type { SourceFile } from '../../text/source-file.js';
import type { Span } from '../../text/span.js';
import { asObject, entriesOf, field, textField } from '../data.js';
import { keyFinder, readJson } from '../json.js';
import { memo } from '../memo.js';
import { normalName, type LockedPackage } from './lock.js';

export type PipfilePackage = LockedPackage & { readonly isDevelopment: boolean; readonly marker: string | null };

/** Pipenv keeps hashes and no names of files. Null when the file is not such a lock. */
export const readPipfileLock = memo((file: SourceFile): readonly PipfilePackage[] | null => {
  const lock = readJson(file.text);
  if (!asObject(field(lock, '_meta'))) return null;
  return [...packagesOf(file, field(lock, 'default'), false), ...packagesOf(file, field(lock, 'develop'), true)];
});

function packagesOf(file: SourceFile, group: unknown, isDevelopment: boolean): PipfilePackage[] {
  const start = file.text.indexOf(isDevelopment ? '"develop"' : '"default"');
  const find = keyFinder(file.text, Math.max(0, start));
  return entriesOf(group).map(([name, entry]) => ({
    name: normalName(name),
    version: textField(entry, 'version')?.replace(/^==/, '') ?? '',
    file,
    span: inside(find(name)),
    files: null,
    isDevelopment,
    marker: textField(entry, 'markers'),
  }));
}

/** Without the quotation marks. */
function inside({ start, end }: Span): Span {
  return { start: start + 1, end: Math.max(start + 1, end - 1) };
}
