import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ImageFacts } from '../../server/src/catalog/model.js';
import { parseReference } from '../../server/src/catalog/reference.js';
import { known, unknown, type Fact } from '../../server/src/fact.js';
import { hover } from '../../server/src/features/hover.js';
import { imageCard } from '../../server/src/features/hover/image-card.js';
import { analysisOf } from '../support/checks.js';
import { markdownAt, readCursor } from '../support/cursor.js';

/** An invented image, so that new facts about real ones never change what is tested here. */
const invented: ImageFacts = {
  name: 'images.example.com/node',
  tag: '24-debian13',
  family: 'example',
  vendor: 'Example',
  purpose: 'runtime',
  flavor: null,
  os: known({ id: 'debian', version: '13', codename: 'trixie' }),
  libc: known({ kind: 'glibc', version: '2.41' }),
  shells: known([]),
  packageManager: known(null),
  user: known({ name: 'nonroot', uid: 65532 }),
  accounts: unknown(),
  namedUsers: [],
  workdir: known('/srv'),
  env: unknown(),
  entrypoint: known(['/bin/node']),
  cmd: known(null),
  runtime: known({ name: 'node', version: '24', path: '/bin/node' }),
  contents: new Map<string, Fact<boolean>>([
    ['ca-certificates', known(true)],
    ['libssl', known(true)],
    ['/tmp', known(false)],
    ['tzdata', unknown()],
  ]),
  closed: known(true),
  files: [],
  status: 'supported',
  eol: null,
  osEol: '2028-08-09',
  osLtsEol: '2030-06-30',
  replacement: null,
  access: 'free-login',
  signing: 'cosign',
  size: { compressedMB: 52.4, date: '2026-08-05' },
  architectures: null,
  variants: {
    dev: 'images.example.com/node:24-debian13-dev',
    runtime: null,
    debug: null,
    nonroot: null,
    fips: 'images.example.com/node-fips:24',
  },
  isFips: false,
  attestations: 'SBOM (SPDX), provenance',
  packageCount: 12,
  docs: 'https://images.example.com/',
  note: null,
  source: 'example/images@0123abcd:node/Dockerfile',
  read: '2026-08-20',
  isWindows: false,
};

function card(changes: Partial<ImageFacts>, today = '2026-11-21'): string {
  const facts = { ...invented, ...changes };
  const reference = parseReference(`${facts.name}:${facts.tag}`);
  assert.ok(reference);
  return imageCard(facts, { reference, today, after: [], links: [] });
}

test('the card of an image, whole', () => {
  assert.equal(
    card({}),
    `**Node.js 24** · Example · \`images.example.com/node:24-debian13\`

| | |
| :-- | :-- |
| System | Debian 13 (trixie), glibc 2.41 |
| Shell | none; no package manager |
| User | \`nonroot\` (uid 65532) |
| Starts | \`/bin/node\`, with CMD as its arguments in \`/srv\` |
| Has | CA certificates, OpenSSL |
| Lacks | \`/tmp\`, \`npm\`, \`yarn\`, \`corepack\` |
| Support | Node.js 24 until 2028-04-30; Debian 13 until 2028-08-09 (long-term support until 2030-06-30) |
| Access | login with a free account, signed, with SBOM (SPDX) and provenance, 52 MB compressed, 12 packages |
| Variants | \`:24-debian13-dev\` to build with, \`images.example.com/node-fips:24\` FIPS 140 |

Facts read 2026-08-20 · [source](https://github.com/example/images/blob/0123abcd/node/Dockerfile) · [image page](https://images.example.com/)`,
  );
});

test('what was not read is said where it matters, and left out elsewhere', () => {
  const text = card({
    libc: unknown(),
    shells: unknown(),
    packageManager: unknown(),
    user: unknown(),
    entrypoint: unknown(),
    closed: unknown(),
    contents: new Map(),
    osEol: null,
    access: null,
    signing: null,
    attestations: null,
    size: null,
    packageCount: null,
    runtime: unknown(),
    variants: { dev: null, runtime: null, debug: null, nonroot: null, fips: null },
  });
  assert.match(text, /\| System \| Debian 13 \(trixie\), libc not known \|/);
  assert.match(text, /\| Shell \| not known; package manager not known \|/);
  assert.match(text, /\| User \| not known \|/);
  assert.doesNotMatch(text, /Starts|Has|Lacks|Support|Access|Variants/);
});

test('a tag without a release says that it moves', () => {
  assert.match(
    card({ tag: '24' }),
    /\| System \| Debian 13 \(trixie\) today, glibc 2\.41; the tag names no release \|/,
  );
});

test('ended, deprecated and retired images say so', () => {
  assert.match(card({}, '2029-01-01'), /; Debian 13 \*\*ended 2028-08-09\*\* \(long-term/);
  assert.match(
    card({ status: 'deprecated', eol: '2026-09-01' }),
    /\n\n\*\*Deprecated\*\*: the end of support was set for 2026-09-01\.\n\n/,
  );
  assert.match(
    card({ status: 'retired', eol: '2026-09-01', replacement: 'a:2' }),
    /\*\*No longer built\*\* since 2026-09-01\. Use `a:2` instead\./,
  );
});

test('the end of the language runtime is named with that of the distribution, once', () => {
  const python = (version: string, eol: string | null) =>
    card({ runtime: known({ name: 'python', version, path: null }), eol });
  assert.match(python('3.9', null), /\| Support \| Python 3\.9 \*\*ended 2025-10-31\*\*; Debian 13 until/);
  assert.match(python('3.9', '2025-10-31'), /\| Support \| Python 3\.9 \*\*ended 2025-10-31\*\*; Debian 13 until/);
  assert.match(python('3.9', '2026-02-01'), /\| Support \| \*\*ended 2026-02-01\*\*; Python 3\.9 \*\*ended/);
  assert.match(python('97.1', null), /\| Support \| Debian 13 until/);
});

test('an image with validated cryptography says so', () => {
  assert.match(card({ isFips: true }), /^\*\*Node\.js 24, FIPS 140\*\* · Example/);
});

test('facts of a workspace file name the file instead of a day', () => {
  const text = card({ read: null, source: 'distroless.config.json' });
  assert.match(text, /\n\nFacts from `distroless\.config\.json` · \[image page\]/);
});

test('links lead to pages about the family and the libc, and to the comparison where commands run', () => {
  const source = 'FROM $0gcr.io/distroless/nodejs24-debian13:nonroot\nCMD ["a.js"]\n';
  const web = markdownAt(source);
  const pages = 'https://github.com/distroless-guide/distroless-guide/blob/main/docs';
  assert.ok(web.includes(`· [about this family](${pages}/families/google-distroless.md)`));
  assert.ok(web.includes(`[glibc and musl](${pages}/guide/glibc-and-musl.md)`));
  assert.ok(web.includes(`[More ways](${pages}/guide/debugging-without-a-shell.md)`));
  assert.doesNotMatch(web, /Compare/);
  const { text, offset } = readCursor(source);
  const links = {
    page: (path: string) => `command:distroless.openPage?${encodeURIComponent(JSON.stringify([path]))}`,
    comparison: ({ start }: { start: number }) => `command:distroless.compare?${start}`,
  };
  const inEditor = hover(analysisOf(text), offset, links)?.markdown ?? '';
  assert.ok(
    inEditor.includes('[about this family](command:distroless.openPage?%5B%22families%2Fgoogle-distroless.md%22%5D)'),
  );
  assert.ok(inEditor.endsWith('· [Compare…](command:distroless.compare?0)'));
});

test('a Windows image is named as one', () => {
  const text = card({ isWindows: true });
  assert.match(text, /A Windows image/);
  assert.doesNotMatch(text, /System/);
});

test('a real image: card, libc for the program, a way to look inside', () => {
  const text = markdownAt(`
    FROM golang:1.26-trixie AS build
    RUN CGO_ENABLED=0 go build -o /app .
    FROM gcr.io/distroless/static-$0debian13:nonroot
    COPY --from=build /app /app
    ENTRYPOINT ["/app"]
  `);
  assert.match(text, /^\*\*static-debian13\*\* · Google Distroless · `gcr\.io\/distroless\/static-debian13:nonroot`\n/);
  assert.match(
    text,
    /\| System \| Debian 13 \(trixie\), no libc \|\n\| Shell \| none; no package manager \|\n\| User \| `nonroot` \(uid 65532\) \|/,
  );
  assert.match(text, /`\/app` is static because of `CGO_ENABLED=0` on line 2: it needs no libc\./);
  assert.match(
    text,
    /without a shell: `docker debug` or `kubectl debug`, or the variant `gcr\.io\/distroless\/static-debian13:debug/,
  );
  assert.match(text, /Facts read \d{4}-\d\d-\d\d · \[source\]\(https:/);
});

test('the health check that an image brings', () => {
  assert.match(
    markdownAt('FROM $0kong:3.9\n'),
    /\n\| Health check \| `kong health`, unless the file sets another \|\n/,
  );
  assert.doesNotMatch(markdownAt('FROM $0node:24\n'), /Health check/);
});

test('libc: a program of another one, of none, of a newer one', () => {
  const text = (builder: string, base: string) =>
    markdownAt(`FROM ${builder} AS b\nRUN gcc -o /app a.c\nFROM $0${base}\nCOPY --from=b /app /app\nCMD ["/app"]\n`);
  assert.match(
    text('gcc:15', 'alpine:3.24'),
    /`\/app` is linked against glibc 2\.41 by line 2; here is musl, so it does not start\./,
  );
  assert.match(text('gcc:15', 'scratch'), /there is no libc here, so it does not start\./);
  assert.match(text('gcc:15', 'debian:12'), /glibc 2\.36 here is older and may lack symbols that it asks for\./);
  assert.match(text('gcc:15', 'debian:13'), /, and glibc 2\.41 is here to load it\./);
});

test('libc: programs in general, by language', () => {
  assert.match(markdownAt('FROM $0debian:12\n'), /Runs programs built on glibc 2\.36 or older; none built on Alpine/);
  assert.match(markdownAt('FROM $0python:3.13-alpine3.23\n'), /`musllinux` wheels/);
  assert.match(markdownAt('FROM $0node:24-alpine\n'), /native add-ons have to be installed on Alpine too/);
  assert.match(markdownAt('FROM $0gcr.io/distroless/static-debian13\n'), /only statically linked programs start here/);
});

test('a build argument that decides is shown with its default', () => {
  const text = markdownAt('ARG VERSION=13\nFROM debian:$0${VERSION}\n');
  assert.match(text, /· `debian:13`\n/);
  assert.match(text, /The build argument `VERSION` is `13`, its default on line 1\./);
  const given = markdownAt('ARG VERSION=13\nFROM debian:$0${VERSION}\n', { buildArgs: { VERSION: '12' } });
  assert.match(given, /The build argument `VERSION` is `12`, as the settings give it\./);
});

test('images that are not known', () => {
  assert.equal(
    markdownAt('ARG BASE\nFROM $0${BASE}\n'),
    'Which image `${BASE}` means is not known: a build argument in it has no default.',
  );
  assert.match(
    markdownAt('FROM $0python:no-such-tag\n'),
    /The catalog knows `python`, but not the tag `no-such-tag`\./,
  );
  const digest = `python@sha256:${'0'.repeat(64)}`;
  assert.match(
    markdownAt(`FROM $0${digest}\n`),
    /Which release the digest of `python` stands for is not in the catalog\./,
  );
  assert.equal(
    markdownAt('FROM $0registry.example.com/team/base:1\nRUN apt-get install -y curl\nUSER 1000\n'),
    '`registry.example.com/team/base:1` is not in the catalog. Its libc, shell and user are not known.\n\n' +
      'By this Dockerfile, it has apt (line 2) and it runs as uid 1000.',
  );
});

test('a digest beside a tag is shortened, and is what counts', () => {
  const text = markdownAt(`FROM $0debian:13@sha256:${'0123456789abcdef'.repeat(4)}\n`);
  assert.match(text, /`debian:13@sha256:0123456789ab…`/);
  assert.match(text, /The digest decides what is pulled/);
});

test('scratch', () => {
  assert.match(markdownAt('FROM $0scratch\n'), /^\*\*scratch\*\* · an empty image\n\nNo files at all/);
});

test('an image in COPY --from', () => {
  const text = markdownAt('FROM scratch\nCOPY --from=busybox$0:musl /bin/busybox /bin/busybox\n');
  assert.match(text, /^\*\*busybox\*\* · .* · `busybox:musl`/);
  assert.match(text, /Only the named files are taken from it/);
});
