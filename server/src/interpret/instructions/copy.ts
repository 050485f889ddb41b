import { byInstruction, known, type Evidence } from '../../fact.js';
import type { Copy, Flag } from '../../syntax/model.js';
import type { Span } from '../../text/span.js';
import { findImage } from '../../catalog/catalog.js';
import { parseReference } from '../../catalog/reference.js';
import { resolveSource } from '../../stages/link.js';
import { imageState, unknownState } from '../base.js';
import { cause, forgetAccounts, putFile, putUnknownFiles } from '../effects.js';
import { isFolder } from '../commands/files.js';
import { contentFact, entryAt, parentOf, resolvePath } from '../query.js';
import { expand, type Scene } from '../scene.js';
import type { Artifact, FileEntry, Source, StageState } from '../state.js';
import { takeRoot } from './root-copy.js';

/** COPY and ADD: files arrive, with what is known of them where they come from. */
export function applyCopy(state: StageState, instruction: Copy, scene: Scene): StageState {
  if (!instruction.destination) return state;
  const from = instruction.flags.find((flag) => flag.name === 'from');
  const origin = from ? originOf(from, scene) : null;
  const destination = expand(state, instruction.destination, scene);
  const evidence = byInstruction(instruction.span, `${instruction.kind.toUpperCase()} brings files here.`);
  if (!destination.known) return putUnknownFiles(state, '/', { by: { evidence, certain: true } });
  const target = destination.value;
  if (!target.startsWith('/') && !state.workdir.known)
    return putUnknownFiles(state, '/', { by: { evidence, certain: true } });
  const path = resolvePath(state.workdir.known ? state.workdir.value : '/', target);
  const many = instruction.sources.length + instruction.heredocs.length > 1;
  const into = many || target.endsWith('/') || target === '.' || isFolder(state, path);
  const copies = instruction.sources.map((word) => ({ word, source: expand(state, word, scene) }));
  const afterHeredocs = heredocs(state, instruction, { path, into });
  return copies.reduce<StageState>((next, { word, source }) => {
    const text = source.known ? source.value : null;
    return copyOne(next, {
      text,
      written: word.text,
      span: instruction.span,
      isAdd: instruction.kind === 'add',
      origin,
      path,
      into,
    });
  }, afterHeredocs);
}

type CopyOne = {
  readonly text: string | null;
  readonly written: string;
  readonly span: Span;
  readonly isAdd: boolean;
  readonly origin: Origin | null;
  readonly path: string;
  readonly into: boolean;
};

/** The file system that COPY --from reads; null for the build context. */
export type Origin = { readonly state: StageState; readonly name: string; readonly stage: number | null };

export function originOf(flag: Flag, scene: Scene): Origin | null {
  if (flag.value === null) return null;
  const word = { text: flag.value, value: flag.value, span: flag.valueSpan };
  return originAt(word, scene);
}

export function originAt(word: { text: string; value: string; span: Span }, scene: Scene): Origin {
  const lookup = (name: string) => scene.graph.globals.get(name);
  const target = resolveSource(word, { names: scene.names, before: scene.index, lookup, file: scene.file });
  if (target.kind === 'stage') {
    const stage = scene.stages[target.index];
    if (stage) {
      scene.sources.set(word.span.start, { kind: 'stage', stage, word });
      return { state: stage.end, name: `stage '${stage.name ?? stage.index}'`, stage: stage.index };
    }
  }
  const text = target.kind === 'image' ? target.text : null;
  const reference = text ? parseReference(text) : null;
  const facts = reference ? findImage(scene.catalog, reference) : null;
  const source: Source = { kind: 'image', reference, facts, word };
  scene.sources.set(word.span.start, source);
  const state = facts
    ? imageState(facts, word.span)
    : unknownState(byInstruction(word.span, `'${word.text}' is not in the catalog.`));
  return { state, name: `'${word.text}'`, stage: null };
}

function heredocs(before: StageState, instruction: Copy, at: { path: string; into: boolean }): StageState {
  return instruction.heredocs.reduce((state, heredoc) => {
    const path = at.into ? resolvePath(at.path, heredoc.delimiter) : at.path;
    return putFile(state, path, { by: cause(instruction.span, `Writes '${path}'.`) });
  }, before);
}

function copyOne(state: StageState, copy: CopyOne): StageState {
  const note = copy.origin
    ? `Copies '${copy.written}' from ${copy.origin.name}.`
    : `Copies '${copy.written}' from the build context.`;
  const by = cause(copy.span, note);
  const isRemote = copy.isAdd && /^(https?:|git@|ssh:)/.test(copy.text ?? '');
  const isArchive = copy.isAdd && !isRemote && /\.(tar|tgz|txz|tbz2?|tar\.\w+)$/i.test(copy.text ?? '');
  if (copy.text === null || isArchive) return putUnknownFiles(state, copy.path, { by });
  const source = resolvePath('/', copy.text);
  if (source === '/' && copy.origin) {
    return copy.path === '/' ? takeRoot(state, copy.origin, by) : putUnknownFiles(state, copy.path, { by });
  }
  const entry = copy.origin ? entryAt(copy.origin.state, source) : null;
  const kind = isRemote ? 'file' : kindOf({ entry, source, text: copy.text, origin: copy.origin });
  const place = copy.into ? resolvePath(copy.path, baseName(source)) : copy.path;
  const artifact = artifactFor(entry, copy.origin, source);
  if (kind === 'file')
    return copyAccounts(putFile(state, place, { by, artifact }), { place, copy, evidence: by.evidence });
  if (kind === 'either') {
    // A file of this name, or a directory whose files land here.
    return putUnknownFiles(putFile(state, place, { by, artifact }), copy.path === place ? place : copy.path, {
      by,
      artifact,
    });
  }
  return copyFolder(state, { ...copy, source, artifact: entry?.artifact ?? null, evidence: by.evidence });
}

/** Whether the source is a file or a directory, as far as the Dockerfile tells. */
function kindOf(what: {
  entry: FileEntry | null;
  source: string;
  text: string;
  origin: Origin | null;
}): 'file' | 'directory' | 'either' {
  const { entry, source, text, origin } = what;
  if (entry?.kind === 'file') return 'file';
  if (entry?.kind === 'directory' || text.endsWith('/') || text === '.' || text.endsWith('/.')) return 'directory';
  if (origin && isFolder(origin.state, source)) return 'directory';
  if (origin && /^\/(usr\/)?(local\/)?s?bin\/[^/*?]+$|^\/go\/bin\/[^/*?]+$/.test(source)) return 'file';
  if (
    /\.(jar|war|js|mjs|cjs|ts|json|ya?ml|toml|xml|py|rb|php|sh|conf|cfg|ini|txt|md|crt|pem|key|so(\.\d+)*|lock|html|css|sql|exe|dll|properties|env|zip|gz|mod|sum|csproj|sln|c|cpp|h|go|rs)$/i.test(
      source,
    )
  ) {
    return 'file';
  }
  if (/^\/etc\/(passwd|group|nsswitch\.conf|localtime|hosts|resolv\.conf|os-release)$/.test(source)) return 'file';
  return 'either';
}

function artifactFor(entry: FileEntry | null, origin: Origin | null, source: string): Artifact | null {
  if (entry?.artifact) return entry.artifact;
  if (!origin) return null;
  return distributionProgram(origin, source);
}

/** A program that the origin's distribution ships is linked against that distribution's libc. */
function distributionProgram(origin: Origin, source: string): Artifact | null {
  const name = /^\/(?:usr\/)?s?bin\/([^/]+)$/.exec(source)?.[1];
  if (
    !name ||
    name.includes('static') ||
    origin.state.files.get(source)?.because.some((item) => item.kind === 'instruction')
  )
    return null;
  const present = contentFact(origin.state, name);
  const { libc, os } = origin.state;
  if (!present.known || !present.value || !libc.known || libc.value.kind === 'none') return null;
  const isBusyboxImage = os.known && os.value?.id === 'busybox';
  const isStatic = isBusyboxImage && libc.value.kind !== 'glibc';
  return {
    language: null,
    stage: origin.stage,
    libc,
    linkage: known(isStatic ? 'static' : 'dynamic', ...present.because, ...libc.because),
    built: null,
  };
}

const mostEntries = 2000;

/** A directory: its known files go along, and anything else in it is unlisted. */
function copyFolder(
  state: StageState,
  copy: CopyOne & { source: string; artifact: Artifact | null; evidence: Evidence },
): StageState {
  const by = cause(copy.span, `Copies '${copy.written}'.`);
  const next = putUnknownFiles(state, copy.path, { by, artifact: copy.artifact });
  return copy.origin ? copyEntries(next, { ...copy, origin: copy.origin }) : next;
}

function copyEntries(before: StageState, copy: CopyOne & { source: string; origin: Origin }): StageState {
  const prefix = `${copy.source}/`;
  let state = before;
  let count = 0;
  for (const [path, entry] of copy.origin.state.files.entries()) {
    if (++count > mostEntries) return state;
    if (!path.startsWith(prefix) || entry.kind === 'absent') continue;
    const place = resolvePath(copy.path, path.slice(prefix.length));
    if (parentOf(place) === place) continue;
    state = {
      ...state,
      files: state.files.with(place, {
        ...entry,
        because: [byInstruction(copy.span, `Copied from ${copy.origin.name}.`), ...entry.because],
      }),
    };
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

function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
