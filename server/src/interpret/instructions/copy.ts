import { writePasswd } from '../accounts.js';
import { byInstruction, known, type Evidence } from '../../fact.js';
import type { BuildContext } from '../../context/context.js';
import type { Copy, Word } from '../../syntax/model.js';
import type { Span } from '../../text/span.js';
import { cause, forgetAccounts, putEither, putFile, putPrograms, putUnknownFiles, type Cause } from '../effects.js';
import { carryPython } from '../python/places.js';
import { expand, type Scene } from '../scene.js';
import type { StageState } from '../state.js';
import { baseName, currentEntry, isFolder, parentOf, putEntry, resolvePath } from '../tree.js';
import { grantOf, withAccess, type Grant } from './copy-access.js';
import { withBundles } from './copy-bundles.js';
import { excludesOf, withPlacement, withText } from './copy-placements.js';
import { artifactFrom, originAt, type Origin } from './origin.js';
import { takeRoot } from './root-copy.js';
import { isGlob } from '../glob.js';
import { sourceKind } from './source-kind.js';

/** COPY and ADD: files arrive, with what is known of them where they come from. */
export function applyCopy(state: StageState, instruction: Copy, scene: Scene): StageState {
  const { destination, span, flags } = instruction;
  if (!destination) return state;
  const from = flags.find(({ name }) => name === 'from');
  const origin = from?.value ? originAt({ text: from.value, value: from.value, span: from.valueSpan }, scene) : null;
  const place = placeOf(state, destination, scene);
  const evidence = byInstruction(span, `${instruction.kind.toUpperCase()} brings files here.`);
  if (place.path === null) return somewhere(state, { evidence, certain: true }, place.below);
  const { path } = place;
  const many = instruction.sources.length + instruction.heredocs.length > 1;
  const common: Omit<CopyOne, 'text' | 'written'> = {
    span,
    isAdd: instruction.kind === 'add',
    unpacks: flags.find(({ name }) => name === 'unpack')?.value ?? null,
    keepsParents: flags.some(({ name, value }) => name === 'parents' && value !== 'false'),
    isLinked: flags.some(({ name, value }) => name === 'link' && value !== 'false'),
    mayLeaveOut: flags.some(({ name }) => name === 'exclude'),
    excludes: excludesOf(instruction),
    context: scene.context,
    origin,
    path,
    into: many || place.isWrittenAsFolder || isFolder(state, path),
    isProgram: (target) => scene.started.has(target),
    grant: grantOf(state, instruction, scene),
  };
  const copies = instruction.sources.map((word) => ({ word, source: expand(state, word, scene) }));
  return copies.reduce<StageState>(
    (next, { word, source }) => {
      const copy = { ...common, text: source.known ? source.value : null, written: word.text };
      const arrived = withPlacement(copyOne(next, copy), copy);
      return withAccess(withBundles(withPython(arrived, copy), copy), next, copy);
    },
    heredocs(state, instruction, common),
  );
}

type CopyOne = {
  /** Null when it is not known. */
  readonly text: string | null;
  readonly written: string;
  readonly span: Span;
  readonly isAdd: boolean;
  readonly unpacks: string | null;
  readonly keepsParents: boolean;
  readonly isLinked: boolean;
  readonly mayLeaveOut: boolean;
  readonly excludes: readonly string[];
  readonly context: BuildContext;
  readonly origin: Origin | null;
  readonly path: string;
  /** True when the destination is a directory that takes the sources by their names. */
  readonly into: boolean;
  /** True for a path that the stage starts. */
  readonly isProgram: (path: string) => boolean;
  readonly grant: Grant;
};

type Place = { readonly path: string | null; readonly below: string | null; readonly isWrittenAsFolder: boolean };

/** `path` null when the destination is not known; then `below` is the directory it surely lies in, if any. */
function placeOf(state: StageState, word: Word, scene: Scene): Place {
  const destination = expand(state, word, scene);
  const text = destination.known ? destination.value : word.value;
  const isWrittenAsFolder = /(^|\/)\.{0,2}$/.test(text);
  const base = state.workdir.known ? state.workdir.value : null;
  if (destination.known && (text.startsWith('/') || base !== null))
    return { path: resolvePath(base ?? '/', text), below: null, isWrittenAsFolder };
  const fixed = destination.known ? null : /^\/[^$]*\//.exec(text)?.[0];
  return { path: null, below: fixed ? resolvePath('/', fixed) : null, isWrittenAsFolder };
}

/** A base image's own working directory is no place for programs; a destination that is not known may be any place. */
function somewhere(state: StageState, by: Cause, below: string | null): StageState {
  if (below !== null && below !== '/') return putUnknownFiles(state, below, { by });
  const isBaseWorkdir = !state.workdir.known && !state.workdir.because.some(({ kind }) => kind === 'instruction');
  return isBaseWorkdir ? state : putUnknownFiles(state, '/', { by });
}

function heredocs(before: StageState, instruction: Copy, at: Omit<CopyOne, 'text' | 'written'>): StageState {
  return instruction.heredocs.reduce((state, heredoc) => {
    const path = at.into ? resolvePath(at.path, heredoc.delimiter) : at.path;
    const by = cause(instruction.span, `Writes '${path}'.`);
    const { content, quoted } = heredoc;
    const isPlain = path === '/etc/passwd' && (quoted || !content.text.includes('$'));
    const next = isPlain ? writePasswd(state, content.text, { by, appends: false }) : putFile(state, path, { by });
    const isLiteral = quoted || !content.text.includes('$');
    const written = withText(next, path, { text: isLiteral ? content : null, span: instruction.span });
    return withAccess(written, state, { ...at, path, into: false, text: heredoc.delimiter });
  }, before);
}

function copyOne(state: StageState, copy: CopyOne): StageState {
  const { origin, text, path } = copy;
  const note = `Copies '${copy.written}' from ${origin ? origin.name : 'the build context'}.`;
  const by = cause(copy.span, note);
  if (text === null) return copyUnknown(state, copy, by);
  const source = resolvePath('/', text);
  const kind = sourceKind({ ...copy, text, source, origin: origin?.state ?? null });
  if (kind === 'archive') return putUnknownFiles(state, path, { by });
  if (source === '/' && origin && path === '/') return takeRoot(state, origin, by);
  if (kind === 'directory') return copyFolder(state, { ...copy, source, by });
  if (isGlob(text) && copy.into) return kind === 'file' && path === '/' ? state : putUnknownFiles(state, path, { by });
  const place = copy.into ? insideOf(copy, text, source) : path;
  const artifact = origin ? artifactFrom(origin, source) : null;
  const about = { place, copy, evidence: by.evidence };
  if ((kind === 'file' || copy.isProgram(place)) && currentEntry(state, place)?.kind !== 'either')
    return copyAccounts(putFile(state, place, { by, artifact }), about);
  // A file of this name, or a directory whose files land here.
  if (!copy.into || place === path) return copyAccounts(putEither(state, path, { by, artifact }), about);
  const next = putUnknownFiles(state, path, { by });
  const put = putEntry(next, place, { kind: 'unknown', because: [by.evidence], artifact, unlisted: 'anything' });
  return copyAccounts(put, about);
}

/** Environments and packages of Python that lie at the source or below; the contents of a directory land at the path. */
function withPython(state: StageState, copy: CopyOne): StageState {
  const { origin, text, path, keepsParents, mayLeaveOut, written } = copy;
  if (!origin || text === null || isGlob(text)) return state;
  const source = resolvePath('/', text);
  const target = keepsParents ? resolvePath(path, `.${source}`) : path;
  const by = cause(copy.span, `Copies '${written}' from ${origin.name}.`, !mayLeaveOut);
  return carryPython(state, origin.state, { source, target, by });
}

/** Where a source lands in a directory: by its last name, which a web address may follow with a query. */
function insideOf({ path, keepsParents }: CopyOne, text: string, source: string): string {
  const name = text.replace(/[?#].*$/s, '').replace(/^https?:\/\/[^/]*$/, '');
  return resolvePath(path, keepsParents ? `.${source}` : baseName(name));
}

/** The source holds a variable: where the destination is one file, it is still known to be there. */
function copyUnknown(state: StageState, copy: CopyOne, by: Cause): StageState {
  const folder = copy.origin && /^[^$]*(?=\/[^/]*$)/.exec(copy.written)?.[0];
  const entry = copy.origin && folder ? currentEntry(copy.origin.state, resolvePath('/', folder)) : null;
  const artifact = entry?.unlisted === 'programs' ? entry.artifact : null;
  if (copy.into) return (artifact ? putPrograms : putUnknownFiles)(state, copy.path, { by, artifact });
  const isFile = artifact !== null || /\.\w+$/.test(copy.path);
  return (isFile ? putFile : putEither)(state, copy.path, { by, artifact });
}

/** Of a long chain of copies the last places are kept. */
const mostReasons = 8;
/** Files that are looked at for one copy; what is beyond counts as unlisted. */
const mostEntries = 1000;
/** When a stage has changed that often, directories are not followed file by file any more. */
const mostChanges = 20_000;

/** A directory: its known files go along, and anything else in it is unlisted. */
function copyFolder(state: StageState, copy: CopyOne & { source: string; by: Cause }): StageState {
  const { origin, source, by } = copy;
  const path = copy.keepsParents ? resolvePath(copy.path, `.${source}`) : copy.path;
  const folder = origin ? currentEntry(origin.state, source) : null;
  const put = folder?.unlisted === 'programs' ? putPrograms : putUnknownFiles;
  const next = put(state, path, { by, artifact: folder?.artifact ?? null });
  return origin ? copyEntries(next, { ...copy, origin, path }) : next;
}

function copyEntries(before: StageState, copy: CopyOne & { source: string; origin: Origin }): StageState {
  const prefix = copy.source === '/' ? '/' : `${copy.source}/`;
  const evidence = byInstruction(copy.span, `Copied from ${copy.origin.name}.`);
  let state = before;
  let count = before.clock > mostChanges ? mostEntries : 0;
  for (const [path, { kind }] of copy.origin.state.files.entries()) {
    if (++count > mostEntries) return state;
    if (!path.startsWith(prefix) || kind === 'absent') continue;
    const entry = currentEntry(copy.origin.state, path);
    const place = resolvePath(copy.path, path.slice(prefix.length));
    if (!entry || parentOf(place) === place) continue;
    const because = [evidence, ...entry.because].slice(0, mostReasons);
    state = putEntry(state, place, { ...entry, kind: copy.mayLeaveOut ? 'unknown' : entry.kind, because });
  }
  return state;
}

/** COPY --from=build /etc/passwd /etc/passwd brings that stage's accounts. */
function copyAccounts(state: StageState, what: { place: string; copy: CopyOne; evidence: Evidence }): StageState {
  const { place, copy, evidence } = what;
  if (place !== '/etc/passwd') return state;
  if (!copy.origin || resolvePath('/', copy.text ?? '') !== '/etc/passwd') return forgetAccounts(state, evidence);
  const { accounts, closed, blur } = copy.origin.state;
  const isFull = closed.accounts.known && !blur;
  return {
    ...state,
    accounts,
    closed: { ...state.closed, accounts: isFull ? known(true, evidence) : { known: false, because: [evidence] } },
  };
}
