import { findImage } from '../catalog/catalog.js';
import type { LibcKind } from '../catalog/model.js';
import { parseReference } from '../catalog/reference.js';
import { isAccountCommand } from '../interpret/account-problem.js';
import type { Analysis, Stage } from '../interpret/state.js';
import type { Fix } from '../rules/rule.js';
import { replace } from '../text/edit.js';
import { isKept, losesCommand } from './newer-base.js';

export type Wanted = {
  readonly libc: LibcKind;
  /** Another major version of the language besides. */
  readonly version?: { readonly from: string; readonly to: string } | null;
};

/**
 * The image of a build stage in its variant for another libc, where the stage installs no packages and makes no accounts
 * of its own.
 */
export function buildOnLibc(stage: Stage | undefined, wanted: Wanted, { catalog, today }: Analysis): Fix[] {
  const { image } = stage?.syntax.from ?? {};
  const written = stage?.base.kind === 'image' ? stage.base.reference : null;
  if (!stage || !image || !written || image.text !== written.text || written.digest || !written.tag) return [];
  if (installsPackages(stage) || makesAccounts(stage)) return [];
  const name = written.text.slice(0, written.parts.repository[1]);
  const from = findImage(catalog, written);
  for (const tag of tagsFor(written.tag, wanted)) {
    const text = `${name}:${tag}`;
    const reference = parseReference(text);
    const facts = reference && findImage(catalog, reference);
    if (!facts?.libc.known || facts.libc.value.kind !== wanted.libc) continue;
    if (isKept(facts, today) && !losesCommand(stage, { from, to: facts }))
      return [{ title: `Build on '${text}'`, edits: [replace(image.span, text)] }];
  }
  return [];
}

function installsPackages({ end, start }: Stage): boolean {
  return end.packages.changedSince(start.packages).length > 0;
}

function tagsFor(written: string, { libc, version }: Wanted): string[] {
  const tag = version ? written.replace(new RegExp(`^${version.from}(?=-|$)`), version.to) : written;
  if (version && tag === written) return [];
  return libc === 'musl' ? onAlpine(tag) : offAlpine(tag);
}

/** The options of these commands are other ones on Alpine. */
function makesAccounts({ steps }: Stage): boolean {
  return steps.some(({ commands }) => commands.some(({ words }) => isAccountCommand(words[0] ?? '')));
}

const suite = /-(?:slim|(?:trixie|bookworm|bullseye|buster|noble|jammy|focal|resolute)(?:-slim)?|slim-\w+|debian\d+)$/;

function onAlpine(tag: string): string[] {
  const plain = tag.replace(suite, '');
  return [`${plain}-alpine`];
}

function offAlpine(tag: string): string[] {
  const plain = tag.replace(/-?alpine[\d.]*/, '');
  return plain === tag || plain === '' ? [] : [`${plain}-slim`, `${plain}-trixie-slim`, plain];
}
