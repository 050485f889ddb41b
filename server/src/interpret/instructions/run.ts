import { byInstruction } from '../../fact.js';
import type { Script, ShellWord, SimpleCommand } from '../../shell/model.js';
import { parseShell } from '../../shell/parse.js';
import { literal, unwrap } from '../../shell/words.js';
import { mountFields } from '../../stages/link.js';
import type { CommandBody, Run } from '../../syntax/model.js';
import type { Span } from '../../text/span.js';
import type { CommandContext } from '../commands/command.js';
import { applyRedirects } from '../commands/files.js';
import { applyCommand } from '../commands/index.js';
import { blur } from '../effects.js';
import { entryAt, resolvePath } from '../query.js';
import { variable, variableSpan, type Scene } from '../scene.js';
import type { CommandStep, FileEntry, StageState } from '../state.js';
import { originAt, type Origin } from './copy.js';

export type RunResult = {
  /** What the commands see: the stage with the bind mounts of this RUN. */
  readonly inside: StageState;
  readonly after: StageState;
  readonly commands: readonly CommandStep[];
  readonly script: Script | null;
};

/** RUN: every simple command in turn, or "not understood" for what is not plain shell text. */
export function applyRun(state: StageState, instruction: Run, scene: Scene): RunResult {
  const script = scriptOf(state, instruction);
  const mounts = mountsOf(instruction, scene);
  const inside = withMounts(state, instruction);
  if (!script) {
    const after = blur(state, byInstruction(instruction.span, 'What this RUN does is not known.'));
    return { inside, after, commands: [], script: null };
  }
  const session = new Session(inside, instruction.span, { scene, mounts });
  for (const command of script.commands) session.run(command);
  if (!script.plain)
    session.state = blur(session.state, byInstruction(instruction.span, 'Parts of this RUN could not be read.'));
  const after = withoutMounts(session.state, { before: state, instruction });
  return { inside, after, commands: session.steps, script: instruction.body?.form === 'exec' ? null : script };
}

/** The shell text of a RUN, its heredoc included; an exec form counts as one command. */
function scriptOf(state: StageState, { body, heredocs, span }: Run): Script | null {
  if (!body) return null;
  if (body.form === 'exec') return { commands: [execCommand(body, span)], plain: true };
  if (!isPosix(state)) return null;
  const [first] = heredocs;
  if (!first) return parseShell(body.text);
  const isScript = /^<<-?\s*["']?[\w.-]+["']?$/.test(body.text.text.trim());
  if (isScript && !/^#!(?!.*\b(ba|da|a)?sh\b)/.test(first.content.text)) return parseShell(first.content);
  return null;
}

function isPosix({ shellPrefix }: StageState): boolean {
  if (!shellPrefix.known) return true;
  const [program] = shellPrefix.value;
  return /(^|\/)(ba|da|a|z|k)?sh$/.test(program ?? '');
}

function execCommand(body: CommandBody & { form: 'exec' }, span: Span): SimpleCommand {
  const words: ShellWord[] = body.words.map((word) => ({
    raw: word.value,
    parts: [{ kind: 'literal', text: word.value, quoted: true }],
    span: word.span,
  }));
  return { assignments: [], words, redirects: [], span, always: true, decisive: true, isolated: false, guards: [] };
}

/** The targets of bind mounts: their files are there while the RUN lasts. Other mounts start out empty or with a secret. */
function mountTargets({ flags }: Run): { path: string; span: Span }[] {
  return flags.flatMap((flag) => {
    if (flag.name !== 'mount' || flag.value === null) return [];
    const fields = new Map(mountFields(flag.value, flag.valueSpan).map(({ name, word }) => [name, word.value]));
    const target = fields.get('target') ?? fields.get('dst') ?? fields.get('destination');
    if ((fields.get('type') ?? 'bind') !== 'bind' || !target) return [];
    return [{ path: resolvePath('/', target), span: flag.span }];
  });
}

function withMounts(state: StageState, instruction: Run): StageState {
  return mountTargets(instruction).reduce((next, { path, span }) => {
    const entry: FileEntry = { kind: 'unknown', because: [byInstruction(span, `Mounts files at '${path}'.`)], artifact: null };
    return { ...next, files: next.files.with(path, entry) };
  }, state);
}

/** After the RUN the mounted files are gone; a mount point that was not there stays as an empty directory. */
function withoutMounts(state: StageState, what: { before: StageState; instruction: Run }): StageState {
  return mountTargets(what.instruction).reduce((next, { path, span }) => {
    const because = [byInstruction(span, `The mount leaves the directory '${path}' behind.`)];
    const entry = what.before.files.get(path) ?? { kind: 'directory', because, artifact: null };
    return { ...next, files: next.files.with(path, entry) };
  }, state);
}

type Mount = { readonly target: string; readonly source: string; readonly origin: Origin };

function mountsOf({ flags }: Run, scene: Scene): Mount[] {
  return flags.flatMap((flag) => {
    if (flag.name !== 'mount' || flag.value === null) return [];
    const fields = new Map(mountFields(flag.value, flag.valueSpan).map(({ name, word }) => [name, word]));
    const from = fields.get('from');
    const target = fields.get('target') ?? fields.get('dst') ?? fields.get('destination');
    if (!from || !target) return [];
    const source = fields.get('source') ?? fields.get('src');
    return [
      {
        target: resolvePath('/', target.value),
        source: resolvePath('/', source?.value ?? '/'),
        origin: originAt(from, scene),
      },
    ];
  });
}

/** What the shell of one RUN remembers between its commands. */
class Session {
  readonly steps: CommandStep[] = [];
  private readonly locals = new Map<string, { value: string | null | undefined; span: Span }>();
  private cwd: string | null;

  constructor(
    public state: StageState,
    private readonly layer: Span,
    private readonly place: { readonly scene: Scene; readonly mounts: readonly Mount[] },
  ) {
    this.cwd = state.workdir.known ? state.workdir.value : null;
  }

  run(command: SimpleCommand): void {
    const own = this.assignments(command);
    const lookup = (name: string) => (own.has(name) ? own.get(name)?.value : this.variable(name));
    const all = command.words.map((word) => literal(word, (name) => this.variable(name)));
    const first = unwrap(command.words);
    this.wrapperAssignments(command, { first, all, own });
    const context: CommandContext = {
      words: all.slice(first),
      raw: command.words.slice(first).map((word) => word.raw),
      spans: command.words.slice(first).map((word) => word.span),
      command,
      cwd: this.cwd,
      layer: this.layer,
      stage: this.place.scene.index,
      lookup,
      whyVariable: (name) => own.get(name)?.span ?? this.locals.get(name)?.span ?? variableSpan(this.state, name),
      entry: (path) => this.entry(path),
    };
    this.steps.push({ command, words: context.words, wordSpans: context.spans, before: this.state });
    this.remember(context);
    if (context.words.length > 0) this.state = applyCommand(this.state, context);
    const written = command.redirects.filter(({ operator }) => operator.startsWith('>') || operator.startsWith('&>'));
    this.state = applyRedirects(
      this.state,
      context,
      written.map(({ target }) => (target ? literal(target, lookup) : null)),
    );
  }

  private variable(name: string): string | null | undefined {
    const local = this.locals.get(name);
    return local ? local.value : variable(this.state, name);
  }

  private assignments(command: SimpleCommand): Map<string, { value: string | null | undefined; span: Span }> {
    const own = new Map<string, { value: string | null | undefined; span: Span }>();
    for (const { name, value, append, span } of command.assignments) {
      const text = value ? literal(value, (other) => this.variable(other)) : '';
      own.set(name, { value: append || text === null ? undefined : text, span });
    }
    return own;
  }

  /** `env A=b command` sets A just for that command. */
  private wrapperAssignments(
    command: SimpleCommand,
    what: {
      first: number;
      all: readonly (string | null)[];
      own: Map<string, { value: string | null | undefined; span: Span }>;
    },
  ): void {
    for (let index = 0; index < what.first; index++) {
      const word = command.words[index];
      const match = /^([A-Za-z_]\w*)=(.*)$/s.exec(what.all[index] ?? word?.raw ?? '');
      if (match?.[1] && word)
        what.own.set(match[1], { value: what.all[index] === null ? undefined : match[2], span: word.span });
    }
  }

  /** cd, export, set and bare assignments change the shell itself. */
  private remember(context: CommandContext): void {
    const { command, words } = context;
    if (command.isolated) return;
    if (words.length === 0) this.keep(this.assignments(command), command.always);
    const [name] = words;
    if (name === 'cd' || name === 'pushd') this.cwd = command.always ? this.folder(words[1]) : null;
    if (name === 'export' || name === 'declare' || name === 'readonly' || name === 'local') this.exported(context);
    if (name === 'unset')
      for (const word of words.slice(1)) if (word) this.locals.set(word, { value: null, span: command.span });
    if (name === '.' || name === 'source' || name === 'eval' || name === 'read')
      this.locals.set('CGO_ENABLED', { value: undefined, span: command.span });
  }

  private keep(values: ReadonlyMap<string, { value: string | null | undefined; span: Span }>, certain: boolean): void {
    for (const [name, { value, span }] of values) this.locals.set(name, { value: certain ? value : undefined, span });
  }

  private exported(context: CommandContext): void {
    context.words.slice(1).forEach((word, index) => {
      const text = word ?? context.raw[index + 1] ?? '';
      const match = /^([A-Za-z_]\w*)=(.*)$/s.exec(text);
      if (!match?.[1]) return;
      const value = word === null || !context.command.always ? undefined : match[2];
      this.locals.set(match[1], { value, span: context.command.span });
    });
  }

  private folder(word: string | null | undefined): string | null {
    if (word === undefined || word === null || word === '-' || word.startsWith('~')) return null;
    if (word.startsWith('/')) return resolvePath('/', word);
    return this.cwd === null ? null : resolvePath(this.cwd, word);
  }

  private entry(path: string) {
    const mount = this.place.mounts.find(
      ({ target }) => path === target || path.startsWith(target === '/' ? '/' : `${target}/`),
    );
    if (!mount) return entryAt(this.state, path);
    return entryAt(mount.origin.state, resolvePath(mount.source, path.slice(mount.target.length).replace(/^\//, '')));
  }
}
