import type { Catalog } from '../catalog/catalog.js';
import type { Account, ImageFacts, LanguageRuntime, Libc, Os, PackageManager, UserId } from '../catalog/model.js';
import type { BuildContext } from '../context/context.js';
import type { UsedPackage } from '../context/used-package.js';
import type { Evidence, Fact } from '../fact.js';
import type { ImageReference } from '../catalog/reference.js';
import type { Script, SimpleCommand } from '../shell/model.js';
import type { Cmd, Dockerfile, Entrypoint, Healthcheck, Instruction, StageSyntax, Word } from '../syntax/model.js';
import type { MappedText } from '../text/mapped.js';
import type { Span } from '../text/span.js';
import type { DotnetProgram } from './dotnet-program.js';
import type { GoEnvironment, GoSources } from './go-program.js';
import type { UsedLock } from './node-lock.js';
import type { PythonInstall } from './commands/python-install.js';
import type { RustSources } from './rust-sources.js';
import type { PythonPlace } from './python/places.js';
import type { Versioned } from './versioned.js';

/** What holds in a stage at one point. */
export type StageState = {
  readonly os: Fact<Os | null>;
  readonly libc: Fact<Libc>;
  readonly packageManager: Fact<PackageManager | null>;
  readonly user: Fact<UserId>;
  readonly workdir: Fact<string>;
  /** Variables of ENV (the base image's included); null means known not to be set. */
  readonly env: Versioned<Fact<string | null>>;
  /** Build arguments in scope, with the value an ordinary build gives them. */
  readonly args: Versioned<Fact<string | null>>;
  /** The prefix of shell-form instructions: the SHELL instruction, or ["/bin/sh", "-c"]. */
  readonly shellPrefix: Fact<readonly string[]>;
  readonly entrypoint: Fact<Process | null>;
  readonly cmd: Fact<Process | null>;
  readonly healthcheck: Fact<Process | null>;
  readonly runtime: Fact<LanguageRuntime | null>;
  /** Programs, libraries and data by the catalog's names (`curl`, `libssl`, `ca-certificates`). Ask `query.ts`. */
  readonly contents: Versioned<Fact<boolean>>;
  readonly accounts: Versioned<Fact<Account | null>>;
  /** Files by absolute path. Ask `query.ts`. */
  readonly files: Versioned<FileEntry>;
  /** Owners and permission bits that this file gives; ask `access.ts`. */
  readonly owners: Versioned<AccessMark<UserId>>;
  readonly modes: Versioned<AccessMark<ModeBits>>;
  /** Known true when an account, program or file that is not listed is known to be absent. */
  readonly closed: Closed;
  /** The first thing in this stage that was not understood: from there on, absence is not known. */
  readonly blur: Evidence | null;
  /** When something was not understood last, in the time of `clock`. */
  readonly blurredAt: number;
  /** Counts what was done to the files; see `FileEntry.order`. */
  readonly clock: number;
  /** Settings that a tool keeps in its own files, such as `go env -w` does; the key is tool and name: `go GOFLAGS`. */
  readonly settings: Versioned<Fact<string>>;
  /** OS packages named by install commands of this stage and its parents. */
  readonly packages: Versioned<InstalledPackage>;
  /** The names of the packages under each name given with `apk add --virtual`. */
  readonly packageGroups: Versioned<readonly string[]>;
  /** Virtual environments, packages and interpreters of Python by absolute path. Ask `python/`. */
  readonly python: Versioned<PythonPlace>;
  /** What was put where, by the path it was put at. Ask `placements.ts`. */
  readonly placements: Versioned<Placement>;
};

/** What the base says about things it does not list. */
export type Closed = {
  readonly env: Fact<boolean>;
  readonly programs: Fact<boolean>;
  readonly accounts: Fact<boolean>;
  readonly files: Fact<boolean>;
};

export type InstalledPackage = {
  readonly name: string;
  readonly manager: PackageManager;
  readonly installed: boolean;
  /** False when the command that installed it may not have run, or when one that may have removed it followed. */
  readonly isCertain: boolean;
  /** The name given with `apk add --virtual`, under which it can be removed. */
  readonly group: string | null;
  /** Of a removed package: what came along with it and nothing else needs is gone as well. */
  readonly isSwept?: boolean;
  /** The word of the install (or removal) command. */
  readonly span: Span;
  /** The RUN whose layer it is in. */
  readonly layer: Span;
};

export type FileEntry = {
  /** `either`: something is there, a file or a directory. `unknown`: it may be there or not. */
  readonly kind: 'file' | 'directory' | 'either' | 'absent' | 'unknown';
  readonly because: readonly Evidence[];
  /** What it is, when it was followed here; null for files of the base image and of the build context. */
  readonly artifact: Artifact | null;
  /** What a language's tool made of it, where that was followed here. */
  readonly bundle?: Bundle;
  /** What may lie below it without being listed: nothing, anything, or programs that are all such an `artifact`. */
  readonly unlisted: 'nothing' | 'anything' | 'programs';
  /** The clock when it was made: what happened to a directory counts for the older entries below it. */
  readonly order: number;
  /** The clock when all that had been here and below was removed; below zero when that never happened. */
  readonly emptied: number;
};

/** What an instruction or command did to the owner or the mode of a path. */
export type AccessMark<T> = {
  /** Null: from here on not known. */
  readonly value: T | null;
  /** False when the directory may have been there before, with another owner or mode. */
  readonly isSure: boolean;
  /** True when it was asked for (chown, chmod, --chown), false for a by-product of making the file. */
  readonly isMeant: boolean;
  /** The clock when it was done: what happened to the path since then counts. */
  readonly order: number;
  readonly because: Evidence;
};

/** Permission bits (0o777) that are surely set, and those surely not; what is in neither is not known. */
export type ModeBits = { readonly on: number; readonly off: number };

/** A copy into a stage, followed so that the file of the build context that lies at a path can be found. */
export type Placement = {
  /** The file system that it was taken from; null for the build context. */
  readonly from: StageState | null;
  /** A path there (of the context: without a slash at the beginning), perhaps a glob; null when it is not known. */
  readonly source: string | null;
  /** True when a file goes into the directory by its name. What is in a directory always does. */
  readonly into: boolean;
  /** The text itself, where the Dockerfile holds it (a heredoc). */
  readonly text?: MappedText;
  /** Patterns of --exclude. */
  readonly excludes: readonly string[];
  readonly because: Evidence;
  readonly order: number;
  /** What had been put at the same path before. */
  readonly earlier: Placement | null;
};

/** A program that was built or taken from somewhere, followed through copies. */
export type Artifact = {
  readonly language: 'go' | 'rust' | 'c' | 'c++' | null;
  /** The stage in whose file system it was made; null for an image named in COPY --from. */
  readonly stage: number | null;
  /** The libc it was built against. */
  readonly libc: Fact<Libc>;
  /**
   * `static`, `dynamic`, or `cgo`: a Go program built with cgo on, which is dynamic as soon as it uses net, os/user or
   * a C library.
   */
  readonly linkage: Fact<'static' | 'dynamic' | 'cgo'>;
  /** Shared libraries besides libc that it loads, as far as its build shows: `libgcc`, `libstdc++`, `-lpq`. */
  readonly libraries?: readonly string[];
  /** The build command, or null when the file came with an image. */
  readonly built: BuildCommand | null;
  /** What a build of Go or Rust compiles; null where that is not known. */
  readonly sources?: GoSources | RustSources | null;
};

/**
 * A directory or file that fits only a certain libc or version of its language, followed through copies: installed
 * packages of Node.js, a Java runtime, Java classes, a published .NET program, an extension of PHP, downloaded browsers.
 */
export type Bundle = {
  readonly kind: 'node-modules' | 'java-runtime' | 'java-classes' | 'dotnet' | 'php-extension' | 'browser';
  /** The stage in whose file system it was made; null for an image named in COPY --from. */
  readonly stage: number | null;
  /** The libc that its native parts are for. */
  readonly libc: Fact<Libc>;
  /** `24` of Node.js, `21` of Java (the release of its classes), `8.4` of PHP. */
  readonly version: Fact<string>;
  /** The command that made it; null when it came with an image, or where no word of it can be edited. */
  readonly built: BuildCommand | null;
  /** The word that names the platform it is made for (`linux-x64`). */
  readonly platform: { readonly text: string; readonly span: Span } | null;
  readonly traits: readonly BundleTrait[];
  /** Of packages of Node.js: the lock file that says which they are, where it is known. */
  readonly lock?: UsedLock;
  /** The packages that its project names, where the project files are known. */
  readonly packages?: readonly UsedPackage[];
  /** What its project file says, of a .NET program. */
  readonly program?: DotnetProgram;
};

/**
 * `native`: the file shows that some of it is native code; `bound`: also that it is for one version of Node.js.
 * `no-scripts`: the install scripts of packages were left out. `self-contained`: the .NET runtime is part of it; `aot`:
 * it is compiled into the program. `invariant`: made for a system without ICU. `settled`: libc or release are certain,
 * as no project file can change them.
 */
export type BundleTrait = 'native' | 'bound' | 'no-scripts' | 'self-contained' | 'aot' | 'invariant' | 'settled';

/**
 * `insertAt` is where an environment prefix such as CGO_ENABLED=0 may be put, before those that are there; `optionsAt` is
 * the end of the command word.
 */
export type BuildCommand = {
  readonly span: Span;
  readonly insertAt: number;
  readonly optionsAt: number;
  readonly text: string;
};

/** CMD, ENTRYPOINT or HEALTHCHECK as the image configuration holds it: shell form is already wrapped. */
export type Process = {
  readonly argv: readonly string[];
  readonly form: 'exec' | 'shell';
  /** The instruction that set it; null when it comes from the base image. */
  readonly instruction: Cmd | Entrypoint | Healthcheck | null;
};

/** One instruction of a stage, with what held before it. */
export type Step = {
  readonly instruction: Instruction;
  readonly before: StageState;
  /** What the commands of a RUN see: `before` with its bind mounts; `before` itself for other instructions. */
  readonly inside: StageState;
  readonly after: StageState;
  /** The simple commands of a RUN, in order, each with what held before it; empty for other instructions. */
  readonly commands: readonly CommandStep[];
  /** The shell text of a RUN as it was read; null for other instructions and exec form. */
  readonly script: Script | null;
};

/** `words` are the command word and arguments with variables replaced; null where a value is not known. */
export type CommandStep = {
  readonly command: SimpleCommand;
  readonly words: readonly (string | null)[];
  /** Where those words stand, index by index. */
  readonly wordSpans: readonly Span[];
  readonly before: StageState;
  /** The working directory; null when it is not known. */
  readonly cwd: string | null;
  /** What a go command sees of its environment; missing for other commands. */
  readonly go?: GoEnvironment;
  /** A variable as a dotnet command is given it (see `givenVariable`); missing for other commands. */
  readonly given?: (name: string) => string | null | undefined;
  /** What a command of Python installs from a list in a file; missing for other commands. */
  readonly python?: PythonInstall;
};

export type Base =
  | { readonly kind: 'scratch'; readonly text: string }
  | { readonly kind: 'stage'; readonly text: string; readonly stage: Stage }
  /** `reference` null when the name is not known (build argument without default) or not a reference at all. */
  | {
      readonly kind: 'image';
      readonly text: string;
      readonly reference: ImageReference | null;
      readonly facts: ImageFacts | null;
      readonly because: readonly Evidence[];
    };

export type Stage = {
  readonly index: number;
  readonly name: string | null;
  readonly syntax: StageSyntax;
  readonly base: Base;
  /** What the base gives, before the first instruction. */
  readonly start: StageState;
  readonly steps: readonly Step[];
  readonly end: StageState;
  /** The stage that the image is made of: the last one, unless a build file names another. */
  readonly isFinal: boolean;
  /** False when neither the final stage nor anything it needs refers to it. */
  readonly isNeeded: boolean;
};

/** Something a stage takes from elsewhere: COPY --from, RUN --mount=from. */
export type Source =
  | { readonly kind: 'stage'; readonly stage: Stage; readonly word: Word }
  | {
      readonly kind: 'image';
      readonly reference: ImageReference | null;
      readonly facts: ImageFacts | null;
      readonly word: Word;
    }
  | { readonly kind: 'context'; readonly word: Word | null };

export type Analysis = {
  readonly file: Dockerfile;
  readonly stages: readonly Stage[];
  /** The images known where this file lies: the built-in ones and those of the workspace. */
  readonly catalog: Catalog;
  /** YYYY-MM-DD. */
  readonly today: string;
  /** What the COPY, ADD and RUN mounts of the file take from, by the start offset of the word that names it. */
  readonly sources: ReadonlyMap<number, Source>;
  /** Global build arguments with the value an ordinary build gives them: null for not set, undefined for not known. */
  readonly buildArgs: ReadonlyMap<string, string | null | undefined>;
  /** The files around the Dockerfile. */
  readonly context: BuildContext;
  /** True when the file says by its name or folder that its image is for work on the project. */
  readonly isForWorkshop: boolean;
  /** Why the final stage is not the last one; null when it is. */
  readonly target: Evidence | null;
};
