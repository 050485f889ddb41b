import { installPackages } from '../fixes/install-package.js';
import { basedOn } from '../interpret/bases.js';
import { compilerGap, wrongLibrary, type CompilerGap, type WrongLibrary } from '../interpret/go-compiler.js';
import type { CommandStep, Stage } from '../interpret/state.js';
import { insert } from '../text/edit.js';
import { defineRule, dockerfile, type Fix, type Report } from './rule.js';

type Data = { readonly stage: Stage; readonly step: CommandStep; readonly gap: CompilerGap | null };

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
      'Install gcc and musl-dev, or leave cgo off. Reported as an error for the race detector, which always needs cgo, ' +
      'and where the sources show that the program imports net, os/user or C code; as a warning where they cannot be seen, ' +
      'since other programs build all the same. The Kafka client of Confluent is reported too: on Alpine it needs the ' +
      'build tag musl, else the linker ends with "undefined reference". With a compiler in the stage, other builds there use cgo as well unless CGO_ENABLED=0 is set.',
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
      if (found) yield report(stage, found.command, { ...found.gap, message: wording(found.gap), gap: found.gap });
      for (const step of commands) {
        const wrong = wrongLibrary(step);
        if (wrong) yield report(stage, step, { ...wrong, message: libraryWording(wrong), gap: null });
      }
    }
  },

  fix({ data: { stage, step, gap } }, { file }) {
    if (!gap) return withTag(step);
    if (gap.gcc) return [{ title: 'Install musl-dev too', edits: [insert(gap.gcc.end, ' musl-dev')] }];
    return gap.isAlpine ? installPackages(stage, 'gcc musl-dev', file.text) : [];
  },
});

type Found = Pick<CompilerGap, 'isCertain' | 'because'> & {
  readonly message: string;
  readonly gap: CompilerGap | null;
};

function report(stage: Stage, step: CommandStep, { message, because, isCertain, gap }: Found): Report<Data> {
  const { span, always, decisive } = step.command;
  const isError = isCertain && always && decisive;
  const data = { stage, step, gap };
  const whole = { span, message, because: [...because, ...basedOn(stage)], data };
  return isError ? whole : { ...whole, severity: 'warning' };
}

function withTag({ words, wordSpans }: CommandStep): Fix[] {
  const verb = wordSpans[1];
  if (!verb || words.some((word) => /^--?tags/.test(word ?? ''))) return [];
  return [{ title: 'Build with the tag musl', edits: [insert(verb.end, ' -tags musl')] }];
}

function libraryWording({ path, action }: WrongLibrary): string {
  return `'go ${action}' links '${path}' with a library for glibc, and this stage has musl: the build tag musl takes the other one.`;
}

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
