import { firstLineOf, isScriptText, readShebang, type Shebang } from '../context/script.js';
import { byFile, knownAbsent, type Evidence } from '../fact.js';
import { installPackages } from '../fixes/install-package.js';
import { basedOn } from '../interpret/bases.js';
import { textOf } from '../interpret/placements.js';
import { programFact, shellPath } from '../interpret/query.js';
import { missingInterpreter, startedFiles, type StartedFile } from '../interpret/start-scripts.js';
import type { Analysis, Stage, Step } from '../interpret/state.js';
import { baseName, currentEntry } from '../interpret/tree.js';
import { defineRule, dockerfile, type Report } from './rule.js';

type Data = { readonly started: StartedFile; readonly interpreter: string | null };

export default defineRule<Data>({
  meta: {
    id: 'script-entrypoint-no-interpreter',
    summary: 'A script whose interpreter is not in the image',
    category: 'start',
    severity: 'error',
    fix: 'review',
  },

  docs: {
    why:
      'The first line of a script names the program that runs it. Where that is missing, the kernel reports the script ' +
      'itself as missing: "exec /entrypoint.sh: no such file or directory", or "/bin/sh: /entrypoint.sh: not found" from ' +
      'a shell, although the file is there. Alpine has no bash, and distroless images have no shell at all. Without a ' +
      'first line of that kind the message is "exec format error". Write the script for /bin/sh, install the ' +
      'interpreter, or start the program without a script. A script that cannot be read is reported as a warning.',
    bad: dockerfile`
      FROM alpine:3.22
      COPY entrypoint.sh /entrypoint.sh
      ENTRYPOINT ["/entrypoint.sh"]
    `,
    good: dockerfile`
      FROM alpine:3.22
      RUN apk add --no-cache bash
      COPY entrypoint.sh /entrypoint.sh
      ENTRYPOINT ["/entrypoint.sh"]
    `,
    files: { 'entrypoint.sh': '#!/bin/bash\nexec httpd -f\n' },
    references: [
      'https://man7.org/linux/man-pages/man2/execve.2.html',
      'https://github.com/docker/cli/issues/3993',
      'https://github.com/GoogleContainerTools/distroless/issues/562',
    ],
  },

  *check(analysis) {
    for (const started of startedFiles(analysis)) {
      const report = started.placed ? reportOfText(started) : reportOfName(started);
      if (report) yield report;
    }
    yield* shellsOfRuns(analysis);
  },

  fix({ data: { started, interpreter } }, { file }) {
    const name = interpreter && baseName(interpreter);
    return name && Object.hasOwn(packages, name)
      ? installPackages(started.stage, packages[name] ?? name, file.text)
      : [];
  },
});

/** Packages of Alpine and Debian that bring an interpreter of their name. */
const packages: Readonly<Record<string, string>> = { bash: 'bash', zsh: 'zsh', perl: 'perl', python3: 'python3' };

function reportOfText(started: StartedFile): Report<Data> | null {
  const { placed, path } = started;
  if (!placed) return null;
  const text = textOf(placed);
  const shebang = readShebang(text);
  const severity = placed.isSure ? 'error' : 'warning';
  if (!shebang) return started.isDirect && isScriptText({ text }) ? withoutFirstLine(started, severity) : null;
  // A line that ends in a carriage return has a rule of its own.
  if (shebang.endsInCarriageReturn && !shebang.forgivesReturn) return null;
  const missing = missingInterpreter(started, shebang);
  if (!missing) return null;
  return {
    span: started.span,
    message: `'${path}' is a script for '${missing.program}', which is not in this ${placeName(started)}.`,
    because: [...firstLine(started, shebang), ...basedOn(started.stage), ...missing.because],
    data: { started, interpreter: missing.program },
    severity,
  };
}

function withoutFirstLine(started: StartedFile, severity: 'error' | 'warning'): Report<Data> {
  const { placed, path, span } = started;
  const evidence =
    placed?.kind === 'file' ? [byFile(placed.file, firstLineOf(placed.file), "No '#!' begins the file.")] : [];
  const message = `'${path}' is text without a first line that names its interpreter, and nothing but a shell starts that.`;
  return {
    span,
    message,
    because: [...evidence, ...(placed?.because ?? [])],
    data: { started, interpreter: null },
    severity,
  };
}

function firstLine({ placed }: StartedFile, { span }: Shebang): readonly Evidence[] {
  if (placed?.kind === 'file')
    return [byFile(placed.file, span, 'The first line names the interpreter.'), ...placed.because];
  return placed?.because ?? [];
}

function placeName({ role }: StartedFile): string {
  return role === 'run' ? 'stage' : 'image';
}

/** A shell script by its name, in an image without any shell. */
function reportOfName(started: StartedFile): Report<Data> | null {
  const { path, at, span, stage, isDirect } = started;
  const shell = shellPath(at);
  const entry = currentEntry(at, path);
  const isCopied =
    entry !== null && entry.artifact === null && entry.because.some(({ kind }) => kind === 'instruction');
  if (!/\.(ba)?sh$/.test(path) || !isDirect || !isCopied || entry.kind === 'absent' || !knownAbsent(shell)) return null;
  return {
    span,
    message: `'${path}' is a shell script by its name, and this ${placeName(started)} has no shell.`,
    because: [...basedOn(stage), ...shell.because],
    data: { started, interpreter: null },
    severity: 'warning',
  };
}

function shellsOfRuns({ stages }: Analysis): Report<Data>[] {
  return stages.flatMap((stage) => stage.steps.flatMap((step) => shellOfRun(stage, step) ?? []));
}

/** RUN bash install.sh: the shell of the stage looks for bash and does not find it. */
function shellOfRun(stage: Stage, { instruction, commands }: Step): Report<Data> | null {
  if (instruction.kind !== 'run' || instruction.isOnbuild || instruction.body?.form !== 'shell') return null;
  for (const { command, words, wordSpans, before } of commands) {
    const [name] = words;
    const [span] = wordSpans;
    if (!name || !span || !/^(\/(usr\/)?bin\/)?(bash|zsh)$/.test(name) || !command.always || !command.decisive)
      continue;
    const found = programFact(before, name);
    if (!knownAbsent(found) || knownAbsent(shellPath(before))) continue;
    const started = { role: 'run', path: name, span, placed: null, isDirect: false, at: before, stage } as const;
    return {
      span,
      message: `RUN starts '${name}', which is not in this stage.`,
      because: [...basedOn(stage), ...found.because],
      data: { started, interpreter: name },
    };
  }
  return null;
}
