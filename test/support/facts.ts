import { analyze, createWorld } from '../../server/src/analyze.js';
import type { Libc } from '../../server/src/catalog/model.js';
import type { Evidence, Fact } from '../../server/src/fact.js';
import {
  accountFact,
  contentFact,
  entryAt,
  fileFact,
  programFact,
  shellPath,
  startProcess,
} from '../../server/src/interpret/query.js';
import { variable } from '../../server/src/interpret/scene.js';
import type { Artifact, Process, Stage, StageState } from '../../server/src/interpret/state.js';
import { indexLines, lineAt, type LineIndex } from '../../server/src/text/lines.js';
import { readFixture } from './fixture.js';

type BuildArgs = Readonly<Record<string, string>>;

/** The facts of a stage at its end; `unknown` where nothing is known. Common indentation of the Dockerfile is cut. */
export function facts(source: string, stage?: string | number, buildArgs: BuildArgs = {}): StageFacts {
  const { text } = readFixture(source);
  const { stages } = analyze(text, createWorld('2026-11-21', buildArgs));
  const found = stages.find(({ name, index }) => stage === name || stage === index) ?? stages.at(-1);
  if (!found || (stage !== undefined && stage !== found.name && stage !== found.index))
    throw new Error(`No stage '${stage}' in this file.`);
  return new StageFacts(found, indexLines(text));
}

/** Facts as short text: values in their plain form, `none` for what is known to be absent. */
export class StageFacts {
  readonly state: StageState;

  constructor(
    readonly stage: Stage,
    private readonly lines: LineIndex,
  ) {
    this.state = stage.end;
  }

  /** `glibc 2.41`, `musl`, `none`. */
  get libc(): string {
    return show(this.state.libc, libcText);
  }

  /** `debian 12`. */
  get os(): string {
    return show(this.state.os, (os) => (os ? [os.id, os.version].filter(Boolean).join(' ') : 'none'));
  }

  get shell(): string {
    return show(shellPath(this.state), (path) => path ?? 'none');
  }

  get packageManager(): string {
    return show(this.state.packageManager, (manager) => manager ?? 'none');
  }

  /** `app`, `1000`, `app (1000)`. */
  get user(): string {
    return show(this.state.user, ({ name, uid }) => {
      if (name === null) return String(uid);
      return uid === null ? name : `${name} (${uid})`;
    });
  }

  get workdir(): string {
    return show(this.state.workdir, (path) => path);
  }

  /** As JSON. */
  get entrypoint(): string {
    return show(this.state.entrypoint, processText);
  }

  get cmd(): string {
    return show(this.state.cmd, processText);
  }

  get healthcheck(): string {
    return show(this.state.healthcheck, processText);
  }

  /** What the container starts. */
  get start(): string {
    return show(startProcess(this.state), processText);
  }

  /** OS packages that are installed, by name. */
  get packages(): string {
    const installed = [...this.state.packages.entries()].filter(([, item]) => item.installed);
    return installed
      .map(([name, { isCertain }]) => (isCertain ? name : `${name}?`))
      .sort()
      .join(' ');
  }

  /** Why absence is not known, with the line; `no` when everything was understood. */
  get blur(): string {
    const { blur } = this.state;
    return blur ? `${linesOf([blur], this.lines)}: ${'note' in blur ? blur.note : ''}` : 'no';
  }

  env(name: string): string {
    const fact = this.state.env.get(name);
    return fact ? show(fact, (value) => value ?? 'none') : 'not set';
  }

  /** The value an instruction or command at the end of the stage sees. */
  variable(name: string): string {
    const value = variable(this.state, name);
    return value === undefined ? 'unknown' : (value ?? 'none');
  }

  /** `yes`, `no`, `unknown`, by the catalog's names. */
  has(content: string): string {
    return yesNo(contentFact(this.state, content));
  }

  file(path: string): string {
    return yesNo(fileFact(this.state, path));
  }

  program(name: string): string {
    return show(programFact(this.state, name), (path) => path ?? 'none');
  }

  account(name: string): string {
    return show(accountFact(this.state, name), (account) =>
      account ? `${account.name} ${account.uid ?? '?'}` : 'none',
    );
  }

  /** `go static from musl 1.2.5`, `none` for what was not followed. */
  artifact(path: string): string {
    const artifact = entryAt(this.state, path)?.artifact;
    return artifact ? artifactText(artifact) : 'none';
  }

  /** `static`, `dynamic`, `cgo`, `unknown`; `none` for what was not followed. */
  linkage(path: string): string {
    const artifact = entryAt(this.state, path)?.artifact;
    return artifact ? show(artifact.linkage, (linkage) => linkage) : 'none';
  }

  /** The lines of the instructions behind a fact, from one: `2 5`. */
  why(fact: Fact<unknown>): string {
    return linesOf(fact.because, this.lines);
  }

  whyFile(path: string): string {
    return this.why(fileFact(this.state, path));
  }

  whyProgram(name: string): string {
    return this.why(programFact(this.state, name));
  }

  whyContent(name: string): string {
    return this.why(contentFact(this.state, name));
  }

  whyLinkage(path: string): string {
    return linesOf(entryAt(this.state, path)?.artifact?.linkage.because ?? [], this.lines);
  }

  /** The line of the command that built the program, and that command's first words. */
  built(path: string): string {
    const built = entryAt(this.state, path)?.artifact?.built;
    return built ? `${lineAt(this.lines, built.span.start) + 1}: ${built.text}` : 'none';
  }
}

function show<T>(fact: Fact<T>, text: (value: T) => string): string {
  return fact.known ? text(fact.value) : 'unknown';
}

function yesNo(fact: Fact<boolean>): string {
  return show(fact, (value) => (value ? 'yes' : 'no'));
}

function libcText({ kind, version }: Libc): string {
  return version === null ? kind : `${kind} ${version}`;
}

function processText(process: Process | null): string {
  return process ? JSON.stringify(process.argv) : 'none';
}

function artifactText({ language, linkage, libc }: Artifact): string {
  return `${language ?? 'program'} ${show(linkage, (value) => value)} from ${show(libc, libcText)}`;
}

function linesOf(because: readonly Evidence[], lines: LineIndex): string {
  const numbers = because.flatMap((item) => (item.kind === 'instruction' ? [lineAt(lines, item.span.start) + 1] : []));
  return [...new Set(numbers)].sort((a, b) => a - b).join(' ');
}
