import { knownFalse } from '../fact.js';
import { lineage, rootBase } from '../interpret/bases.js';
import { startedProgram } from '../interpret/placed.js';
import { finalStage } from '../interpret/processes.js';
import { startsProduct } from '../interpret/product.js';
import { contentFact, fileFact } from '../interpret/query.js';
import type { Stage } from '../interpret/state.js';
import { defineRule, dockerfile } from './rule.js';

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
    bad: dockerfile`
      FROM golang:1.26 AS build
      WORKDIR /src
      COPY . .
      RUN CGO_ENABLED=0 go build -o /out/app .

      FROM scratch
      COPY --from=build /etc/ssl/certs/ca-certificates.crt /etc/ssl/certs/ca-certificates.crt
      COPY --from=build /out/app /app
      USER 65532:65532
      ENTRYPOINT ["/app"]
    `,
    good: dockerfile`
      FROM golang:1.26 AS build
      WORKDIR /src
      COPY . .
      RUN CGO_ENABLED=0 go build -o /out/app .
      RUN mkdir -p /rootfs/tmp && chmod 1777 /rootfs/tmp

      FROM scratch
      COPY --from=build /etc/ssl/certs/ca-certificates.crt /etc/ssl/certs/ca-certificates.crt
      COPY --from=build /rootfs/ /
      COPY --from=build /out/app /app
      USER 65532:65532
      ENTRYPOINT ["/app"]
    `,
    references: ['https://pkg.go.dev/os#TempDir', 'https://github.com/ddvk/rmfakecloud/issues/182'],
  },

  *check(analysis) {
    const stage = finalStage(analysis);
    const { image } = stage?.syntax.from ?? {};
    if (!stage || !image || rootBase(stage).kind !== 'scratch' || !startsProduct(stage) || !startedProgram(stage))
      return;
    const folder = fileFact(stage.end, '/tmp');
    const isMissing = knownFalse(folder) && knownFalse(contentFact(stage.end, '/tmp'));
    if (!isMissing || stage.end.env.get('TMPDIR') || hasVolume(stage)) return;
    yield {
      span: image.span,
      message: 'This image has no /tmp: a program that makes a temporary file fails at that moment.',
      because: folder.because,
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
