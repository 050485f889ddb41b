import { knownAbsent } from '../fact.js';
import { flagOf, setFlag } from '../fixes/copy-flags.js';
import { basedOn } from '../interpret/bases.js';
import { accountFact } from '../interpret/query.js';
import { expand } from '../interpret/scene.js';
import type { Analysis, Stage, StageState, Step } from '../interpret/state.js';
import type { Copy, Word } from '../syntax/model.js';
import { defineRule, dockerfile, type Report } from './rule.js';

type Found = { readonly instruction: Copy; readonly at: StageState; readonly owner: string };

export default defineRule<Found>({
  meta: {
    id: 'chown-name-unresolvable',
    summary: '--chown names an account that cannot be looked up',
    category: 'users',
    severity: 'error',
    fix: 'review',
  },

  docs: {
    why:
      'A name behind --chown is looked up in the /etc/passwd and /etc/group of the file system that the copy goes into. ' +
      'The first copy into scratch has none at all, and the build stops: "invalid user index: -1". With --link the copy ' +
      'is made apart from the image, so there is nothing to look in either; builders that cannot merge layers ignore ' +
      '--link and get by, so it is reported as a warning. Where the files are there and lack the name, BuildKit says ' +
      'nothing and gives the copy to root, also a warning. A number needs no look-up.',
    bad: dockerfile`
      FROM scratch
      COPY --chown=app:app app /app
      USER 65532:65532
      ENTRYPOINT ["/app"]
    `,
    good: dockerfile`
      FROM scratch
      COPY --chown=65532:65532 app /app
      USER 65532:65532
      ENTRYPOINT ["/app"]
    `,
    references: [
      'https://docs.docker.com/reference/dockerfile/#copy---chown---chmod',
      'https://github.com/moby/buildkit/issues/2987',
      'https://github.com/moby/buildkit/blob/master/solver/llbsolver/ops/user_linux.go',
    ],
  },

  *check(analysis) {
    for (const stage of analysis.stages) {
      for (const step of stage.steps) {
        const { instruction, before } = step;
        if ((instruction.kind !== 'copy' && instruction.kind !== 'add') || instruction.isOnbuild) continue;
        const word = chownOf(instruction);
        const owner = word && expand(before, word, analysis);
        if (!word || !owner?.known) continue;
        const problem = problemOf(step, { stage, names: namesIn(owner.value), owner: owner.value, analysis });
        if (problem) yield { span: word.span, ...problem, data: { instruction, at: before, owner: owner.value } };
      }
    }
  },

  /** 65532 is the number that the non-root variants of the hardened images use. */
  fix({ data: { instruction, at, owner } }) {
    if (flagOf(instruction, 'chown')?.value?.includes('$')) return [];
    const [user = '', group] = owner.split(':');
    const uid = numberOf(user, at);
    const gid = group === undefined || group === user ? uid : numberOf(group, null);
    if (uid === null || gid === null) return [];
    const value = group === undefined ? `${uid}` : `${uid}:${gid}`;
    return [
      {
        title: `Use the number${group === undefined ? '' : 's'} ${value}`,
        edits: [setFlag(instruction, 'chown', value)],
      },
    ];
  },
});

type Problem = Required<Pick<Report, 'message' | 'because' | 'severity' | 'cause'>>;
type About = { stage: Stage; names: readonly string[]; owner: string; analysis: Analysis };

function problemOf({ instruction, before }: Step, { stage, names, owner }: About): Problem | null {
  const [name] = names;
  if (name === undefined || instruction.kind === 'from') return null;
  if (isEmpty(before)) {
    const message = `The stage is still empty, so the name '${name}' in --chown cannot be looked up.`;
    return { message, because: basedOn(stage), severity: 'error', cause: name };
  }
  const link = instruction.flags.find((flag) => flag.name === 'link');
  if (link && link.value !== 'false') {
    const message = `With --link the copy is made without the accounts of the image, so '${name}' cannot be looked up.`;
    return { message, because: [], severity: 'warning', cause: `${name} --link` };
  }
  const user = owner.split(':')[0] ?? '';
  const account = accountFact(before, user);
  if (!names.includes(user) || !knownAbsent(account)) return null;
  const message = `The user '${user}' is not among the accounts of this stage, so the copy will belong to root.`;
  return { message, because: [...basedOn(stage), ...account.because], severity: 'warning', cause: user };
}

function chownOf(instruction: Copy): Word | null {
  const flag = flagOf(instruction, 'chown');
  return flag?.value ? { text: flag.value, value: flag.value, span: flag.valueSpan } : null;
}

/** BuildKit knows root without looking: parseUID in client/llb/fileop.go. */
function namesIn(owner: string): string[] {
  return owner.split(':').filter((name) => !/^(\d+|root|)$/.test(name));
}

function isEmpty({ closed, files, blur }: StageState): boolean {
  return closed.files.known && closed.files.value && blur === null && files.entries().next().done === true;
}

/** `at` null for a group, whose number is not known. */
function numberOf(name: string, at: StageState | null): number | null {
  if (/^\d+$/.test(name)) return Number(name);
  if (name === 'root') return 0;
  if (!at) return null;
  const account = accountFact(at, name);
  return account.known ? (account.value ? account.value.uid : 65532) : null;
}
