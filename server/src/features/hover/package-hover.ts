import { findPackage, type PackageFacts, type PackageNames } from '../../catalog/packages.js';
import type { PackageManager } from '../../catalog/model.js';
import { packageName, readPackageCommand } from '../../interpret/commands/packages.js';
import { isWorkshop } from '../../interpret/bases.js';
import type { CommandStep, Stage, Step } from '../../interpret/state.js';
import { touches, type Span } from '../../text/span.js';
import { code, page, prose } from './markdown.js';
import { list } from '../../text/list.js';

type Found = { readonly name: string; readonly manager: PackageManager; readonly span: Span };

/** The package name under the cursor, in an install command of a RUN. */
export function packageAt({ commands }: Step, offset: number): Found | null {
  for (const step of commands) {
    if (!touches(step.command.span, offset)) continue;
    const found = inCommand(step, offset);
    if (found) return found;
  }
  return null;
}

/** What a package is, and whether an image that runs has a use for it; null for one that is not known. */
export function packageHover({ name, manager }: Found, stage: Stage): string | null {
  const { os } = stage.end;
  const facts = findPackage(name, manager, os.known ? os.value : null);
  if (!facts) return null;
  const title = `**${code(name)}** · ${facts.role.replace(/-/g, ' ')} · ${manager}`;
  const first = page(title, sentence(facts.what), verdict(name, facts, stage));
  return page(first, elsewhere(name, facts.names), removed(name, stage));
}

function inCommand({ words, wordSpans }: CommandStep, offset: number): Found | null {
  const command = readPackageCommand(words);
  if (command?.action !== 'install') return null;
  for (const index of command.packages) {
    const span = wordSpans[index];
    const name = packageName(words[index] ?? '');
    if (span && name !== '' && touches(span, offset)) return { name, manager: command.manager, span };
  }
  return null;
}

function verdict(name: string, { belongsInRuntime, runtimePackage }: PackageFacts, stage: Stage): string | null {
  const instead =
    runtimePackage && runtimePackage !== name ? ` At run time its counterpart is ${names(runtimePackage)}.` : '';
  if (belongsInRuntime === null) return `Whether an image that runs needs it depends on the program.${instead}`;
  if (belongsInRuntime) return 'Belongs in an image that runs, if the program uses it.';
  if (!stage.isFinal || isWorkshop(stage)) return `Fine in a build stage; not for an image that runs.${instead}`;
  return `**Not for an image that runs**, and this is the final stage.${instead}`;
}

const systems: readonly (readonly [keyof PackageNames, string])[] = [
  ['apt', 'apt'],
  ['apk', 'Alpine'],
  ['dnf', 'dnf'],
  ['wolfi', 'Wolfi'],
  ['chisel', 'Chisel'],
];

/** Only where it is called otherwise. */
function elsewhere(name: string, packageNames: PackageNames): string | null {
  const groups = new Map<string, string[]>();
  for (const [key, title] of systems) {
    const other = packageNames[key];
    if (other === null || other === name) continue;
    groups.set(other, [...(groups.get(other) ?? []), title]);
  }
  const parts = [...groups].map(([other, titles]) => `${titles.join(' and ')} ${names(other)}`);
  return parts.length > 0 ? `Elsewhere: ${parts.join(' · ')}.` : null;
}

function names(packages: string): string {
  return list(packages.split(/\s+/).map(code));
}

function removed(name: string, { end }: Stage): string | null {
  const item = end.packages.get(name);
  return item && !item.installed ? 'It is removed again in this stage.' : null;
}

function sentence(text: string): string | null {
  return text === '' ? null : prose(/[.!?]$/.test(text) ? text : `${text}.`);
}
