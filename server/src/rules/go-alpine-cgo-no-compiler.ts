import { installPackages } from '../fixes/install-package.js';
import { basedOn } from '../interpret/bases.js';
import { compilerGap, type CompilerGap } from '../interpret/go-compiler.js';
import type { CommandStep, Stage } from '../interpret/state.js';
import { insert } from '../text/edit.js';
import { defineRule, dockerfile } from './rule.js';

type Data = { readonly stage: Stage; readonly gap: CompilerGap };

export default defineRule<Data>({
  meta: {
    id: 'go-alpine-cgo-no-compiler',
    summary: 'cgo is asked for where there is no C compiler',
    category: 'build',
    severity: 'error',
    fix: 'review',
  },

  docs: {
    why:
      'The Alpine variant of the Go image has no C compiler, and the package gcc brings no C headers: those are in ' +
      'musl-dev. A build with cgo on ends with "cgo: C compiler "gcc" not found: exec: "gcc": executable file not found ' +
      'in $PATH" or "fatal error: stdlib.h: No such file or directory", and the race detector with "-race requires cgo". ' +
      'Install gcc and musl-dev, or leave cgo off. Reported as an error for the race detector, which always needs cgo; ' +
      'as a warning otherwise, since a program without the packages net and os/user and without C code builds all the ' +
      'same. With a compiler in the stage, other builds there use cgo as well unless CGO_ENABLED=0 is set.',
    bad: dockerfile`
      FROM golang:1.26-alpine
      WORKDIR /src
      COPY . .
      RUN go test -race ./...
    `,
    good: dockerfile`
      FROM golang:1.26-alpine
      RUN apk add --no-cache gcc musl-dev
      WORKDIR /src
      COPY . .
      RUN go test -race ./...
    `,
    references: [
      'https://github.com/docker-library/golang/issues/86',
      'https://go.dev/doc/go1.20#cgo',
      'https://go.dev/doc/articles/race_detector#Requirements',
    ],
  },

  *check({ stages }) {
    for (const stage of stages) {
      const commands = stage.steps.flatMap((step) => step.commands);
      const found = firstGap(commands);
      if (!found) continue;
      const { command, gap } = found;
      yield {
        span: command.command.span,
        message: wording(gap),
        because: [...gap.because, ...basedOn(stage)],
        data: { stage, gap },
        ...(gap.isCertain && command.command.always && command.command.decisive
          ? {}
          : { severity: 'warning' as const }),
      };
    }
  },

  fix({ data: { stage, gap } }, { file }) {
    if (gap.gcc) return [{ title: 'Install musl-dev too', edits: [insert(gap.gcc.end, ' musl-dev')] }];
    return gap.isAlpine ? installPackages(stage, 'gcc musl-dev', file.text) : [];
  },
});

/** All go commands of a stage fail for the same reason; the first one is where the build stops. */
function firstGap(commands: readonly CommandStep[]): { command: CommandStep; gap: CompilerGap } | null {
  for (const command of commands) {
    const gap = compilerGap(command);
    if (gap) return { command, gap };
  }
  return null;
}

function wording({ asks, gcc, action }: CompilerGap): string {
  const missing = gcc ? 'this stage has gcc but no C headers (musl-dev)' : 'this stage has no C compiler';
  return asks === 'race'
    ? `'go ${action} -race' needs cgo, and ${missing}.`
    : `'go ${action}' runs with cgo on, and ${missing}.`;
}
