import { rootStage } from '../interpret/bases.js';
import { usesByText, type ImageUse } from '../interpret/image-uses.js';
import { finalStage } from '../interpret/processes.js';
import { runtimeEnd, type RuntimeEnd } from '../interpret/runtime-end.js';
import type { ImageFacts } from '../catalog/model.js';
import { losesCommand } from '../fixes/newer-base.js';
import { asTemurin, withNewerRuntime } from '../fixes/newer-runtime.js';
import type { Evidence } from '../fact.js';
import { replace } from '../text/edit.js';
import { defineRule, dockerfile } from './rule.js';

type Data = { readonly uses: readonly ImageUse[]; readonly end: RuntimeEnd };

export default defineRule<Data>({
  meta: {
    id: 'eol-language-runtime',
    summary: 'Language runtime without security support',
    category: 'base',
    severity: 'warning',
    fix: 'review',
  },

  docs: {
    why:
      'A runtime beyond its end of life gets no security fixes from its makers, and its image is no longer rebuilt when ' +
      'the distribution below it is mended. The last odd releases of Node.js live for some months only, Go supports the ' +
      'two newest versions, and the openjdk image was given up in favour of eclipse-temurin and others. In a stage that ' +
      'only builds it is information. Where a distribution mends the runtime itself, nothing is said.',
    bad: dockerfile`
      FROM python:3.9-slim
      COPY app.py /app.py
      USER 65532:65532
      CMD ["python", "/app.py"]
    `,
    good: dockerfile`
      FROM python:3.14-slim
      COPY app.py /app.py
      USER 65532:65532
      CMD ["python", "/app.py"]
    `,
    references: [
      'https://endoflife.date/nodejs',
      'https://endoflife.date/python',
      'https://endoflife.date/dotnet',
      'https://hub.docker.com/_/openjdk',
    ],
  },

  *check(analysis) {
    const final = finalStage(analysis);
    const shipped = final && rootStage(final);
    for (const uses of usesByText(analysis)) {
      const own = uses.find(({ stage }) => stage !== null && stage === shipped);
      const use = own ?? uses[0];
      const end = use?.facts ? runtimeEnd(use.facts, analysis.today) : null;
      if (!use || !end) continue;
      yield {
        span: use.span,
        message: wording(use, end),
        because: reasons(use, end),
        data: { uses, end },
        severity: own ? 'warning' : 'information',
      };
    }
  },

  fix({ data: { uses, end } }, { catalog, today, stages }) {
    const [use] = uses;
    if (!use?.facts) return [];
    const { reference, facts } = use;
    const own = uses.map(({ stage }) => stage);
    const built = stages.filter((stage) => own.includes(rootStage(stage)));
    const asked = {
      catalog,
      today,
      fits: (to: ImageFacts) => !built.some((stage) => losesCommand(stage, { from: facts, to })),
    };
    const text = end.kind === 'image' ? asTemurin(reference, asked) : withNewerRuntime(reference, facts, asked);
    return text ? [{ title: `Use '${text}'`, edits: uses.map(({ span }) => replace(span, text)) }] : [];
  },
});

function wording({ reference, facts }: ImageUse, end: RuntimeEnd): string {
  if (end.kind === 'image')
    return `'${reference.text}' gets no more updates, since the image '${facts?.name ?? ''}' is deprecated.`;
  const { product, cycle, eol } = end.cycle;
  return `'${reference.text}' is ${product} ${cycle}, which has had no security support${eol ? ` since ${eol}` : ''}.`;
}

function reasons({ reference, facts }: ImageUse, end: RuntimeEnd): readonly Evidence[] {
  const own = facts?.runtime.because ?? [];
  if (end.kind === 'image') return own;
  const { source, read, product, cycle } = end.cycle;
  const note = `${product} ${cycle} is beyond its end of life.`;
  return [...own, { kind: 'catalog', image: reference.text, source, date: read, note }];
}
