import { parseArgs } from 'node:util';

export type Format = 'text' | 'json';
/** How `explain` prints: as the others, or the stages as a Mermaid flowchart. */
export type ExplainFormat = Format | 'mermaid';
export type FailOn = 'error' | 'warning' | 'info' | 'never';

/** Which distroless.config.json counts: the nearest one above each FILE, none, or the one named. */
export type ConfigChoice = 'nearest' | 'none' | { readonly file: string };

/** What `docker build` would be given; see `World`. */
export type BuildChoice = {
  readonly target: string | null;
  readonly buildArgs: Readonly<Record<string, string>>;
  /** False when the files around the Dockerfiles are not to be read. */
  readonly readsContext: boolean;
};

/** What the command line asks for. `usage` is a mistake, told in one sentence. */
export type Request =
  | {
      readonly command: 'check';
      readonly format: Format;
      readonly failOn: FailOn;
      readonly config: ConfigChoice;
      readonly build: BuildChoice;
      readonly files: readonly string[];
    }
  | {
      readonly command: 'explain';
      readonly format: ExplainFormat;
      readonly config: ConfigChoice;
      readonly build: BuildChoice;
      readonly file: string;
    }
  | { readonly command: 'lsp' }
  | { readonly command: 'help' }
  | { readonly command: 'version' }
  | { readonly command: 'usage'; readonly message: string };

/** Reads the arguments after the program's name. */
export function readArguments(args: readonly string[]): Request {
  const read = parse(args);
  if ('message' in read) return usage(read.message);
  const { values, positionals } = read;
  if (values.help) return { command: 'help' };
  if (values.version) return { command: 'version' };
  const [command, ...files] = positionals;
  if (command === 'check') return readCheck(values, files);
  if (command === 'explain') return readExplain(values, files);
  if (command === 'lsp') return readServer(values, files);
  return usage(command === undefined ? 'A command is missing.' : `There is no command '${command}'.`);
}

const options = {
  format: { type: 'string' },
  'fail-on': { type: 'string' },
  config: { type: 'string' },
  'no-config': { type: 'boolean' },
  'no-context': { type: 'boolean' },
  target: { type: 'string' },
  'build-arg': { type: 'string', multiple: true },
  stdio: { type: 'boolean' },
  clientProcessId: { type: 'string' },
  help: { type: 'boolean', short: 'h' },
  version: { type: 'boolean' },
} as const;

type Values = {
  readonly format?: string | undefined;
  readonly 'fail-on'?: string | undefined;
  readonly config?: string | undefined;
  readonly 'no-config'?: boolean | undefined;
  readonly 'no-context'?: boolean | undefined;
  readonly target?: string | undefined;
  readonly 'build-arg'?: readonly string[] | undefined;
  readonly stdio?: boolean | undefined;
  readonly clientProcessId?: string | undefined;
};

function parse(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true });
  } catch (error) {
    const text = error instanceof Error ? error.message : String(error);
    return { message: text.split('. ', 1)[0]?.replace(/\.?$/, '.') ?? text };
  }
}

function readCheck(values: Values, files: readonly string[]): Request {
  const stray = strayOption(values, ['fail-on', ...readingOptions]);
  if (stray) return usage(`check does not take --${stray}.`);
  const format = readFormat(values.format);
  if (!format) return usage(`--format is text or json, not '${values.format ?? ''}'.`);
  const failOn = failOnValues.find((value) => value === (values['fail-on'] ?? 'error'));
  if (!failOn) return usage(`--fail-on is error, warning, info or never, not '${values['fail-on'] ?? ''}'.`);
  if (files.length === 0) return usage('check needs at least one FILE.');
  const reading = readReading(values);
  return 'message' in reading ? usage(reading.message) : { command: 'check', format, failOn, files, ...reading };
}

function readExplain(values: Values, files: readonly string[]): Request {
  const stray = strayOption(values, readingOptions);
  if (stray) return usage(`explain does not take --${stray}.`);
  const format = values.format === 'mermaid' ? 'mermaid' : readFormat(values.format);
  if (!format) return usage(`--format is text, json or mermaid, not '${values.format ?? ''}'.`);
  const [file, ...more] = files;
  if (file === undefined || more.length > 0) return usage('explain needs exactly one FILE.');
  const reading = readReading(values);
  return 'message' in reading ? usage(reading.message) : { command: 'explain', format, file, ...reading };
}

function readServer(values: Values, files: readonly string[]): Request {
  const stray = strayOption(values, ['stdio', 'clientProcessId']);
  if (stray) return usage(`lsp does not take --${stray}.`);
  if (files.length > 0) return usage('lsp takes no FILE.');
  return values.stdio ? { command: 'lsp' } : usage('lsp needs --stdio.');
}

/** What check and explain take alike. */
const readingOptions = ['format', 'config', 'no-config', 'no-context', 'target', 'build-arg'];

type Reading = { readonly config: ConfigChoice; readonly build: BuildChoice };

function readReading(values: Values): Reading | { readonly message: string } {
  const { config, target = null } = values;
  if (config !== undefined && values['no-config']) return { message: '--config and --no-config do not go together.' };
  if (target === '') return { message: '--target needs the name or the number of a stage.' };
  const buildArgs = new Map<string, string>();
  for (const text of values['build-arg'] ?? []) {
    const [, name, value] = /^([^=]+)=(.*)$/s.exec(text) ?? [];
    if (name === undefined || value === undefined) return { message: `--build-arg is NAME=VALUE, not '${text}'.` };
    buildArgs.set(name, value);
  }
  return {
    config: config !== undefined ? { file: config } : values['no-config'] ? 'none' : 'nearest',
    build: { target, buildArgs: Object.fromEntries(buildArgs), readsContext: !values['no-context'] },
  };
}

const failOnValues: readonly FailOn[] = ['error', 'warning', 'info', 'never'];

function readFormat(value: string | undefined): Format | null {
  return value === undefined || value === 'text' ? 'text' : value === 'json' ? 'json' : null;
}

function strayOption(values: Values, allowed: readonly string[]): string | undefined {
  return Object.keys(values).find((name) => !allowed.includes(name));
}

function usage(message: string): Request {
  return { command: 'usage', message };
}
