import type { Evidence } from '../fact.js';
import { flagOf, setFlag } from '../fixes/copy-flags.js';
import { givenAway, modeMark, ownerMark, userText } from '../interpret/access.js';
import { nonrootUser, ownerArgument } from '../interpret/end-user.js';
import { finalStage } from '../interpret/processes.js';
import { resolvePath } from '../interpret/query.js';
import { expand } from '../interpret/scene.js';
import type { Analysis, Stage, StageState, Step } from '../interpret/state.js';
import { baseName } from '../interpret/tree.js';
import type { Copy, Word } from '../syntax/model.js';
import { defineRule, dockerfile } from './rule.js';

type Found = { readonly instruction: Copy; readonly stage: Stage };

export default defineRule<Found>({
  meta: {
    id: 'copy-from-loses-ownership',
    summary: 'COPY --from gives to root what another stage gave to the user',
    category: 'users',
    severity: 'warning',
    fix: 'review',
  },

  docs: {
    why:
      'Without --chown everything that COPY brings belongs to root, whoever it belonged to in the stage it comes from. ' +
      'A data directory that the builder prepared with chown is lost that way, and the program fails with "permission ' +
      'denied" at its first write; so does a volume that is mounted there, because a new volume takes the owner of the ' +
      'directory in the image.',
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
      yield {
        span: lost.word.span,
        message: `'${lost.path}' belongs to ${lost.owner} in its stage, and to root here: this COPY has no --chown.`,
        because: [lost.because, ...stage.end.user.because],
        data: { instruction, stage },
      };
    }
  },

  fix({ data: { instruction, stage } }) {
    const owner = ownerArgument(stage);
    return owner ? [{ title: `Add --chown=${owner}`, edits: [setFlag(instruction, 'chown', owner)] }] : [];
  },
});

type Lost = { readonly word: Word; readonly path: string; readonly owner: string; readonly because: Evidence };

function lostIn(step: Step, about: { instruction: Copy; stage: Stage; analysis: Analysis }): Lost | null {
  const { instruction, stage, analysis } = about;
  const from = flagOf(instruction, 'from');
  const source = from && analysis.sources.get(from.valueSpan.start);
  if (source?.kind !== 'stage' || !instruction.destination) return null;
  const origin = source.stage.end;
  const destination = expand(step.before, instruction.destination, analysis);
  const workdir = step.before.workdir.known ? step.before.workdir.value : null;
  if (!destination.known || (workdir === null && !destination.value.startsWith('/'))) return null;
  for (const word of instruction.sources) {
    const text = expand(step.before, word, analysis);
    const from = text.known ? resolvePath('/', text.value) : null;
    for (const path of from === null ? [] : givenAway(origin, from).filter((path) => !isReadOnly(path))) {
      const mark = ownerMark(origin, path);
      // The contents of a directory land at the destination itself.
      const place = resolvePath(workdir ?? '/', `${destination.value}/${path.slice(from?.length)}`);
      if (!mark?.value || keepsAccess(stage.end, place) || isOpen(origin, path)) continue;
      return { word, path, owner: userText(mark.value), because: mark.because };
    }
  }
  return null;
}

/** --chmod or a later command lets the user write. */
function keepsAccess(end: StageState, path: string): boolean {
  const owner = ownerMark(end, path);
  return (owner !== null && owner.value?.uid !== 0) || isOpen(end, path);
}

function isOpen(state: StageState, path: string): boolean {
  return ((modeMark(state, path)?.value?.on ?? 0) & 0o022) !== 0;
}

function isReadOnly(path: string): boolean {
  return /^(bin|sbin|lib|lib64|node_modules|site-packages|dist|build|target|\.?venv|vendor|public|static)$/.test(
    baseName(path),
  );
}
