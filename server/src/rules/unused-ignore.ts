import { remove } from '../text/edit.js';
import { type Span, span } from '../text/span.js';
import { type IgnoreComment, type IgnoredId, type Ignoring, isInForce } from './ignore-comments.js';
import { defineRule, dockerfile, type Report } from './rule.js';

/** `id` null when there is no single id to take out of the comment. */
export type UnusedIgnore = { readonly ignore: IgnoreComment; readonly id: IgnoredId | null };

export default defineRule<UnusedIgnore>({
  meta: {
    id: 'unused-ignore',
    summary: 'Ignore comment that keeps nothing quiet',
    category: 'base',
    severity: 'hint',
    fix: 'safe',
  },

  docs: {
    why:
      'An ignore comment that no longer matches anything, has run out, or names a rule that does not exist misleads ' +
      'the reader, and it would hide the next real finding on its line. Remove it, or correct the rule id.',
    bad: dockerfile`
      FROM gcr.io/distroless/static-debian13
      COPY server /server
      # distroless ignore=exec-form-shell-syntax -- the old start command needed it
      CMD ["/server"]
    `,
    good: dockerfile`
      FROM gcr.io/distroless/static-debian13
      COPY server /server
      CMD ["/server"]
    `,
    references: [],
  },

  /** Only the run over all rules knows what was used: `run.ts` calls `reportUnused`. */
  check: () => [],

  fix({ data: { ignore, id } }, { file }) {
    if (!id) return [];
    if (ignore.ids.length === 1) {
      return [{ title: 'Remove the ignore comment', edits: [remove(wholeLine(file.text, ignore.comment.span))] }];
    }
    return [{ title: `Remove '${id.id}' from the ignore comment`, edits: [remove(withComma(ignore, id))] }];
  },
});

export type RuleRun = {
  readonly today: string;
  /** Ids of the rules that ran to their end: of the others nobody can say whether an ignore was needed. */
  readonly completed: ReadonlySet<string>;
  /** Ids of all rules there are. */
  readonly ids: ReadonlySet<string>;
};

/** The ignore comments, or ids in them, that did nothing. To be asked after all findings went through `covers`. */
export function reportUnused(ignoring: Ignoring, run: RuleRun): Report<UnusedIgnore>[] {
  return ignoring.comments.flatMap((ignore): Report<UnusedIgnore>[] => {
    const general = complaint(ignore, run.today);
    if (general) return [{ ...general, because: [], data: { ignore, id: null } }];
    return ignore.ids.flatMap((id) => {
      const message =
        idComplaint(ignore, id, run) ??
        (isNeedless(id, ignoring, run) ? `'${id.id}' reports nothing here that could be ignored.` : null);
      return message === null ? [] : [{ span: id.span, message, because: [], data: { ignore, id } }];
    });
  });
}

function complaint(ignore: IgnoreComment, today: string): Pick<Report, 'span' | 'message'> | null {
  const { comment, ids, until, scope, instruction } = ignore;
  if (ids.length === 0) return { span: comment.span, message: 'This comment names no rule to ignore.' };
  if (until && until.date === null) {
    return { span: until.span, message: `'${until.text}' is not a date of the form YYYY-MM-DD.` };
  }
  if (scope === 'instruction' && !instruction && isInForce(ignore, today)) {
    return { span: comment.span, message: 'This comment stands directly above no instruction, so it ignores nothing.' };
  }
  return null;
}

function idComplaint(ignore: IgnoreComment, { id }: IgnoredId, { today, ids }: RuleRun): string | null {
  if (!ids.has(id)) return `There is no rule '${id}'.`;
  if (!isInForce(ignore, today)) return `The ignore of '${id}' ended on ${ignore.until?.date ?? ''}.`;
  return null;
}

function isNeedless(id: IgnoredId, ignoring: Ignoring, { completed }: RuleRun): boolean {
  return completed.has(id.id) && id.id !== 'unused-ignore' && !ignoring.isUsed(id);
}

function wholeLine(text: string, comment: Span): Span {
  const lineStart = Math.max(text.lastIndexOf('\n', comment.start - 1), text.lastIndexOf('\r', comment.start - 1)) + 1;
  const lineEnd = /^(?:\r\n|\n|\r)/.exec(text.slice(comment.end, comment.end + 2));
  const start = text.charCodeAt(lineStart) === 0xfeff ? lineStart + 1 : lineStart;
  return span(start, comment.end + (lineEnd?.[0].length ?? 0));
}

/** The id and the separator that would be left over. */
function withComma(ignore: IgnoreComment, id: IgnoredId): Span {
  const at = ignore.ids.indexOf(id);
  const before = ignore.ids[at - 1];
  if (before) return span(before.span.end, id.span.end);
  return span(id.span.start, ignore.ids[at + 1]?.span.start ?? id.span.end);
}
