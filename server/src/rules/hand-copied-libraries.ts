import { byInstruction, knownAbsent, type Evidence } from '../fact.js';
import { flagOf } from '../fixes/copy-flags.js';
import { basedOn } from '../interpret/bases.js';
import { finalStage } from '../interpret/processes.js';
import { resolvePath, shellPath } from '../interpret/query.js';
import type { Analysis, Stage } from '../interpret/state.js';
import { baseName, currentEntry } from '../interpret/tree.js';
import type { Word } from '../syntax/model.js';
import { defineRule, dockerfile } from './rule.js';

export default defineRule<null>({
  meta: {
    id: 'hand-copied-libraries',
    summary: 'Shared libraries of a distribution are copied file by file',
    category: 'files',
    severity: 'warning',
    fix: 'none',
  },

  docs: {
    why:
      'A library that is copied alone brings neither the libraries it needs itself nor its entry in the package ' +
      'database: the program may end with "error while loading shared libraries: libY.so: cannot open shared object ' +
      'file", and scanners do not see the file at all. A base that has the library, or the records of the package next ' +
      'to it (/var/lib/dpkg/status.d), keeps both. It is information, but as a warning it is told where the C library ' +
      'or its loader replaces that of the image: the two must be of one version.',
    bad: dockerfile`
      FROM debian:trixie AS build
      RUN apt-get update && apt-get install -y --no-install-recommends libpq5 && rm -rf /var/lib/apt/lists/*

      FROM gcr.io/distroless/base-debian13:nonroot
      COPY --from=build /usr/lib/*-linux-gnu/libc.so.6 /usr/lib/
      COPY app /app
      ENTRYPOINT ["/app"]
    `,
    good: dockerfile`
      FROM gcr.io/distroless/cc-debian13:nonroot
      COPY app /app
      ENTRYPOINT ["/app"]
    `,
    references: [
      'https://github.com/GoogleContainerTools/distroless/blob/main/PACKAGE_METADATA.md',
      'https://github.com/aquasecurity/trivy/issues/1525',
    ],
  },

  *check(analysis) {
    const stage = finalStage(analysis);
    if (!stage || !knownAbsent(shellPath(stage.start)) || keepsRecords(stage)) return;
    const words = libraries(stage, analysis);
    const core = replacesLibc(stage) ? words.find(({ text }) => coreLibrary.test(baseName(text))) : undefined;
    const word = core ?? words[0];
    if (!word) return;
    yield {
      span: word.span,
      message: core
        ? `'${baseName(core.text)}' of another image replaces that of this one, whose other parts it may not fit.`
        : `'${baseName(word.text)}' is copied without its package: what it needs may be missing, and scanners do not see it.`,
      because: [...basedOn(stage), ...others(words, word)],
      data: null,
      severity: core ? 'warning' : 'information',
    };
  },
});

const coreLibrary =
  /^(libc\.so\.6|libc-\d[\d.]*\.so|ld-linux[\w-]*\.so\.\d|ld-\d[\d.]*\.so|libc\.musl-\w+\.so\.1|ld-musl-\w+\.so\.1)$/;

function others(words: readonly Word[], first: Word): Evidence[] {
  return words
    .filter((word) => word !== first)
    .slice(0, 5)
    .map(({ span, text }) => byInstruction(span, `So is '${baseName(text)}'.`));
}

/** Library files with a version that came to the other stage with its image or a package, not those that it built or put there. */
function libraries(stage: Stage, { sources }: Analysis): Word[] {
  return stage.steps.flatMap(({ instruction }) => {
    if (instruction.kind !== 'copy' || instruction.isOnbuild) return [];
    const from = flagOf(instruction, 'from');
    const source = from && sources.get(from.valueSpan.start);
    if (!source || source.kind === 'context') return [];
    return instruction.sources.filter(({ value }) => {
      const path = resolvePath('/', value);
      if (!/^\/(usr\/)?lib(64)?\/([^/]+-linux-[^/]+\/)?[^/]*\.so(\.[\d*.]+|\*)$/.test(path)) return false;
      return source.kind === 'image' || currentEntry(source.stage.end, path) === null;
    });
  });
}

function replacesLibc({ start }: Stage): boolean {
  return start.libc.known && start.libc.value.kind !== 'none';
}

/** The records of the packages are copied as well. */
function keepsRecords({ steps }: Stage): boolean {
  return steps.some(
    ({ instruction: one }) =>
      one.kind === 'copy' && one.sources.some(({ text }) => /\/var\/lib\/dpkg|\/lib\/apk\/db/.test(text)),
  );
}
