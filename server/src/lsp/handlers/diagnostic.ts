import {
  DiagnosticSeverity,
  type Diagnostic,
  type DocumentDiagnosticParams,
  type DocumentDiagnosticReport,
} from 'vscode-languageserver';
import { isConfigFile } from '../../config/file-name.js';
import type { Settings } from '../../protocol.js';
import { diagnosticSource, toDiagnostic, toRange } from '../convert.js';
import type { OpenDocument } from '../documents.js';
import { look, type Session } from '../session.js';

/** Answers a pull. The result id names version and surroundings, so that nothing is sent twice. */
export async function onDiagnostic(
  session: Session,
  params: DocumentDiagnosticParams,
): Promise<DocumentDiagnosticReport> {
  const document = session.documents.get(params.textDocument.uri);
  if (!document) return { kind: 'full', items: [] };
  const previous = params.previousResultId;
  const settings = await session.settings.settingsOf(document.uri);
  if (previous !== undefined && mayKeep(session, { document, settings, previous })) {
    return { kind: 'unchanged', resultId: previous };
  }
  // What changes from here on makes another report, so this one must not pass for it.
  const begun = resultId(session, document);
  const items = await diagnosticsOf(session, document);
  return { kind: 'full', resultId: begun, items };
}

/** Hints are for the hover and the code actions: they are never sent as diagnostics. */
export async function diagnosticsOf(session: Session, document: OpenDocument): Promise<Diagnostic[]> {
  if (isConfigFile(document.uri)) return configDiagnostics(session, document);
  const seen = await look(session, document);
  if (!seen) return [];
  return seen.inspection.findings
    .filter(({ severity }) => severity !== 'hint')
    .map((finding) => toDiagnostic(document, finding, session.features));
}

/** A config file has one problem at most: the first. */
async function configDiagnostics({ settings, configs }: Session, document: OpenDocument): Promise<Diagnostic[]> {
  const { enable } = await settings.settingsOf(document.uri);
  const problem = enable ? configs.problemOf(document.uri, document.text) : null;
  if (!problem) return [];
  const severity = problem.severity === 'error' ? DiagnosticSeverity.Error : DiagnosticSeverity.Warning;
  const range = toRange(document.lines, problem.span);
  return [{ range, severity, source: diagnosticSource, message: problem.message }];
}

type Kept = { readonly document: OpenDocument; readonly settings: Settings; readonly previous: string };

/** Between saves the last report stands; the editor moves its ranges along with the text. */
function mayKeep(session: Session, { document, settings, previous }: Kept): boolean {
  if (previous === resultId(session, document)) return true;
  const waitsForSave = settings.run === 'onSave' && session.documents.isDirty(document);
  return waitsForSave && previous.startsWith(`${session.surroundings.generation}.`);
}

function resultId({ surroundings }: Session, { version }: OpenDocument): string {
  return `${surroundings.generation}.${surroundings.world.today}.${version}`;
}
