import type { CompareRequest, StagesRequest } from '../protocol.js';
import { guarded } from './guard.js';
import { onCodeAction } from './handlers/code-action.js';
import { onCodeLens } from './handlers/code-lens.js';
import { onCompare } from './handlers/compare.js';
import { onCompletion, onCompletionResolve, readData } from './handlers/completion.js';
import { onDiagnostic } from './handlers/diagnostic.js';
import { onDocumentLinks } from './handlers/document-link.js';
import { onHover } from './handlers/hover.js';
import { onInlayHint } from './handlers/inlay-hint.js';
import { onStages } from './handlers/stages.js';
import type { Session } from './session.js';

const compareMethod: CompareRequest['method'] = 'distroless/compare';
const stagesMethod: StagesRequest['method'] = 'distroless/stages';

/** Every request about a document; one that fails answers null and is logged. */
export function answerRequests(session: Session): void {
  const { connection } = session;
  connection.onHover(answer(session, 'Hover', onHover));
  connection.onCodeAction(answer(session, 'Code actions', onCodeAction));
  connection.onCompletion(answer(session, 'Completion', onCompletion));
  connection.onCompletionResolve((item) =>
    guarded(session, 'Completion', {
      uri: readData(item.data).uri,
      run: () => onCompletionResolve(session, item),
      fallback: item,
    }),
  );
  connection.onCodeLens(answer(session, 'Code lenses', onCodeLens));
  connection.onDocumentLinks(answer(session, 'Links', onDocumentLinks));
  connection.languages.inlayHint.on(answer(session, 'Inlay hints', onInlayHint));
  connection.onRequest(compareMethod, (params: CompareRequest['params']) =>
    guarded(session, 'Comparison', { uri: params.uri, run: () => onCompare(session, params), fallback: null }),
  );
  connection.onRequest(stagesMethod, (params: StagesRequest['params']) =>
    guarded(session, 'Stages', { uri: params.uri, run: () => onStages(session, params), fallback: null }),
  );
  if (session.features.pullsDiagnostics) answerPulls(session);
}

function answerPulls(session: Session): void {
  session.connection.languages.diagnostics.on((params) =>
    guarded(session, 'Diagnostics', {
      uri: params.textDocument.uri,
      run: () => onDiagnostic(session, params),
      // What was shown before stays: a failure must not look like a clean file.
      fallback: params.previousResultId
        ? { kind: 'unchanged', resultId: params.previousResultId }
        : { kind: 'full', items: [] },
    }),
  );
}

type AboutDocument = { readonly textDocument: { readonly uri: string } };

function answer<P extends AboutDocument, R>(
  session: Session,
  name: string,
  handle: (session: Session, params: P) => Promise<R>,
) {
  return (params: P): Promise<R | null> =>
    guarded<R | null>(session, name, {
      uri: params.textDocument.uri,
      run: () => handle(session, params),
      fallback: null,
    });
}
