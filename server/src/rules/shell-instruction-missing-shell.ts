import { byInstruction, knownAbsent } from '../fact.js';
import { basedOn } from '../interpret/bases.js';
import { programFact } from '../interpret/query.js';
import type { Stage, Step } from '../interpret/state.js';
import { execForm } from '../fixes/exec-form.js';
import { replace } from '../text/edit.js';
import type { Shell } from '../syntax/model.js';
import { shellCause } from './causes.js';
import { defineRule, dockerfile, type Fix } from './rule.js';

type Data = { readonly shell: Shell; readonly use: Step };

export default defineRule<Data>({
  meta: {
    id: 'shell-instruction-missing-shell',
    summary: 'SHELL names a shell that the stage does not have',
    category: 'build',
    severity: 'error',
    fix: 'review',
  },

  docs: {
    why:
      'SHELL changes what shell-form instructions run through; it installs nothing. The next shell-form RUN ends the ' +
      'build with "exec: "/bin/bash": stat /bin/bash: no such file or directory". Alpine has BusyBox ash, which knows ' +
      '`-o pipefail` too; otherwise install the shell in a RUN before SHELL.',
    bad: dockerfile`
      FROM alpine:3.24
      SHELL ["/bin/bash", "-o", "pipefail", "-c"]
      RUN wget -qO- https://example.com/list | sort > /list
      USER 65532:65532
    `,
    good: dockerfile`
      FROM alpine:3.24
      SHELL ["/bin/ash", "-o", "pipefail", "-c"]
      RUN wget -qO- https://example.com/list | sort > /list
      USER 65532:65532
    `,
    references: [
      'https://docs.docker.com/reference/dockerfile/#shell',
      'https://github.com/docker-library/openjdk/issues/373',
    ],
  },

  *check({ stages }) {
    for (const stage of stages) yield* reports(stage);
  },

  fix: ({ data }) => [...useAsh(data)],
});

function* reports(stage: Stage) {
  for (const [index, { instruction }] of stage.steps.entries()) {
    if (instruction.kind !== 'shell' || instruction.isOnbuild || instruction.body?.form !== 'exec') continue;
    const use = nextUse(stage, index);
    const [program] = instruction.body.words;
    if (!use || !program) continue;
    const found = programFact(use.inside, program.value);
    if (!knownAbsent(found)) continue;
    yield {
      span: program.span,
      message: `SHELL names '${program.value}', which this stage does not have, so the next shell-form RUN fails.`,
      because: [
        byInstruction(use.instruction.keyword.span, 'The first RUN that would use it.'),
        ...basedOn(stage),
        ...found.because,
      ],
      data: { shell: instruction, use },
      cause: shellCause(instruction.span.start),
    };
  }
}

/** The first shell-form RUN that this SHELL applies to. */
function nextUse({ steps }: Stage, from: number): Step | undefined {
  for (const step of steps.slice(from + 1)) {
    if (step.instruction.kind === 'shell') return undefined;
    if (step.instruction.kind === 'run' && !step.instruction.isOnbuild && step.instruction.body?.form === 'shell')
      return step;
  }
  return undefined;
}

/** BusyBox ash takes the same options and is in every Alpine image; the rest of the script must be plain sh. */
function* useAsh({ shell, use }: Data): Iterable<Fix> {
  if (shell.body?.form !== 'exec') return;
  const [program, ...options] = shell.body.words.map((word) => word.value);
  const ash = programFact(use.inside, '/bin/ash');
  const fits = options.every((option) => /^-[ceuxlo]+$|^pipefail$/.test(option));
  if (!program?.endsWith('bash') || !fits || !ash.known || ash.value === null) return;
  const [first] = shell.body.words;
  if (first) yield { title: 'Use BusyBox ash', edits: [replace(first.span, execForm(['/bin/ash']).slice(1, -1))] };
}
