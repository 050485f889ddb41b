import { builtHere } from '../fixes/cgo.js';
import { installPackages } from '../fixes/install-package.js';
import { byInstruction } from '../fact.js';
import { missingForProgram, missingForTrees, type MissingLibrary } from '../interpret/linked-libraries.js';
import { placedPrograms } from '../interpret/placed.js';
import { finalStage } from '../interpret/processes.js';
import type { Stage } from '../interpret/state.js';
import { defineRule, dockerfile, type Report } from './rule.js';

type Data = { readonly stage: Stage; readonly packages: string };

export default defineRule<Data>({
  meta: {
    id: 'runtime-shared-library-missing',
    summary: 'Built with a library that the image was not given',
    category: 'libc',
    severity: 'warning',
    fix: 'review',
  },

  docs: {
    why:
      'The headers in libpq-dev serve the build; what it makes loads libpq.so.5 whenever it runs. Where only the result ' +
      'is copied into the image, it ends with "error while loading shared libraries", or "ImportError: libpq.so.5: cannot ' +
      'open shared object file: No such file or directory" in Python. Install the package of the library itself ' +
      '(libpq5), link it statically, or use a package that brings it (psycopg2-binary). Reported where headers were ' +
      'installed for the build and neither base image, packages nor copies of the image bring the library; a warning, ' +
      'since headers may be installed without use.',
    bad: dockerfile`
      FROM python:3.13-slim AS build
      RUN apt-get update && apt-get install -y --no-install-recommends gcc libpq-dev
      RUN pip install --target=/deps psycopg2

      FROM python:3.13-slim
      COPY --from=build /deps /usr/local/lib/python3.13/site-packages
      COPY app.py /app.py
      USER 65532:65532
      CMD ["python", "/app.py"]
    `,
    good: dockerfile`
      FROM python:3.13-slim AS build
      RUN apt-get update && apt-get install -y --no-install-recommends gcc libpq-dev
      RUN pip install --target=/deps psycopg2

      FROM python:3.13-slim
      RUN apt-get update && apt-get install -y --no-install-recommends libpq5 && rm -rf /var/lib/apt/lists/*
      COPY --from=build /deps /usr/local/lib/python3.13/site-packages
      COPY app.py /app.py
      USER 65532:65532
      CMD ["python", "/app.py"]
    `,
    references: [
      'https://www.psycopg.org/docs/install.html',
      'https://github.com/psycopg/psycopg2/issues/1254',
      'https://github.com/GoogleContainerTools/distroless/issues/1887',
    ],
  },

  *check(analysis) {
    const stage = finalStage(analysis);
    if (!stage) return;
    for (const program of placedPrograms(stage)) {
      const missing = missingForProgram(program, stage, analysis);
      const built = builtHere(program);
      if (missing.length > 0) yield report({ span: program.placedBy, path: program.path, stage, missing, built });
    }
    for (const { placedBy, path, missing } of missingForTrees(stage, analysis)) {
      const built = [byInstruction(placedBy, `What was compiled there is copied to this image.`)];
      yield report({ span: placedBy, path, stage, missing, built });
    }
  },

  fix: ({ data: { stage, packages } }, { file }) => installPackages(stage, packages, file.text),
});

type Found = Pick<Report, 'span'> & {
  readonly path: string;
  readonly stage: Stage;
  readonly missing: readonly MissingLibrary[];
  readonly built: Report['because'];
};

function report({ span, path, stage, missing, built }: Found): Report<Data> {
  const headers = listed(missing.map((one) => one.headers));
  const packages = missing.flatMap((one) => one.packages.split(' '));
  return {
    span,
    message: `'${path}' is built with ${headers}, and this image has no ${packages.join(' or ')} to load.`,
    because: [...built, ...missing.flatMap((one) => one.because)],
    data: { stage, packages: packages.join(' ') },
  };
}

function listed(names: readonly string[]): string {
  return names.map((name) => `'${name}'`).join(' and ');
}
