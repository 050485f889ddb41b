import type { CodeLens, CodeLensParams } from 'vscode-languageserver';
import { lens } from '../../features/lens.js';
import { toRange } from '../convert.js';
import { look, type Session } from '../session.js';

/** Lenses are there to be clicked: a client that does not run our commands gets none. */
export async function onCodeLens(session: Session, params: CodeLensParams): Promise<CodeLens[] | null> {
  if (session.options.runsCommands !== true) return null;
  const document = session.documents.get(params.textDocument.uri);
  const seen = document && (await look(session, document));
  if (!document || !seen?.settings.codeLens.enable) return null;
  const found = lens(seen.inspection.analysis);
  if (!found) return [];
  const range = toRange(document.lines, found.span);
  const { uri } = document;
  const compare = {
    title: `${found.facts} · compare…`,
    command: 'distroless.compare',
    arguments: [uri, range.start],
  };
  const stages = { title: 'show stages', command: 'distroless.showStages', arguments: [uri] };
  return [
    ...(found.facts === '' ? [] : [{ range, command: compare }]),
    ...(found.hasStages ? [{ range, command: stages }] : []),
  ];
}
