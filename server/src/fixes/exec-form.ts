import { knownAbsent } from '../fact.js';
import { interpreterName, type Interpreter } from '../interpret/interpreters.js';
import { programFact } from '../interpret/query.js';
import type { StageState } from '../interpret/state.js';
import { parseShell } from '../shell/parse.js';
import { literal } from '../shell/words.js';
import type { CommandBody } from '../syntax/model.js';
import { mapped } from '../text/mapped.js';
import { replace, type Edit } from '../text/edit.js';

/**
 * The words of a command that needs no shell, a leading `exec` left out; null when the text means something only to a
 * shell: operators, variables, globs, built-in commands, scripts.
 */
export function execWords(text: string): string[] | null {
  // Quoted text without expansions is taken as it stands.
  const bare = text.replace(/'[^'\n]*'|"[^"\\$`\n]*"/g, "''");
  if (/[|&;<>()$`*?[\]{}!~#\\\n\r]/.test(bare)) return null;
  const { commands, plain } = parseShell(mapped(text.trim(), 0));
  const [command, ...others] = commands;
  if (!plain || !command || others.length > 0 || command.redirects.length > 0 || command.assignments.length > 0) {
    return null;
  }
  const words = command.words.map((word) => literal(word));
  if (words[0] === 'exec') words.shift();
  const [program] = words;
  if (!program || builtins.has(program) || /\.(ba|da|a|z|k)?sh$/.test(program)) return null;
  return words.every((word) => word !== null) ? words : null;
}

/** The same words with a program that the image can start; null when it surely lacks it. */
export function startable(words: readonly string[], at: StageState): string[] | null {
  const [program = '', ...rest] = words;
  if (!knownAbsent(programFact(at, program))) return [...words];
  const path = at.runtime.known ? at.runtime.value?.path : null;
  return path?.endsWith(`/${program}`) ? [path, ...rest] : null;
}

/**
 * The words as arguments for an interpreter that an ENTRYPOINT starts: its own name is left out. Null when the first of
 * them is no script, jar or option that it could take.
 */
export function argumentsFor({ name, options }: Interpreter, words: readonly string[]): string[] | null {
  const named = interpreterName(words[0] ?? '') === name;
  const own = named ? words.slice(1) : [...words];
  const repeats = options.length > 0 && options.every((option, index) => own[index] === option);
  const rest = named && repeats ? own.slice(options.length) : own;
  const [first] = rest;
  if (first === undefined) return null;
  if (name === 'java') return startsJar(rest, options) ? rest : null;
  return named || /^-|[./]/.test(first) ? rest : null;
}

/** A shell-form body replaced by a JSON array; null where a comment stands between its lines. */
export function inExecForm(body: CommandBody, text: string, words: readonly string[]): readonly Edit[] | null {
  const lines = text.slice(body.span.start, body.span.end).split(/\r?\n/);
  if (lines.some((line, index) => index > 0 && /^\s*#/.test(line))) return null;
  return [replace(body.span, execForm(words))];
}

export function execForm(words: readonly string[]): string {
  return `[${words.map((word) => JSON.stringify(word)).join(', ')}]`;
}

const builtins = new Set(
  '. : alias bg break builtin case cd command continue eval exit export fg for if jobs read readonly return set shift source test times trap type ulimit umask unset until wait while'.split(
    ' ',
  ),
);

/** `java -jar` takes options and a jar; plain `java` must be told -jar. */
function startsJar(words: readonly string[], options: readonly string[]): boolean {
  const operand = words.find((word) => !word.startsWith('-'));
  const saysJar = options.includes('-jar') || words.includes('-jar');
  return saysJar && operand !== undefined && /\.(jar|war)$/i.test(operand);
}
