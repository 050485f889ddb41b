import type { HistoryData, RepositoryData } from '../../../server/src/catalog/data-model.js';
import { publicMirrors } from '../../../server/src/catalog/mirrors.js';
import { parseReference, throughMirror } from '../../../server/src/catalog/reference.js';
import type { CatalogFiles, Problem } from './problem.js';

/** Every repository and every tag is described once, under its normalised name. */
export function checkDuplicates({ vendors }: CatalogFiles): Problem[] {
  const seen = new Map<string, string>();
  const problems: Problem[] = [];
  for (const { file, data } of vendors) {
    for (const [name, repository] of Object.entries(data.repositories)) {
      for (const each of [name, ...(repository.names ?? [])]) {
        const place = { file, key: name };
        const other = seen.get(each);
        if (other !== undefined)
          problems.push({ ...place, message: `'${each}' is described twice, also in ${other}.` });
        seen.set(each, `${file} (${name})`);
        problems.push(...checkName(each).map((message) => ({ ...place, message })));
      }
      problems.push(...checkTags(name, repository).map((message) => ({ file, key: name, message })));
    }
  }
  return problems;
}

/** `index.docker.io/library/python` is found under another key, so that the entry could never be reached. */
function checkName(name: string): string[] {
  // A whole namespace, `docker.io/bitnami/*`, is no image name, and nor is scratch.
  if (name === 'docker.io/library/scratch' || /\/\*{1,2}$/.test(name)) return [];
  const reference = parseReference(name);
  if (!reference) return [`'${name}' is no image name.`];
  const { registry, repository } = throughMirror(reference, publicMirrors);
  const normal = `${registry}/${repository}`;
  return normal === name ? [] : [`'${name}' is another name of '${normal}'.`];
}

/** Repeated tags among the images are a matter of the schema; here, those that have left as well. */
function checkTags(name: string, { images, history }: RepositoryData): string[] {
  const current = new Set(images.flatMap(({ tags }) => tags?.split(' ') ?? []));
  const gone = Object.values(history?.tags ?? ({} as HistoryData['tags'])).flatMap((tags) => tags.split(' '));
  const counts = new Map<string, number>();
  for (const tag of gone) counts.set(tag, (counts.get(tag) ?? 0) + 1);
  return [...counts].flatMap(([tag, count]) => {
    if (current.has(tag)) return [`'${name}:${tag}' is both current and gone.`];
    return count > 1 ? [`'${name}:${tag}' has left twice.`] : [];
  });
}
