import { allOf, anyOf, not, type Truth } from '../truth.js';

/** What a build gives: whether a tag is set, null where that is not known. */
export type TagLookup = (tag: string) => Truth;

/**
 * Whether a file takes part in a build, as its name and its go:build line say; null where that is not known.
 * Source: https://pkg.go.dev/cmd/go#hdr-Build_constraints
 */
export function takesPart(name: string, constraint: string | null, lookup: TagLookup): Truth {
  const parts = name.replace(/\.go$/, '').split('_').slice(1);
  const last = parts.slice(-2).filter((part) => systems.has(part) || machines.has(part));
  const own = allOf(last.map(lookup));
  return allOf([own, constraint === null ? true : evaluate(constraint, lookup)]);
}

/** What holds for any program for Linux built by Go itself; null where the tag says nothing of that kind. */
export function systemTag(tag: string): Truth | undefined {
  if (tag === 'linux' || tag === 'unix' || tag === 'gc') return true;
  if (systems.has(tag) || tag === 'gccgo') return false;
  if (machines.has(tag) || /^go1\.\d+$/.test(tag)) return null;
  return undefined;
}

const systems = new Set(
  'aix android darwin dragonfly freebsd hurd illumos ios js linux nacl netbsd openbsd plan9 solaris wasip1 windows zos'.split(
    ' ',
  ),
);

const machines = new Set(
  'amd64 386 arm arm64 loong64 mips mips64 mips64le mipsle ppc64 ppc64le riscv64 s390x wasm'.split(' '),
);

const deepest = 50;

type Reader = { readonly tokens: readonly string[]; at: number; depth: number };

/** `linux && (cgo || !race)`; null also for what cannot be read. */
function evaluate(text: string, lookup: TagLookup): Truth {
  const reader: Reader = { tokens: text.match(/&&|\|\||[!()]|[\w.]+/g) ?? [], at: 0, depth: 0 };
  if (reader.tokens.length > 200) return null;
  const value = either(reader, lookup);
  return reader.at === reader.tokens.length ? value : null;
}

function either(reader: Reader, lookup: TagLookup): Truth {
  const values = [both(reader, lookup)];
  while (reader.tokens[reader.at] === '||') {
    reader.at++;
    values.push(both(reader, lookup));
  }
  return anyOf(values);
}

function both(reader: Reader, lookup: TagLookup): Truth {
  const values = [one(reader, lookup)];
  while (reader.tokens[reader.at] === '&&') {
    reader.at++;
    values.push(one(reader, lookup));
  }
  return allOf(values);
}

function one(reader: Reader, lookup: TagLookup): Truth {
  const token = reader.tokens[reader.at++];
  if (token === undefined || reader.depth++ > deepest) return null;
  if (token === '!') return not(one(reader, lookup));
  if (token !== '(') return lookup(token);
  const value = either(reader, lookup);
  return reader.tokens[reader.at++] === ')' ? value : null;
}
