import { byInstruction, known, unknown, type Fact } from '../../fact.js';
import type { Libc } from '../../catalog/model.js';
import { putFile, putUnknownFiles } from '../effects.js';
import type { Artifact, StageState } from '../state.js';
import { searchPath } from '../query.js';
import { currentEntry, isFolder } from '../tree.js';
import { because, buildCommand, pathOf, type CommandContext, type CommandEffect } from './command.js';

/** gcc, g++, clang and cc that link a program. */
export const compile: CommandEffect = (state, context) => {
  const { words, command } = context;
  const noProgram = ['-c', '-E', '-S', '-M', '-MM', '-fsyntax-only', '-shared', '--version', '-v', '-dumpmachine'];
  if (words.some((word) => noProgram.includes(word ?? '') || word?.startsWith('-print-'))) return state;
  if (words.length < 2) return state;
  const output = outputOf(context);
  const path = pathOf(context, output === undefined ? 'a.out' : output);
  const name = words[0] ?? '';
  const artifact: Artifact = {
    language: /\+\+$/.test(name) ? 'c++' : 'c',
    stage: context.stage,
    libc: libcOf(state, context),
    linkage: ownCompiler(state, context) ?? linkageOf(context),
    libraries: librariesOf(context),
    built: buildCommand(context),
  };
  const by = because(context, `'${name}' links '${path ?? output ?? 'a program'}'.`);
  if (path && isFolder(state, path)) return state;
  if (path) return putFile(state, path, { by, artifact });
  const folder = context.cwd;
  return folder === null || folder === '/' || command.words.length === 0
    ? state
    : putUnknownFiles(state, folder, { by });
};

/** What follows -o; null when it is not known, undefined without it. */
function outputOf({ words, raw }: CommandContext): string | null | undefined {
  for (let index = 1; index < words.length; index++) {
    const word = words[index] ?? raw[index] ?? '';
    if (word === '-o') return words[index + 1] ?? null;
    if (word.startsWith('-o')) return words[index]?.slice(2) ?? null;
  }
  return undefined;
}

/** A compiler for another system has its own libc. */
function libcOf(state: StageState, { words, command }: CommandContext): Fact<Libc> {
  const name = words[0] ?? '';
  const kind = /musl/.test(name) ? 'musl' : /linux-gnu/.test(name) ? 'glibc' : null;
  if (kind === null || (state.libc.known && state.libc.value.kind === kind)) return state.libc;
  return known({ kind, version: null }, byInstruction(command.span, `'${name}' builds for ${kind}.`));
}

/** A compiler of that name that this file put on PATH, which may be a link to another one. */
function ownCompiler(state: StageState, { words: [name], command }: CommandContext): Artifact['linkage'] | null {
  const paths = name?.startsWith('/') ? [name] : (searchPath(state) ?? []).map((folder) => `${folder}/${name}`);
  const isOwn = paths.some((path) => {
    const entry = currentEntry(state, path);
    return entry?.kind !== 'absent' && entry?.because.some(({ kind }) => kind === 'instruction');
  });
  return isOwn ? unknown(byInstruction(command.span, `'${name}' is not the compiler of the image.`)) : null;
}

function linkageOf({ words, command }: CommandContext): Artifact['linkage'] {
  const { span } = command;
  if (words.some((word) => word === '-static' || word === '-static-pie' || word === '--static')) {
    return known('static', byInstruction(span, '-static links libc into the program.'));
  }
  const hidden = (word: string | null) =>
    word === null ||
    /^@|^-Wl,.*(static|dynamic-linker)|^-no(stdlib|libc|defaultlibs|startfiles)|^-ffreestanding|^--?(target|specs|sysroot)/.test(
      word,
    );
  if (words.some(hidden) || /mingw/.test(words[0] ?? '')) {
    return unknown(byInstruction(span, 'The flags of this command are not all written here.'));
  }
  return known('dynamic', byInstruction(span, `'${words[0]}' links libc dynamically unless -static is given.`));
}

/** Libraries by the names that `-l` gives them, where the catalog has one of its own. */
const linked: Readonly<Record<string, string>> = {
  'stdc++': 'libstdc++',
  ssl: 'libssl',
  crypto: 'libcrypto',
  z: 'zlib',
  zstd: 'libzstd',
  ffi: 'libffi',
};

/** Those of libc itself and of the compiler. */
const ofCompiler = new Set('c m dl rt pthread util resolv crypt gcc gcc_s gcc_eh atomic gomp'.split(' '));

/** A C++ compiler links libstdc++ by itself; a program with a search path of its own may find it elsewhere. */
function librariesOf({ words }: CommandContext): readonly string[] {
  const given = words.map((word) => word ?? '');
  if (given.some((word) => /rpath/.test(word))) return [];
  const hasOwnFolder = given.some((word) => word.startsWith('-L'));
  const names = given.flatMap((word, index) =>
    word === '-l' ? [given[index + 1] ?? ''] : word.startsWith('-l') ? [word.slice(2)] : [],
  );
  const isOwn = (word: string) => /^-(static-libstdc\+\+|stdlib=libc\+\+|nostdlib\+\+)$/.test(word);
  const hasOwn = given.some(isOwn);
  if (/\+\+$/.test(given[0] ?? '')) names.push('stdc++');
  // What lies in a folder of -L may be an archive.
  const shared = names.filter((name) => name === 'stdc++' || (!hasOwnFolder && isShared(name)));
  const libraries = shared.map((name) => (Object.hasOwn(linked, name) ? (linked[name] ?? '') : `-l${name}`));
  return [...new Set(libraries)].filter((library) => library !== 'libstdc++' || !hasOwn);
}

/** `-l:libpq.a` names a file. */
function isShared(name: string): boolean {
  return /^[\w+.-]+$/.test(name) && !ofCompiler.has(name);
}
