import { byInstruction } from '../fact.js';
import { isWorkshop } from '../interpret/bases.js';
import { lastUser, nonrootUser } from '../interpret/end-user.js';
import { finalStage } from '../interpret/processes.js';
import { accountFact } from '../interpret/query.js';
import { replace } from '../text/edit.js';
import type { Span } from '../text/span.js';
import { defineRule, dockerfile } from './rule.js';

type Found = { readonly name: Span; readonly uid: number };

export default defineRule<Found>({
  meta: {
    id: 'user-not-numeric',
    summary: 'USER is a name where a number would show that it is not root',
    category: 'users',
    severity: 'information',
    fix: 'safe',
  },

  docs: {
    why:
      'Kubernetes checks runAsNonRoot against the image configuration, before there is a file system to look a name up ' +
      'in: "container has runAsNonRoot and image has non-numeric user (nonroot), cannot verify user is non-root". The ' +
      'number means the same account. Only names whose number is known are reported.',
    bad: dockerfile`
      FROM gcr.io/distroless/static-debian13
      COPY app /app
      USER nonroot
      ENTRYPOINT ["/app"]
    `,
    good: dockerfile`
      FROM gcr.io/distroless/static-debian13
      COPY app /app
      USER 65532
      ENTRYPOINT ["/app"]
    `,
    references: [
      'https://kubernetes.io/docs/tasks/configure-pod-container/security-context/',
      'https://github.com/kubernetes-sigs/cluster-proportional-autoscaler/issues/109',
    ],
  },

  *check(analysis) {
    const stage = finalStage(analysis);
    const written = stage && lastUser(stage)?.user;
    const user = stage && nonrootUser(stage);
    if (
      !stage ||
      isWorkshop(stage) ||
      !written ||
      !user?.name ||
      user.uid === null ||
      !written.text.startsWith(user.name)
    )
      return;
    const name = { start: written.span.start, end: written.span.start + user.name.length };
    // A word in quotes or over two lines is not what it seems.
    if (analysis.file.text.slice(name.start, name.end) !== user.name) return;
    const account = accountFact(stage.end, user.name);
    yield {
      span: name,
      message: `Kubernetes cannot tell from the name '${user.name}' that the image does not run as root; its number is ${user.uid}.`,
      because: [...account.because, byInstruction(written.span, `USER sets '${written.text}'.`)],
      data: { name, uid: user.uid },
    };
  },

  /** The group may stay a name: only the user is checked. */
  fix({ data: { name, uid } }) {
    return [{ title: `Use the number ${uid}`, edits: [replace(name, String(uid))] }];
  },
});
