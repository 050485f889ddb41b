import type { ImageData, RepositoryData } from '../../server/src/catalog/data-model.js';
import { architectureFolders } from '../../server/src/catalog/mirrors.js';
import type { ReadFile, ReadRow } from './read-library.js';
import type { VendorFile } from './vendor-file.js';

type Description = Omit<RepositoryData, 'shared' | 'images'>;

/** Adds the images that were read from their Dockerfiles. */
export function addRead(file: VendorFile, { repositories }: ReadFile, describe: (name: string) => Description): void {
  for (const [name, rows] of Object.entries(repositories)) {
    if (rows.length === 0) continue;
    const full = name.includes('/') ? name : `docker.io/library/${name}`;
    file.add(full, { ...describe(name), images: rows.map((row) => toImage(file, row)) });
  }
}

const languageOfBuild: Readonly<Record<string, string>> = { groovy: 'groovy' };

/** What an official image is for; almost all that are read so are programs to run. */
export function describeFurther(name: string): Description {
  return {
    title: name,
    purpose: languageOfBuild[name] ? 'build' : 'application',
    ...(languageOfBuild[name] ? { language: languageOfBuild[name] } : {}),
    docs: `https://hub.docker.com/_/${name}`,
    evolving: true,
  };
}

/** Nothing is told of it but that it is over. */
export function addRetired(file: VendorFile, name: string, fate: { replacement?: string; until?: string }): void {
  const status = {
    status: 'retired',
    ...(fate.replacement ? { replacement: fate.replacement } : {}),
    ...(fate.until ? { eol: fate.until } : {}),
    source: file.source('docker-library/docs@001dbfeb7c1f:*/deprecated.md'),
  };
  file.add(`docker.io/library/${name}`, {
    title: name,
    purpose: name === 'java' ? 'runtime' : 'application',
    ...(name === 'java' ? { language: 'java' } : {}),
    docs: `https://hub.docker.com/_/${name}`,
    scheme: 'any',
    unlisted: status,
    images: [{ tags: 'latest', ...status }],
  });
}

function toImage(file: VendorFile, row: ReadRow): ImageData {
  const { architectures, source, env, contents, os, ...facts } = row;
  return {
    ...(os === null || os?.includes(':') ? { os } : {}),
    ...facts,
    ...(env ? { env: file.environment(env) } : {}),
    contents: file.contents(contents ?? ''),
    status: 'supported',
    ...(architectures
      ? { architectures: file.architectures(architectures.split(' ').map((name) => architectureFolders[name] ?? name)) }
      : {}),
    source: file.source(source),
  };
}
