import { systemLink } from '../fixes/python-link.js';
import { finalStage } from '../interpret/processes.js';
import { copiedBy, type EnvironmentAt } from '../interpret/python/copied.js';
import { isOtherVersion } from '../interpret/python/image-pythons.js';
import { pythonAt } from '../interpret/python/places.js';
import { hasPython, isGone, pythonHealthcheck, pythonStart, type PythonStart } from '../interpret/python/start.js';
import { searchPath } from '../interpret/query.js';
import type { Stage, StageState } from '../interpret/state.js';
import { currentEntry } from '../interpret/tree.js';
import { byInstruction } from '../fact.js';
import { defineRule, dockerfile, type Report, type Severity } from './rule.js';

type Data = { readonly environment: EnvironmentAt; readonly stage: Stage; readonly isLink: boolean } | null;

export default defineRule<Data>({
  meta: {
    id: 'python-venv-not-portable',
    summary: 'Virtual environment that points outside of the image',
    category: 'files',
    severity: 'error',
    fix: 'review',
  },

  docs: {
    why:
      'In a virtual environment `bin/python` is a link to the interpreter that made it, and every console script names ' +
      'the path it was made at in its first line. In an image that has its Python elsewhere, or with the environment ' +
      'copied to another path, they lead nowhere: "exec: "/venv/bin/python3": stat /venv/bin/python3: no such file or ' +
      'directory", although the ' +
      'file is listed. The official images have their interpreter in /usr/local/bin, Debian, distroless and Chainguard ' +
      'in /usr/bin. Make the environment with an interpreter at the path that the image has, and at the path it will ' +
      'have. A link to a program in an environment, which `pipx` and `uv tool` put into ~/.local/bin, needs the ' +
      'environment at its path as well. Where the start finds another interpreter on PATH it is reported as a warning: the packages are missed.',
    bad: dockerfile`
      FROM python:3.13-slim-trixie AS build
      COPY requirements.txt .
      RUN python -m venv /venv && /venv/bin/pip install -r requirements.txt

      FROM gcr.io/distroless/python3-debian13:nonroot
      COPY --from=build /venv /venv
      COPY app.py /app/
      ENTRYPOINT ["/venv/bin/python3", "/app/app.py"]
    `,
    good: dockerfile`
      FROM python:3.13-slim-trixie AS build
      COPY requirements.txt .
      RUN ln -s /usr/local/bin/python /usr/bin/python && /usr/bin/python -m venv /venv && /venv/bin/pip install -r requirements.txt

      FROM gcr.io/distroless/python3-debian13:nonroot
      COPY --from=build /venv /venv
      COPY app.py /app/
      ENTRYPOINT ["/venv/bin/python3", "/app/app.py"]
    `,
    references: [
      'https://github.com/GoogleContainerTools/distroless/blob/main/python3/README.md#compatibility',
      'https://docs.python.org/3/library/venv.html#how-venvs-work',
      'https://github.com/GoogleContainerTools/distroless/issues/1543',
    ],
  },

  *check(analysis) {
    const stage = finalStage(analysis);
    if (!stage) return;
    const starts = [pythonStart(stage), pythonHealthcheck(stage)].filter((one) => one !== null);
    yield* lostReports(starts);
    for (const [root, place] of stage.end.python.entries()) {
      const span = place.kind === 'environment' ? copiedBy(place.because) : null;
      if (place.kind !== 'environment' || !span) continue;
      const environment = { root, place };
      const fault = linkFault(stage, environment, starts) ?? scriptFault(stage, environment, starts);
      if (!fault) continue;
      const { start, message, isLink, severity } = fault;
      const { instruction } = start.process;
      yield {
        span,
        message,
        because: [
          ...place.because,
          ...place.python.because,
          ...(instruction ? [byInstruction(instruction.span, `Starts '${start.program}'.`)] : []),
        ],
        data: { environment, stage, isLink },
        severity,
      };
    }
  },

  fix: ({ data }, analysis) => (data?.isLink ? systemLink(analysis, data.environment, data.stage) : []),
});

/** The link to a program of an environment that was left behind. */
function* lostReports(starts: readonly PythonStart[]): Generator<Report<Data>> {
  const [start] = starts.filter(({ lost }) => lost);
  const span = start?.lost ? copiedBy(start.lost.because) : null;
  if (!start?.lost || !span) return;
  const { lost, program, process } = start;
  yield {
    span,
    message: `'${program}' is a link to '${lost.script}', and this image does not have that environment.`,
    because: [
      ...lost.because,
      ...(process.instruction ? [byInstruction(process.instruction.span, `Starts '${program}'.`)] : []),
    ],
    data: null,
  };
}

type Fault = {
  readonly start: PythonStart;
  readonly message: string;
  readonly isLink: boolean;
  readonly severity: Severity;
};

/** `bin/python` leads to an interpreter that the image does not have. */
function linkFault(stage: Stage, { root, place }: EnvironmentAt, starts: readonly PythonStart[]): Fault | null {
  const { python, isCopy } = place;
  if (python.path === null || hasPython(stage.end, python) !== false || isOtherVersion(stage, place.python.version))
    return null;
  const own = starts.find(({ environment }) => environment?.root === root);
  const isOnPath = searchPath(stage.end)?.includes(`${root}/bin`) === true;
  const missed = isOnPath ? starts.find(({ environment, interpreter }) => !environment && interpreter) : undefined;
  const start = own ?? missed;
  if (!start) return null;
  const message = isCopy
    ? `'${root}/bin/python' needs the library of '${python.path}', and this image does not have that Python.`
    : `'${root}/bin/python' is a link to '${python.path}', which this image does not have.`;
  return { start, message, isLink: true, severity: own && !isCopy ? 'error' : 'warning' };
}

/** The first line of a console script names the interpreter at the path where the environment was made. */
function scriptFault({ end }: Stage, { root, place }: EnvironmentAt, starts: readonly PythonStart[]): Fault | null {
  const { madeAt, isRelocatable } = place;
  if (madeAt === root || isRelocatable || pythonAt(end, madeAt) || isGone(end, `${madeAt}/bin/python`) !== false)
    return null;
  const start = starts.find(({ environment, interpreter }) => environment?.root === root && !interpreter);
  if (!start || isReplaced(end, start.program, root)) return null;
  const message = `'${start.program}' asks for '${madeAt}/bin/python' in its first line: the environment was made at '${madeAt}'.`;
  return { start, message, isLink: false, severity: 'error' };
}

/** A file that was put there after the environment is no script of it. */
function isReplaced(state: StageState, program: string, root: string): boolean {
  const [own, folder] = [currentEntry(state, program), currentEntry(state, root)];
  return own !== null && own.kind !== 'absent' && own.order > (folder?.order ?? Infinity);
}
