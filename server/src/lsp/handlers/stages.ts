import { stageGraph } from '../../features/stage-graph.js';
import type { StagesRequest } from '../../protocol.js';
import { lineAt } from '../../text/lines.js';
import { look, type Session } from '../session.js';

export async function onStages(session: Session, { uri }: StagesRequest['params']): Promise<StagesRequest['result']> {
  const document = session.documents.get(uri);
  const seen = document && (await look(session, document));
  const graph = seen && stageGraph(seen.inspection.analysis);
  if (!document || !graph) return null;
  const lineOf = ({ start }: { readonly start: number }) => lineAt(document.lines, start);
  return {
    uri,
    version: document.version,
    nodes: graph.nodes.map(({ span, ...node }) => ({ ...node, line: span && lineOf(span) })),
    links: graph.links.map(({ span, ...link }) => ({ ...link, line: lineOf(span) })),
  };
}
