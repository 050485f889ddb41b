import { byInstruction, knownTrue } from '../fact.js';
import { isWorkshop, rootFacts, rootStage } from '../interpret/bases.js';
import { finalStage } from '../interpret/processes.js';
import { contentFact, startProcess } from '../interpret/query.js';
import type { Stage } from '../interpret/state.js';
import { insert, replace } from '../text/edit.js';
import { lineSpan, indexLines, lineAt } from '../text/lines.js';
import { defineRule, dockerfile, type Fix } from './rule.js';

export default defineRule<Stage>({
  meta: {
    id: 'final-stage-runs-as-root',
    summary: 'The image runs as root',
    category: 'users',
    severity: 'warning',
    fix: 'review',
  },

  docs: {
    why:
      'A process that runs as uid 0 may write anywhere in its container and has more to attack with when it breaks out. ' +
      'Having no shell does not change the user: the plain tags of Google Distroless start as root, their `:nonroot` ' +
      'tags as 65532. Kubernetes refuses such an image under runAsNonRoot: "container has runAsNonRoot and image will ' +
      'run as root". Images whose base already starts as another user are not reported.',
    bad: dockerfile`
      FROM gcr.io/distroless/static-debian13
      COPY app /app
      ENTRYPOINT ["/app"]
    `,
    good: dockerfile`
      FROM gcr.io/distroless/static-debian13:nonroot
      COPY app /app
      ENTRYPOINT ["/app"]
    `,
    references: [
      'https://docs.docker.com/build/building/best-practices/#user',
      'https://kubernetes.io/docs/concepts/security/pod-security-standards/',
    ],
  },

  *check(analysis) {
    const stage = finalStage(analysis);
    if (!stage || isWorkshop(stage) || !startsSomething(stage) || dropsPrivileges(stage)) return;
    const { user } = stage.end;
    if (!user.known || user.value.uid !== 0) return;
    const cause = user.because.find(({ kind }) => kind === 'instruction');
    const isWritten =
      cause?.kind === 'instruction' && stage.steps.some(({ instruction }) => instruction.kind === 'user');
    const { image } = rootStage(stage).syntax.from;
    if (!image) return;
    const span = isWritten && cause.kind === 'instruction' ? cause.span : (stage.syntax.from.image ?? image).span;
    yield {
      span,
      message: isWritten
        ? 'The image runs as root, because of this USER.'
        : `The image runs as root, the default user of '${image.text}'.`,
      because: [
        ...(isWritten ? [] : [byInstruction(image.span, `'${image.text}' starts as root and no USER follows.`)]),
        ...user.because,
      ],
      data: stage,
    };
  },

  fix({ data: stage }, { file }) {
    if (stage.steps.some(({ instruction }) => instruction.kind === 'user')) return [];
    return [...nonrootTag(stage), ...userInstruction(stage, file.text)];
  },
});

/** An image that only hands out files has no user. */
function startsSomething({ end }: Stage): boolean {
  const process = startProcess(end);
  return process.known && process.value !== null;
}

/** gosu, su-exec and setpriv are there to change the user at the start; servers of application images do it themselves. */
function dropsPrivileges(stage: Stage): boolean {
  const { end } = stage;
  const process = startProcess(end);
  const argv = process.known ? (process.value?.argv ?? []) : [];
  if (argv.some((word) => /\b(gosu|su-exec|setpriv|runuser|s6-setuidgid|s6-svscan|\/init)\b/.test(word))) return true;
  if (['gosu', 'su-exec', 's6-overlay'].some((name) => knownTrue(contentFact(end, name)))) return true;
  if ([...end.files.entries()].some(([path, { kind }]) => kind === 'file' && /\/(gosu|su-exec)$/.test(path)))
    return true;
  const isBaseEntrypoint =
    end.entrypoint.known && end.entrypoint.value !== null && end.entrypoint.value.instruction === null;
  return rootFacts(stage)?.purpose === 'application' && isBaseEntrypoint;
}

function* nonrootTag(stage: Stage): Iterable<Fix> {
  const { image } = stage.syntax.from;
  const nonroot = stage.base.kind === 'image' ? stage.base.facts?.variants.nonroot : null;
  if (!image || !nonroot || image.text.includes('$') || image.text.includes('@')) return;
  const tag = nonroot.slice(nonroot.lastIndexOf(':'));
  const colon = image.text.lastIndexOf(':');
  const name = colon > image.text.lastIndexOf('/') ? image.text.slice(0, colon) : image.text;
  yield { title: `Use the tag '${tag.slice(1)}'`, edits: [replace(image.span, `${name}${tag}`)] };
}

/** USER before the first ENTRYPOINT or CMD, after everything that may need root. */
function* userInstruction(stage: Stage, text: string): Iterable<Fix> {
  const facts = rootFacts(stage);
  const own = facts?.namedUsers.find(
    ({ name, uid }) => uid !== null && uid >= 1000 && uid < 60000 && name !== 'nobody',
  );
  const start = stage.steps.find(
    ({ instruction }) => ['entrypoint', 'cmd'].includes(instruction.kind) && !instruction.isOnbuild,
  );
  const isLater =
    start &&
    stage.steps.some(
      ({ instruction }) => instruction.kind === 'run' && instruction.span.start > start.instruction.span.start,
    );
  if (!start || isLater) return;
  const user = own ? `${own.uid}:${own.uid}` : '65532:65532';
  const lines = indexLines(text);
  const at = lineSpan(lines, lineAt(lines, start.instruction.span.start)).start;
  const newline = text.includes('\r\n') ? '\r\n' : '\n';
  const title = own ? `Run as '${own.name}' (uid ${own.uid}), a user of the base image` : 'Run as uid 65532';
  yield { title, edits: [insert(at, `USER ${user}${newline}`)] };
}
