import { imageUses, type ImageUse } from '../interpret/image-uses.js';
import { replace } from '../text/edit.js';
import { defineRule, dockerfile, type Fix } from './rule.js';

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
      const since = facts.eol ? `has not been built since ${facts.eol}` : 'is no longer built';
      yield {
        span: { start: span.start, end },
        message: `'${name}' ${since} and gets no security fixes.`,
        because: facts.libc.because.length > 0 ? facts.libc.because : facts.os.because,
        data: use,
        severity: reference.digest ? 'information' : 'warning',
      };
    }
  },

  fix: ({ data }) => [...replacement(data)],
});

function* replacement({ facts, reference, span }: ImageUse): Iterable<Fix> {
  if (!facts?.replacement || reference.digest) return;
  const name = /^gcr\.io\/distroless\/[a-z0-9-]+/.exec(facts.replacement)?.[0];
  if (!name) return;
  const end = span.start + reference.parts.repository[1];
  yield { title: `Use '${name}'`, edits: [replace({ start: span.start, end }, name)] };
}
