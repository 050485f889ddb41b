import assert from 'node:assert/strict';
import { test } from 'node:test';
import rule from '../../server/src/rules/shell-or-busybox-copied-into-distroless.js';
import { allFindings, checkFix, checkRule, checkSilent, fixTitles } from '../support/checks.js';

test('reports a shell from another image', () => {
  checkRule(
    rule,
    `
FROM gcr.io/distroless/java21-debian13
COPY --from=busybox:1.37 /bin/busybox /bin/sh
#                        ^^^^^^^^^^^^ fixable: 'busybox' gives 'gcr.io/distroless/java21-debian13' the shell that this image is made without.
`,
  );
  checkRule(
    rule,
    `
FROM debian:trixie AS tools
FROM cgr.dev/chainguard/static AS base
COPY --from=tools /app /bin/dash /bin/
#                      ^^^^^^^^^ 'dash' gives 'cgr.dev/chainguard/static' the shell that this image is made without.
FROM base
ENTRYPOINT ["/bin/app"]
`,
  );
});

test('is silent in workshops, build stages, on scratch and where a shell was', () => {
  checkSilent(rule, 'FROM gcr.io/distroless/static AS debug\nCOPY --from=busybox:1.37 /bin/sh /bin/sh\n');
  checkSilent(rule, 'FROM gcr.io/distroless/static AS a\nCOPY --from=busybox:1.37 /bin/sh /bin/sh\nFROM scratch\n');
  checkSilent(rule, 'FROM scratch\nCOPY --from=busybox:1.37 /bin/busybox /bin/sh\n');
  checkSilent(rule, 'FROM alpine:3.24\nCOPY --from=bash:5.3 /usr/local/bin/bash /bin/bash\n');
  checkSilent(rule, 'FROM gcr.io/distroless/static:debug\nCOPY --from=busybox:1.37 /bin/sh /bin/sh\n');
});

test('is silent about other files and bases that are not known', () => {
  checkSilent(rule, 'FROM gcr.io/distroless/static\nCOPY --from=busybox:1.37 /bin/wget /bin/wget\n');
  checkSilent(rule, 'FROM gcr.io/distroless/static\nCOPY bin/sh /bin/sh\n');
  checkSilent(rule, 'FROM registry.example.com/x\nCOPY --from=busybox:1.37 /bin/sh /bin/sh\n');
});

test('leaves it out only where nothing may want it', () => {
  checkFix(
    rule,
    'FROM gcr.io/distroless/static\nCOPY --from=busybox:1.37 /bin/sh /bin/sh\nENTRYPOINT ["/app"]\n',
    'FROM gcr.io/distroless/static\nENTRYPOINT ["/app"]\n',
  );
  const start = 'FROM gcr.io/distroless/static\nCOPY --from=busybox:1.37 /bin/sh /bin/sh\n';
  for (const user of ['RUN x', 'CMD x', 'ENTRYPOINT ["/run.sh"]', 'HEALTHCHECK CMD ["sh", "-c", "x"]'])
    assert.deepEqual(fixTitles(rule, `${start}${user}\n`), []);
});

test('is one finding', () => {
  const text =
    'FROM gcr.io/distroless/static:nonroot\nCOPY --from=busybox:1.37 /bin/sh /bin/sh\nCOPY run.sh /\nENTRYPOINT ["/run.sh"]\n';
  assert.ok(allFindings(text).some((finding) => finding.rule === rule));
  assert.equal(allFindings(text).filter((finding) => finding.rule === rule).length, 1);
});
