import { knownAbsent } from '../fact.js';
import { basedOn } from '../interpret/bases.js';
import { programFact, shellPath } from '../interpret/query.js';
import type { Analysis, Stage } from '../interpret/state.js';
import type { CommandBody, Instruction } from '../syntax/model.js';
import { defineRule, dockerfile } from './rule.js';

export default defineRule({
  meta: {
    id: 'onbuild-needs-shell',
    summary: 'ONBUILD in shell form in an image without a shell',
    category: 'build',
    severity: 'warning',
    fix: 'none',
  },

  docs: {
    why:
      'The instruction behind ONBUILD runs in the build of whoever takes this image as a base, in its file system: there ' +
      'the shell form ends with "exec: "/bin/sh": stat /bin/sh: no such file or directory". Let others build in a stage ' +
      'of their own and copy the result, or use exec form with a program that the image has.',
    bad: dockerfile`
      FROM gcr.io/distroless/python3-debian13:nonroot
      ONBUILD COPY . /app
      ONBUILD RUN pip install -r /app/requirements.txt
    `,
    good: dockerfile`
      FROM gcr.io/distroless/python3-debian13:nonroot
      ONBUILD COPY . /app
    `,
    references: [
      'https://docs.docker.com/reference/dockerfile/#onbuild',
      'https://github.com/docker/for-win/issues/2563',
    ],
  },

  *check(analysis) {
    for (const stage of analysis.stages) {
      for (const { trigger, body } of shellTriggers(stage, analysis)) {
        const prefix = stage.end.shellPrefix;
        const shell = prefix.known ? programFact(stage.end, prefix.value[0] ?? '') : shellPath(stage.end);
        if (!prefix.known || !knownAbsent(shell)) break;
        yield {
          span: body.span,
          message: `'${prefix.value[0] ?? ''}' is not in this image, so ${trigger.keyword.text.toUpperCase()} fails in every image based on it.`,
          because: [...basedOn(stage), ...shell.because],
          data: null,
        };
        break;
      }
    }
  },
});

type Trigger = { readonly trigger: Instruction; readonly body: CommandBody };

/** In the order they run; none behind one that may bring a shell or choose another. */
function shellTriggers(stage: Stage, { stages }: Analysis): Trigger[] {
  if (!stage.steps.some(({ instruction }) => instruction.kind === 'onbuild')) return [];
  // A stage of this file that goes on from here has them as its own CMD, ENTRYPOINT and HEALTHCHECK.
  const isContinued = stages.some(({ base }) => base.kind === 'stage' && base.stage === stage);
  const found: Trigger[] = [];
  for (const { instruction } of stage.steps) {
    const trigger = instruction.kind === 'onbuild' ? instruction.instruction : null;
    if (!trigger) continue;
    if (trigger.kind === 'shell' || mayBringShell(trigger)) return found;
    const isRun = trigger.kind === 'run';
    if (!isRun && trigger.kind !== 'healthcheck' && trigger.kind !== 'cmd' && trigger.kind !== 'entrypoint') continue;
    if (trigger.body?.form === 'shell' && (isRun || !isContinued)) found.push({ trigger, body: trigger.body });
  }
  return found;
}

function mayBringShell(trigger: Instruction): boolean {
  if (trigger.kind !== 'copy' && trigger.kind !== 'add') return false;
  const target = trigger.destination?.value ?? '/';
  return /^\/?((usr\/)?(local\/)?s?bin(\/.*)?|usr\/?|busybox(\/.*)?)?$/.test(target) || target.includes('$');
}
