import { findImage, loadCatalog } from '../catalog/catalog.js';
import type { ImageFacts } from '../catalog/model.js';
import { parseReference } from '../catalog/reference.js';
import { withSuite } from '../fixes/tags.js';
import { imageUses, type ImageUse } from '../interpret/image-uses.js';
import { replace } from '../text/edit.js';
import { defineRule, dockerfile, type Fix, type Severity } from './rule.js';

export default defineRule<ImageUse>({
  meta: {
    id: 'eol-base-distribution',
    summary: 'Distribution release without security support',
    category: 'base',
    severity: 'warning',
    fix: 'review',
  },

  docs: {
    why:
      'After its end of life a release gets no security fixes, whatever is rebuilt on top of it, and its package ' +
      'repositories move to an archive, so that `apt-get update` starts to fail with 404. Debian and Ubuntu offer a ' +
      'longer support by others after it; while that lasts it is said as information only.',
    bad: dockerfile`
      FROM debian:buster-slim
      COPY app /usr/local/bin/app
      USER 65532:65532
      CMD ["app"]
    `,
    good: dockerfile`
      FROM debian:trixie-slim
      COPY app /usr/local/bin/app
      USER 65532:65532
      CMD ["app"]
    `,
    references: ['https://endoflife.date/debian', 'https://endoflife.date/alpine-linux', 'https://wiki.debian.org/LTS'],
  },

  *check(analysis) {
    const said = new Set<string>();
    for (const use of imageUses(analysis)) {
      const end = endOfLife(use.facts, analysis.today);
      // Google Distroless has a rule of its own, and the same image twice is one problem.
      if (!end || !use.facts || use.facts.family === 'google-distroless' || said.has(use.reference.text)) continue;
      said.add(use.reference.text);
      const isShipped = use.stage === null || use.stage.isFinal;
      yield {
        span: use.span,
        message: `'${use.reference.text}' is ${nameOf(use.facts)}, ${end.message}`,
        because: use.facts.os.because,
        data: use,
        severity: isShipped ? end.severity : 'information',
      };
    }
  },

  fix: ({ data }) => [...newer(data)],
});

type End = { readonly message: string; readonly severity: Severity };

function endOfLife(facts: ImageFacts | null, today: string): End | null {
  if (!facts?.osEol || facts.osEol >= today) return null;
  if (facts.osLtsEol && facts.osLtsEol >= today) {
    const message = `which left regular security support on ${facts.osEol}; long-term support ends on ${facts.osLtsEol}.`;
    return { message, severity: 'information' };
  }
  return { message: `which has had no security support since ${facts.osLtsEol ?? facts.osEol}.`, severity: 'warning' };
}

function nameOf({ os }: ImageFacts): string {
  if (!os.known || !os.value) return 'a release';
  const { id, version, codename } = os.value;
  const name = id.charAt(0).toUpperCase() + id.slice(1);
  return [name, version ?? '', codename ? `(${codename})` : ''].filter(Boolean).join(' ');
}

/** The same tag on the newest release, where the catalog knows it and its support lasts. */
function* newer({ reference, facts, span }: ImageUse): Iterable<Fix> {
  if (!facts?.os.known || !facts.os.value || reference.digest || reference.tag === null) return;
  for (const text of candidates(reference.text, facts)) {
    const next = parseReference(text);
    const found = next ? findImage(loadCatalog(), next) : null;
    if (!found?.osEol || found.osEol <= (facts.osEol ?? '') || found.status === 'retired') continue;
    yield { title: `Use '${text}'`, edits: [replace(span, text)] };
    return;
  }
}

function candidates(text: string, facts: ImageFacts): string[] {
  const os = facts.os.known ? facts.os.value : null;
  const reference = parseReference(text);
  if (!os || !reference?.tag) return [];
  if (os.id === 'alpine') {
    const version = /3\.\d+(\.\d+)?/;
    const isOwn = facts.name === 'alpine';
    const at = isOwn ? version : /(?<=alpine-?)3\.\d+/;
    return at.test(reference.tag)
      ? [text.replace(new RegExp(`:${escape(reference.tag)}$`), `:${reference.tag.replace(at, '3.24')}`)]
      : [];
  }
  if (os.codename === null || !reference.tag.includes(os.codename)) return numeric(text, reference.tag, os.id);
  const next = os.id === 'debian' ? ['trixie'] : ['resolute', 'noble'];
  return next.flatMap((codename) => withSuite(reference, codename) ?? []);
}

/** debian:11, ubuntu:20.04. */
function numeric(text: string, tag: string, id: string): string[] {
  if (id === 'debian' && /^\d+(\.\d+)?(-slim)?$/.test(tag))
    return [text.slice(0, -tag.length) + tag.replace(/^\d+(\.\d+)?/, '13')];
  if (id === 'ubuntu' && /^\d\d\.\d\d$/.test(tag)) return [`${text.slice(0, -tag.length)}24.04`];
  return [];
}

function escape(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
