import { findImage, type Catalog } from '../catalog/catalog.js';
import { parseReference } from '../catalog/reference.js';
import { byDocker } from '../fact.js';
import { imageUses, type ImageUse } from '../interpret/image-uses.js';
import { insert } from '../text/edit.js';
import { defineRule, dockerfile } from './rule.js';

type Data = { readonly end: number; readonly suffix: string };

export default defineRule<Data>({
  meta: {
    id: 'distroless-name-without-debian-suffix',
    summary: 'Google Distroless name that moves to the next Debian by itself',
    category: 'base',
    severity: 'warning',
    fix: 'safe',
  },

  docs: {
    why:
      'Without `-debian13` in its name the image follows the newest Debian release: it went from Debian 11 to 12, and in ' +
      'January 2026 to 13. Such a move changes glibc, OpenSSL and the Python version under a program that was built for ' +
      "the old ones (version `GLIBC_2.3x' not found), on a day nobody chose. The name with the release is the same " +
      'image today and stays on its release. Of the static images only certificates and time zones change.',
    bad: dockerfile`
      FROM gcr.io/distroless/base:nonroot
      COPY app /app
      ENTRYPOINT ["/app"]
    `,
    good: dockerfile`
      FROM gcr.io/distroless/base-debian13:nonroot
      COPY app /app
      ENTRYPOINT ["/app"]
    `,
    references: [
      'https://github.com/GoogleContainerTools/distroless#what-images-are-available',
      'https://github.com/GoogleContainerTools/distroless/issues/2007',
    ],
  },

  *check(analysis) {
    for (const use of imageUses(analysis)) {
      const { reference, facts, span } = use;
      const suffix = suffixOf(use, analysis.catalog);
      if (!facts || !suffix || reference.digest) continue;
      const end = span.start + reference.parts.repository[1];
      yield {
        span: { start: span.start, end },
        message: `'${analysis.file.text.slice(span.start, end)}' follows the newest Debian release; its name does not say which.`,
        because: [byDocker(`At present the name without a release means ${suffix.slice(1)}.`), ...facts.os.because],
        data: { end, suffix },
        // Nothing in the static images depends on the release but certificates and time zones.
        severity: facts.purpose === 'static' ? 'information' : 'warning',
      };
    }
  },

  fix: ({ data: { end, suffix } }) => [{ title: `Name the release: ${suffix}`, edits: [insert(end, suffix)] }],
});

/** `-debian13`, for a name that is still built under that name too. */
function suffixOf({ reference, facts }: ImageUse, catalog: Catalog): string | null {
  if (facts?.family !== 'google-distroless' || facts.status !== 'supported' || reference.registry !== 'gcr.io')
    return null;
  const os = facts.os.known ? facts.os.value : null;
  if (os?.id !== 'debian' || os.version === null || /-debian\d+$/.test(reference.repository)) return null;
  const suffix = `-debian${os.version}`;
  const named = parseReference(`gcr.io/${reference.repository}${suffix}:${facts.tag}`);
  return named && findImage(catalog, named)?.status === 'supported' ? suffix : null;
}
