import type { SourceFile } from '../../text/source-file.js';
import { memo } from '../memo.js';
import type { UsedPackage } from '../used-package.js';

/** What gradle.lockfile has locked for the running program: `group:artifact:version=runtimeClasspath,…`. */
export const readGradleLock = memo((file: SourceFile): readonly UsedPackage[] => {
  const found: UsedPackage[] = [];
  let start = 0;
  for (const line of file.text.split('\n')) {
    const [coordinates = '', configurations = ''] = line.trim().split('=');
    const [group, artifact, version] = coordinates.split(':');
    const isUsed = configurations.split(',').some((name) => /^(productionR|r)untimeClasspath$/.test(name));
    if (group && artifact && version && isUsed && !line.startsWith('#'))
      found.push({ name: `${group}:${artifact}`, version, file, span: { start, end: start + line.trimEnd().length } });
    start += line.length + 1;
  }
  return found;
});
