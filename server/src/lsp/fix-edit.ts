import type { TextEdit, WorkspaceEdit } from 'vscode-languageserver';
import type { FileChange, Fix } from '../rules/rule.js';
import { indexLines } from '../text/lines.js';
import { toTextEdits, toWorkspaceEdit } from './convert.js';
import type { Offer } from './handlers/code-action.js';

type Changes = NonNullable<WorkspaceEdit['documentChanges']>;

/** One fix as one edit, also where it changes other files. Null where the client could not make all of it. */
export function fixEdit(offer: Offer, { edits, files = [] }: Fix): WorkspaceEdit | null {
  const { document, features } = offer;
  if (files.length === 0) return toWorkspaceEdit(document, edits, features);
  const others = files.map((change) => changeOf(offer, change));
  const isMade = others.some(({ isNew }) => isNew);
  if (others.some(({ uri }) => uri === null) || (isMade && !features.createsFiles)) return null;
  const own = edits.length > 0 ? toWorkspaceEdit(document, edits, features) : null;
  if (features.documentChanges) {
    const changes = others.flatMap((one): Changes => versioned(one));
    return { documentChanges: [...(own?.documentChanges ?? []), ...changes] };
  }
  if (isMade) return null;
  const byUri = Object.fromEntries(others.map(({ uri, textEdits }) => [uri, textEdits]));
  return { changes: { ...own?.changes, ...byUri } };
}

type OtherChange = { readonly uri: string | null; readonly isNew: boolean; readonly textEdits: TextEdit[] };

function changeOf({ place }: Offer, { path, file, edits }: FileChange): OtherChange {
  const text = file?.text ?? '';
  const textEdits = toTextEdits({ text, lines: indexLines(text) }, edits);
  return { uri: file ? file.uri : (place?.files.uriOf(path) ?? null), isNew: file === null, textEdits };
}

/** Files that are not open have no version. Making a file fails where there is one by now. */
function versioned({ uri, isNew, textEdits }: OtherChange): Changes {
  if (uri === null) return [];
  const edit = { textDocument: { uri, version: null }, edits: textEdits };
  return isNew ? [{ kind: 'create', uri }, edit] : [edit];
}
