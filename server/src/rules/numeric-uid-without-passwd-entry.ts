import { basedOn } from '../interpret/bases.js';
import { lastUser, nonrootUser } from '../interpret/end-user.js';
import { finalStage } from '../interpret/processes.js';
import { startedCommands } from '../interpret/product.js';
import type { Stage, StageState } from '../interpret/state.js';
import { baseName } from '../interpret/tree.js';
import { replace } from '../text/edit.js';
import type { Span } from '../text/span.js';
import { defineRule, dockerfile } from './rule.js';

type Found = { readonly span: Span; readonly own: { readonly name: string; readonly uid: number } | null };

export default defineRule<Found>({
  meta: {
    id: 'numeric-uid-without-passwd-entry',
    summary: 'The number in USER has no account and no home directory',
    category: 'users',
    severity: 'information',
    fix: 'review',
  },

  docs: {
    why:
      'A container may run as any number, but a program that asks who it runs as finds no line in /etc/passwd: Node.js ' +
      'fails in os.userInfo() with "uv_os_get_passwd returned ENOENT", Python in getpass and pwd with "KeyError: ' +
      "'getpwuid(): uid not found: 10001'\", and Java reports `?` as user.home. HOME becomes /. The image has an account " +
      'that is not root; with HOME set the finding goes away.',
    bad: dockerfile`
      FROM gcr.io/distroless/nodejs24-debian13
      COPY server.js /app/server.js
      USER 10001
      CMD ["/app/server.js"]
    `,
    good: dockerfile`
      FROM gcr.io/distroless/nodejs24-debian13
      COPY server.js /app/server.js
      USER 65532
      CMD ["/app/server.js"]
    `,
    references: [
      'https://nodejs.org/api/os.html#osuserinfooptions',
      'https://docs.python.org/3/library/pwd.html',
      'https://github.com/facebook/relay/issues/2699',
    ],
  },

  *check(analysis) {
    const stage = finalStage(analysis);
    const user = stage && nonrootUser(stage);
    const written = stage && lastUser(stage)?.user;
    if (!stage || !written || user?.name !== null || user.uid === null) return;
    const { end } = stage;
    if (end.env.get('HOME') !== undefined || end.blur || !end.closed.accounts.known || !end.closed.env.known) return;
    if (accountsOf(end).some(({ uid }) => uid === null || uid === user.uid) || !asksForUser(stage)) return;
    yield {
      span: written.span,
      message: `No account of the image has the number ${user.uid}, so the program finds no user name and HOME is /.`,
      because: [...basedOn(stage), ...end.closed.accounts.because],
      data: { span: written.span, own: ownAccount(end) },
    };
  },

  fix({ data: { span, own } }) {
    return own
      ? [{ title: `Use ${own.uid}, the number of '${own.name}'`, edits: [replace(span, String(own.uid))] }]
      : [];
  },
});

function accountsOf(state: StageState): { name: string; uid: number | null }[] {
  return [...state.accounts.entries()].flatMap(([, fact]) => (fact.known && fact.value ? [fact.value] : []));
}

/** The account meant for applications: neither of the system nor nobody. */
function ownAccount(state: StageState): { name: string; uid: number } | null {
  for (const { name, uid } of accountsOf(state))
    if (uid !== null && uid >= 1000 && uid !== 65534 && name !== 'nobody') return { name, uid };
  return null;
}

const languages = /^(node|nodejs|python\d?(\.\d+)?|java)$/;

function asksForUser(stage: Stage): boolean {
  const { runtime } = stage.end;
  if (runtime.known && languages.test(runtime.value?.name ?? '')) return true;
  return startedCommands(stage).some(([program = '']) => languages.test(baseName(program)));
}
