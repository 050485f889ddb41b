import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Finding, Severity } from '../server/src/rules/rule.js';
import { runRules } from '../server/src/rules/run.js';
import { indexLines, lineAt } from '../server/src/text/lines.js';
import { allFindings, analysisOf, applyFix } from './support/checks.js';

type Settings = Readonly<Record<string, Severity | 'off'>>;

/** What is said of a file, as `line rule`, lines counted from one; information left out where it is not asked for. */
function said(text: string, severities: Settings = {}): string[] {
  const lines = indexLines(text);
  const { findings } = runRules(analysisOf(text), { severities });
  return findings.map(({ rule, span }) => `${lineAt(lines, span.start) + 1} ${rule.meta.id}`);
}

/** The other findings that the only finding of a rule tells of, and what it says about them. */
function toldBy(text: string, id: string): { readonly message: string; readonly notes: readonly string[] } {
  const [finding, ...more] = allFindings(text).filter(({ rule }) => rule.meta.id === id);
  assert.ok(finding && more.length === 0, `'${id}' speaks ${more.length + (finding ? 1 : 0)} times.`);
  const lines = indexLines(text);
  const notes = finding.because.flatMap((one) =>
    one.kind === 'instruction' ? [`${lineAt(lines, one.span.start) + 1} ${one.note}`] : [],
  );
  return { message: finding.message, notes };
}

const shellless = `FROM gcr.io/distroless/static-debian13:nonroot
COPY app /app
RUN apt-get update && apt-get install -y curl
RUN mkdir /data
RUN /app --self-test
RUN ["/app", "--more"]
CMD ["/app"]
`;

test('a stage without a shell is one story, however many RUN need one', () => {
  assert.deepEqual(said(shellless), ['3 shell-form-run-no-shell']);
  const { message, notes } = toldBy(shellless, 'shell-form-run-no-shell');
  assert.equal(
    message,
    "Shell-form RUN needs '/bin/sh', which this stage does not have; the same is true of 2 more RUN instructions.",
  );
  assert.deepEqual(notes, [
    "1 The stage is based on 'gcr.io/distroless/static-debian13:nonroot'.",
    "3 'apt-get' is not in this stage, which has no package manager.",
    "4 This stage has no shell to run 'mkdir'.",
    '5 The same is true of this RUN.',
  ]);
});

test('CMD and HEALTHCHECK in shell form fail on their own', () => {
  assert.deepEqual(
    said('FROM gcr.io/distroless/static-debian13\nRUN echo\nUSER 1000:1000\nHEALTHCHECK CMD /app check\nCMD /app\n'),
    ['2 shell-form-run-no-shell', '4 healthcheck-shell-form-no-shell', '5 shell-form-cmd-no-shell'],
  );
});

test('a finding of its own stage is not told by that of another', () => {
  const text = 'FROM scratch AS one\nRUN echo a\nRUN echo b\nFROM one\nRUN echo c\n';
  assert.deepEqual(said(text), ['2 shell-form-run-no-shell', '5 shell-form-run-no-shell']);
});

test('what is left to a finding comes back where that one is ignored or off', () => {
  const ignored = shellless.replace('RUN apt-get', '# distroless ignore=shell-form-run-no-shell\nRUN apt-get');
  assert.deepEqual(said(ignored), ['4 package-manager-missing', '5 run-setup-in-shellless-stage']);
  assert.deepEqual(said(shellless, { 'shell-form-run-no-shell': 'off' }), [
    '3 package-manager-missing',
    '4 run-setup-in-shellless-stage',
  ]);
  assert.deepEqual(said('FROM python:3.7-slim-buster\n', { 'eol-language-runtime': 'off' }), [
    '1 eol-base-distribution',
  ]);
});

test('what a setting makes graver than the other is said for itself', () => {
  const text = 'FROM python:3.7-slim-buster\n';
  assert.deepEqual(said(text), ['1 eol-language-runtime']);
  assert.deepEqual(said(text, { 'eol-language-runtime': 'hint' }), [
    '1 eol-base-distribution',
    '1 eol-language-runtime',
  ]);
});

test('an ignore comment for what is left to another is needed all the same', () => {
  const text = shellless.replace('RUN mkdir', '# distroless ignore=run-setup-in-shellless-stage\nRUN mkdir');
  const { message } = toldBy(text, 'shell-form-run-no-shell');
  assert.match(message, /one more RUN instruction\.$/);
  assert.deepEqual(said(text), ['3 shell-form-run-no-shell']);
});

test('the shell that SHELL names is to blame for all that would run through it', () => {
  const text =
    'FROM alpine:3.24\nSHELL ["/bin/bash", "-c"]\nRUN echo one\nRUN echo two\nUSER 1000:1000\nHEALTHCHECK CMD app check\nCMD app\n';
  assert.deepEqual(said(text), ['2 shell-instruction-missing-shell']);
  assert.deepEqual(toldBy(text, 'shell-instruction-missing-shell').notes.slice(2), [
    "4 Shell-form RUN needs '/bin/bash', which this stage does not have.",
    "6 Shell-form HEALTHCHECK runs through '/bin/bash', which this image does not have.",
    "7 Shell-form CMD runs through '/bin/bash', which this image does not have.",
  ]);
  assert.deepEqual(said(text, { 'shell-instruction-missing-shell': 'off' }), [
    '3 shell-form-run-no-shell',
    '6 healthcheck-shell-form-no-shell',
    '7 shell-form-cmd-no-shell',
  ]);
});

test('the root user of a development variant goes with the variant, where the runtime variant has another', () => {
  const text = 'FROM dhi.io/node:24-debian13-dev\nWORKDIR /app\nCOPY server.js .\nCMD ["node", "server.js"]\n';
  assert.deepEqual(said(text), ['1 debug-or-dev-variant-in-final']);
  assert.deepEqual(toldBy(text, 'debug-or-dev-variant-in-final').notes, [
    "1 The image starts as root, the default user of 'dhi.io/node:24-debian13-dev'.",
  ]);
  const written = text.replace('CMD', 'USER root\nCMD');
  assert.deepEqual(said(written), ['1 debug-or-dev-variant-in-final', '4 final-stage-runs-as-root']);
});

test('a library that is copied by hand and its path of one architecture are one finding', () => {
  const text =
    'FROM debian:13 AS build\nFROM gcr.io/distroless/base-debian13:nonroot\n' +
    'COPY --from=build /usr/lib/x86_64-linux-gnu/libpq.so.5 /usr/lib/\nCOPY app /app\nENTRYPOINT ["/app"]\n';
  assert.deepEqual(said(text), ['3 hand-copied-libraries']);
  assert.deepEqual(said(text, { 'hand-copied-libraries': 'off' }), ['3 hardcoded-arch-library-path']);
});

test('programs that one stage builds alike are one finding, and one fix mends all', () => {
  const text = `FROM golang:1.26 AS build
RUN go build -o /out/a ./a
RUN go build -o /out/b ./b

FROM gcr.io/distroless/static-debian13:nonroot
COPY --from=build /out/a /a
COPY --from=build /out/b /b
ENTRYPOINT ["/a"]
`;
  assert.deepEqual(said(text), ['6 go-dynamic-binary-in-static-base']);
  const [fix] = onlyFinding(text).fixes();
  assert.equal(fix?.title, 'Build without cgo, in 2 places');
  const fixed = applyFix(text, fix);
  assert.deepEqual(said(fixed), []);
  assert.equal(fixed, text.replaceAll('RUN go', 'RUN CGO_ENABLED=0 go'));
});

test('a fix stays what it is where another of the findings has none', () => {
  const text = 'FROM scratch\nCOPY app /app\nRUN /app --self-test\nRUN /app > /log\n';
  const [fix] = onlyFinding(text).fixes();
  assert.equal(fix?.title, 'Rewrite RUN in exec form');
  assert.equal(applyFix(text, fix), text.replace('/app --self-test', '["/app", "--self-test"]'));
});

test('findings that wait for the same word are listed once, and no more than eight of them', () => {
  const text = `FROM scratch\n${'RUN echo\n'.repeat(20)}`;
  const { message, notes } = toldBy(text, 'shell-form-run-no-shell');
  assert.match(message, /; the same is true of 19 more RUN instructions\.$/);
  assert.equal(notes.length, 1 + 8);
});

function onlyFinding(text: string): Finding {
  const [finding, ...more] = allFindings(text);
  assert.ok(finding && more.length === 0, said(text).join(', '));
  return finding;
}
