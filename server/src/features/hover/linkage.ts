import type { Artifact } from '../../interpret/state.js';
import { code, lineOf } from './markdown.js';
import type { View } from './view.js';
import { libcTitle, runtimeTitle } from './words.js';

/** How a program is linked, and what decided it: `static because of CGO_ENABLED=0 on line 5`. Null when not known. */
export function linkageTitle(artifact: Artifact, view: View): string | null {
  const { linkage, libc } = artifact;
  if (!linkage.known) return null;
  const reason = reasonFor(artifact, view);
  if (linkage.value === 'static') return `static${reason}`;
  const against = libc.known ? `against ${libcTitle(libc.value)}` : 'dynamically';
  return `${linkage.value === 'cgo' ? 'with cgo ' : ''}${against}${reason}`;
}

/** `Go program, static by line 5`. */
export function artifactTitle(artifact: Artifact, view: View): string | null {
  const { language } = artifact;
  const how = linkageTitle(artifact, view);
  const name =
    language === 'c' || language === 'c++'
      ? language.toUpperCase()
      : language && runtimeTitle({ name: language, version: null });
  const what = name && `${name} program`;
  if (!how) return what && `${what}, linkage not known`;
  const linked = how.startsWith('static') ? how : `linked ${how}`;
  return what ? `${what}, ${linked}` : linked;
}

function reasonFor({ linkage, built }: Artifact, { analysis, lines }: View): string {
  const cause = linkage.because.find((item) => item.kind === 'instruction');
  const span = cause?.kind === 'instruction' ? cause.span : built?.span;
  if (!span) return '';
  const written = analysis.file.text.slice(span.start, Math.min(span.end, span.start + 60));
  const isSetting = /^[A-Z_]+=\S+$/.test(written) && written.length === span.end - span.start;
  return isSetting ? ` because of ${code(written)} on ${lineOf(lines, span)}` : ` by ${lineOf(lines, span)}`;
}
