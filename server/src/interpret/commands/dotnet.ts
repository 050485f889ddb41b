import type { Libc, LibcKind } from '../../catalog/model.js';
import { byInstruction, known, unknown, type Fact } from '../../fact.js';
import type { Span } from '../../text/span.js';
import { putBundle } from '../bundles.js';
import type { Bundle, BundleTrait, StageState } from '../state.js';
import { parentOf, resolvePath } from '../tree.js';
import { because, buildCommand, optionValue, pathOf, type CommandContext, type CommandEffect } from './command.js';

/** dotnet publish: the program, with a host or a whole runtime for one libc. */
export const dotnet: CommandEffect = (state, context) => {
  if (context.words[1] !== 'publish') return state;
  const properties = propertiesOf(context);
  const hasNoHost = isOff(properties.get('useapphost')) || isOn(properties.get('staticexecutable'));
  const given = optionValue(context, '-o', '--output') ?? properties.get('publishdir');
  const path = given === undefined ? belowProject(context) : pathOf(context, given?.replace(/^:/, ''));
  if (!path || path === '/' || hasNoHost) return state;
  const platform = platformOf(context);
  const bundle: Bundle = {
    kind: 'dotnet',
    stage: context.stage,
    libc: libcOf(state, context, platform),
    version: unknown(),
    built: buildCommand(context),
    platform: platform?.word ?? null,
    traits: traitsOf(context, properties, platform !== null),
  };
  return putBundle(state, path, { bundle, by: because(context, `'dotnet publish' writes the program to '${path}'.`) });
};

/** Without an output the program lies in bin/Release/<framework>/publish or below; see `bundleAt`. */
function belowProject(context: CommandContext): string | null {
  const project = context.words[2] ?? '';
  const named = /\.(cs|fs|vb)proj$/.test(project) ? pathOf(context, project) : null;
  const folder = named === null ? context.cwd : parentOf(named);
  return folder && resolvePath(folder, 'bin');
}

/** `libc` undefined: that of the SDK; null: not known. `word` is null where it is not one of the file. */
type Platform = {
  readonly libc: LibcKind | undefined | null;
  readonly word: { readonly text: string; readonly span: Span } | null;
};

function platformOf(context: CommandContext): Platform | null {
  const { words, raw, spans } = context;
  for (let index = 2; index < words.length; index++) {
    const word = words[index] ?? raw[index] ?? '';
    const joined = /^(?:--runtime[=:]|-r[=:]|[-/]{1,2}(?:p|property):RuntimeIdentifier=)(.*)$/i.exec(word)?.[1];
    const at = joined === undefined && /^(-r|--runtime)$/.test(word) ? index + 1 : joined === undefined ? -1 : index;
    if (at < 0) continue;
    const text = joined ?? words[at] ?? raw[at] ?? '';
    const span = spans[at];
    const isPlain = span !== undefined && !context.isNested && words[at] === raw[at];
    return { libc: kindOf(text), word: isPlain ? { text, span } : null };
  }
  const os = optionValue(context, '--os');
  if (os !== undefined) return { libc: os === null ? null : kindOf(`${os}-x64`), word: null };
  return isOwnPlatform(context) ? { libc: undefined, word: null } : null;
}

/** `linux-musl-x64`; the architecture may come from a variable. See https://learn.microsoft.com/dotnet/core/rid-catalog */
function kindOf(text: string): LibcKind | null {
  if (/^(linux-musl|alpine)\b/.test(text)) return 'musl';
  const isGlibc = /^linux-(x64|x86|arm|arm64|amd64|s390x|ppc64le|\$\{?\w*ARCH\w*\}?)$|^(debian|ubuntu|rhel)\b/.test(
    text,
  );
  return isGlibc ? 'glibc' : null;
}

function isOwnPlatform({ words }: CommandContext): boolean {
  return words.some((word) => /^(-a|--arch|--ucr|--use-current-runtime)([=:]true)?$/.test(word ?? ''));
}

function libcOf(state: StageState, { command }: CommandContext, platform: Platform | null): Fact<Libc> {
  const kind = platform?.libc;
  if (kind === undefined) return state.libc;
  if (kind === null) return unknown(byInstruction(command.span, 'The platform that is published for is not known.'));
  if (state.libc.known && state.libc.value.kind === kind) return state.libc;
  return known({ kind, version: null }, byInstruction(command.span, `The program is published for ${kind}.`));
}

function traitsOf(context: CommandContext, properties: Properties, isSettled: boolean): BundleTrait[] {
  const traits: BundleTrait[] = isSettled ? ['settled'] : [];
  if (isOn(properties.get('publishaot'))) traits.push('aot');
  if (isSelfContained(context, properties)) traits.push('self-contained');
  if (isOn(properties.get('invariantglobalization'))) traits.push('invariant');
  return traits;
}

function isSelfContained({ words }: CommandContext, properties: Properties): boolean {
  const at = words.findIndex((word) => /^(--self-contained|--sc)([=:]\w+)?$/.test(word ?? ''));
  const value = /[=:](\w+)$/.exec(words[at] ?? '')?.[1] ?? words[at + 1];
  if (at >= 0) return value !== null && !isOff(value);
  return isOn(properties.get('selfcontained'));
}

type Properties = ReadonlyMap<string, string>;

/** `-p:PublishAot=true`, `/p:…`, `--property:…`, by lower-case name. */
function propertiesOf({ words }: CommandContext): Properties {
  const found = new Map<string, string>();
  words.forEach((word, index) => {
    const joined = /^[-/]{1,2}(?:p|property)(?::(.*))?$/i.exec(word ?? '');
    const text = joined ? (joined[1] ?? words[index + 1]) : undefined;
    for (const part of text?.split(';') ?? []) {
      const [name, value] = part.split('=');
      if (name && value !== undefined) found.set(name.toLowerCase(), value);
    }
  });
  return found;
}

function isOn(value: string | undefined): boolean {
  return value?.toLowerCase() === 'true';
}

function isOff(value: string | undefined): boolean {
  return value?.toLowerCase() === 'false';
}
