import { findImage } from '../catalog/catalog.js';
import type { ImageFacts, Os } from '../catalog/model.js';
import { parseReference, type ImageReference } from '../catalog/reference.js';
import { listReleases, type Release } from '../catalog/releases.js';
import { fitsAsItIs } from '../fixes/newer-base.js';
import { withSuite } from '../fixes/tags.js';
import { rootStage } from '../interpret/bases.js';
import { usesByText, type ImageUse } from '../interpret/image-uses.js';
import { finalStage } from '../interpret/processes.js';
import type { Analysis } from '../interpret/state.js';
import { replace } from '../text/edit.js';
import { defineRule, dockerfile, type Fix, type Severity } from './rule.js';

export default defineRule<readonly ImageUse[]>({
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
      'repositories move to an archive, so that `apt-get update` starts to fail with 404. While Debian LTS lasts, which ' +
      'is free and switched on in the images, that is said as information only; the extended support of Ubuntu and Red ' +
      'Hat does not reach an image without a subscription.',
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
    const final = finalStage(analysis);
    const shipped = final && rootStage(final);
    for (const uses of usesByText(analysis)) {
      const own = uses.find(({ stage }) => stage !== null && stage === shipped);
      const use = own ?? uses[0];
      const end = endOfLife(use?.facts ?? null, analysis.today);
      // Google Distroless has a rule of its own.
      if (!end || !use?.facts || use.facts.family === 'google-distroless') continue;
      const { facts, reference } = use;
      if (!own && end.severity !== 'warning') continue;
      yield {
        span: use.span,
        message: `'${reference.text}' is ${nameOf(facts)}, ${end.message}`,
        because: facts.os.because,
        data: uses,
        severity: own ? end.severity : 'information',
      };
    }
  },

  fix: ({ data }, analysis) => [...newer(data, analysis)],
});

type End = { readonly message: string; readonly severity: Severity };

function endOfLife(facts: ImageFacts | null, today: string): End | null {
  const os = facts?.os.known ? facts.os.value : null;
  if (!os || !facts?.osEol || facts.osEol >= today) return null;
  const { osEol, osLtsEol } = facts;
  // Debian LTS is for everyone; the longer support of the others is for those who pay or register.
  const isFree = os.id === 'debian';
  if (!osLtsEol || osLtsEol < today) {
    const day = isFree ? (osLtsEol ?? osEol) : osEol;
    const which = osLtsEol && !isFree ? 'no security support without a subscription' : 'no security support';
    return { message: `which has had ${which} since ${day}.`, severity: 'warning' };
  }
  return isFree
    ? {
        message: `which left regular security support on ${osEol}; long-term support ends on ${osLtsEol}.`,
        severity: 'information',
      }
    : {
        message: `which left standard security support on ${osEol}; only subscribers get fixes, until ${osLtsEol}.`,
        severity: 'warning',
      };
}

const names: Readonly<Record<string, string>> = {
  debian: 'Debian',
  ubuntu: 'Ubuntu',
  alpine: 'Alpine',
  centos: 'CentOS',
  fedora: 'Fedora',
  rhel: 'Red Hat Enterprise Linux',
  amazonlinux: 'Amazon Linux',
  oraclelinux: 'Oracle Linux',
  almalinux: 'AlmaLinux',
  rocky: 'Rocky Linux',
  mariner: 'CBL-Mariner',
  azurelinux: 'Azure Linux',
  photon: 'Photon OS',
};

function nameOf({ os }: ImageFacts): string {
  if (!os.known || !os.value) return 'a release';
  const { id, version, codename } = os.value;
  const name = Object.hasOwn(names, id) ? names[id] : id;
  return [name, version ?? '', codename ? `(${codename})` : ''].filter(Boolean).join(' ');
}

/** The same tag on the newest release, where the catalog knows it and its support lasts. */
function* newer(uses: readonly ImageUse[], analysis: Analysis): Iterable<Fix> {
  const { today, catalog } = analysis;
  const [use] = uses;
  if (!use) return;
  const { reference, facts } = use;
  const os = facts?.os.known ? facts.os.value : null;
  // A tag with a date in it was built once.
  if (!os || !reference.tag || reference.digest || /\d{8}/.test(reference.tag)) return;
  const stages = uses.flatMap(({ stage }) => stage ?? []);
  for (const release of newest(os.id, today)) {
    const text = onRelease(reference, { os, release });
    const next = text === null ? null : parseReference(text);
    const found = next && findImage(catalog, next);
    if (!text || !found?.osEol || found.osEol <= today || found.status === 'retired') continue;
    if (!fitsAsItIs({ from: facts, to: found, stages }, analysis)) continue;
    yield { title: `Use '${text}'`, edits: uses.map(({ span }) => replace(span, text)) };
    return;
  }
}

/** The releases that get security fixes today, the newest first; of Ubuntu only those with long-term support. */
function newest(id: string, today: string): Release[] {
  return listReleases()
    .filter((release) => release.id === id && release.released !== null && release.released <= today)
    .filter(({ eol, version }) => eol !== null && eol > today && (id !== 'ubuntu' || /^\d[02468]\.04$/.test(version)))
    .sort((a, b) => (b.released ?? '').localeCompare(a.released ?? ''));
}

function onRelease(reference: ImageReference, { os, release }: { os: Os; release: Release }): string | null {
  const { tag, text } = reference;
  if (tag === null || os.version === null) return null;
  // A patch release of a language is not built for distributions that came later.
  const isPatch = /^\d+\.\d+\.\d+/.test(tag);
  if (os.codename !== null && release.codename !== null && tag.includes(os.codename))
    return isPatch ? null : withSuite(reference, release.codename);
  const version = os.version.replaceAll('.', '\\.');
  // `3.19.1` of Alpine and `11.6` of Debian are point releases.
  const own = new RegExp(`^${version}(\\.\\d+)*(?=-slim$|$)|(?<=-alpine-?)${version}(\\.\\d+)*$`);
  const isBase = /(^|\/)(debian|ubuntu|alpine|fedora|amazonlinux|oraclelinux|almalinux)$/.test(reference.repository);
  if (!own.test(tag) || (!isBase && (isPatch || !tag.includes('alpine')))) return null;
  return `${text.slice(0, text.length - tag.length)}${tag.replace(own, release.version)}`;
}
