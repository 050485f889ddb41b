import { byInstruction, known, unknown } from '../../fact.js';
import { putFile, putPrograms, putUnknownFiles } from '../effects.js';
import { replaced } from '../placements.js';
import type { Artifact, StageState } from '../state.js';
import { isFolder, resolvePath } from '../tree.js';
import { because, buildCommand, flagValue, pathOf, type CommandContext, type CommandEffect } from './command.js';
import { goLinkage, goSetting, goSources } from './go-linkage.js';

/** go build, go install, go test -c, go env -w. */
export const go: CommandEffect = (state, context) => {
  const action = context.words.slice(1).find((word) => word === null || !word.startsWith('-'));
  if (action === 'build' || (action === 'test' && context.words.includes('-c'))) return build(state, context);
  if (action === 'install' || action === 'get') return install(state, context);
  if (action === 'env' && context.words.includes('-w')) return writeEnv(state, context);
  return changeSources(state, context, action ?? '');
};

/** Generators may write any source, and `go mod edit` what the module requires. */
function changeSources(state: StageState, context: CommandContext, action: string): StageState {
  const { cwd } = context;
  if (cwd === null || cwd === '/') return state;
  const by = because(context, `'go ${action}' changes the sources.`);
  const isEdit = action === 'work' || (action === 'mod' && context.words.includes('edit'));
  if (isEdit)
    return replaced(state, resolvePath(cwd, 'go.mod'), byInstruction(context.command.span, 'Changes go.mod.'));
  return ['generate', 'run', 'tool'].includes(action) ? putUnknownFiles(state, cwd, { by }) : state;
}

function artifactOf(state: StageState, context: CommandContext): Artifact {
  return {
    language: 'go',
    stage: context.stage,
    libc: state.libc,
    linkage: goLinkage(state, context),
    built: buildCommand(context),
    sources: goSources(state, context),
  };
}

function build(state: StageState, context: CommandContext): StageState {
  const artifact = artifactOf(state, context);
  const by = because(context, `'go ${context.words[1]}' writes the program.`);
  const output = flagValue(context, 'o');
  if (output === undefined) return inPlace(state, context, artifact);
  const path = pathOf(context, output);
  if (!path) return toUnknownPlace(state, context, artifact);
  const isInto = /(^|\/)\.{0,2}$/.test(output ?? '') || isFolder(state, path);
  if (isInto) return putPrograms(state, path, { by, artifact });
  return putFile(state, path, { by, artifact });
}

/** `-o /out/$NAME`: some file of that directory. */
function toUnknownPlace(state: StageState, context: CommandContext, artifact: Artifact): StageState {
  const at = context.words.findIndex((word) => word === '-o');
  const raw = at < 0 ? '' : (context.raw[at + 1] ?? '').replace(/^["']/, '');
  const folder = pathOf(context, /^[^$`*?[{~]*\//.exec(raw)?.[0]);
  if (!folder || folder === '/') return state;
  const by = because(context, `'go build' writes the program into '${folder}'.`);
  return putPrograms(state, folder, { by, artifact });
}

/** Without -o the program is named after the last element of the package, or of the module, in the working directory. */
function inPlace(state: StageState, context: CommandContext, artifact: Artifact): StageState {
  if (context.cwd === null) return state;
  const by = because(context, "'go build' writes the program to the working directory.");
  const packages = context.words.slice(2).filter((word) => word === null || /^\.|\/|\.go$/.test(word));
  const last = context.words.at(-1);
  const hasName = typeof last === 'string' && !last.startsWith('-') && packages.includes(last);
  // With several packages, or with `...`, go build only checks that they compile.
  if (hasName && last.endsWith('...')) return state;
  const name = hasName ? programName(last) : null;
  if (name !== null) return putFile(state, resolvePath(context.cwd, name), { by, artifact });
  if (context.cwd === '/') return state;
  return putUnknownFiles(state, context.cwd, { by, artifact });
}

/** `./cmd/server`, `github.com/x/y/cmd/tool@v1.2.3`, `example.com/mod/v2`, `main.go`; null for the module itself. */
function programName(word: string): string | null {
  const path = word
    .replace(/@.*$/, '')
    .replace(/\/v\d+$/, '')
    .replace(/\/+$/, '')
    .replace(/\.go$/, '');
  const name = path.slice(path.lastIndexOf('/') + 1);
  return /^\.*$/.test(name) ? null : name;
}

function install(state: StageState, context: CommandContext): StageState {
  const folder = installFolder(context, goSetting(state, context, 'GOBIN'));
  if (!folder?.startsWith('/')) return state;
  const artifact = artifactOf(state, context);
  const by = because(context, `'go ${context.words[1]}' writes the program to '${folder}'.`);
  const last = context.words.at(-1);
  const isNamed = typeof last === 'string' && !last.startsWith('-') && !last.endsWith('...') && last.includes('/');
  const name = isNamed ? programName(last) : null;
  const next = putPrograms(state, resolvePath('/', folder), { by, artifact });
  return name === null ? next : putFile(next, resolvePath(folder, name), { by, artifact });
}

/** GOBIN, else bin in the first directory of GOPATH, which is ~/go when it is not set. */
function installFolder({ lookup }: CommandContext, bin: string | null | undefined): string | null {
  if (typeof bin === 'string' && bin !== '') return bin;
  const path = lookup('GOPATH');
  if (bin === undefined || path === undefined) return null;
  return path ? `${path.split(':')[0] ?? ''}/bin` : '/root/go/bin';
}

/** `go env -w CGO_ENABLED=0` counts for the go commands that follow, unless the environment says otherwise. */
function writeEnv(state: StageState, context: CommandContext): StageState {
  let { settings } = state;
  const { span, always } = context.command;
  context.words.slice(2).forEach((word, index) => {
    const setting = /^([A-Z][A-Z0-9_]*)=(.*)$/s.exec(word ?? context.raw[index + 2] ?? '');
    if (!setting?.[1]) return;
    const [, name, value = ''] = setting;
    const evidence = byInstruction(span, `go env -w sets '${name}' to '${value}'.`);
    settings = settings.with(`go ${name}`, always && word !== null ? known(value, evidence) : unknown(evidence));
  });
  return { ...state, settings };
}
