import { knownAbsent } from '../fact.js';
import { basedOn } from '../interpret/bases.js';
import { accountFact } from '../interpret/query.js';
import type { Stage, StageState } from '../interpret/state.js';
import type { User } from '../syntax/model.js';
import { replace } from '../text/edit.js';
import { defineRule, dockerfile } from './rule.js';

export default defineRule<User>({
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
      for (const { instruction, at, isStart } of uses(stage)) {
        const user = at.user.known ? at.user.value : null;
        // Some runtimes start root without an entry for it.
        if (!user?.name || user.name === 'root' || !instruction.user) continue;
        const account = accountFact(at, user.name);
        if (!knownAbsent(account)) continue;
        yield {
          span: instruction.user.span,
          message: `The user '${user.name}' is not among the accounts of this ${isStart ? 'image' : 'stage'}.`,
          because: [...basedOn(stage), ...account.because],
          data: instruction,
          cause: user.name,
        };
      }
    }
  },

  /** 65532 is the number that the non-root variants of the hardened images use. */
  fix({ data: { user } }) {
    if (!user || user.text.includes('$')) return [];
    return [{ title: 'Use the number 65532', edits: [replace(user.span, '65532:65532')] }];
  },
});

type Use = { readonly instruction: User; readonly at: StageState; readonly isStart: boolean };

/** The first moment at which each USER of a stage counts: the next RUN, or the start of the image. */
function uses(stage: Stage): Use[] {
  const found: Use[] = [];
  let open: User | null = null;
  for (const { instruction, inside } of stage.steps) {
    if (instruction.isOnbuild) continue;
    if (instruction.kind === 'user') open = instruction;
    if (instruction.kind !== 'run' || !open) continue;
    found.push({ instruction: open, at: inside, isStart: false });
    open = null;
  }
  if (open && stage.isFinal) found.push({ instruction: open, at: stage.end, isStart: true });
  return found;
}
