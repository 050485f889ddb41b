import { knownFalse } from '../fact.js';
import { lineage, rootBase } from '../interpret/bases.js';
import { startedProgram } from '../interpret/placed.js';
import { startsProduct } from '../interpret/product.js';
import { contentFact, fileFact } from '../interpret/query.js';
import type { Stage } from '../interpret/state.js';
import { copiedCertificates, goOnScratch, lackOf } from './missing-file.js';
import { defineRule } from './rule.js';

export default defineRule<null>({
  meta: {
    id: 'scratch-no-tmp',
    summary: 'The image has no /tmp',
    category: 'files',
    severity: 'information',
    fix: 'none',
  },

  docs: {
    why:
      'scratch has no directory at all. A program that spills large input to a temporary file fails only then, long ' +
      'after the tests: "open /tmp/multipart-740082785: no such file or directory". The multipart reader of Go and ' +
      'SQLite do so. Prepare the directory in a build stage with the mode 1777 and copy it, mount a tmpfs there, or ' +
      'start from a static base that has it. A program that never makes a temporary file does not need it.',
    bad: goOnScratch(),
    good: goOnScratch({
      prepared: 'RUN mkdir -p /rootfs/tmp && chmod 1777 /rootfs/tmp',
      copied: [copiedCertificates, 'COPY --from=build /rootfs/ /'],
    }),
    references: ['https://pkg.go.dev/os#TempDir', 'https://github.com/ddvk/rmfakecloud/issues/182'],
  },

  *check(analysis) {
    const lack = lackOf(analysis, (end) => fileFact(end, '/tmp'));
    if (!lack) return;
    const { stage, image, because } = lack;
    if (rootBase(stage).kind !== 'scratch' || !startsProduct(stage) || !startedProgram(stage)) return;
    if (!knownFalse(contentFact(stage.end, '/tmp')) || stage.end.env.get('TMPDIR') || hasVolume(stage)) return;
    yield {
      span: image.span,
      message: 'This image has no /tmp: a program that makes a temporary file fails at that moment.',
      because,
      data: null,
    };
  },
});

/** Docker makes the directory of a VOLUME when the container is created. */
function hasVolume(stage: Stage): boolean {
  return lineage(stage).some(({ steps }) =>
    steps.some(({ instruction: one }) => one.kind === 'volume' && one.words.some(({ text }) => /\/tmp\b/.test(text))),
  );
}
