import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { analyze, createWorld } from '../server/src/analyze.js';
import { runRules } from '../server/src/rules/run.js';
import { filesUnder, textOf } from './support/repository.js';

const world = createWorld('2026-11-21');

/** Analyses a text, runs all rules and asks for all fixes: nothing throws, and every place lies inside the text. */
function survives(text: string): void {
  const analysis = analyze(text, world);
  const { findings, faults } = runRules(analysis, { severities: {} });
  for (const finding of findings) {
    assert.ok(isInside(finding.span, text), `${finding.rule.meta.id} points outside of:\n${text}`);
    for (const reason of finding.because)
      assert.ok(reason.kind !== 'instruction' || isInside(reason.span, text), `A reason is outside of:\n${text}`);
    for (const fix of finding.fixes())
      for (const { span } of fix.edits) assert.ok(isInside(span, text), `'${fix.title}' edits outside of:\n${text}`);
  }
  assert.deepEqual(faults, [], text);
}

function isInside({ start, end }: { readonly start: number; readonly end: number }, text: string): boolean {
  return 0 <= start && start <= end && end <= text.length;
}

for (const path of filesUnder('samples', 'Dockerfile')) {
  test(`every beginning of ${path}`, () => {
    const text = textOf(path);
    for (let end = 0; end <= text.length; end++) survives(text.slice(0, end));
  });
}

const images = fc.constantFrom(
  'scratch',
  'alpine:3.20',
  'debian:12-slim',
  'golang:1.22-alpine',
  'golang:1.21',
  'rust:1.80',
  'node:22',
  'build',
  '0',
  'gcr.io/distroless/static-debian12',
  'gcr.io/distroless/nodejs22-debian12:debug',
  '$BASE',
  '${BASE:-alpine}',
  'UPPER',
  'example.com/x@sha256:0',
  '',
  '"',
  'cgr.dev/chainguard/static',
  'mcr.microsoft.com/dotnet/aspnet:8.0',
);
const paths = fc.constantFrom(
  '/',
  '.',
  './',
  '..',
  '/app',
  'app',
  '/app/',
  '/usr/bin/app',
  '/bin/sh',
  '/etc/passwd',
  '/etc/ssl/certs',
  '*',
  '$X',
  '/a b',
  '/lib/ld-musl-x86_64.so.1',
  '~/x',
  '/src/target/release/app',
  '/proc/../x',
  'https://e.com/a.tgz',
  "'",
  '\\',
);
const names = fc.constantFrom(
  'build',
  'X',
  'BASE',
  'PATH',
  'CGO_ENABLED',
  'TARGETARCH',
  '__proto__',
  'constructor',
  'app',
);
const words = fc.oneof(
  names,
  paths,
  fc.constantFrom('root', '1000:1000', '-o', '-c', '0', '65532', '$(id -u)', '{{ .X }}'),
);
const commands = fc.oneof(
  fc.constantFrom(
    'apk add --no-cache curl',
    'apk add -t .b gcc && apk del .b',
    'apt-get install -y $X',
    'go build -o /app .',
    'CGO_ENABLED=0 go build',
    'go install ./...',
    'cargo build --release',
    'gcc -static x.c -o /app',
    'useradd -u 1 app',
    'adduser -D app',
    'rm -rf /',
    'mv /app /b',
    'cp -r / /x',
    'ln -s',
    'cd /x && touch a',
    '(cd a; b)',
    'sh -c "rm /bin/sh"',
    'if a; then b; fi',
    'x || y',
    'cat <<EOF',
    'export CGO_ENABLED',
    'tar x',
    'curl -o',
    'wget',
    'install',
    '$X',
    '"',
    '\\',
    'go env -w CGO_ENABLED=0',
    'xargs',
    '. x',
    'sudo -u x y',
    'env',
    'for i in a; do touch $i; done',
    'apk',
    'git clone',
  ),
  fc
    .tuple(fc.constantFrom('cp', 'mv', 'ln -s', 'install', 'mkdir -p', 'rm -rf', 'touch', 'go build -o'), words, words)
    .map((parts) => parts.join(' ')),
);
const exec = fc.array(words, { maxLength: 3 }).map((list) => JSON.stringify(list));
const bodies = fc.oneof(
  commands,
  exec,
  fc.array(commands, { maxLength: 3 }).map((list) => list.join(' \\\n && ')),
);
const lines = fc.oneof(
  fc.tuple(images, names).map(([image, name]) => `FROM ${image} AS ${name}`),
  images.map((image) => `FROM --platform=$BUILDPLATFORM ${image}`),
  fc
    .tuple(
      fc.constantFrom('COPY', 'ADD', 'COPY --from=build', 'COPY --from=0', 'COPY --from=$X', 'COPY --parents'),
      words,
      paths,
    )
    .map((parts) => parts.join(' ')),
  fc
    .tuple(
      fc.constantFrom('', '--mount=type=cache,target=/app ', '--mount=from=build,target=/b ', '--mount=x '),
      bodies,
    )
    .map(([flags, body]) => `RUN ${flags}${body}`),
  fc
    .tuple(fc.constantFrom('CMD', 'ENTRYPOINT', 'HEALTHCHECK CMD', 'SHELL', 'ONBUILD RUN', 'HEALTHCHECK'), bodies)
    .map((parts) => parts.join(' ')),
  fc.tuple(fc.constantFrom('ENV', 'ARG', 'LABEL'), names, words).map(([key, name, value]) => `${key} ${name}=${value}`),
  fc
    .tuple(fc.constantFrom('USER', 'WORKDIR', 'EXPOSE', 'VOLUME', 'STOPSIGNAL', 'ARG', 'ONBUILD', 'WHAT', '#'), words)
    .map((parts) => parts.join(' ')),
  fc.constantFrom(
    'COPY <<EOF /x\na\nEOF',
    'RUN <<EOF\ntouch /a\nEOF',
    '# escape=`',
    '# distroless-guide ignore',
    'RUN \\',
    '',
  ),
);

test('files made of likely lines', () => {
  const files = fc.tuple(fc.constantFrom('\n', '\r\n'), fc.array(lines, { maxLength: 14 }));
  fc.assert(
    fc.property(files, ([newline, list]) => survives(list.join(newline))),
    { numRuns: 1500, seed: 20261121 },
  );
});

test('files made of likely lines, cut and with a character changed', () => {
  const files = fc.tuple(
    fc.array(lines, { minLength: 2, maxLength: 8 }),
    fc.nat(),
    fc.constantFrom('"', "'", '$', '\\', '{', '<', '\u0000', '\ud800'),
  );
  fc.assert(
    fc.property(files, ([list, place, character]) => {
      const text = list.join('\n');
      const at = place % (text.length + 1);
      survives(text.slice(0, at) + character + text.slice(at + 1));
    }),
    { numRuns: 1000, seed: 20261121 },
  );
});

test('any text', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => survives(text)),
    { numRuns: 500, seed: 20261121 },
  );
});

test('values that double with every line, and deep or long words', () => {
  const repeat = (count: number, line: (index: number) => string) =>
    Array.from({ length: count }, (_, i) => line(i)).join('\n');
  survives(`FROM debian:12\nENV A=xxxxxxxx\n${repeat(40, () => 'ENV A=$A$A$A$A')}\nWORKDIR $A`);
  survives(`FROM debian:12\nRUN A=xxxxxxxx; ${repeat(40, () => 'A="$A$A$A$A";').replaceAll('\n', ' ')} touch $A`);
  survives(`FROM debian:12\nENV A=${'x'.repeat(9000)}\nENV B=${'$A'.repeat(70_000)}\nRUN touch ${'$A'.repeat(70_000)}`);
  survives(`ARG A=xxxxxxxx\n${repeat(40, (i) => `ARG A${i + 1}=$A${i || ''}$A${i || ''}$A${i || ''}`)}\nFROM $A40`);
  survives(`FROM debian:12\nRUN mkdir -p ${'/a'.repeat(20_000)}\nRUN touch ${'/a'.repeat(20_000)}/b && rm -rf /a`);
  survives(`FROM debian:12\nRUN ${'('.repeat(3000)}true${')'.repeat(3000)}`);
  survives(`FROM debian:12\nRUN ${'sh -c "'.repeat(20)}true`);
  survives(`${repeat(400, (i) => (i ? `FROM s${i - 1} AS s${i}` : 'FROM alpine AS s0'))}\nCOPY --from=s0 / /`);
});
