import { byInstruction } from '../../fact.js';
import type { Script, ShellWord, SimpleCommand } from '../../shell/model.js';
import { parseShell } from '../../shell/parse.js';
import { literal, unwrap } from '../../shell/words.js';
import { shortValue } from '../../stages/expand.js';
import { mapped } from '../../text/mapped.js';
import type { Span } from '../../text/span.js';
import { anyVariable, givenVariable, type CommandContext } from '../commands/command.js';
import { applyRedirects } from '../commands/files.js';
import { goEnvironment } from '../commands/go-linkage.js';
import { applyCommand } from '../commands/index.js';
import { pythonInstall } from '../commands/python-install.js';
import { blur } from '../effects.js';
import { entryAt, resolvePath } from '../query.js';
import { variable, variableSpan, type Scene } from '../scene.js';
import type { CommandStep, StageState } from '../state.js';
import { Versioned } from '../versioned.js';
import { mountedEntry, type Mount } from './mounts.js';

/** A variable of the shell: its value null when not set, undefined when not known. */
type Local = { readonly value: string | null | undefined; readonly span: Span; readonly exported: boolean };
type Locals = Versioned<Local>;
type Shell = { readonly cwd: string | null; readonly locals: Locals };

type Field = { readonly text: string | null; readonly raw: string; readonly span: Span };

type Assigned = { readonly value: string | null | undefined; readonly span: Span };

/** Those that decide about what a build makes. */
export const decidingVariables: readonly string[] = [
  'CGO_ENABLED',
  'GOFLAGS',
  'RUSTFLAGS',
  'CARGO_BUILD_TARGET',
  anyVariable,
];

const mostNested = 40;
const mostParts = 1000;

/** What the shell of one RUN does, command by command. */
export class Session {
  readonly steps: CommandStep[] = [];
  private shell: Shell;
  private readonly mountPoints: readonly string[];
  /** The shells around the one of a subshell. */
  private readonly outer: Shell[] = [];
  private readUpTo: number | null = null;

  constructor(
    public state: StageState,
    private readonly place: { readonly layer: Span; readonly scene: Scene; readonly mounts: readonly Mount[] },
  ) {
    this.shell = { cwd: state.workdir.known ? state.workdir.value : null, locals: Versioned.empty() };
    this.mountPoints = place.mounts.flatMap(({ target }) => target ?? []);
  }

  run({ commands }: Script): void {
    for (const command of commands) this.runOne(command, 0);
  }

  /** Variables whose values are not known from here on. */
  doubt(names: readonly string[], span: Span): void {
    for (const name of names) this.set(name, { value: undefined, span, exported: true });
  }

  private runOne(command: SimpleCommand, depth: number): void {
    if (depth === 0) this.followSubshells(command.span);
    const context = this.contextOf(command, depth);
    if (depth === 0) this.steps.push(stepOf(context, this.state));
    this.remember(context);
    const script = depth < 3 ? innerScript(context) : null;
    if (script) this.runInner(script, command, depth);
    else if (context.words.length > 0) this.state = applyCommand(this.state, context);
    const written = command.redirects.filter(({ operator }) => operator.startsWith('>') || operator.startsWith('&>'));
    const targets = written.map(({ target, operator }) => {
      const inHome = /^~\/[\w./-]+$/.exec(target?.raw ?? '')?.[0] ?? null;
      return { target: target ? (this.text(target) ?? inHome) : null, appends: operator.endsWith('>>') };
    });
    this.state = applyRedirects(this.state, context, targets);
  }

  /** `sh -c '…'`: its commands count as standing where the whole word stands. */
  private runInner(script: Script, { span, always, decisive }: SimpleCommand, depth: number): void {
    const saved = this.shell;
    for (const inner of script.commands) {
      const words = inner.words.map((word) => ({ ...word, span }));
      const placed = { ...inner, span, words, always: inner.always && always, decisive: inner.decisive && decisive };
      this.runOne(placed, depth + 1);
    }
    this.shell = saved;
    if (!script.plain) this.state = blur(this.state, byInstruction(span, 'Parts of this command could not be read.'));
  }

  private contextOf(command: SimpleCommand, depth: number): CommandContext {
    const own = this.assignments(command);
    const { shell, state } = this;
    const first = unwrap(command.words);
    for (const word of command.words.slice(0, first)) this.wrapperAssignment(word, own);
    const fields = command.words.slice(first).flatMap((word) => this.fields(word));
    return {
      words: fields.map(({ text }) => text),
      raw: fields.map(({ raw }) => raw),
      spans: fields.map(({ span }) => span),
      command,
      cwd: this.shell.cwd,
      layer: this.place.layer,
      stage: this.place.scene.index,
      isNested: depth > 0,
      lookup: (name) => (own.has(name) ? own.get(name)?.value : exportedVariable(state, shell, name)),
      whyVariable: (name) => own.get(name)?.span ?? shell.locals.get(name)?.span ?? variableSpan(state, name),
      entry: (path) => {
        const mounted = mountedEntry(this.place.mounts, path);
        return mounted === undefined ? entryAt(this.state, path) : mounted;
      },
      mounts: this.mountPoints,
      buildContext: this.place.scene.context,
    };
  }

  /** An unquoted variable may stand for several words, or for none. */
  private fields({ raw, span, parts }: ShellWord): Field[] {
    const isSplit = parts.some((part) => part.kind === 'variable' && !part.quoted);
    const whole = parts.map((part) => (part.kind === 'variable' ? { ...part, quoted: true } : part));
    const text = this.text({ raw, span, parts: whole });
    if (text === null || !isSplit) return [{ text, raw, span }];
    if (parts.some((part) => part.kind === 'literal' && /\s/.test(part.text)))
      return [{ text: /[*?[]/.test(text) ? null : text, raw, span }];
    const fields = text.split(/[ \t\n]+/).filter(Boolean);
    return fields.map((field) => ({ text: /[*?[]/.test(field) ? null : field, raw: field, span }));
  }

  /** The text of a word; null when it is not known. `own` are the assignments before it on the same command. */
  private text(word: ShellWord, own?: ReadonlyMap<string, Assigned>): string | null {
    if (word.parts.length > mostParts) return null;
    return literal(word, (name) => {
      const assigned = own?.get(name);
      return shortValue(assigned ? assigned.value : this.variable(name));
    });
  }

  /** As the shell itself sees it. */
  private variable(name: string): string | null | undefined {
    const local = this.shell.locals.get(name);
    return local ? local.value : variable(this.state, name);
  }

  private assignments(command: SimpleCommand): Map<string, Assigned> {
    const own = new Map<string, Assigned>();
    for (const { name, value, append, span } of command.assignments) {
      const text = value ? this.text(value, own) : '';
      own.set(name, { value: append || text === null ? undefined : text, span });
    }
    return own;
  }

  /** `env A=b command` sets A just for that command. */
  private wrapperAssignment(word: ShellWord, own: Map<string, Assigned>): void {
    const text = this.text(word);
    const match = /^([A-Za-z_]\w*)=(.*)$/s.exec(text ?? word.raw);
    if (match?.[1]) own.set(match[1], { value: text === null ? undefined : match[2], span: word.span });
  }

  /** cd, export, set and bare assignments change the shell itself. */
  private remember(context: CommandContext): void {
    const { command, words } = context;
    if (command.isolated && this.outer.length === 0) return;
    const [name] = words;
    this.keepAssignments(context);
    if (name === 'cd' || name === 'pushd') this.enter(command.always ? this.folder(words[1]) : null);
    if (name === 'popd') this.enter(null);
    if (name === 'export' || name === 'declare' || name === 'readonly' || name === 'local') this.export(context);
    if (name === 'unset')
      for (const word of words.slice(1)) if (word) this.set(word, { value: null, span: command.span });
    if (name === '.' || name === 'source') this.activate(context);
    if (name === '.' || name === 'source' || name === 'eval' || name === 'read') this.forget(command.span);
  }

  private keepAssignments({ command, words: [name] }: CommandContext): void {
    if (name === undefined) this.keep(this.assignments(command), command.always);
    else if (specialBuiltins.test(name ?? '')) this.keep(this.assignments(command), false);
  }

  private enter(cwd: string | null): void {
    this.shell = { ...this.shell, cwd };
  }

  private set(name: string, local: Omit<Local, 'exported'> & { exported?: boolean }): void {
    const isEnvironment = typeof variable(this.state, name) === 'string';
    const exported = local.exported ?? (this.shell.locals.get(name)?.exported || isEnvironment);
    this.shell = { ...this.shell, locals: this.shell.locals.with(name, { ...local, exported }) };
  }

  private keep(values: ReadonlyMap<string, Assigned>, certain: boolean): void {
    for (const [name, { value, span }] of values) this.set(name, { value: certain ? value : undefined, span });
  }

  /** A sourced script or `read` may set any variable; those that decide about builds are not known from there on. */
  private forget(span: Span): void {
    this.doubt(decidingVariables, span);
  }

  /** `. /venv/bin/activate`: the programs of that environment come first. */
  private activate({ words, cwd, command, lookup }: CommandContext): void {
    const file = words[1] ?? '';
    const folder = /^(|.*\/)bin\/activate$/.exec(file)?.[1];
    if (folder === undefined || (!folder.startsWith('/') && cwd === null)) return;
    const root = resolvePath(cwd ?? '/', folder);
    const path = lookup('PATH');
    const known = command.always && typeof path === 'string';
    this.set('VIRTUAL_ENV', { value: command.always ? root : undefined, span: command.span, exported: true });
    this.set('PATH', { value: known ? `${root}/bin:${path}` : undefined, span: command.span, exported: true });
  }

  private export({ words, raw, command }: CommandContext): void {
    words.slice(1).forEach((word, index) => {
      const match = /^([A-Za-z_]\w*)(?:=(.*))?$/s.exec(word ?? raw[index + 1] ?? '');
      const name = match?.[1];
      if (!name) return;
      const current = match[2] === undefined ? this.variable(name) : match[2];
      const value = word === null || !command.always ? undefined : current;
      this.set(name, { value, span: command.span, exported: true });
    });
  }

  private folder(word: string | null | undefined): string | null {
    if (word === undefined || word === null || word === '-' || word.startsWith('~')) return null;
    if (word.startsWith('/')) return resolvePath('/', word);
    return this.shell.cwd === null ? null : resolvePath(this.shell.cwd, word);
  }

  /** What stands between two commands opens and closes subshells, each with a directory and variables of its own. */
  private followSubshells(span: Span): void {
    const between = this.place.scene.file.text.slice(this.readUpTo ?? span.start, span.start);
    if (this.readUpTo === null) this.openFirst(span);
    this.readUpTo = span.end;
    for (const character of between.replace(/(^|\s)#.*/g, '')) {
      if (character === '(' && this.outer.length < mostNested) this.outer.push(this.shell);
      if (character === ')') this.shell = this.outer.pop() ?? this.shell;
    }
  }

  /** Parentheses before the first command. */
  private openFirst({ start }: Span): void {
    const before = this.place.scene.file.text.slice(this.place.layer.start, start);
    const opened = /[(\s]*$/.exec(before)?.[0].replace(/[^(]/g, '') ?? '';
    for (let count = 0; count < Math.min(opened.length, mostNested); count++) this.outer.push(this.shell);
  }
}

/**
 * What is assigned before one of these stays in effect behind it, but not in bash.
 * Source: POSIX.1-2024, Shell Command Language, 2.9.1 and 2.15.
 */
const specialBuiltins = /^([.:]|break|continue|eval|exec|exit|export|readonly|return|set|shift|times|trap|unset)$/;

/** As the commands see it: an assignment of its own line reaches them only when it is exported. */
function exportedVariable(state: StageState, { locals }: Shell, name: string): string | null | undefined {
  const local = locals.get(name);
  return local?.exported ? local.value : variable(state, name);
}

function stepOf(context: CommandContext, before: StageState): CommandStep {
  const { command, words, spans, cwd } = context;
  const step = { command, words, wordSpans: spans, before, cwd };
  if (/(^|\/)dotnet$/.test(words[0] ?? '')) return { ...step, given: (name) => givenVariable(context, name) };
  if (words[0] === 'go') return { ...step, go: goEnvironment(before, context) };
  const python = pythonInstall(before, context);
  return python ? { ...step, python } : step;
}

/** The script in `sh -c 'script'`. */
function innerScript({ words, raw }: CommandContext): Script | null {
  if (!/^(\/(usr\/)?bin\/)?(ba|da|a)?sh$/.test(words[0] ?? '')) return null;
  const option = words.findIndex((word, index) => index > 0 && word !== null && /^-[a-z]*c$/.test(word));
  const text = option < 0 ? null : (words[option + 1] ?? null);
  if (text === null || raw.length > option + 2) return null;
  return parseShell(mapped(text, 0));
}
