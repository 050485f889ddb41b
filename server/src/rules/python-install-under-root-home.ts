import { ownInterpreterFolder } from '../fixes/uv-python-folder.js';
import type { Evidence } from '../fact.js';
import { finalStage } from '../interpret/processes.js';
import { environmentOf, type EnvironmentAt } from '../interpret/python/copied.js';
import { isWithin, type PythonPlace } from '../interpret/python/places.js';
import { isPrivate } from '../interpret/python/private.js';
import { hasPython, pythonHealthcheck, pythonStart, type PythonStart } from '../interpret/python/start.js';
import type { Stage } from '../interpret/state.js';
import { defineRule, dockerfile, type Report, type Severity } from './rule.js';

type Data = { readonly environment: EnvironmentAt | null };

export default defineRule<Data>({
  meta: {
    id: 'python-install-under-root-home',
    summary: 'Python or its packages left in the home directory of root',
    category: 'files',
    severity: 'error',
    fix: 'review',
  },

  docs: {
    why:
      'uv keeps the interpreters that it downloads in `~/.local/share/uv/python`, and an environment made with one is ' +
      'only a link to it. Where just the environment is copied the container ends with "exec: ' +
      '"/app/.venv/bin/python": stat /app/.venv/bin/python: no such file or directory". Copied along, or installed by ' +
      '`pip install --user`, it lies below /root, which nobody else may enter: another user gets "permission denied". ' +
      'Give uv a directory of its own with UV_PYTHON_INSTALL_DIR and copy that too, or install packages into an ' +
      'environment outside of /root. `pipx install` and `uv tool install` keep their environments there too: see ' +
      'PIPX_HOME, PIPX_BIN_DIR, UV_TOOL_DIR and UV_TOOL_BIN_DIR. Packages that the start does not name are reported as ' +
      'a warning.',
    bad: dockerfile`
      FROM debian:trixie-slim AS build
      COPY --from=ghcr.io/astral-sh/uv:0.9 /uv /usr/local/bin/uv
      WORKDIR /app
      COPY pyproject.toml uv.lock app.py ./
      RUN uv sync --locked --managed-python

      FROM gcr.io/distroless/cc-debian13:nonroot
      COPY --from=build /app /app
      CMD ["/app/.venv/bin/python", "/app/app.py"]
    `,
    good: dockerfile`
      FROM debian:trixie-slim AS build
      COPY --from=ghcr.io/astral-sh/uv:0.9 /uv /usr/local/bin/uv
      ENV UV_PYTHON_INSTALL_DIR=/python
      WORKDIR /app
      COPY pyproject.toml uv.lock app.py ./
      RUN uv sync --locked --managed-python

      FROM gcr.io/distroless/cc-debian13:nonroot
      COPY --from=build /python /python
      COPY --from=build /app /app
      CMD ["/app/.venv/bin/python", "/app/app.py"]
    `,
    references: [
      'https://docs.astral.sh/uv/reference/storage/#python-versions',
      'https://github.com/astral-sh/uv/issues/7758',
      'https://github.com/astral-sh/uv-docker-example/blob/main/standalone.Dockerfile',
    ],
  },

  *check(analysis) {
    const stage = finalStage(analysis);
    if (!stage) return;
    const starts = [pythonStart(stage), pythonHealthcheck(stage)].filter((one) => one !== null);
    const told = new Set<number>();
    for (const [path, place] of stage.end.python.entries()) {
      const report =
        place.kind === 'environment'
          ? linkReport(stage, { root: path, place }, starts)
          : privateReport(stage, { path, place, starts });
      if (!report || told.has(report.span.start)) continue;
      told.add(report.span.start);
      yield report;
    }
  },

  fix: ({ data: { environment }, span }, analysis) =>
    environment ? ownInterpreterFolder(analysis, { environment, copy: span }) : [],
});

/** An environment whose interpreter uv downloaded: it is not in the image, or out of reach. */
function linkReport(stage: Stage, environment: EnvironmentAt, starts: readonly PythonStart[]): Report<Data> | null {
  const { root, place } = environment;
  const { folder, isManaged } = place.python;
  const placed = place.because[0];
  if (!isManaged || folder === null || placed?.kind !== 'instruction') return null;
  if (!starts.some((start) => start.environment?.root === root)) return null;
  const isThere = hasPython(stage.end, place.python);
  const link = `'${root}/bin/python' is a link into '${folder}'`;
  const because = [...place.because, ...place.python.because];
  if (isThere === false) {
    const message = `${link}, where uv keeps its interpreter, and this image does not have it.`;
    return { span: placed.span, message, because, data: { environment } };
  }
  if (isThere === null || !isPrivate(stage, folder)) return null;
  const message = `${link}, which only root may enter, and this image runs as another user.`;
  return { span: placed.span, message, because: [...because, ...stage.end.user.because], data: { environment: null } };
}

type Lying = { readonly path: string; readonly place: PythonPlace; readonly starts: readonly PythonStart[] };

/** Packages below /root in an image that runs as somebody else. */
function privateReport(stage: Stage, { path, place, starts }: Lying): Report<Data> | null {
  const placed = place.because[0];
  if (place.kind !== 'packages' || placed?.kind !== 'instruction' || !isPrivate(stage, path)) return null;
  const isStarted = starts.some(({ program }) => isWithin(program, '/root'));
  const environment = environmentOf(stage.end, path);
  // An application may be there for the build only.
  if (environment?.place.isApplication && !starts.some((one) => one.environment?.root === environment.root))
    return null;
  const severity: Severity = isStarted ? 'error' : 'warning';
  const message = `The packages in '${path}' cannot be read: only root may enter '/root', and this image runs as another user.`;
  const because: Evidence[] = [...place.because, ...stage.end.user.because];
  return { span: placed.span, message, because, data: { environment: null }, severity };
}
