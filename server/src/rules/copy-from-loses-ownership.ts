import type { Evidence } from '../fact.js';
import { flagOf, setFlag } from '../fixes/copy-flags.js';
import { givenAway, isUsualFolder, modeMark, ownerMark, userText } from '../interpret/access.js';
import { nonrootUser, ownerArgument } from '../interpret/end-user.js';
import { finalStage } from '../interpret/processes.js';
import { resolvePath } from '../interpret/query.js';
import { expand } from '../interpret/scene.js';
import type { Analysis, Stage, StageState, Step } from '../interpret/state.js';
import { baseName, currentEntry, isFolder } from '../interpret/tree.js';
import type { Copy, Word } from '../syntax/model.js';
import { defineRule, dockerfile } from './rule.js';

type Found = { readonly instruction: Copy; readonly stage: Stage };

export default defineRule<Found>({
  meta: {
    id: 'copy-from-loses-ownership',
    summary: 'COPY --from makes a directory of another user as root',
    category: 'users',
    severity: 'warning',
    fix: 'review',
  },

  docs: {
    why:
      'COPY --from keeps the owner of every file, and of the directories below the one it copies. That one itself is not ' +
      'copied: where the destination does not exist, COPY makes it, and without --chown it belongs to root with the mode ' +
      '0755, whatever the builder had prepared. The program then fails with "permission denied" when it makes a file ' +
      'there; so does a volume that is mounted there, because a new volume takes the owner of the directory in the ' +
      'image. Give --chown, or copy the directory above it, which brings this one with its owner. Where the directory ' +
      'came with files of its own, which may be all that the program writes to, it is told as information.',
    bad: dockerfile`
      FROM golang:1.26 AS build
      WORKDIR /src
      COPY . .
      RUN CGO_ENABLED=0 go build -o /out/app .
      RUN mkdir /data && chown 65532:65532 /data

      FROM gcr.io/distroless/static-debian13:nonroot
      COPY --from=build /out/app /app
      COPY --from=build /data /data
      ENTRYPOINT ["/app"]
    `,
    good: dockerfile`
      FROM golang:1.26 AS build
      WORKDIR /src
      COPY . .
      RUN CGO_ENABLED=0 go build -o /out/app .
      RUN mkdir /data && chown 65532:65532 /data

      FROM gcr.io/distroless/static-debian13:nonroot
      COPY --from=build /out/app /app
      COPY --from=build --chown=65532:65532 /data /data
      ENTRYPOINT ["/app"]
    `,
    references: [
      'https://docs.docker.com/reference/dockerfile/#copy---chown---chmod',
      'https://github.com/moby/buildkit/blob/master/frontend/dockerfile/dockerfile_copy_test.go',
      'https://github.com/moby/moby/issues/38710',
      'https://github.com/GoogleContainerTools/distroless/issues/427',
    ],
  },

  *check(analysis) {
    const stage = finalStage(analysis);
    const user = stage && nonrootUser(stage);
    if (!stage || !user) return;
    for (const step of stage.steps) {
      const { instruction } = step;
      if (instruction.kind !== 'copy' || instruction.isOnbuild || flagOf(instruction, 'chown')) continue;
      const lost = lostIn(step, { instruction, stage, analysis });
      if (!lost) continue;
      const { source, place } = lost;
      const whose = source === place ? 'it' : `'${source}'`;
      yield {
        span: lost.word.span,
        message: `COPY makes the directory '${place}' as root, although ${whose} belongs to ${lost.owner} in its stage.`,
        because: [lost.because, ...stage.end.user.because],
        data: { instruction, stage },
        severity: lost.isEmpty ? 'warning' : 'information',
      };
    }
  },

  fix({ data: { instruction, stage } }) {
    const owner = ownerArgument(stage);
    return owner ? [{ title: `Add --chown=${owner}`, edits: [setFlag(instruction, 'chown', owner)] }] : [];
  },
});

type Lost = {
  readonly word: Word;
  readonly source: string;
  readonly place: string;
  readonly owner: string;
  readonly because: Evidence;
  /** Nothing is known to lie in it, so that whatever is written there is new. */
  readonly isEmpty: boolean;
};

/** The first source that is a directory of another user, and becomes one of root by this COPY. */
function lostIn(step: Step, about: { instruction: Copy; stage: Stage; analysis: Analysis }): Lost | null {
  const { instruction, stage, analysis } = about;
  const from = flagOf(instruction, 'from');
  const found = from && analysis.sources.get(from.valueSpan.start);
  const place = found?.kind === 'stage' ? destinationOf(step, instruction, analysis) : null;
  if (found?.kind !== 'stage' || place === null || isReadOnly(place) || !isMadeHere(place, about)) return null;
  if (isOpen(stage.end, place)) return null;
  const origin = found.stage.end;
  for (const word of instruction.sources) {
    const text = expand(step.before, word, analysis);
    const source = text.known ? resolvePath('/', text.value) : '/';
    const mark = givenAway(origin, source).includes(source) ? ownerMark(origin, source) : null;
    if (!mark?.value || !isFolder(origin, source)) continue;
    const isEmpty = holdsNothing(origin, source);
    return { word, source, place, owner: userText(mark.value), because: mark.because, isEmpty };
  }
  return null;
}

function destinationOf({ before }: Step, { destination }: Copy, analysis: Analysis): string | null {
  const path = destination && expand(before, destination, analysis);
  if (!path?.known) return null;
  if (path.value.startsWith('/')) return resolvePath('/', path.value);
  return before.workdir.known ? resolvePath(before.workdir.value, path.value) : null;
}

/** In the finished stage the directory still is as this COPY made it: one of root. */
function isMadeHere(place: string, { instruction, stage }: { instruction: Copy; stage: Stage }): boolean {
  const made = ownerMark(stage.end, place);
  if (made?.because.kind !== 'instruction' || made.because.span.start !== instruction.span.start) return false;
  return made.value?.uid === 0 && (made.isSure || !isUsualFolder(place));
}

function holdsNothing(state: StageState, folder: string): boolean {
  if (currentEntry(state, folder)?.unlisted !== 'nothing') return false;
  const inside = `${folder}/`;
  for (const [path] of state.files.entries()) {
    if (path.startsWith(inside) && currentEntry(state, path)) return false;
  }
  return true;
}

function isOpen(state: StageState, path: string): boolean {
  return ((modeMark(state, path)?.value?.on ?? 0) & 0o022) !== 0;
}

function isReadOnly(path: string): boolean {
  return /^(bin|sbin|lib|lib64|node_modules|site-packages|dist|build|target|\.?venv|vendor|public|static)$/.test(
    baseName(path),
  );
}
