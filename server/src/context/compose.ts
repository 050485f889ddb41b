import { load } from 'js-yaml';
import { literalPattern } from '../text/literal-pattern.js';
import type { SourceFile } from '../text/source-file.js';
import type { Span } from '../text/span.js';
import type { Build, BuildPlace, BuildValue } from './builds.js';
import { asObject, entriesOf, field, type DataObject } from './data.js';
import { buildPath } from './build-path.js';

/** Longer files are not read: a compose file names a few services. */
const longestText = 256 * 1024;

/**
 * The services of a compose file that build a Dockerfile; none where the file cannot be read. `place` is where it lies.
 * Source: https://docs.docker.com/reference/compose-file/build/
 */
export function readCompose(file: SourceFile, place: BuildPlace): readonly Build[] {
  const services = field(parse(file.text), 'services');
  return entriesOf(services).flatMap(([name, service]) => {
    const build = field(service, 'build');
    const whole = typeof build === 'string' ? { context: build } : asObject(build);
    const isPart = field(service, 'extends') !== undefined;
    return whole ? [buildOf(file, place, { name, build: whole, isPart })] : [];
  });
}

/** `isPart`: what is not written may be that of the service which it extends. */
type Service = { readonly name: string; readonly build: DataObject; readonly isPart: boolean };

function buildOf(file: SourceFile, { folder, hasEnvironment }: BuildPlace, { name, build, isPart }: Service): Build {
  const block = { ...blockOf(file.text, name), hasEnvironment };
  const text = (key: string) => valueAt(file.text, block, { key, value: field(build, key) });
  const isInline = field(build, 'dockerfile_inline') !== undefined;
  const usual = (key: string, value: string) => (isPart || field(build, key) !== undefined ? null : value);
  const context = buildPath(folder, text('context')?.value ?? usual('context', '.'));
  const named = text('dockerfile')?.value ?? usual('dockerfile', 'Dockerfile');
  return {
    file,
    kind: 'compose',
    name,
    span: block.name,
    context,
    dockerfile: isInline || context === null || named === null ? null : buildPath(context, named),
    target: text('target'),
    args: argsOf(file.text, block, field(build, 'args')),
    contexts: pairsOf(field(build, 'additional_contexts')).map(([given]) => given),
    stated: new Set(['context', 'dockerfile', 'target'].filter((key) => field(build, key) !== undefined)),
  };
}

/** A mapping, or a list of NAME=value; a name alone takes its value from the environment, if it is there. */
function argsOf(text: string, block: Block, args: unknown): ReadonlyMap<string, BuildValue> {
  return new Map(
    pairsOf(args)
      .filter(([, value]) => value !== null)
      .map(([name, value]) => [name, { value: interpolated(value, block), span: find(text, block, name) }]),
  );
}

function pairsOf(value: unknown): readonly (readonly [string, unknown])[] {
  const pairs = Array.isArray(value)
    ? value.flatMap((item: unknown) => (typeof item === 'string' ? [pairOf(item)] : []))
    : entriesOf(value);
  return pairs.slice(0, mostArgs);
}

const mostArgs = 200;

function pairOf(item: string): [string, unknown] {
  const equals = item.indexOf('=');
  return equals < 0 ? [item, null] : [item.slice(0, equals), item.slice(equals + 1)];
}

/** `$X` and `${X}` come from the environment; `${X:-default}` has a value without it. */
function interpolated(value: unknown, { hasEnvironment }: Block): string | null {
  const text = typeof value === 'string' ? value : typeof value === 'number' ? String(value) : null;
  if (text === null || !text.includes('$')) return text;
  if (hasEnvironment && /(^|[^$])(\$\$)*\$[A-Za-z_{]/.test(text)) return null;
  const filled = text.replace(/\$\{[A-Za-z_]\w*:?-([^${}]*)\}/g, '$1').replaceAll('$$', '\0');
  return filled.includes('$') ? null : filled.replaceAll('\0', '$');
}

function valueAt(text: string, block: Block, { key, value }: { key: string; value: unknown }): BuildValue | null {
  if (value === undefined || value === null) return null;
  return { value: interpolated(value, block), span: find(text, block, key) };
}

type Lines = { readonly name: Span; readonly start: number; readonly end: number };
type Block = Lines & { readonly hasEnvironment: boolean };

/** The lines of a service: from its name to the next line that is indented as little. */
function blockOf(text: string, name: string): Lines {
  const quoted = literalPattern(name);
  const services = /^services[ \t]*:/m.exec(text)?.index ?? 0;
  const head = new RegExp(`^([ \\t]+)(["']?${quoted}["']?)[ \\t]*:`, 'm').exec(text.slice(services));
  if (!head) return { name: { start: 0, end: 0 }, start: 0, end: 0 };
  const [whole, indent = '', written = ''] = head;
  const start = services + head.index;
  const after = start + whole.length;
  const rest = new RegExp(`^(?![ \\t]*(#|\\r?$))(?!${indent}[ \\t])`, 'm').exec(text.slice(after));
  const at = start + indent.length;
  const isHere = rest !== null && rest.index > 0;
  return {
    name: { start: at, end: at + written.length },
    start: after,
    end: isHere ? after + rest.index : text.length,
  };
}

/** Where a key of the service stands with its value; the name of the service where that cannot be told. */
function find(text: string, { name, start, end }: Block, key: string): Span {
  const quoted = literalPattern(key);
  const found = new RegExp(`(^|[\\s{,"'-])(${quoted}["']?[ \\t]*[:=][^\\r\\n]*)`, 'm').exec(text.slice(start, end));
  if (!found) return name;
  const at = start + found.index + (found[1] ?? '').length;
  return { start: at, end: at + (found[2] ?? '').trimEnd().length };
}

function parse(text: string): unknown {
  if (text.length > longestText) return null;
  try {
    return load(text);
  } catch {
    return null;
  }
}
