import { basedOn } from '../interpret/bases.js';
import { pipInstall, refusedInstall, type RefusedInstall } from '../interpret/managed-python.js';
import type { Step } from '../interpret/state.js';
import { insert, newlineOf, replace } from '../text/edit.js';
import { defineRule, dockerfile, type Fix } from './rule.js';

type Data = { readonly step: Step; readonly refused: RefusedInstall };

const environment = '/opt/venv';

export default defineRule<Data>({
  meta: {
    id: 'pip-externally-managed',
    summary: 'pip install into the Python of the distribution',
    category: 'build',
    severity: 'error',
    fix: 'review',
  },

  docs: {
    why:
      'Since Alpine 3.19, Debian 12 and Ubuntu 23.04 the packaged Python belongs to the package manager, and pip refuses ' +
      'to install into it: "error: externally-managed-environment". It often comes up when a floating tag moves to a ' +
      'newer release. Install into a virtual environment and put its bin first on PATH, take the package of the ' +
      'distribution, or use a python image, whose Python is its own.',
    bad: dockerfile`
      FROM node:24-alpine
      RUN apk add --no-cache py3-pip && pip3 install awscli
      USER 1000:1000
      CMD ["node", "server.js"]
    `,
    good: dockerfile`
      FROM node:24-alpine
      RUN apk add --no-cache py3-pip && python3 -m venv /opt/venv && /opt/venv/bin/pip install awscli
      ENV PATH="/opt/venv/bin:$PATH"
      USER 1000:1000
      CMD ["node", "server.js"]
    `,
    references: [
      'https://peps.python.org/pep-0668/',
      'https://packaging.python.org/en/latest/specifications/externally-managed-environments/',
      'https://github.com/alpinelinux/docker-alpine/issues/361',
    ],
  },

  *check({ stages }) {
    for (const stage of stages) {
      for (const step of stage.steps) {
        if (step.instruction.kind !== 'run') continue;
        const refused = refusedInstall(stage, step);
        if (!refused) continue;
        const { command, install, distribution, because } = refused;
        const [first, last] = [command.wordSpans[0], command.wordSpans[install]];
        yield {
          span: first && last ? { start: first.start, end: last.end } : command.command.span,
          message: `pip refuses to install here, since ${distribution} manages its Python itself.`,
          because: [...basedOn(stage), ...because],
          data: { step, refused },
        };
        // The build ends here.
        break;
      }
    }
  },

  fix({ data: { step, refused } }, { file }) {
    const after = refused.command.wordSpans[refused.install];
    if (!after || step.instruction.kind !== 'run' || step.instruction.body?.form !== 'shell') return [];
    const edits = step.commands.flatMap(({ words, wordSpans }) => {
      const index = pipInstall(words);
      const span = index === null ? undefined : wordSpans[index];
      return span ? [insert(span.end, ' --break-system-packages')] : [];
    });
    return [...inEnvironment(step, refused, file.text), { title: 'Install into the system all the same', edits }];
  },
});

/** The environment is made before the first install and put on PATH after the RUN. */
function inEnvironment(step: Step, { command, bringer }: RefusedInstall, text: string): Fix[] {
  const { span } = step.instruction;
  const newline = newlineOf(text);
  const { packages } = command.before;
  const hasVenv = bringer.manager !== 'apt' || ['python3-venv', 'python3-full'].some((name) => packages.get(name));
  const programs = step.commands.flatMap(({ words, wordSpans }) => {
    const install = pipInstall(words);
    const [first, last] = [wordSpans[0], install === null ? undefined : wordSpans[install - 1]];
    return first && last && install !== null ? [{ start: first.start, end: last.end }] : [];
  });
  const edits = programs.map((each, index) =>
    replace(each, `${index === 0 ? `python3 -m venv ${environment} && ` : ''}${environment}/bin/pip`),
  );
  return [
    {
      title: 'Install into a virtual environment',
      edits: [
        ...(hasVenv ? [] : [insert(bringer.span.end, ' python3-venv')]),
        ...edits,
        insert(span.end, `${newline}ENV PATH="${environment}/bin:$PATH"`),
      ],
    },
  ];
}
