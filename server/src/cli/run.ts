import { analyze, type World } from '../analyze.js';
import { explain } from '../features/explain.js';
import { toMermaid } from '../features/mermaid.js';
import { stageGraph } from '../features/stage-graph.js';
import type { FilePlace } from '../context/file-tree.js';
import { stageNamed } from '../context/final-stage.js';
import type { Analysis } from '../interpret/state.js';
import { runRules } from '../rules/run.js';
import { type BuildChoice, type Format, readArguments, type Request } from './arguments.js';
import { type Checked, checkJson, checkText, fails, reportable } from './check.js';
import { openConfigs } from './configs.js';
import { explainText } from './explain-text.js';
import { help, usageLines } from './help.js';
import { coloured, plain } from './paint.js';

/** The machine around the command line. `read` returns the text of a file (`-` is standard input) or why it cannot. */
export type Host = {
  readonly world: () => World;
  readonly version: string;
  readonly read: (
    file: string,
  ) => { readonly text: string } | { readonly problem: string; readonly isMissing?: boolean };
  /** Paths of a file of that name in the folder of `file` and in those above it up to the current one. */
  readonly placesAbove: (file: string, name: string) => readonly string[];
  /** Where a Dockerfile lies among the files that may be read; null for standard input. */
  readonly placeOf: (file: string) => FilePlace | null;
  /** The name for people of what lies at a path of the tree in which a Dockerfile lies. */
  readonly shown: (file: string, path: string) => string;
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  readonly isColoured: boolean;
  readonly startServer: () => Promise<void>;
};

/** Does what the arguments say. Answers the exit status; null when a server was started and goes on running. */
export async function run(args: readonly string[], host: Host): Promise<number | null> {
  const request = readArguments(args);
  switch (request.command) {
    case 'check':
      return runCheck(request, host);
    case 'explain':
      return runExplain(request, host);
    case 'lsp':
      await host.startServer();
      return null;
    case 'help':
      host.out(help);
      return 0;
    case 'version':
      host.out(`${host.version}\n`);
      return 0;
    case 'usage':
      complain(host, `${request.message}\n${usageLines}`.trimEnd());
      return 2;
  }
}

function runCheck({ files, format, failOn, config, build }: Request & { command: 'check' }, host: Host): number {
  const configs = openConfigs(host.world(), config, host);
  const checked: Checked[] = [];
  let isComplete = true;
  for (const file of files) {
    const world = configs.worldOf(file);
    const analysis = world && read(file, { world, build }, host);
    if (!analysis) {
      isComplete = false;
      continue;
    }
    const { findings, faults } = runRules(analysis, { severities: {} });
    for (const fault of faults) complain(host, `${fault} (in '${file}').`);
    if (faults.length > 0) isComplete = false;
    const shown = (path: string) => host.shown(file, path);
    checked.push({ file: shownName(file, format), text: analysis.file.text, findings: reportable(findings), shown });
  }
  host.out(format === 'json' ? json(checkJson(checked)) : checkText(checked, host.isColoured ? coloured : plain));
  // What a failed rule or a broken config would have told is missing, and that must not look like a clean file.
  if (!isComplete || configs.isBroken()) return 2;
  return fails(checked, failOn) ? 1 : 0;
}

function runExplain({ file, format, config, build }: Request & { command: 'explain' }, host: Host): number {
  const configs = openConfigs(host.world(), config, host);
  const world = configs.worldOf(file);
  const analysis = world && read(file, { world, build }, host);
  if (!analysis) return 2;
  const status = configs.isBroken() ? 2 : 0;
  if (format === 'mermaid') {
    host.out(toMermaid(stageGraph(analysis) ?? { nodes: [], links: [] }));
    return status;
  }
  const explanation = explain(analysis, shownName(file, format));
  host.out(format === 'json' ? json(explanation) : explainText(explanation, host.isColoured ? coloured : plain));
  return status;
}

type Reading = { readonly world: World; readonly build: BuildChoice };

function read(file: string, { world, build }: Reading, host: Host): Analysis | null {
  const result = host.read(file);
  if ('problem' in result) {
    complain(host, `Cannot read '${file}': ${result.problem}.`);
    return null;
  }
  const { target, buildArgs, readsContext } = build;
  const place = readsContext ? host.placeOf(file) : null;
  const analysis = analyze(result.text, { ...world, buildArgs, place, ...(target !== null && { target }) });
  if (target !== null && !analysis.file.isTemplate && stageNamed(analysis.file, target) === null) {
    complain(host, `There is no stage '${target}' in '${file}'.`);
    return null;
  }
  if (analysis.file.isTemplate)
    complain(host, `'${file}' is a template for another tool, so nothing is known about it.`);
  return analysis;
}

function shownName(file: string, format: Format): string {
  return file === '-' && format === 'text' ? '<stdin>' : file;
}

function complain(host: Host, text: string): void {
  host.err(`distroless-guide: ${text}\n`);
}

function json(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
