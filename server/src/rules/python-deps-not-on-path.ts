import { searchedByPython } from '../fixes/python-path.js';
import { byInstruction } from '../fact.js';
import { lineage } from '../interpret/bases.js';
import { finalStage } from '../interpret/processes.js';
import { copiedPackages, needsPackages, type CopiedPackages, type EnvironmentAt } from '../interpret/python/copied.js';
import { placedAt, textOf } from '../interpret/placements.js';
import { isWithin } from '../interpret/python/places.js';
import { isPrivate } from '../interpret/python/private.js';
import { isSearched, runningPython, type Running } from '../interpret/python/search.js';
import { hasPython, pythonStart, type PythonStart } from '../interpret/python/start.js';
import { parentOf, searchPath } from '../interpret/query.js';
import type { Analysis, Stage } from '../interpret/state.js';
import { resolvePath } from '../interpret/tree.js';
import { defineRule, dockerfile } from './rule.js';

type Data = { readonly packages: CopiedPackages; readonly stage: Stage };

export default defineRule<Data>({
  meta: {
    id: 'python-deps-not-on-path',
    summary: 'Packages in a directory that Python does not search',
    category: 'files',
    severity: 'error',
    fix: 'review',
  },

  docs: {
    why:
      'An interpreter looks for packages in its own directories and in those that PYTHONPATH names. The one of the ' +
      'official images has /usr/local/lib/python3.13/site-packages; that of Debian and distroless has `dist-packages` ' +
      'instead, and knows nothing of a virtual environment that it was not started from. The container ends with ' +
      '"No module named gunicorn" where -m names the package, and with "ModuleNotFoundError: No module named ' +
      "'flask'\" where the program imports it. Name the directory in PYTHONPATH, or start the interpreter of " +
      'the environment. Where the start does not name a package it is reported as a warning: the program may extend ' +
      'the search path itself.',
    bad: dockerfile`
      FROM python:3.13-slim-trixie AS build
      COPY requirements.txt .
      RUN pip install -r requirements.txt

      FROM gcr.io/distroless/python3-debian13:nonroot
      COPY --from=build /usr/local/lib/python3.13/site-packages /usr/local/lib/python3.13/site-packages
      COPY app.py /app/
      WORKDIR /app
      CMD ["-m", "gunicorn", "app:app"]
    `,
    good: dockerfile`
      FROM python:3.13-slim-trixie AS build
      COPY requirements.txt .
      RUN pip install --target=/deps -r requirements.txt

      FROM gcr.io/distroless/python3-debian13:nonroot
      COPY --from=build /deps /deps
      ENV PYTHONPATH=/deps
      COPY app.py /app/
      WORKDIR /app
      CMD ["-m", "gunicorn", "app:app"]
    `,
    references: [
      'https://docs.python.org/3/library/sys_path_init.html',
      'https://wiki.debian.org/Python#Deviations_from_upstream',
      'https://github.com/GoogleContainerTools/distroless/issues/1543',
    ],
  },

  *check(analysis) {
    const stage = finalStage(analysis);
    const start = stage && pythonStart(stage);
    const run = stage && start && runningPython(stage.end, start);
    if (!stage || !start || !run || run.version === null) return;
    const isFound = isSearched(stage.end, run, start);
    if (hasOwnPackages(stage, isFound) || extendsPath(stage, start, analysis)) return;
    const told = new Set<number>();
    for (const packages of copiedPackages(stage)) {
      const { folder, place, placedBy, environment } = packages;
      if (place.python.version !== run.version || isFound(folder) !== false || told.has(placedBy.start)) continue;
      if (isPrivate(stage, folder) || (environment && isOfOther(stage, environment))) continue;
      told.add(placedBy.start);
      const isCertain =
        isUntouched(stage, folder) && !run.python.isRolling && needsPackages(start, besideScript(start, folder));
      const { instruction } = start.process;
      yield {
        span: placedBy,
        message: `${nameOf(run)} does not look for packages in '${folder}'.`,
        because: [
          ...packages.because,
          ...(instruction ? [byInstruction(instruction.span, `Starts '${start.program}'.`)] : []),
          ...run.python.because,
        ],
        data: { packages, stage },
        severity: isCertain ? 'error' : 'warning',
      };
    }
  },

  fix: ({ data: { packages, stage } }, analysis) => searchedByPython(analysis, packages, stage),
});

/** The script that is started says itself where else packages are. */
function extendsPath({ end }: Stage, { interpreter, words }: PythonStart, { context }: Analysis): boolean {
  const script = words.find((word) => !word.startsWith('-'));
  if (!interpreter || script === undefined || words.includes('-m') || !end.workdir.known) return false;
  const placed = placedAt(end, resolvePath(end.workdir.value, script), context);
  return placed !== null && /\b(sys\.path|addsitedir)\b/.test(textOf(placed));
}

/** The directory that holds the packages and, in `bin`, the script that is started. */
function besideScript({ program }: PythonStart, folder: string): string | null {
  const root = parentOf(parentOf(program));
  return root !== '/' && isWithin(folder, root) ? root : null;
}

/**
 * False where a command of the stage names the packages, or a folder that Python looks into: it may put them, a link or a
 * .pth file there.
 */
function isUntouched(stage: Stage, folder: string): boolean {
  const commands = lineage(stage).flatMap(({ steps }) => steps.flatMap((step) => step.commands));
  const isUsed = commands.some(({ command, words }) => {
    const isPlain = /^(ch(own|mod|grp)|ls|rm|mkdir|test|\[|du|cd)$/.test(words[0] ?? '');
    return !isPlain && command.words.some(({ raw }) => `${raw}/`.includes(`${folder}/`) || searched.test(raw));
  });
  return stage.end.blur === null && !isUsed;
}

const searched = /(site|dist)-packages|\.pth$/;

/** On PATH, with a link that leads nowhere: that is why the environment is not used. Or that of an application. */
function isOfOther({ end }: Stage, { root, place }: EnvironmentAt): boolean {
  if (place.isApplication) return true;
  return hasPython(end, place.python) === false && searchPath(end)?.includes(`${root}/bin`) === true;
}

/** Packages that are found: what else was copied may serve another purpose. */
function hasOwnPackages({ end }: Stage, isFound: (folder: string) => boolean | null): boolean {
  return [...end.python.entries()].some(([folder, { kind }]) => kind === 'packages' && isFound(folder) !== false);
}

function nameOf({ python, root }: Running): string {
  if (root !== null) return `The environment '${root}'`;
  return python.path === null ? 'The interpreter' : `'${python.path}'`;
}
