import { knownPresent } from '../fact.js';
import { execForm } from '../fixes/exec-form.js';
import { inlined } from '../fixes/inline-variable.js';
import { finalStage, startUses, type ProcessUse } from '../interpret/processes.js';
import { fileFact } from '../interpret/query.js';
import { handsOn, shellSyntax, type ShellSyntax } from '../interpret/shell-syntax.js';
import { byInstruction } from '../fact.js';
import { remove, replace } from '../text/edit.js';
import { defineRule, dockerfile, type Fix } from './rule.js';

type Data = { readonly use: ProcessUse; readonly found: ShellSyntax };

export default defineRule<Data>({
  meta: {
    id: 'exec-form-shell-syntax',
    summary: 'Shell syntax in exec form, where no shell reads it',
    category: 'start',
    severity: 'error',
    fix: 'review',
  },

  docs: {
    why:
      'Docker puts no variables into CMD, ENTRYPOINT and HEALTHCHECK, and exec form starts the program without a shell ' +
      'that could: the program is given the text as it stands. As the name of the program that is certain to fail ' +
      '(exec: "$APP": executable file not found in $PATH); as an argument, reported as a warning, it mostly does: ' +
      '"Error: \'$PORT\' is not a valid port number.", "Error: Unable to access jarfile *.jar". The same holds for "&&" ' +
      'and "||", which become arguments. Write the value, let the program read the environment (JAVA_TOOL_OPTIONS, ' +
      'NODE_OPTIONS), or start a shell that replaces itself with exec, where the image has one.',
    bad: dockerfile`
      FROM python:3.14-slim
      ENV PORT=8000
      USER 65532:65532
      CMD ["gunicorn", "-b", "0.0.0.0:$PORT", "app:app"]
    `,
    good: dockerfile`
      FROM python:3.14-slim
      ENV PORT=8000
      USER 65532:65532
      CMD ["sh", "-c", "exec gunicorn -b 0.0.0.0:$PORT app:app"]
    `,
    references: [
      'https://docs.docker.com/reference/dockerfile/#variable-substitution',
      'https://docs.docker.com/reference/dockerfile/#exec-form',
      'https://github.com/GoogleContainerTools/distroless/issues/237',
    ],
  },

  *check(analysis) {
    const stage = finalStage(analysis);
    if (!stage || isWindows(stage.end.shellPrefix)) return;
    for (const use of startUses(stage)) {
      const found = shellSyntax(use);
      if (!found) continue;
      const name = /^\$\{?(\w+)/.exec(found.text)?.[1];
      const set = name === undefined ? undefined : use.at.env.get(name);
      yield {
        span: found.word.span,
        message: wording(use, found),
        because: [
          byInstruction(use.instruction.span, 'Exec form starts the program directly.'),
          ...(set?.because ?? []),
        ],
        data: { use, found },
        severity: found.isProgram ? 'error' : 'warning',
      };
    }
  },

  fix: ({ data: { use, found } }) => [...throughShell(use), ...withoutExit(use, found), ...inlined(use, found)],
});

function wording({ instruction }: ProcessUse, { kind, text, word, isProgram }: ShellSyntax): string {
  const keyword = instruction.keyword.text.toUpperCase();
  if (isProgram)
    return `${keyword} starts a program named '${word.value}' as it stands, since no shell reads exec form.`;
  if (kind === 'glob')
    return `No shell reads exec form, so the program is given the pattern '${text}' and no file name.`;
  return kind === 'operator'
    ? `No shell reads exec form, so '${text}' is given to the program as an argument.`
    : `No shell reads exec form, so the program is given '${text}' and not its value.`;
}

function isWindows(prefix: ProcessUse['at']['shellPrefix']): boolean {
  return prefix.known && /^(cmd|powershell|pwsh)/i.test(prefix.value[0] ?? '');
}

/** A line of words that a shell reads as they are meant: quotes and backslashes are left alone. */
function throughShell(use: ProcessUse): Fix[] {
  const { argv, body, at, role } = use;
  const sh = fileFact(at, '/bin/sh');
  const { entrypoint } = at;
  const isFree = role === 'cmd' && entrypoint.known && (entrypoint.value === null || handsOn(use));
  const hasOwnStart = role !== 'cmd' || isFree;
  const isPlain = argv.every((word) => /^[\w./:=,@%+$(){}*?&|<>;-]+$/.test(word));
  if (!knownPresent(sh) || !sh.value || !hasOwnStart || !isPlain) return [];
  // What follows ENTRYPOINT as its arguments would not reach the program.
  if (role === 'entrypoint' && at.cmd.known && at.cmd.value) return [];
  const isChain = argv.some((word) => /^(&&|\|\||[|;&])$/.test(word));
  const line = `${isChain ? '' : 'exec '}${argv.join(' ')}`;
  return [{ title: 'Start it through a shell', edits: [replace(body.span, execForm(['sh', '-c', line]))] }];
}

/** `curl … || exit 1`: any failing code makes a check fail. */
function withoutExit({ role, argv, body }: ProcessUse, { text }: ShellSyntax): Fix[] {
  const at = text === '||' ? argv.indexOf('||') : -1;
  const [or, last] = body.form === 'exec' ? [body.words[at - 1], body.words.at(-1)] : [];
  if (role !== 'healthcheck' || at < 1 || argv.slice(at).join(' ') !== '|| exit 1' || !or || !last) return [];
  return [{ title: "Leave '|| exit 1' out", edits: [remove({ start: or.span.end, end: last.span.end })] }];
}
