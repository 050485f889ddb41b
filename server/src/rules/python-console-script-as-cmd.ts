import type { Evidence } from '../fact.js';
import { basedOn, lineage } from '../interpret/bases.js';
import { isOwnScript } from '../interpret/own-script.js';
import { placedAt } from '../interpret/placements.js';
import { baseInterpreter, finalUse, type ProcessUse } from '../interpret/processes.js';
import { projectScript } from '../interpret/python/scripts.js';
import type { Analysis } from '../interpret/state.js';
import { exactFact, openFolder, resolvePath } from '../interpret/tree.js';
import { insert, replace } from '../text/edit.js';
import { defineRule, dockerfile } from './rule.js';

/** Console scripts with the module that `python -m` starts in their place. */
const modules: Readonly<Record<string, string>> = {
  alembic: 'alembic',
  celery: 'celery',
  daphne: 'daphne',
  'django-admin': 'django',
  fastapi: 'fastapi',
  flask: 'flask',
  gunicorn: 'gunicorn',
  hypercorn: 'hypercorn',
  jupyter: 'jupyter',
  pytest: 'pytest',
  streamlit: 'streamlit',
  uvicorn: 'uvicorn',
  'waitress-serve': 'waitress',
};

export default defineRule<ProcessUse>({
  meta: {
    id: 'python-console-script-as-cmd',
    summary: 'Console script as CMD of an image that starts python',
    category: 'start',
    severity: 'error',
    fix: 'review',
  },

  docs: {
    why:
      'Distroless and Chainguard images for Python start the interpreter themselves, which takes the first word of CMD ' +
      "for the path of a script: \"python3: can't open file '/app/gunicorn': [Errno 2] No such file or directory\". " +
      'Name the module behind "-m", and let PYTHONPATH show where its package is.',
    bad: dockerfile`
      FROM gcr.io/distroless/python3-debian13:nonroot
      WORKDIR /app
      COPY . .
      CMD ["gunicorn", "-b", "0.0.0.0:8000", "app:app"]
    `,
    good: dockerfile`
      FROM gcr.io/distroless/python3-debian13:nonroot
      WORKDIR /app
      COPY . .
      CMD ["-m", "gunicorn", "-b", "0.0.0.0:8000", "app:app"]
    `,
    references: [
      'https://github.com/GoogleContainerTools/distroless/blob/main/python3/README.md',
      'https://docs.python.org/3/using/cmdline.html#cmdoption-m',
      'https://github.com/alexdmoss/distroless-python/issues/9',
    ],
  },

  *check(analysis) {
    const use = finalUse(analysis, 'cmd');
    const interpreter = use && baseInterpreter(use);
    if (use?.body.form !== 'exec' || interpreter?.name !== 'python' || interpreter.options.length > 0) return;
    const [word = ''] = use.argv;
    const own = Object.hasOwn(modules, word) ? [] : scriptOf(analysis, use, word);
    if (!own || isOwnScript(use, interpreter, analysis.context)) return;
    yield {
      span: use.body.words[0]?.span ?? use.body.span,
      message: `The base image starts '${interpreter.path}', so it takes '${word}' for the script to run.`,
      because: [...own, ...basedOn(use.stage), ...use.at.entrypoint.because],
      data: use,
      // A package of that name beside the program may be runnable, where the packages lie in the working directory.
      severity: isFilledByStage(use) ? 'warning' : 'error',
    };
  },

  fix({ data: { body, argv } }) {
    const [word] = body.form === 'exec' ? body.words : [];
    const name = argv[0] ?? '';
    const module = Object.hasOwn(modules, name) ? modules[name] : undefined;
    if (!word || module === undefined) return [];
    const edit = module === name ? insert(word.span.start, '"-m", ') : replace(word.span, `"-m", "${module}"`);
    return [{ title: `Start the module '${module}'`, edits: [edit] }];
  },
});

/** Why the word is a console script of the project; null where it is not known to be one, or a file of that name is there. */
function scriptOf(analysis: Analysis, { at }: ProcessUse, word: string): readonly Evidence[] | null {
  const script = word.includes('/') ? null : projectScript(analysis, word);
  if (!script || !at.workdir.known) return null;
  const path = resolvePath(at.workdir.value, word);
  const file = exactFact(at, path);
  return (file.known && file.value) || placedAt(at, path, analysis.context) ? null : [script];
}

/** Whether the working directory holds files that came from another stage or image. */
function isFilledByStage({ at, stage }: ProcessUse): boolean {
  if (!at.workdir.known) return true;
  const folder = openFolder(at, resolvePath(at.workdir.value, 'x'));
  const places = folder?.because.flatMap((reason) => (reason.kind === 'instruction' ? [reason.span.start] : [])) ?? [];
  return lineage(stage)
    .flatMap(({ syntax }) => syntax.instructions)
    .some(({ kind, span, flags }) => {
      const isCopied = kind === 'copy' && flags.some(({ name }) => name === 'from');
      return (isCopied || kind === 'run') && places.some((place) => place >= span.start && place <= span.end);
    });
}
