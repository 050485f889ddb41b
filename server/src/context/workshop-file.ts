import { folderOf, nameOf } from './file-tree.js';

const folders = /(^|\/)(\.?devcontainer|devenv|fuzz|fuzzing)(\/|$)/i;
const names = /(^|[._-])(dev|devel|development|devcontainer|debug|builder|fuzz|lint)(?=[._-]|$)/i;

/** Whether a Dockerfile says by its name (`Dockerfile.dev`, `debug.Dockerfile`) or folder that it is for work on the project. */
export function isWorkshopFile(path: string): boolean {
  return folders.test(folderOf(path)) || names.test(nameOf(path));
}
