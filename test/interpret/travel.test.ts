import assert from 'node:assert/strict';
import { test } from 'node:test';
import { facts } from '../support/facts.js';

const build = `FROM golang:1.22-alpine AS build
WORKDIR /src
RUN CGO_ENABLED=0 go build -o /out/app ./cmd/app
`;

/** How the program gets from /out/app of the stage `build` to a path of the last stage. */
const ways: readonly [name: string, rest: string, path: string][] = [
  ['COPY of the file', 'FROM scratch\nCOPY --from=build /out/app /app', '/app'],
  ['COPY under another name', 'FROM scratch\nCOPY --from=build /out/app /usr/bin/server', '/usr/bin/server'],
  ['COPY into a folder', 'FROM scratch\nCOPY --from=build /out/app /usr/bin/', '/usr/bin/app'],
  ['COPY into the working directory', 'FROM scratch\nWORKDIR /w\nCOPY --from=build /out/app .', '/w/app'],
  ['COPY of the folder', 'FROM scratch\nCOPY --from=build /out /bin', '/bin/app'],
  ['COPY of the folder above', 'FROM scratch\nCOPY --from=build /out/ /', '/app'],
  ['COPY of a relative source', 'FROM scratch\nCOPY --from=build out/app /app', '/app'],
  ['COPY with --link and --chown', 'FROM scratch\nCOPY --link --chown=1:1 --from=build /out/app /app', '/app'],
  ['COPY by number', 'FROM scratch\nCOPY --from=0 /out/app /app', '/app'],
  ['cp', 'RUN cp /out/app /a\nFROM scratch\nCOPY --from=build /a /app', '/app'],
  [
    'cp into a folder',
    'RUN cp /out/app /usr/local/bin\nFROM scratch\nCOPY --from=build /usr/local/bin/app /app',
    '/app',
  ],
  ['cp -r', 'RUN cp -r /out /b\nFROM scratch\nCOPY --from=build /b/app /app', '/app'],
  ['cp -a into a folder', 'RUN mkdir /b && cp -a /out /b\nFROM scratch\nCOPY --from=build /b/out/app /app', '/app'],
  ['mv', 'RUN mv /out/app /a\nFROM scratch\nCOPY --from=build /a /app', '/app'],
  ['mv of the folder', 'RUN mv /out /b\nFROM scratch\nCOPY --from=build /b/app /app', '/app'],
  [
    'install',
    'RUN install -m 0755 /out/app /usr/local/bin/a\nFROM scratch\nCOPY --from=build /usr/local/bin/a /app',
    '/app',
  ],
  ['install -D', 'RUN install -Dm755 /out/app /x/y/a\nFROM scratch\nCOPY --from=build /x/y/a /app', '/app'],
  ['ln -s', 'RUN ln -s /out/app /a\nFROM scratch\nCOPY --from=build /a /app', '/app'],
  ['ln', 'RUN ln /out/app /a\nFROM scratch\nCOPY --from=build /a /app', '/app'],
  ['FROM stage', 'FROM build AS next\nFROM scratch\nCOPY --from=next /out/app /app', '/app'],
  ['FROM stage itself', 'FROM build', '/out/app'],
  [
    'two hops',
    'FROM alpine:3.20 AS mid\nCOPY --from=build /out/app /m/app\nFROM scratch\nCOPY --from=mid /m/app /app',
    '/app',
  ],
  [
    'two hops by folders',
    'FROM scratch AS mid\nCOPY --from=build /out /m\nFROM scratch\nCOPY --from=mid /m/ /n/',
    '/n/app',
  ],
  ['the whole root', 'FROM scratch\nCOPY --from=build / /', '/out/app'],
  ['bind mount', 'FROM alpine:3.20\nRUN --mount=type=bind,from=build,target=/b cp /b/out/app /app', '/app'],
  ['bind mount of a folder', 'FROM alpine:3.20\nRUN --mount=from=build,source=/out,target=/b cp /b/app /app', '/app'],
  ['bind mount of the file', 'FROM alpine:3.20\nRUN --mount=from=build,src=/out/app,dst=/b install /b /app', '/app'],
  ['a folder below WORKDIR', 'RUN mv /out/app bin\nFROM scratch\nCOPY --from=build /src/bin /app', '/app'],
];

for (const [name, rest, path] of ways) {
  test(`a program travels by ${name}`, () => {
    const stage = facts(build + rest);
    assert.equal(stage.artifact(path), 'go static from musl 1.2.5');
    assert.equal(stage.built(path), '3: go build');
  });
}

test('a program knows the stage it was built in', () => {
  const stage = facts(`FROM scratch AS first\n${build}FROM scratch\nCOPY --from=build /out/app /app`);
  assert.equal(stage.state.files.get('/app')?.artifact?.stage, 1);
});

/** What is done to /out/app before it is copied to /app, and how that is linked then. */
const losses: readonly [step: string, linkage: string][] = [
  ['RUN rm /out/app', 'none'],
  ['RUN rm -rf /out', 'none'],
  ['RUN mv /out/app /b', 'none'],
  ['COPY app.sh /out/app', 'none'],
  ['RUN upx /out/app', 'static'],
];

for (const [step, linkage] of losses) {
  test(`a program is gone that was overwritten, removed or moved away: ${step}`, () => {
    const stage = facts(`${build}${step}\nFROM scratch\nCOPY --from=build /out/app /app`);
    assert.equal(stage.linkage('/app'), linkage);
  });
}

test('what a mount shows does not stay', () => {
  const stage = facts(`${build}FROM alpine:3.20\nRUN --mount=from=build,source=/out,target=/b ls /b`);
  assert.equal(stage.artifact('/b/app'), 'none');
});

test('a file of the source tree beside the program is none', () => {
  const source = `
    FROM golang:1.22-alpine AS build
    WORKDIR /src
    COPY . .
    RUN go build
    FROM scratch
    COPY --from=build /src/config.yaml /config.yaml
    COPY --from=build /src/templates/ /templates/
    COPY --from=build /src/server /server
  `;
  const stage = facts(source);
  assert.equal(stage.artifact('/config.yaml'), 'none');
  assert.equal(stage.artifact('/templates/x'), 'none');
  assert.equal(stage.linkage('/server'), 'static');
});

/** Programs that come with an image or with a package of a stage. */
const packaged: readonly [rest: string, artifact: string][] = [
  ['COPY --from=debian:12 /usr/bin/tar /app', 'program dynamic from glibc'],
  ['COPY --from=alpine:3.20 /bin/tar /app', 'program dynamic from musl'],
  ['COPY --from=tools /usr/bin/curl /app', 'program dynamic from glibc'],
  ['COPY --from=tools /usr/bin/wget /app', 'none'],
  ['COPY --from=node:22 /usr/local/bin/node /app', 'program dynamic from glibc'],
  ['COPY --from=node:22-alpine /usr/local/bin/node /app', 'program dynamic from musl'],
  ['COPY --from=busybox:musl /bin/busybox /app', 'program static from musl'],
  ['COPY --from=golang:1.22 /usr/local/go/bin/go /app', 'none'],
  ['COPY --from=example.com/x /usr/bin/curl /app', 'none'],
  ['COPY --from=tools /bin/busybox-static /app', 'none'],
];

for (const [rest, artifact] of packaged) {
  test(rest, () => {
    const stage = facts(`FROM debian:12 AS tools\nRUN apt-get install -y curl\nFROM scratch\n${rest}`);
    assert.equal(stage.artifact('/app').replace(/ [\d.]+$/, ''), artifact);
  });
}

test('the same program by two ways that differ is not known', () => {
  const stage = facts(`
    FROM golang:1.21 AS build
    RUN CGO_ENABLED=0 go build -o /app . && if [ "$DEBUG" ]; then go build -race -o /app .; fi
  `);
  assert.equal(stage.linkage('/app'), 'unknown');
});
