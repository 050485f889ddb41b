import { load } from 'js-yaml';
import type { SourceFile } from '../text/source-file.js';
import type { Span } from '../text/span.js';
import type { Build, BuildValue } from './builds.js';
import { joinPath } from './file-tree.js';

/** Longer files are not read: a compose file names a few services. */
const longestText = 256 * 1024;

/**
 * The services of a compose file that build a Dockerfile; none where the file cannot be read. `folder` is where it lies.
 * Source: https://docs.docker.com/reference/compose-file/build/
 */
export function readCompose(file: SourceFile, folder: string): readonly Build[] {
  const services = field(parse(file.text), 'services');
  return entries(services).flatMap(([name, service]) => {
    const build = field(service, 'build');
    const whole = typeof build === 'string' ? { context: build } : build;
    return isObject(whole) ? [buildOf(file, folder, { name, build: whole })] : [];
  });
}

type Service = { readonly name: string; readonly build: object };

function buildOf(file: SourceFile, folder: string, { name, build }: Service): Build {
  const block = blockOf(file.text, name);
  const text = (key: string) => valueAt(file.text, block, { key, value: field(build, key) });
  const isInline = field(build, 'dockerfile_inline') !== undefined;
  const context = joined(folder, text('context')?.value ?? (field(build, 'context') === undefined ? '.' : null));
  const named = field(build, 'dockerfile') === undefined ? 'Dockerfile' : (text('dockerfile')?.value ?? null);
  return {
    file,
    kind: 'compose',
    name,
    span: block.name,
    context,
    dockerfile: isInline || context === null || named === null ? null : joined(context, named),
    target: text('target'),
    args: argsOf(file.text, block, field(build, 'args')),
  };
}

/** A mapping, or a list of NAME=value; a name alone takes its value from the environment, which is not known. */
function argsOf(text: string, block: Block, args: unknown): ReadonlyMap<string, BuildValue> {
  const pairs = Array.isArray(args)
    ? args.flatMap((item: unknown) => (typeof item === 'string' ? [pairOf(item)] : []))
    : entries(args);
  return new Map(
    pairs.slice(0, mostArgs).map(([name, value]) => {
      const at = find(text, block, name);
      return [name, { value: interpolated(value), span: at }];
    }),
  );
}

const mostArgs = 200;

function pairOf(item: string): [string, unknown] {
  const equals = item.indexOf('=');
  return equals < 0 ? [item, null] : [item.slice(0, equals), item.slice(equals + 1)];
}

/** `$X` and `${X}` come from the environment; `${X:-default}` has a value without it. */
function interpolated(value: unknown): string | null {
  const text = typeof value === 'string' ? value : typeof value === 'number' ? String(value) : null;
  if (text === null || !text.includes('$')) return text;
  const filled = text.replace(/\$\{[A-Za-z_]\w*:?-([^${}]*)\}/g, '$1').replaceAll('$$', '\0');
  return filled.includes('$') ? null : filled.replaceAll('\0', '$');
}

function valueAt(text: string, block: Block, { key, value }: { key: string; value: unknown }): BuildValue | null {
  if (value === undefined || value === null) return null;
  return { value: interpolated(value), span: find(text, block, key) };
}

/** The context and Dockerfile of a web address, or of a folder above, are not known. */
function joined(folder: string, path: string | null): string | null {
  if (path === null || path.startsWith('/') || path.startsWith('~') || /^[\w+.-]+:|^git@/.test(path)) return null;
  return joinPath(folder, path);
}

type Block = { readonly name: Span; readonly start: number; readonly end: number };

/** The lines of a service: from its name to the next line that is indented as little. */
function blockOf(text: string, name: string): Block {
  const quoted = name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
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
  const quoted = key.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
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

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function field(value: unknown, key: string): unknown {
  return isObject(value) && Object.hasOwn(value, key) ? (value as Readonly<Record<string, unknown>>)[key] : undefined;
}

function entries(value: unknown): [string, unknown][] {
  return isObject(value) ? Object.entries(value) : [];
}
