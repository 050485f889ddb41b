import { resolvePath } from '../tree.js';
import type { CommandContext } from './command.js';

/** The words of a go command. */
export type GoCommand = {
  /** `build`, `install`. */
  readonly action: string;
  /** Where it works, -C included; null when that is not known. */
  readonly folder: string | null;
  /** What is named after the options; null when one of them is a package that is not known. */
  readonly packages: readonly string[] | null;
  /** True when some words are not known that may be options, packages, or nothing. */
  readonly isOpen: boolean;
  /** Build tags; null when they are not all known. */
  readonly tags: readonly string[] | null;
  /** True when another go.mod or other sources than those of the folder are read (-modfile, -overlay). */
  readonly isElsewhere: boolean;
};

/** Options with a value of their own. Source: https://pkg.go.dev/cmd/go#hdr-Compile_packages_and_dependencies */
const valued = new Set(
  (
    'C o p asmflags buildmode compiler covermode coverpkg exec gccgoflags gcflags installsuffix ldflags mod modfile ' +
    'overlay pgo pkgdir run tags toolexec'
  ).split(' '),
);

/** `flags` is the value of GOFLAGS: null when it is not set, undefined when it is not known. */
export function readGoCommand(context: CommandContext, flags: string | null | undefined): GoCommand {
  const { words, raw, cwd } = context;
  const found: Found = {
    action: null,
    folder: cwd,
    packages: [],
    isOpen: false,
    isHidden: false,
    tags: tagsOf(flags),
    isElsewhere: /(^|\s)--?(modfile|overlay)=/.test(flags ?? ''),
  };
  for (let index = 1; index < words.length; index++) {
    const word = words[index] ?? null;
    const text = word ?? raw[index] ?? '';
    const [, name, own] = /^["']?--?([A-Za-z]+)(?:=(.*))?$/s.exec(text) ?? [];
    if (name === undefined) {
      readOperand(found, word, text);
      continue;
    }
    const takesNext = own === undefined && valued.has(name);
    const given = word === null ? null : (own ?? '');
    readOption(found, name, takesNext ? (words[++index] ?? null) : given);
  }
  const { action, isHidden, packages, ...rest } = found;
  return { ...rest, action: action ?? '', packages: isHidden ? null : packages };
}

type Found = {
  action: string | null;
  folder: string | null;
  readonly packages: string[];
  isOpen: boolean;
  /** True when some package is not known. */
  isHidden: boolean;
  tags: readonly string[] | null;
  isElsewhere: boolean;
};

function readOperand(found: Found, word: string | null, text: string): void {
  const mayBeOption = word === null && /^["']?[$`]/.test(text);
  if (word === null && (found.action === null || mayBeOption)) found.tags = null;
  if (mayBeOption) found.isOpen = true;
  else if (word === null) found.isHidden = true;
  else if (found.action === null) found.action = word;
  else found.packages.push(word);
}

function readOption(found: Found, name: string, value: string | null): void {
  if (name === 'C') found.folder = value === null || found.folder === null ? null : resolvePath(found.folder, value);
  if (name === 'modfile' || name === 'overlay') found.isElsewhere = true;
  if (name === 'tags') found.tags = value === null ? null : splitTags(value);
}

function tagsOf(flags: string | null | undefined): readonly string[] | null {
  if (flags === undefined) return null;
  const value = /(?:^|\s)--?tags=(\S*)/.exec(flags ?? '')?.[1];
  return value === undefined ? [] : splitTags(value);
}

function splitTags(value: string): readonly string[] {
  return value.split(/[\s,]+/).filter(Boolean);
}
