import { knownAbsent } from '../fact.js';
import { entirely } from '../fixes/lines.js';
import { basedOn, isWorkshop, lineage, rootFacts } from '../interpret/bases.js';
import { finalStage } from '../interpret/processes.js';
import { shellPath } from '../interpret/query.js';
import type { Stage } from '../interpret/state.js';
import { baseName } from '../interpret/tree.js';
import type { Copy, Instruction, Word } from '../syntax/model.js';
import { remove } from '../text/edit.js';
import { defineRule, dockerfile } from './rule.js';

type Data = { readonly stage: Stage; readonly copy: Copy };

const shell = /(^|\/)s?bin\/((ba|da|a|z|k|mk)?sh|busybox(\.static)?)$/;

export default defineRule<Data>({
  meta: {
    id: 'shell-or-busybox-copied-into-distroless',
    summary: 'Shell copied into an image made without one',
    category: 'base',
    severity: 'warning',
    fix: 'review',
  },

  docs: {
    why:
      'An image without a shell gives whoever breaks into the program nothing to work with; one copied shell, or the ' +
      'hundreds of commands in BusyBox, takes that away, and no scanner or update looks after it. It is mostly done for ' +
      'an entrypoint script, a health check or a look inside: the program can do the first two itself, and for the third ' +
      'there are `docker debug`, an ephemeral container or the debug variant of the image.',
    bad: dockerfile`
      FROM gcr.io/distroless/java21-debian13:nonroot
      COPY --from=busybox:1.37 /bin/busybox /bin/sh
      COPY app.jar /app.jar
      CMD ["/app.jar"]
    `,
    good: dockerfile`
      FROM gcr.io/distroless/java21-debian13:nonroot
      COPY app.jar /app.jar
      CMD ["/app.jar"]
    `,
    references: [
      'https://github.com/GoogleContainerTools/distroless#debug-images',
      'https://kubernetes.io/docs/tasks/debug/debug-application/debug-running-pod/#ephemeral-container',
      'https://github.com/GoogleContainerTools/distroless/issues/562',
    ],
  },

  *check(analysis) {
    const final = finalStage(analysis);
    const facts = final && rootFacts(final);
    if (!final || !facts || isWorkshop(final)) return;
    for (const stage of lineage(final)) {
      // A shell that is there already is none that was added.
      const shells = shellPath(stage.start);
      if (!knownAbsent(shells)) return;
      const copies = stage.steps.map(({ instruction }) => instruction).filter(bringsFiles);
      for (const copy of copies) {
        const word = copy.sources.find((source) => shell.test(source.value) || isShellPlace(copy, source));
        if (!word) continue;
        yield {
          span: word.span,
          message: `'${baseName(word.value)}' gives '${facts.name}' the shell that this image is made without.`,
          because: [...basedOn(stage), ...shells.because],
          data: { stage, copy },
        };
        return;
      }
    }
  },

  /** Only where nothing else in the file may want it. */
  fix({ data: { stage, copy } }, { file }) {
    const line = entirely(file.text, copy.span);
    const isUsed = stage.steps.some(({ instruction }) => mayUseShell(instruction));
    if (!line || isUsed || copy.sources.length > 1 || !stage.isFinal) return [];
    return [{ title: 'Leave the shell out', edits: [remove(line)] }];
  },
});

/** From another image or stage; what the build context has under such a name may be anything. */
function bringsFiles(instruction: Instruction): instruction is Copy {
  return instruction.kind === 'copy' && !instruction.isOnbuild && instruction.flags.some(({ name }) => name === 'from');
}

/** BusyBox under a name of its own. */
function isShellPlace({ sources, destination }: Copy, source: Word): boolean {
  return sources.length === 1 && shell.test(destination?.value ?? '') && /busybox|sh$/.test(baseName(source.value));
}

function mayUseShell({ kind, ...instruction }: Instruction): boolean {
  if (kind === 'run' || kind === 'shell') return true;
  if (kind !== 'cmd' && kind !== 'entrypoint' && kind !== 'healthcheck') return false;
  const body = 'body' in instruction ? instruction.body : null;
  if (body?.form !== 'exec') return body !== null;
  return body.words.some(({ value }) => /(^|\/)((ba|da|a)?sh|busybox)$|\.sh$/.test(value));
}
