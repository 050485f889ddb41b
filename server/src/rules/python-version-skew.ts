import { pythonBuilder } from '../fixes/python-builder.js';
import { systemLink } from '../fixes/python-link.js';
import { finalStage } from '../interpret/processes.js';
import { copiedPackages, needsPackages, type CopiedPackages } from '../interpret/python/copied.js';
import { imagePythons } from '../interpret/python/image-pythons.js';
import { worksWith } from '../interpret/python/packages.js';
import type { Python } from '../interpret/python/places.js';
import { isSearched, runningPython } from '../interpret/python/search.js';
import { hasPython, mayHaveAlternative, pythonStart } from '../interpret/python/start.js';
import type { Analysis, Stage } from '../interpret/state.js';
import { defineRule, dockerfile, type Fix, type Severity } from './rule.js';

type Data = { readonly packages: CopiedPackages; readonly version: string };

export default defineRule<Data>({
  meta: {
    id: 'python-version-skew',
    summary: 'Packages installed for another Python than the image has',
    category: 'files',
    severity: 'error',
    fix: 'review',
  },

  docs: {
    why:
      'Python looks for packages in directories that carry its minor version (`lib/python3.13/site-packages`), and loads ' +
      'extension modules that were built for just that version. Packages installed with another one are not found ' +
      '("ModuleNotFoundError: No module named \'flask\'"), or found without their extension modules ("No module named ' +
      "'pydantic_core._pydantic_core'\"). Install them with the version that the image has. Where the start does not " +
      'name a package it is reported as a warning: pure Python packages on PYTHONPATH may still work, and where a lock ' +
      'file shows that all of them do, nothing is reported.',
    bad: dockerfile`
      FROM python:3.12-slim AS build
      COPY requirements.txt .
      RUN python -m venv /venv && /venv/bin/pip install -r requirements.txt

      FROM python:3.13-slim
      COPY --from=build /venv /venv
      COPY app.py /app/
      WORKDIR /app
      USER 65532:65532
      CMD ["/venv/bin/gunicorn", "app:app"]
    `,
    good: dockerfile`
      FROM python:3.13-slim AS build
      COPY requirements.txt .
      RUN python -m venv /venv && /venv/bin/pip install -r requirements.txt

      FROM python:3.13-slim
      COPY --from=build /venv /venv
      COPY app.py /app/
      WORKDIR /app
      USER 65532:65532
      CMD ["/venv/bin/gunicorn", "app:app"]
    `,
    references: [
      'https://github.com/GoogleContainerTools/distroless/blob/main/python3/README.md#compatibility',
      'https://github.com/GoogleContainerTools/distroless/issues/1543',
    ],
  },

  *check(analysis) {
    const stage = finalStage(analysis);
    if (!stage) return;
    const pythons = imagePythons(stage);
    const version = pythons?.[0]?.version ?? null;
    if (!pythons || version === null) return;
    const told = new Set<number>();
    for (const packages of copiedPackages(stage)) {
      const made = packages.place.python.version;
      if (made === null || pythons.some((python) => python.version === made)) continue;
      if (told.has(packages.placedBy.start) || isOpen(stage, packages)) continue;
      if (isFoundAnyway(stage, packages) && worksWith(packages.place, version, analysis.context)) continue;
      told.add(packages.placedBy.start);
      const what = packages.environment?.root ?? packages.folder;
      yield {
        span: packages.placedBy,
        message: `The packages in '${what}' are for Python ${made}, and this image has Python ${version}.`,
        because: [...packages.because, ...packages.place.python.because, ...(pythons[0]?.because ?? [])],
        data: { packages, version },
        severity: severityOf(stage, packages, pythons),
      };
    }
  },

  fix: ({ data: { packages, version } }, analysis: Analysis) => {
    const { stage, python } = packages.place;
    const builder = analysis.stages[stage];
    const from = python.version;
    if (!builder || from === null) return [];
    const fixes = pythonBuilder({ analysis, builder, from, to: version, copy: packages.placedBy });
    return fixes.flatMap((fix) => linkedHere(fix, packages, { analysis, version }));
  },
});

/** An environment also needs its interpreter at a path that the image has; without that the fix leads to the next error. */
function linkedHere(
  fix: Fix,
  { environment }: CopiedPackages,
  { analysis, version }: { readonly analysis: Analysis; readonly version: string },
): Fix[] {
  const stage = finalStage(analysis);
  if (!stage || !environment || hasPython(stage.end, environment.place.python) !== false) return [fix];
  const { place } = environment;
  const renewed = { ...environment, place: { ...place, python: { ...place.python, version } } };
  return systemLink(analysis, renewed, stage).map((link) => ({
    title: `${fix.title}, through /usr/bin/python`,
    edits: [...fix.edits, ...link.edits],
  }));
}

/** What uv downloaded is a matter of its own, and it may have taken another interpreter than the builder's. Without it in the image its environment leads nowhere. */
function isOpen({ end }: Stage, { place, environment }: CopiedPackages): boolean {
  if (place.python.isManaged) return true;
  return place.python.alternative !== null && (!environment || mayHaveAlternative(end, place.python));
}

/** In a directory that the interpreter looks into whatever its version, as PYTHONPATH makes it. */
function isFoundAnyway(stage: Stage, { folder }: CopiedPackages): boolean {
  const start = pythonStart(stage);
  const run = start && runningPython(stage.end, start);
  return start !== null && run !== null && isSearched(stage.end, run, start)(folder) === true;
}

/**
 * Certain where what the start names lies in a directory that the interpreter does not look into, or beside a link to an
 * interpreter that is not there.
 */
function severityOf(
  stage: Stage,
  { folder, environment, place }: CopiedPackages,
  pythons: readonly Python[],
): Severity {
  const start = pythonStart(stage);
  if (!start || stage.end.blur || place.python.alternative !== null || pythons.some(({ isRolling }) => isRolling))
    return 'warning';
  const own = environment && start.environment?.root === environment.root ? environment.place : null;
  if (own && !own.isCopy && hasPython(stage.end, own.python) === false) return 'error';
  const run = runningPython(stage.end, start);
  const isFound = run ? isSearched(stage.end, run, start)(folder) : null;
  return isFound === false && needsPackages(start, environment?.root ?? null) ? 'error' : 'warning';
}
