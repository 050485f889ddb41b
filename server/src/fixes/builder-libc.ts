import { findImage } from '../catalog/catalog.js';
import type { LibcKind } from '../catalog/model.js';
import { parseReference } from '../catalog/reference.js';
import type { Analysis, Stage } from '../interpret/state.js';
import type { Fix } from '../rules/rule.js';
import { replace } from '../text/edit.js';

/** The image of a build stage in its variant for another libc, where the stage installs no packages of its own. */
export function buildOnLibc(stage: Stage | undefined, libc: LibcKind, { catalog, today }: Analysis): Fix[] {
  const { image } = stage?.syntax.from ?? {};
  const written = stage?.base.kind === 'image' ? stage.base.reference : null;
  if (!stage || !image || !written || image.text !== written.text || written.digest || !written.tag) return [];
  if (installsPackages(stage)) return [];
  const name = written.text.slice(0, written.parts.repository[1]);
  for (const tag of libc === 'musl' ? onAlpine(written.tag) : offAlpine(written.tag)) {
    const text = `${name}:${tag}`;
    const reference = parseReference(text);
    const facts = reference && findImage(catalog, reference);
    const fits = facts?.libc.known && facts.libc.value.kind === libc && facts.status !== 'retired';
    if (fits && (facts.osLtsEol ?? facts.osEol ?? today) >= today)
      return [{ title: `Build on '${text}'`, edits: [replace(image.span, text)] }];
  }
  return [];
}

function installsPackages({ end, start }: Stage): boolean {
  return end.packages.changedSince(start.packages).length > 0;
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
