import type { Settings, SeveritySetting } from '../protocol.js';

export const defaultSettings: Settings = {
  enable: true,
  run: 'onType',
  rules: {},
  overlap: 'auto',
  hover: { enable: true },
  completion: { enable: true },
  codeLens: { enable: true },
  inlayHints: { enable: false },
  documentLinks: { enable: true },
  buildArgs: {},
};

const severities: readonly SeveritySetting[] = ['error', 'warning', 'information', 'hint', 'off'];

/** The settings in `raw`, the default for every value that is missing or of the wrong kind; `problems` says which. */
export function readSettings(raw: unknown): { settings: Settings; problems: readonly string[] } {
  const problems: string[] = [];
  const read = reader(section(raw, 'distroless', problems), problems);
  const toggle = (name: Toggle) => {
    const own = reader(read.object(name), problems, `${name}.`);
    return { enable: own.boolean('enable', defaultSettings[name].enable) };
  };
  const toggles = {
    hover: toggle('hover'),
    completion: toggle('completion'),
    codeLens: toggle('codeLens'),
    inlayHints: toggle('inlayHints'),
    documentLinks: toggle('documentLinks'),
  };
  const settings: Settings = {
    ...toggles,
    enable: read.boolean('enable', defaultSettings.enable),
    run: read.oneOf('run', ['onType', 'onSave'], defaultSettings.run),
    rules: read.entries('rules', (value): value is SeveritySetting => severities.some((one) => one === value)),
    overlap: read.oneOf('overlap', ['auto', 'always', 'never'], defaultSettings.overlap),
    buildArgs: read.entries('buildArgs', (value): value is string => typeof value === 'string'),
  };
  return { settings, problems };
}

type Toggle = 'hover' | 'completion' | 'codeLens' | 'inlayHints' | 'documentLinks';
type Values = Readonly<Record<string, unknown>>;

function reader(values: Values, problems: string[], prefix = '') {
  const wrong = (name: string, expected: string) =>
    problems.push(`Setting 'distroless.${prefix}${name}' is not ${expected}: the default is used.`);

  const entry = <T>(name: string, isValid: (value: unknown) => value is T, expected: string): T | undefined => {
    const value = values[name];
    if (value === undefined || value === null) return undefined;
    if (isValid(value)) return value;
    wrong(name, expected);
    return undefined;
  };

  return {
    boolean: (name: string, fallback: boolean) => entry(name, isBoolean, 'true or false') ?? fallback,
    object: (name: string) => section(values[name], `distroless.${prefix}${name}`, problems),
    oneOf: <T extends string>(name: string, choices: readonly T[], fallback: T) => {
      const isChoice = (value: unknown): value is T => choices.some((choice) => choice === value);
      return entry(name, isChoice, `one of ${choices.join(', ')}`) ?? fallback;
    },
    entries: <T>(name: string, isValid: (value: unknown) => value is T): Readonly<Record<string, T>> => {
      const valid: [string, T][] = [];
      for (const [key, value] of Object.entries(section(values[name], `distroless.${prefix}${name}`, problems))) {
        if (isValid(value)) valid.push([key, value]);
        else if (value !== null) problems.push(`Setting 'distroless.${name}' has no valid value for '${key}'.`);
      }
      return Object.fromEntries(valid);
    },
  };
}

function section(value: unknown, name: string, problems: string[]): Values {
  if (value === undefined || value === null) return {};
  if (typeof value === 'object' && !Array.isArray(value)) return value as Values;
  problems.push(`Setting '${name}' is not an object: the defaults are used.`);
  return {};
}

function isBoolean(value: unknown): value is boolean {
  return typeof value === 'boolean';
}
