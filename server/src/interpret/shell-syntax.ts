import type { Word } from '../syntax/model.js';
import { interpreterName } from './interpreters.js';
import type { ProcessUse } from './processes.js';

/** A word of an exec form that means something only to a shell. */
export type ShellSyntax = {
  readonly kind: 'variable' | 'operator' | 'glob';
  readonly word: Word;
  readonly index: number;
  /** `$PORT`, `&&`, `*.jar`: the part that a shell would see to. */
  readonly text: string;
  /** True for the word that names the program. */
  readonly isProgram: boolean;
};

const shells = /(^|\/)((ba|da|a|z|k|c|fi)?sh|busybox|pwsh|powershell(\.exe)?|cmd(\.exe)?)$/i;

/** Programs that read variables in their arguments themselves, or hand them on to a shell. */
const expanders =
  /(^|\/)(envsubst|logstash|fluentd|fluent-bit|vector|supervisord|make|npm|npx|pnpm|yarn|just|task|nodemon|concurrently|foreman|honcho|forego|overmind|watch|entr|watchexec|parallel|xargs|su|runuser|script|ssh|expect|docker-compose|envdir|chpst|confd|consul-template|gomplate|telegraf|otelcol\S*|airflow)$/;

/** Tools whose program text is an argument. */
const scripted = /(^|\/)(g?awk|sed|perl|jq|yq|find|tclsh|psql|mysql|mongosh?|redis-cli)$/;

const operators = /^(&&|\|\||[|;&<>]|[012&]?>>?|[012]?>&[12]|2>&1|[12&]?>>?\/\S+)$/;
const variable = /\$\{[A-Za-z_]\w*(?:[:?+-][^}]*)?\}|\$[A-Za-z_]\w*|\$\([^()]+\)/;

/** What a shell would have to see to in an exec form that no shell reads; the first one of it. */
export function shellSyntax(use: ProcessUse): ShellSyntax | null {
  const { body, role } = use;
  if (body.form !== 'exec') return null;
  const given = role === 'cmd' ? wordsBefore(use) : [];
  if (given === null) return null;
  const isHandedOn = given.length > 0 && handsOn(use);
  const before = isHandedOn ? [] : given;
  const words = [...before, ...use.argv];
  if (words.some((word, index) => shells.test(word) || (index < 3 && expanders.test(word)))) return null;
  // A script may evaluate what it is given.
  if (isScript(before[0] ?? '')) return null;
  for (const [index, word] of body.words.entries()) {
    const found = syntaxOf(word.value, { words, index: before.length + index });
    if (found) return { ...found, word, index, isProgram: before.length + index === 0 };
  }
  return null;
}

/** The words of ENTRYPOINT before those of CMD; null when they are not known. */
function wordsBefore({ at }: ProcessUse): readonly string[] | null {
  const { entrypoint } = at;
  if (!entrypoint.known) return null;
  if (!entrypoint.value) return [];
  return entrypoint.value.form === 'shell' ? null : entrypoint.value.argv;
}

function isScript(program: string): boolean {
  return /\.(sh|bash)$|entrypoint|(^|\/)(start|run|init|boot|launch)[^/.]*$/i.test(program);
}

/** The entrypoint scripts of official images for languages start their arguments as they are. */
export function handsOn({ at }: Pick<ProcessUse, 'at'>): boolean {
  const { entrypoint, runtime } = at;
  if (
    !entrypoint.known ||
    !entrypoint.value ||
    entrypoint.value.instruction ||
    !isScript(entrypoint.value.argv[0] ?? '')
  )
    return false;
  return entrypoint.value.argv.length === 1 && runtime.known && runtime.value !== null;
}

type Place = { readonly words: readonly string[]; readonly index: number };

function syntaxOf(word: string, place: Place): Pick<ShellSyntax, 'kind' | 'text'> | null {
  const program = place.words[0] ?? '';
  if (place.index > 0 && (scripted.test(program) || isProgramText(place))) return null;
  if (operators.test(word) && place.index > 0 && !isFindEnd(place)) return { kind: 'operator', text: word };
  const found = variable.exec(word);
  if (found && !isOwnSyntax(word, program, found.index)) return { kind: 'variable', text: found[0] };
  return isGlob(word, place) ? { kind: 'glob', text: word } : null;
}

/** `python -c '…'`, `node -e '…'`: text of another language. */
function isProgramText({ words, index }: Place): boolean {
  const isInterpreter = words.slice(0, index).some((word) => ![null, 'java'].includes(interpreterName(word)));
  return isInterpreter && /^(-[a-zA-Z]?[cepr]|--(eval|print|run|execute|command))$/.test(words[index - 1] ?? '');
}

/** `find … -exec … ;`, and programs that take a list behind one word. */
function isFindEnd({ words, index }: Place): boolean {
  return words[index] === ';' && words.slice(0, index).some((word) => /^-exec|^-ok/.test(word));
}

/** Regular expressions, text with an escaped dollar, and the placeholders of Spring in Java properties. */
function isOwnSyntax(word: string, program: string, at: number): boolean {
  if (/[$\\]/.test(word[at - 1] ?? '') || /[\^[]|\$$|\\[.dws]/.test(word)) return true;
  if (/^\{\{|\{%/.test(word)) return true;
  return interpreterName(program) === 'java' && /^(-D|--)[\w.-]+=.*\$\{/.test(word);
}

/** The script or jar of an interpreter; a class path may hold such a name. */
function isGlob(word: string, { words, index }: Place): boolean {
  if (!/^[\w./-]*\*[\w.-]*\.(jar|war|js|mjs|cjs|py|dll|php|rb)$/.test(word)) return false;
  const previous = words[index - 1] ?? '';
  const isOperand = interpreterName(previous) !== null || previous === '-jar';
  return isOperand && interpreterName(words[0] ?? '') !== null;
}
