import { byInstruction } from '../../fact.js';
import type { Copy } from '../../syntax/model.js';
import type { MappedText } from '../../text/mapped.js';
import type { Span } from '../../text/span.js';
import { isGlob } from '../glob.js';
import { place } from '../placements.js';
import type { StageState } from '../state.js';
import { baseName, parentOf, resolvePath } from '../tree.js';
import type { Origin } from './origin.js';
import { sourceKind } from './source-kind.js';

type Copied = Omit<Parameters<typeof sourceKind>[0], 'text' | 'source' | 'origin'> & {
  /** Null when it is not known. */
  readonly text: string | null;
  readonly span: Span;
  readonly origin: Origin | null;
  readonly path: string;
  readonly into: boolean;
  readonly keepsParents: boolean;
  readonly excludes: readonly string[];
};

/** After a copy: from where each of its files came. */
export function withPlacement(state: StageState, copy: Copied): StageState {
  const { text, origin, span, path, into, keepsParents, excludes } = copy;
  const isWhole = origin === null && /^[./]+$/.test(text ?? '');
  const because = byInstruction(
    span,
    isWhole ? 'The build context is copied here.' : `'${text ?? path}' is copied here.`,
  );
  const common = { from: origin?.state ?? null, excludes, because };
  const source = resolvePath('/', text ?? '/');
  const kind = text === null ? null : sourceKind({ ...copy, text, source, origin: origin?.state ?? null });
  const isFollowed = text !== null && kind !== 'archive' && !/^https?:/.test(text) && !(keepsParents && isGlob(text));
  if (!isFollowed) return place(state, path, { ...common, source: null, into });
  const given = origin ? source : source.slice(1);
  if (!keepsParents) return place(state, path, { ...common, source: given, into });
  return place(state, resolvePath(path, `.${parentOf(source)}`), { ...common, source: given, into: true });
}

/** After a heredoc: its text, unless Docker puts variables into it. */
export function withText(state: StageState, path: string, what: { text: MappedText | null; span: Span }): StageState {
  const because = byInstruction(what.span, `'${baseName(path)}' is written here.`);
  const common = { from: null, source: what.text ? path : null, into: false, excludes: [], because };
  return place(state, path, what.text ? { ...common, text: what.text } : common);
}

export function excludesOf({ flags }: Copy): readonly string[] {
  return flags.flatMap(({ name, value }) => (name === 'exclude' && value ? [value] : []));
}
