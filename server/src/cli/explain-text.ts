import {
  type ExplainedFact,
  type ExplainedFacts,
  type ExplainedStage,
  type Explanation,
  usualContents,
} from '../features/explain.js';
import { type Paint, printable } from './paint.js';

/** Every stage with its facts, one per line, and the reasons below each. */
export function explainText({ file, stages }: Explanation, paint: Paint): string {
  if (stages.length === 0) return `${printable(file)}: there are no stages.\n`;
  return stages.map((stage) => stageText(stage, file, paint)).join('\n');
}

type Row = {
  readonly label: string;
  readonly value: string | null;
  readonly because: ExplainedFact<unknown>['because'];
};

function stageText(stage: ExplainedStage, file: string, paint: Paint): string {
  const name = stage.name === null ? '' : ` '${stage.name}'`;
  const final = stage.final ? ', the final stage' : '';
  const base = stage.base.stage === null ? stage.base.reference : `${stage.base.reference} (stage ${stage.base.stage})`;
  const resolved = stage.base.image === null || stage.base.image === base ? '' : `, that is ${stage.base.image}`;
  const title = `${file}:${stage.line}: stage ${stage.index}${name} from ${base}${resolved}${final}`;
  const rows = rowsOf(stage.facts).map((row) => rowText(row, paint));
  return [paint('bold', printable(title)), ...rows].join('\n') + '\n';
}

function rowText({ label, value, because }: Row, paint: Paint): string {
  const shown = value === null ? paint('dim', 'not known') : printable(value);
  const reasons = because.map(({ message, line }) => {
    return paint('dim', `      ${line === undefined ? '' : `line ${line}: `}${printable(message)}`);
  });
  return [`  ${label.padEnd(16)} ${shown}`, ...reasons].join('\n');
}

function rowsOf(facts: ExplainedFacts): Row[] {
  return [
    row('os', facts.os, (os) => versioned(os?.id, os?.version)),
    row('libc', facts.libc, (libc) => versioned(libc.kind, libc.version)),
    row('shell', facts.shell, (path) => path ?? 'none'),
    row('package manager', facts.packageManager, (name) => name ?? 'none'),
    row('user', facts.user, userText),
    row('workdir', facts.workdir, (path) => path),
    row('entrypoint', facts.entrypoint, argvText),
    row('cmd', facts.cmd, argvText),
    row('runtime', facts.runtime, (runtime) => versioned(runtime?.name, runtime?.version)),
    row('status', facts.status, (status) => status ?? 'none'),
    row('end of support', facts.eol, (day) => day ?? 'none'),
    ...usualContents.flatMap((key) => {
      const fact = facts.contains[key];
      return fact ? [row(key, fact, (isThere) => (isThere ? 'present' : 'absent'))] : [];
    }),
  ];
}

function row<T>(label: string, fact: ExplainedFact<T>, print: (value: T) => string): Row {
  return { label, value: fact.known ? print(fact.value) : null, because: fact.because };
}

function versioned(name: string | undefined, version: string | null | undefined): string {
  return name === undefined ? 'none' : [name, version].filter(Boolean).join(' ');
}

function userText({ name, uid }: { readonly name: string | null; readonly uid: number | null }): string {
  if (name !== null && uid !== null) return `${name} (${uid})`;
  return name ?? (uid === null ? 'none' : String(uid));
}

function argvText(argv: readonly string[] | null): string {
  return argv === null ? 'none' : JSON.stringify(argv);
}
