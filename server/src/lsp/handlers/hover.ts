import type { Hover, HoverParams } from 'vscode-languageserver';
import { hover, webLinks, type Links } from '../../features/hover.js';
import { offsetAt, positionAt } from '../../text/lines.js';
import { toRange } from '../convert.js';
import type { OpenDocument } from '../documents.js';
import { look, type Session } from '../session.js';

export async function onHover(session: Session, { textDocument, position }: HoverParams): Promise<Hover | null> {
  const document = session.documents.get(textDocument.uri);
  const seen = document && (await look(session, document));
  if (!document || !seen?.settings.hover.enable) return null;
  const links = session.options.runsCommands ? commandLinks(document) : webLinks;
  const card = hover(seen.inspection.analysis, offsetAt(document.lines, position), links);
  if (!card) return null;
  const kind = session.features.hoverMarkdown ? 'markdown' : 'plaintext';
  return { contents: { kind, value: card.markdown }, range: toRange(document.lines, card.span) };
}

/** Pages and comparisons open inside the editor. */
function commandLinks({ uri, lines }: OpenDocument): Links {
  return {
    page: (path) => commandAddress('distroless.openPage', [path]),
    comparison: ({ start }) => commandAddress('distroless.compare', [uri, positionAt(lines, start)]),
  };
}

/** See https://code.visualstudio.com/api/extension-guides/command; brackets would end a link of Markdown. */
function commandAddress(command: string, args: readonly unknown[]): string {
  const text = encodeURIComponent(JSON.stringify(args));
  return `command:${command}?${text.replace(/[!'()*]/g, (one) => `%${one.charCodeAt(0).toString(16).toUpperCase()}`)}`;
}
