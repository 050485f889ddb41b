import { folderOf, foldersUp, type FilePlace } from './file-tree.js';
import type { SourceFile } from '../text/source-file.js';

/**
 * The compose files beside a Dockerfile and in the folders above it, those of single environments too: what they say of
 * the containers that run, such as their health checks. None while they are not read.
 */
export function composeFiles({ tree, path }: FilePlace): readonly SourceFile[] {
  const paths = foldersUp(folderOf(path)).flatMap((folder) => {
    const names = [...(tree.list(folder) ?? [])].flatMap(([name, kind]) => (kind === 'file' ? [name] : []));
    return names.filter((name) => named.test(name)).map((name) => (folder === '' ? name : `${folder}/${name}`));
  });
  return paths.slice(0, mostFiles).flatMap((one) => {
    const file = tree.read(one);
    return file && file.text.length <= longestText ? [file] : [];
  });
}

const named = /^(docker-)?compose[\w.-]*\.ya?ml$/i;

const mostFiles = 20;

const longestText = 256 * 1024;
