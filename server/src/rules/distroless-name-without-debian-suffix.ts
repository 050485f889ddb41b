import { byDocker } from '../fact.js';
import { imageUses } from '../interpret/image-uses.js';
import { insert } from '../text/edit.js';
import { defineRule, dockerfile } from './rule.js';

/** Names that exist with and without the Debian release. */
const moving = /^distroless\/(static|base|base-nossl|cc|java-base|java\d+|nodejs\d+|python3)$/;

/** Since 2026-01-30: GoogleContainerTools/distroless README, "Why are the images not versioned?" and issue 2007. */
const release = 'debian13';

export default defineRule<number>({
  meta: {
    id: 'distroless-name-without-debian-suffix',
    summary: 'Google Distroless name that moves to the next Debian by itself',
    category: 'base',
    severity: 'warning',
    fix: 'safe',
  },

  docs: {
    why:
      'Without `-debian13` in its name the image follows the newest Debian release: it went from Debian 11 to 12 and in ' +
      'January 2026 to 13. Such a move changes glibc, OpenSSL and the Python version under a program that was built for ' +
      "the old ones (version `GLIBC_2.3x' not found), on a day nobody chose. The name with the release is the same " +
      'image today and stays on its release.',
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
    for (const { reference, span } of imageUses(analysis)) {
      if (reference.registry !== 'gcr.io' || reference.digest || !moving.test(reference.repository)) continue;
      const end = span.start + reference.parts.repository[1];
      yield {
        span: { start: span.start, end },
        message: `'${reference.text.slice(0, reference.parts.repository[1])}' follows the newest Debian release; its name does not say which.`,
        because: [byDocker(`Since January 2026 the name without a release means ${release}.`)],
        data: end,
      };
    }
  },

  fix: ({ data: end }) => [{ title: `Name the release: -${release}`, edits: [insert(end, `-${release}`)] }],
});
