/** The name of the file with which a folder describes its own images. */
export const configFileName = 'distroless.config.json';

/** Whether the last part of a path or URI is that name. */
export function isConfigFile(pathOrUri: string): boolean {
  const path = pathOrUri.replace(/[?#].*$/s, '');
  return path.slice(path.lastIndexOf('/') + 1) === configFileName;
}
