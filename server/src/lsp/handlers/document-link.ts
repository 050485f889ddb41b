import type { DocumentLink, DocumentLinkParams } from 'vscode-languageserver';
import { links, type Link } from '../../features/links.js';
import type { Neighbour } from '../../protocol.js';
import { toRange } from '../convert.js';
import { look, type Session } from '../session.js';

/** Extensions that link the image of FROM, and the registries whose pages they find. */
const linkingNeighbours: readonly Neighbour[] = [
  'docker.docker',
  'ms-azuretools.vscode-containers',
  'ms-azuretools.vscode-docker',
];
const wellLinked: readonly string[] = ['docker.io', 'ghcr.io', 'mcr.microsoft.com', 'quay.io'];

export async function onDocumentLinks(session: Session, params: DocumentLinkParams): Promise<DocumentLink[] | null> {
  const document = session.documents.get(params.textDocument.uri);
  const seen = document && (await look(session, document));
  if (!document || !seen?.settings.documentLinks.enable) return null;
  return links(seen.inspection.analysis)
    .filter((link) => !isLeft(session, link))
    .map(({ span, target }) => ({
      range: toRange(document.lines, span),
      target,
      tooltip: `Image page: ${target.slice('https://'.length)}`,
    }));
}

/** Two links at one place would hide each other. */
function isLeft({ surroundings }: Session, { isFrom, registry }: Link): boolean {
  if (!isFrom || !wellLinked.includes(registry)) return false;
  return linkingNeighbours.some((neighbour) => surroundings.neighbours.has(neighbour));
}
