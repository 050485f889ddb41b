import assert from 'node:assert/strict';
import { test } from 'node:test';
import { hoverAt, markdownAt } from '../support/cursor.js';

const go = `FROM golang:1.26-trixie AS build
ENV CGO_ENABLED=0
RUN go build -o /out/app .
FROM gcr.io/distroless/static-debian13:nonroot
COPY --from=build /out/app /app
ENTRYPOINT ["/app"]
`;

const stageCard = `**Stage \`build\`** · line 1 · from \`golang:1.26-trixie\` · Debian 13 (trixie), glibc 2.41

Needed by the final image.

What flows out of it:
- line 5: \`/out/app\` → \`/app\` (Go program, static because of \`CGO_ENABLED=0\` on line 2)`;

test('a stage by its name, and by COPY --from', () => {
  assert.equal(markdownAt(go.replace('AS build', 'AS bu$0ild')), stageCard);
  assert.equal(markdownAt(go.replace('--from=build', '--from=b$0uild')), stageCard);
});

test('a stage by its number', () => {
  const numbered = go.replace(' AS build', '').replace('--from=build', '--from=$00');
  assert.match(markdownAt(numbered), /^\*\*Stage 0\*\* · line 1 · from `golang:1\.26-trixie`/);
});

test('the base of another stage, and what a dynamic program needs', () => {
  const text = markdownAt(`
    FROM golang:1.26-trixie AS base
    FROM b$0ase AS build
    RUN go build -o /app .
    FROM debian:13
    COPY --from=build /app /app
    RUN --mount=type=bind,from=base,target=/base ls /base
  `);
  assert.match(text, /- line 2: stage `build` continues it\n- line 6: mounted while RUN runs/);
  assert.match(text, /Programs linked dynamically here need glibc wherever they run; 2\.41 or newer, to be sure\./);
});

test('a mount names a stage as COPY does', () => {
  const text = markdownAt('FROM debian:13 AS a\nFROM debian:13\nRUN --mount=type=bind,from=$0a,target=/a ls /a\n');
  assert.match(text, /^\*\*Stage `a`\*\*/);
});

test('a stage that an ordinary build leaves out', () => {
  assert.equal(
    markdownAt('FROM scratch AS $0spare\nFROM scratch\n'),
    '**Stage `spare`** · line 1 · from `scratch`\n\nThe final image does not need it: an ordinary build leaves it out.',
  );
});

test('the final stage', () => {
  assert.match(
    markdownAt('FROM scratch AS out$0\nUSER 1\n'),
    /this is the image that `docker build` makes\. It runs as uid 1\./,
  );
});

test('a long list of flows is cut', () => {
  const copies = Array.from({ length: 9 }, (_, index) => `COPY --from=a /${index} /`).join('\n');
  const text = markdownAt(`FROM scratch AS $0a\nFROM scratch\n${copies}\n`);
  assert.equal(text.match(/^- line/gm)?.length, 6);
  assert.match(text, /- and 3 more$/m);
});

test('names from the file stay names', () => {
  const text = markdownAt('FROM debian:13 AS $0a\nFROM debian:13\nCOPY --from=a "/x|*`y" /z\n');
  assert.match(text, /``\/x\|\*`y`` → `\/z`/);
});

test('a package: what it is, and where it belongs', () => {
  const build = markdownAt(
    'FROM debian:13 AS b\nRUN apt-get install -y build-ess$0ential\nFROM scratch\nCOPY --from=b /x /x\n',
  );
  assert.match(build, /^\*\*`build-essential`\*\* · compiler · apt\n/);
  assert.match(build, /Fine in a build stage; not for an image that runs\./);
  const final = markdownAt('FROM debian:13\nRUN apt-get update && apt-get install -y \\\n  libpq-d$0ev=17.1 curl\n');
  assert.match(
    final,
    /\*\*Not for an image that runs\*\*, and this is the final stage\. At run time its counterpart is `libpq5`\./,
  );
});

test('a package that is taken away again', () => {
  const text = markdownAt('FROM alpine:3.24\nRUN apk add g$0cc && make && apk del gcc\n');
  assert.match(text, /It is removed again in this stage\./);
});

for (const [title, source] of [
  ['a package nobody knows', 'FROM debian:13\nRUN apt-get install -y no-such-thing$0-at-all\n'],
  ['the command itself', 'FROM debian:13\nRUN apt-$0get install -y gcc\n'],
  ['a package that is removed', 'FROM debian:13\nRUN apt-get purge -y gc$0c\n'],
  ['a file called gcc', 'FROM debian:13\nRUN echo g$0cc\n'],
  ['another flag', 'FROM debian:13\nCOPY --chown=1$0:1 a /a\n'],
] as const) {
  test(`silent: ${title}`, () => assert.equal(hoverAt(source), null));
}

test('a rule in an ignore comment', () => {
  const text = markdownAt(
    'FROM debian:13\n# distroless ignore=scratch-no-ca-certs,final-stage-runs$0-as-root -- why\nCMD ["a"]\n',
  );
  assert.match(text, /· `final-stage-runs-as-root` ·/);
  assert.doesNotMatch(text, /scratch/);
  assert.equal(hoverAt('# distroless ignore-file=no-such$0-rule\nFROM debian:13\n'), null);
});

test('the libc of a stage says nothing about data that is taken from it', () => {
  const text = (path: string) =>
    markdownAt(`FROM debian:13 AS $0data\nRUN update-ca-certificates\nFROM scratch\nCOPY --from=data ${path} /x\n`);
  assert.doesNotMatch(text('/etc/ssl/certs/ca-certificates.crt'), /glibc wherever/);
  assert.match(text('/opt/tool'), /glibc wherever/);
});
