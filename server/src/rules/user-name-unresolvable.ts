import { byInstruction, knownAbsent } from '../fact.js';
import { accountFact } from '../interpret/query.js';
import type { Stage, Step } from '../interpret/state.js';
import type { User } from '../syntax/model.js';
import { replace } from '../text/edit.js';
import { defineRule, dockerfile } from './rule.js';

type Data = { readonly instruction: User; readonly stage: Stage };

export default defineRule<Data>({
  meta: {
    id: 'user-name-unresolvable',
    summary: 'USER names an account that the image does not have',
    category: 'users',
    severity: 'error',
    fix: 'review',
  },

  docs: {
    why:
      'A name in USER is looked up in the /etc/passwd of the image itself. An account created in a builder stage does ' +
      'not come along, and scratch has no such file: "unable to find user app: no matching entries in passwd file". A ' +
      'number needs no entry, and Kubernetes can tell from it that the container does not run as root.',
    bad: dockerfile`
      FROM scratch
      COPY app /app
      USER app
      ENTRYPOINT ["/app"]
    `,
    good: dockerfile`
      FROM scratch
      COPY app /app
      USER 65532:65532
      ENTRYPOINT ["/app"]
    `,
    references: [
      'https://docs.docker.com/reference/dockerfile/#user',
      'https://github.com/GoogleContainerTools/distroless/issues/443',
    ],
  },

  *check({ stages }) {
    for (const stage of stages) {
      for (const [index, step] of stage.steps.entries()) {
        const { instruction } = step;
        if (instruction.kind !== 'user' || instruction.isOnbuild || !instruction.user || !isUsed(stage, index))
          continue;
        const user = step.after.user.known ? step.after.user.value : null;
        // Some runtimes start root without an entry for it.
        if (!user?.name || user.name === 'root') continue;
        // The name is looked up when a process starts, so an account made later in the stage counts.
        const account = accountFact(stage.isFinal ? stage.end : step.after, user.name);
        if (!knownAbsent(account)) continue;
        const base = stage.syntax.from.image;
        yield {
          span: instruction.user.span,
          message: `The user '${user.name}' is not in the /etc/passwd of this ${stage.isFinal ? 'image' : 'stage'}.`,
          because: base
            ? [byInstruction(base.span, `The stage is based on '${base.text}'.`), ...account.because]
            : account.because,
          data: { instruction, stage },
        };
      }
    }
  },

  /** 65532 is the number that the non-root variants of the hardened images use. */
  fix({ data: { instruction } }) {
    const { user } = instruction;
    if (!user || user.text.includes('$')) return [];
    return [{ title: 'Use the number 65532', edits: [replace(user.span, '65532:65532')] }];
  },
});

/** A RUN follows before the next USER, or the image starts with it. */
function isUsed(stage: Stage, index: number): boolean {
  const rest = stage.steps.slice(index + 1);
  const next = rest.findIndex(({ instruction }: Step) => instruction.kind === 'user' && !instruction.isOnbuild);
  const scope = next < 0 ? rest : rest.slice(0, next);
  if (scope.some(({ instruction }) => instruction.kind === 'run' && !instruction.isOnbuild)) return true;
  return next < 0 && stage.isFinal;
}
