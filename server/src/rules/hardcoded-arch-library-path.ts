import { byInstruction } from '../fact.js';
import { flagOf } from '../fixes/copy-flags.js';
import { lineage } from '../interpret/bases.js';
import type { Analysis, Stage } from '../interpret/state.js';
import type { Word } from '../syntax/model.js';
import { defineRule, dockerfile } from './rule.js';

export default defineRule<null>({
  meta: {
    id: 'hardcoded-arch-library-path',
    summary: 'COPY names a path of one processor architecture',
    category: 'build',
    severity: 'warning',
    fix: 'none',
  },

  docs: {
    why:
      'Debian keeps libraries in a directory named after the architecture, and so is the dynamic loader. On another ' +
      'machine the path does not exist and the build stops: "failed to calculate checksum of ref: ' +
      '"/usr/lib/x86_64-linux-gnu/libz.so.1": not found". Copy with a pattern such as /usr/lib/*-linux-gnu, or gather ' +
      'the files in the build stage. It is a warning where the file shows that it is built for several platforms, else ' +
      'information; a stage with a fixed --platform is not reported.',
    bad: dockerfile`
      FROM debian:trixie AS build
      ARG TARGETARCH
      RUN apt-get update && apt-get install -y --no-install-recommends libpq5 && rm -rf /var/lib/apt/lists/*

      FROM debian:trixie-slim
      COPY --from=build /usr/lib/x86_64-linux-gnu/libpq.so.5 /usr/lib/x86_64-linux-gnu/
    `,
    good: dockerfile`
      FROM debian:trixie AS build
      ARG TARGETARCH
      RUN apt-get update && apt-get install -y --no-install-recommends libpq5 && rm -rf /var/lib/apt/lists/*

      FROM debian:trixie-slim
      COPY --from=build /usr/lib/*-linux-gnu/libpq.so.5 /usr/local/lib/
    `,
    references: [
      'https://wiki.debian.org/Multiarch/Tuples',
      'https://docs.docker.com/build/building/multi-platform/',
      'https://github.com/rotki/rotki/issues/12674',
    ],
  },

  *check(analysis) {
    const isMulti = /\b(TARGET|BUILD)(ARCH|PLATFORM|VARIANT)\b/.test(analysis.file.text);
    for (const stage of analysis.stages) {
      const words = fixedPaths(stage, analysis);
      const [first, ...more] = words;
      const name = first && nameIn(first.text);
      if (!first || !name) continue;
      yield {
        span: first.span,
        message: `'${name}' exists on ${architectureOf(name)} only, so the build stops on any other architecture.`,
        because: more.slice(0, 5).map(({ span, text }) => byInstruction(span, `So does '${text}'.`)),
        data: null,
        severity: isMulti ? 'warning' : 'information',
      };
    }
  },
});

/** Sources of COPY --from in a stage that is built for whatever platform is asked for. */
function fixedPaths(stage: Stage, { sources }: Analysis): Word[] {
  const paths = stage.steps.flatMap(({ instruction }) => {
    if (instruction.kind !== 'copy' || instruction.isOnbuild) return [];
    if (!instruction.sources.some(({ text }) => nameIn(text) !== null)) return [];
    const from = flagOf(instruction, 'from');
    const source = from && sources.get(from.valueSpan.start);
    if (!source || (source.kind === 'stage' && isFixed(source.stage))) return [];
    if (source.kind === 'image' && source.reference && /x86_64|amd64|aarch64|arm64/.test(source.reference.text))
      return [];
    return instruction.sources.filter(({ text }) => nameIn(text) !== null);
  });
  return paths.length > 0 && !isFixed(stage) ? paths : [];
}

/** --platform with a constant on the stage or the one it rests on, or an image that is of one architecture by its name. */
function isFixed(stage: Stage): boolean {
  return lineage(stage).some(({ syntax }) => {
    const { flags, image } = syntax.from;
    const platform = flags.find(({ name }) => name === 'platform')?.value;
    return (platform && !platform.includes('$')) || /x86_64|amd64|arm64|aarch64/.test(image?.text ?? '');
  });
}

/** The part of a path that only one architecture has; null for patterns, and for what a variable puts together. */
function nameIn(path: string): string | null {
  const name =
    /(x86_64|aarch64)-linux-(gnu|musl)|ld-linux-(x86-64|aarch64)\.so\.[0-9]|ld-musl-(x86_64|aarch64)\.so\.1/.exec(path);
  return name?.[0] ?? null;
}

function architectureOf(name: string): string {
  return /x86.64/.test(name) ? 'amd64' : 'arm64';
}
