import { byInstruction, type Evidence } from '../fact.js';
import { isUsualFolder, modeMark, ownerBelow, ownerMark } from '../interpret/access.js';
import { lineage, rootFacts } from '../interpret/bases.js';
import { lastUser, nonrootUser } from '../interpret/end-user.js';
import { finalStage } from '../interpret/processes.js';
import { shellPath } from '../interpret/query.js';
import type { Stage, StageState } from '../interpret/state.js';
import { writtenFile } from '../interpret/written.js';
import type { Workdir } from '../syntax/model.js';
import { insert, newlineOf } from '../text/edit.js';
import type { Span } from '../text/span.js';
import { defineRule, dockerfile } from './rule.js';

type Found = { readonly workdir: Workdir; readonly path: string; readonly owner: number | null };

export default defineRule<Found>({
  meta: {
    id: 'workdir-root-owned',
    summary: 'The program may not write into its working directory',
    category: 'users',
    severity: 'warning',
    fix: 'review',
  },

  docs: {
    why:
      'WORKDIR makes the directory as the user of that moment: root, where USER comes later. COPY --chown gives away the ' +
      'files, but not the directory that was there before, so the program cannot make a file in it: "EACCES: permission ' +
      "denied, mkdir '/app/data'\". It is reported where ENV or the start command names a file to be written there; " +
      'where only --chown tells that the directory was meant to be given away, as information. Put USER before WORKDIR ' +
      '(BuildKit then makes it as that user), or chown it.',
    bad: dockerfile`
      FROM node:24-slim
      WORKDIR /app
      COPY --chown=node:node . .
      ENV DATABASE_URL=sqlite:///app.db
      USER 1000
      CMD ["node", "server.js"]
    `,
    good: dockerfile`
      FROM node:24-slim
      USER 1000
      WORKDIR /app
      COPY --chown=node:node . .
      ENV DATABASE_URL=sqlite:///app.db
      CMD ["node", "server.js"]
    `,
    references: [
      'https://docs.docker.com/reference/dockerfile/#workdir',
      'https://github.com/moby/moby/issues/36408',
      'https://github.com/pocket-id/pocket-id/issues/1493',
    ],
  },

  *check(analysis) {
    const stage = finalStage(analysis);
    const user = stage && nonrootUser(stage);
    const place = stage && rootsWorkdir(stage);
    if (!stage || !user || !place) return;
    const { workdir, path, span, made } = place;
    const written = writtenFile(stage, path);
    const given = ownerBelow(stage.end, path);
    const isGiven = given?.isMeant === true && given.value !== null && given.value.uid !== 0;
    if (!written && !isGiven) return;
    const reason = written?.because ?? given?.because;
    yield {
      span,
      message: written
        ? `'${path}' belongs to root, so the program may not write '${written.file}' there.`
        : `'${path}' itself belongs to root: only the files in it are given away.`,
      because: [made, ...(reason ? [reason] : []), ...fromUser(lastUser(stage))],
      data: { workdir, path, owner: user.uid },
      severity: written ? 'warning' : 'information',
    };
  },

  /** Where a shell runs as root. */
  fix({ data: { workdir, path, owner } }, analysis) {
    const steps = analysis.stages.flatMap((stage) => stage.steps);
    const step = steps.find(({ instruction }) => instruction === workdir);
    if (!step || owner === null || /[^\w./-]/.test(path)) return [];
    const shell = shellPath(step.after);
    if (!shell.known || shell.value !== '/bin/sh') return [];
    const newline = newlineOf(analysis.file.text);
    const text = `${newline}RUN chown ${owner}:${owner} ${path}`;
    return [{ title: `Give '${path}' to uid ${owner}`, edits: [insert(workdir.span.end, text)] }];
  },
});

type Place = { readonly workdir: Workdir; readonly path: string; readonly span: Span; readonly made: Evidence };

/** The working directory of the image, when a WORKDIR of this file made it as root and nobody else may write there. */
function rootsWorkdir(stage: Stage): Place | null {
  const { end } = stage;
  if (!end.workdir.known || rootFacts(stage)?.purpose === 'application') return null;
  const path = end.workdir.value;
  const owner = ownerMark(end, path);
  if (owner?.value?.uid !== 0 || owner.because.kind !== 'instruction' || isOpen(end, path)) return null;
  const workdir = workdirAt(stage, owner.because.span.start);
  if (!workdir?.path || (!owner.isSure && isUsualFolder(path))) return null;
  return { workdir, path, span: workdir.path.span, made: owner.because };
}

/** Others than root may write there, or it is not known after a chmod. */
function isOpen(state: StageState, path: string): boolean {
  const mode = modeMark(state, path);
  return mode !== null && ((mode.value?.off ?? 0) & 0o022) !== 0o022;
}

function workdirAt(stage: Stage, start: number): Workdir | undefined {
  return lineage(stage)
    .flatMap(({ steps }) => steps.map(({ instruction }) => instruction))
    .find((one): one is Workdir => one.kind === 'workdir' && one.span.start === start);
}

function fromUser(user: ReturnType<typeof lastUser>): Evidence[] {
  return user ? [byInstruction(user.span, 'From here on nothing runs as root.')] : [];
}
