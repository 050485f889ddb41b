import { byInstruction, type Evidence } from '../fact.js';
import { flagOf } from '../fixes/copy-flags.js';
import { basedOn } from '../interpret/bases.js';
import { isMerged } from '../interpret/merged.js';
import { resolvePath } from '../interpret/query.js';
import { expand } from '../interpret/scene.js';
import type { Analysis, Stage, StageState } from '../interpret/state.js';
import type { Copy } from '../syntax/model.js';
import { remove } from '../text/edit.js';
import type { Span } from '../text/span.js';
import { defineRule, dockerfile } from './rule.js';

type Found = { readonly link: Span | null };

export default defineRule<Found>({
  meta: {
    id: 'usrmerge-copy-conflict',
    summary: 'A copy meets /bin or /lib that is a link on one side only',
    category: 'files',
    severity: 'warning',
    fix: 'review',
  },

  docs: {
    why:
      'In newer distributions /bin, /sbin, /lib and /lib64 are links into /usr. COPY --link makes its layer without ' +
      'looking at the image, so a copy into /lib puts a directory in the place of that link and hides all that was ' +
      'behind it: the dynamic loader, for one. A whole root file system with such links cannot be laid over one with ' +
      'directories either: "cannot replace to directory /lib with file". Copy to the path under /usr, or without --link.',
    bad: dockerfile`
      FROM gcr.io/distroless/base-debian13:nonroot
      COPY --link libapp.so /lib/
      COPY app /app
      ENTRYPOINT ["/app"]
    `,
    good: dockerfile`
      FROM gcr.io/distroless/base-debian13:nonroot
      COPY --link libapp.so /usr/lib/
      COPY app /app
      ENTRYPOINT ["/app"]
    `,
    references: [
      'https://docs.docker.com/reference/dockerfile/#copy---link',
      'https://github.com/GoogleContainerTools/distroless/issues/1393',
    ],
  },

  *check(analysis) {
    for (const stage of analysis.stages) {
      for (const { instruction, before } of stage.steps) {
        if ((instruction.kind !== 'copy' && instruction.kind !== 'add') || instruction.isOnbuild) continue;
        const target = targetOf(instruction, before, analysis);
        if (!target || !instruction.destination) continue;
        const link = linkFlag(instruction);
        const source = target === '/' ? rootConflict(stage, instruction, analysis) : null;
        const isReplaced = link !== null && /^\/(bin|sbin|lib|lib64)(\/|$)/.test(target) && isMerged(stage) === true;
        if (!isReplaced && !source) continue;
        yield {
          span: instruction.destination.span,
          message: isReplaced
            ? `'/${target.split('/')[1] ?? ''}' is a link in this image, and COPY --link puts a directory in its place.`
            : 'This brings /bin and /lib as links, where the image has directories: the build cannot replace them.',
          because: [...basedOn(stage), ...(source ? [source] : [])],
          data: { link: isReplaced ? link : null },
        };
      }
    }
  },

  fix({ data: { link } }) {
    return link ? [{ title: 'Copy without --link', edits: [remove(link)] }] : [];
  },
});

/** The flag with the white space before it. */
function linkFlag(instruction: Copy): Span | null {
  const flag = flagOf(instruction, 'link');
  return flag && flag.value !== 'false' ? { start: flag.span.start - 1, end: flag.span.end } : null;
}

function targetOf({ destination }: Copy, before: StageState, analysis: Analysis): string | null {
  const text = destination && expand(before, destination, analysis);
  if (!text?.known) return null;
  if (!text.value.startsWith('/') && !before.workdir.known) return null;
  return resolvePath(before.workdir.known ? before.workdir.value : '/', text.value);
}

/** COPY --from=x / / of links over directories. */
function rootConflict(stage: Stage, instruction: Copy, { sources }: Analysis): Evidence | null {
  const from = flagOf(instruction, 'from');
  const source = from && sources.get(from.valueSpan.start);
  if (source?.kind !== 'stage' || !instruction.sources.some(({ value }) => value === '/')) return null;
  if (isMerged(stage) !== false || isMerged(source.stage) !== true) return null;
  const { image } = source.stage.syntax.from;
  return image ? byInstruction(image.span, `'${image.text}' has /bin and /lib as links into /usr.`) : null;
}
