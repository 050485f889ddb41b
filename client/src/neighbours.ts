import { extensions } from 'vscode';
import type { Neighbour } from '../../server/src/protocol.js';

const neighbours: readonly Neighbour[] = [
  'docker.docker',
  'exiasr.hadolint',
  'immanueltikhonov.droast',
  'ms-azuretools.vscode-containers',
  'ms-azuretools.vscode-docker',
  'wharflab.tally',
];

/** Those that are installed and not disabled. */
export function installedNeighbours(): readonly Neighbour[] {
  return neighbours.filter((id) => extensions.getExtension(id) !== undefined);
}
