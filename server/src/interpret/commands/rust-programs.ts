import { placedAt } from '../placements.js';
import { cargoManifests, type RustSources } from '../rust-sources.js';
import { currentEntry, resolvePath } from '../tree.js';
import { hasOption, type CommandContext } from './command.js';
import { optionValues } from './python-lists.js';

/**
 * Programs that `cargo build` or `cargo install --path` surely makes, by their names; there may be more.
 * Source: https://doc.rust-lang.org/cargo/commands/cargo-build.html#target-selection
 */
export function builtPrograms(sources: RustSources | null, context: CommandContext): string[] {
  const named = optionValues(context, '--bin');
  if (named.length > 0) return named.filter((name) => name !== null && /^[\w-]+$/.test(name)).map(String);
  if (!sources || context.words.includes(null) || isOther(context)) return [];
  const [own] = cargoManifests(sources);
  if (!own || own.manifest.name === null || !isOfPackage(context, own.manifest.name)) return [];
  const { programs, seeksMain, name } = own.manifest;
  return [...new Set([...programs, ...(seeksMain && hasMain(sources, own.folder) ? [name] : [])])];
}

/** Only a library, an example or a test is built. */
function isOther(context: CommandContext): boolean {
  return hasOption(context, '--lib', '--example', '--examples', '--test', '--tests', '--bench', '--benches');
}

function isOfPackage(context: CommandContext, name: string): boolean {
  const asked = optionValues(context, '-p', '--package');
  return asked.length === 0 || (asked.length === 1 && asked[0] === name);
}

function hasMain({ state, context }: RustSources, folder: string): boolean {
  const path = resolvePath(folder, 'src/main.rs');
  return placedAt(state, path, context) !== null || currentEntry(state, path)?.kind === 'file';
}
