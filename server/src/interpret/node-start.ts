import type { BuildContext } from '../context/context.js';
import { readManifest } from '../context/node/package-json.js';
import { parseShell } from '../shell/parse.js';
import { literal, unwrap } from '../shell/words.js';
import { mapped } from '../text/mapped.js';
import { interpreterName } from './interpreters.js';
import { placedAt } from './placements.js';
import { handsOn } from './shell-syntax.js';
import { unwrapped } from './start-scripts.js';
import type { Stage, StageState } from './state.js';
import { resolvePath } from './tree.js';

/** The path that Node.js is given to run when the image starts; null where it is not certain, or more is run before it. */
export function startedModule({ end }: Stage, context: BuildContext): string | null {
  const options = end.env.get('NODE_OPTIONS');
  const isPlain = !options || (options.known && !options.value?.split(/\s+/).some((word) => !isHarmless(word)));
  const words = isPlain && end.workdir.known ? startWords(end) : null;
  if (!words || !end.workdir.known) return null;
  const given = packageScript(words, end, context);
  const script = scriptIn(given?.isSure ? given.words : words);
  return script === null ? null : resolvePath(end.workdir.value, script);
}

export type PackageScript = { readonly words: readonly string[]; readonly isSure: boolean };

/**
 * The words of the script of package.json that npm, yarn or pnpm is asked for; null for what needs a shell, and for
 * scripts with hooks.
 */
export function packageScript(argv: Words, state: StageState, context: BuildContext): PackageScript | null {
  const name = scriptName(argv);
  if (name === null || !state.workdir.known) return null;
  const placed = placedAt(state, resolvePath(state.workdir.value, 'package.json'), context);
  const scripts = placed?.kind === 'file' ? readManifest(placed.file)?.scripts : undefined;
  const script = scripts?.get(name)?.value;
  if (script === undefined || scripts?.has(`pre${name}`) || scripts?.has(`post${name}`)) return null;
  if (!/^[\w@%+./:,=-]+( +[\w@%+./:,=-]+)*$/.test(script)) return null;
  const settings = placedAt(state, resolvePath(state.workdir.value, '.npmrc'), context);
  const hasOptions = settings?.kind === 'file' && /^(node-options|script-shell)\b/m.test(settings.file.text);
  return { words: script.split(/ +/), isSure: placed?.isSure === true && !hasOptions };
}

/** Null for what only a running shell knows. */
type Words = readonly (string | null)[];

/** `npm start`, `npm run serve`, `yarn serve`; null where more is asked for. */
function scriptName(argv: Words): string | null {
  const [runner, first, second, ...rest] = argv;
  if (!runner || !['npm', 'yarn', 'pnpm'].includes(runner) || !first || rest.length > 0) return null;
  if (first === 'run' || first === 'run-script') return second ?? null;
  const isScript = first === 'start' || (runner !== 'npm' && /^[a-z][\w:-]*$/.test(first));
  return isScript && second === undefined ? first : null;
}

function startWords(end: StageState): Words | null {
  const { entrypoint, cmd, runtime } = end;
  if (!entrypoint.known) return null;
  if (entrypoint.value?.form === 'shell') return wordsInShell(entrypoint.value.argv.at(-1));
  if (!cmd.known) return null;
  const given = cmd.value?.argv ?? [];
  const isHandedOn = handsOn({ at: end });
  const all = isHandedOn ? given : [...(entrypoint.value?.argv ?? []), ...given];
  const words = all.slice(unwrapped(all));
  const [program = '', ...rest] = words;
  if (/(^|\/)(ba|da|a)?sh$/.test(program)) return rest.at(-2) === '-c' ? wordsInShell(rest.at(-1)) : null;
  // The entrypoint script of the official image runs what is no program with Node.js.
  const isScript = isHandedOn && runtime.known && runtime.value?.name === 'node' && /\.[cm]?js$/.test(program);
  return isScript ? ['node', ...words] : words;
}

/** The first command of a script, where the script fails with it. */
function wordsInShell(text: string | undefined): Words | null {
  const [first] = parseShell(mapped(text ?? '', 0)).commands;
  const isOther = first?.assignments.some(({ name }) => /^(NODE_OPTIONS|PATH)$/.test(name));
  if (!first?.always || !first.decisive || isOther) return null;
  return first.words.slice(unwrap(first.words)).map((word) => literal(word));
}

/** The script of `node --option script.js`, where no option loads or does something else. */
function scriptIn([program, ...rest]: Words): string | null {
  if (!program || interpreterName(program) !== 'node') return null;
  const at = rest.findIndex((word) => !word?.startsWith('-'));
  return rest.slice(0, at).every((word) => word && isHarmless(word)) ? (rest[at] ?? null) : null;
}

/** Options of Node.js that change nothing about what is loaded. Source: https://nodejs.org/api/cli.html. */
function isHarmless(word: string): boolean {
  return harmless.test(word.replaceAll('_', '-'));
}

const harmless = new RegExp(
  '^$|^--(enable-source-maps|expose-gc|no-deprecation|no-warnings|trace-(deprecation|uncaught|warnings)|use-openssl-ca' +
    '|inspect(=\\S+)?|(dns-result-order|unhandled-rejections|max-(http-header|old-space|semi-space)-size)=\\w+)$',
);
