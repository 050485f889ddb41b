import { findImage, type Catalog } from '../catalog/catalog.js';
import type { ImageFacts } from '../catalog/model.js';
import { parseReference } from '../catalog/reference.js';
import type { Evidence } from '../fact.js';
import { imageUses, type ImageUse } from '../interpret/image-uses.js';
import type { Stage } from '../interpret/state.js';
import { replace } from '../text/edit.js';
import { defineRule, dockerfile, type Fix } from './rule.js';

const removal = 'https://github.com/GoogleContainerTools/distroless/pull/2156';

export default defineRule<ImageUse>({
  meta: {
    id: 'distroless-unsupported-image',
    summary: 'Google Distroless image that is no longer built',
    category: 'base',
    severity: 'warning',
    fix: 'review',
  },

  docs: {
    why:
      'The project stops building a Debian release or a runtime version soon after the next one is out. Old images stay ' +
      'in the registry and still pull, but get no more security fixes. Moving on can change glibc, OpenSSL and the ' +
      'version of the runtime, so build and test against the new one.',
    bad: dockerfile`
      FROM gcr.io/distroless/nodejs20-debian12:nonroot
      WORKDIR /app
      COPY server.js .
      CMD ["server.js"]
    `,
    good: dockerfile`
      FROM gcr.io/distroless/nodejs22-debian13:nonroot
      WORKDIR /app
      COPY server.js .
      CMD ["server.js"]
    `,
    references: [
      'https://github.com/GoogleContainerTools/distroless/blob/main/SUPPORT_POLICY.md',
      'https://github.com/GoogleContainerTools/distroless/issues/2129',
      removal,
    ],
  },

  *check(analysis) {
    for (const use of imageUses(analysis)) {
      const { facts, reference, span } = use;
      if (facts?.family !== 'google-distroless' || facts.status === null || facts.status === 'supported') continue;
      // The status of a private image says nothing about the builds of Google.
      if (facts.read === null) continue;
      if (facts.eol !== null && facts.eol > analysis.today) continue;
      const end = span.start + reference.parts.repository[1];
      const name = analysis.file.text.slice(span.start, end);
      const isDated = facts.eol !== null && facts.status === 'retired';
      const since = isDated ? `has not been built since ${facts.eol}` : 'is no longer built';
      yield {
        span: { start: span.start, end },
        message: `'${name}' ${since} and gets no security fixes.`,
        because: reasons(facts),
        data: use,
        severity: reference.digest ? 'information' : 'warning',
      };
    }
  },

  fix: ({ data }, { catalog }) => [...replacement(data, catalog)],
});

/** The last builds of Debian 12 were taken away after the day the images were read, so that the day is not known. */
function reasons({ name, tag, status, eol, os, libc }: ImageFacts): readonly Evidence[] {
  const told = os.because.length > 0 ? os.because : libc.because;
  if (status !== 'deprecated' || eol === null) return told;
  const note = `The project has merged the removal of these builds, which was planned for ${eol}.`;
  return [{ kind: 'catalog', image: `${name}:${tag}`, source: removal, date: '2026-11-20', note }, ...told];
}

function* replacement({ facts, reference, span, stage }: ImageUse, catalog: Catalog): Iterable<Fix> {
  if (!facts?.replacement || reference.digest) return;
  const name = /^gcr\.io\/distroless\/[a-z0-9-]+/.exec(facts.replacement)?.[0];
  if (!name || (stage && holdsPackagesOf(stage, facts) && changesVersion(facts, { name, catalog }))) return;
  const end = span.start + reference.parts.repository[1];
  yield { title: `Use '${name}'`, edits: [replace({ start: span.start, end }, name)] };
}

/** Packages of Python are for one version of it, and were installed in another stage. */
function holdsPackagesOf({ end }: Stage, { runtime }: ImageFacts): boolean {
  if (!runtime.known || runtime.value?.name !== 'python') return false;
  return [...end.python.entries()].some(([, { kind }]) => kind === 'packages' || kind === 'environment');
}

function changesVersion({ runtime, tag }: ImageFacts, next: { name: string; catalog: Catalog }): boolean {
  const reference = parseReference(`${next.name}:${tag}`);
  const found = reference && findImage(next.catalog, reference);
  const [old, fresh] = [runtime, found?.runtime].map((fact) => (fact?.known ? fact.value?.version : null));
  return old !== fresh;
}
