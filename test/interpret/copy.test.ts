import assert from 'node:assert/strict';
import { test } from 'node:test';
import { facts } from '../support/facts.js';

/** Where a file of the context named `app.jar` lands, by the destination as written. */
const destinations: readonly [written: string, lands: string][] = [
  ['/app.jar', '/app.jar'],
  ['/opt/', '/opt/app.jar'],
  ['/srv/run.jar', '/srv/run.jar'],
  ['.', '/work/app.jar'],
  ['./', '/work/app.jar'],
  ['lib/', '/work/lib/app.jar'],
  ['lib/run.jar', '/work/lib/run.jar'],
  ['../', '/app.jar'],
  ['$DIR/', '/opt/$DIR'.replace('$DIR', 'dir/app.jar')],
  ['/made', '/made/app.jar'],
];

for (const [written, lands] of destinations) {
  test(`COPY app.jar ${written} writes ${lands}`, () => {
    const stage = facts(`
      FROM scratch
      ENV DIR=/opt/dir
      WORKDIR /made
      WORKDIR /work
      COPY app.jar ${written}
    `);
    assert.equal(stage.file(lands), 'yes');
    assert.equal(stage.whyFile(lands), '5');
    assert.equal(stage.file('/other.jar'), 'no');
  });
}

test('several sources go into the destination by their names', () => {
  const stage = facts('FROM scratch\nCOPY a.jar dir/b.jar /opt/');
  assert.equal(stage.file('/opt/a.jar'), 'yes');
  assert.equal(stage.file('/opt/b.jar'), 'yes');
  assert.equal(stage.file('/opt/c.jar'), 'no');
  assert.equal(stage.shell, 'none');
});

test('the JSON form', () => {
  assert.equal(facts('FROM scratch\nCOPY ["my file.txt", "/to/"]').file('/to/my file.txt'), 'yes');
});

test('heredocs are files', () => {
  const stage = facts(`
    FROM scratch
    COPY <<EOF /etc/app.conf
    a=b
    EOF
    COPY <<one.txt <<two.txt /data/
    1
    one.txt
    2
    two.txt
  `);
  assert.equal(stage.file('/etc/app.conf'), 'yes');
  assert.equal(stage.file('/data/one.txt'), 'yes');
  assert.equal(stage.file('/data/two.txt'), 'yes');
});

test('a directory of the context is not listed: below it nothing is known to be absent', () => {
  const stage = facts('FROM scratch\nCOPY . /app');
  assert.equal(stage.file('/app'), 'yes');
  assert.equal(stage.file('/app/anything'), 'unknown');
  assert.equal(stage.file('/bin/sh'), 'no');
  assert.equal(stage.shell, 'none');
});

test('a source that may be a file or a directory', () => {
  const stage = facts('FROM scratch\nCOPY assets /assets\nCOPY tool /usr/bin/');
  assert.equal(stage.file('/assets'), 'yes');
  assert.equal(stage.file('/assets/x'), 'unknown');
  assert.equal(stage.file('/usr/bin/tool'), 'unknown');
  assert.equal(stage.file('/usr/bin/sh'), 'unknown');
  assert.equal(stage.file('/bin/sh'), 'no');
});

test('a context copied into the root may bring anything', () => {
  const stage = facts('FROM scratch\nCOPY rootfs/ /');
  assert.equal(stage.shell, 'unknown');
  assert.equal(stage.libc, 'unknown');
  assert.equal(stage.packageManager, 'unknown');
  assert.equal(stage.has('ca-certificates'), 'unknown');
  assert.equal(stage.why(stage.state.libc), '2');
});

test('single files copied into the root bring only themselves', () => {
  const stage = facts('FROM scratch\nCOPY a.txt package*.json go.* /');
  assert.equal(stage.shell, 'none');
  assert.equal(stage.file('/a.txt'), 'yes');
});

test('what was there stays there after a copy into the root', () => {
  const stage = facts('FROM debian:12-slim\nCOPY . /');
  assert.equal(stage.libc, 'glibc 2.36');
  assert.equal(stage.shell, '/bin/sh');
  assert.equal(stage.has('curl'), 'unknown');
});

test('COPY --from a stage by name, in any case, and by number', () => {
  for (const from of ['build', 'BUILD', '0']) {
    const stage = facts(`
      FROM golang:1.22-alpine AS build
      RUN go build -o /out/app .
      FROM scratch
      COPY --from=${from} /out/app /app
    `);
    assert.equal(stage.artifact('/app'), 'go static from musl 1.2.5');
    assert.equal(stage.whyFile('/app'), '4');
  }
});

test('COPY --from an image', () => {
  const stage = facts('FROM scratch\nCOPY --from=debian:12 /bin/cat /cat\nCOPY --from=example.com/x /y /y');
  assert.equal(stage.artifact('/cat'), 'program dynamic from glibc 2.36');
  assert.equal(stage.artifact('/y'), 'none');
});

test('a number that is no stage before this one, and a name of a later stage', () => {
  const stage = facts('FROM scratch\nCOPY --from=3 /a /a\nCOPY --from=later /b /b\nFROM scratch AS later', 0);
  assert.equal(stage.artifact('/a'), 'none');
  assert.equal(stage.artifact('/b'), 'none');
});

test('the whole root of a stage into scratch is that stage', () => {
  const source = `
    FROM debian:12-slim AS root
    ENV A=1
    USER app
    RUN apt-get install -y --no-install-recommends curl && useradd -u 7 app
    FROM scratch
    COPY --from=root / /
  `;
  const stage = facts(source);
  assert.equal(stage.libc, 'glibc 2.36');
  assert.equal(stage.packageManager, 'apt');
  assert.equal(stage.shell, '/bin/sh');
  assert.equal(stage.has('curl'), 'yes');
  assert.equal(stage.account('app'), 'app 7');
  assert.equal(stage.env('A'), 'not set');
  assert.equal(stage.user, '0');
  assert.equal(stage.why(stage.state.libc), '6');
});

test('the root of a stage into an image mixes the two', () => {
  const stage = facts('FROM alpine:3.20 AS a\nFROM debian:12-slim\nCOPY --from=a / /');
  assert.equal(stage.libc, 'glibc 2.36');
  assert.equal(stage.has('curl'), 'unknown');
});

test('a loader copied into scratch brings its libc', () => {
  const glibc = facts('FROM scratch\nCOPY --from=debian:12 /lib64/ld-linux-x86-64.so.2 /lib64/');
  assert.equal(glibc.libc, 'glibc');
  assert.equal(glibc.why(glibc.state.libc), '2');
  assert.equal(facts('FROM scratch\nCOPY --from=alpine:3.20 /lib/ld-musl-x86_64.so.1 /lib/').libc, 'musl');
  assert.equal(facts('FROM scratch\nCOPY --from=alpine:3.20 /lib /lib').libc, 'unknown');
});

test('accounts come with /etc/passwd', () => {
  const source = `
    FROM debian:12-slim AS users
    RUN useradd -u 1001 app
    FROM scratch
    COPY --from=users /etc/passwd /etc/passwd
    USER app
  `;
  assert.equal(facts(source).account('app'), 'app 1001');
  assert.equal(facts(source).user, 'app (1001)');
  assert.equal(facts(source).account('other'), 'unknown');
  assert.equal(facts('FROM scratch\nCOPY passwd /etc/passwd').account('app'), 'unknown');
  assert.equal(facts('FROM scratch').account('app'), 'none');
});

test('a directory brings what is known in it', () => {
  const source = `
    FROM golang:1.22-alpine AS build
    RUN mkdir -p /out/etc && touch /out/etc/app.conf && go build -o /out/app .
    FROM scratch
    COPY --from=build /out/ /srv/
  `;
  const stage = facts(source);
  assert.equal(stage.linkage('/srv/app'), 'static');
  assert.equal(stage.file('/srv/etc/app.conf'), 'yes');
  assert.equal(stage.file('/srv/more'), 'unknown');
  assert.equal(stage.file('/bin/sh'), 'no');
});

test('CA certificates: the file, the directory, the source of a package', () => {
  const bundle = '/etc/ssl/certs/ca-certificates.crt';
  assert.equal(facts(`FROM scratch\nCOPY --from=alpine:3.20 ${bundle} ${bundle}`).has('ca-certificates'), 'yes');
  assert.equal(
    facts('FROM scratch\nCOPY --from=alpine:3.20 /etc/ssl/certs /etc/ssl/certs').has('ca-certificates'),
    'yes',
  );
  assert.equal(facts('FROM scratch\nCOPY --from=alpine:3.20 /etc/ssl /etc/ssl').has('ca-certificates'), 'yes');
  assert.equal(facts('FROM scratch\nCOPY own.crt /usr/local/share/ca-certificates/').has('ca-certificates'), 'unknown');
  assert.equal(facts('FROM scratch\nCOPY nginx/ /etc/nginx/').has('ca-certificates'), 'no');
  assert.equal(facts('FROM scratch\nCOPY etc /etc').has('ca-certificates'), 'unknown');
});

test('time zones', () => {
  const stage = facts('FROM scratch\nCOPY --from=debian:12 /usr/share/zoneinfo /usr/share/zoneinfo');
  assert.equal(stage.has('tzdata'), 'yes');
  assert.equal(stage.whyContent('tzdata'), '2');
  assert.equal(facts('FROM scratch\nCOPY site /usr/share/nginx/').has('tzdata'), 'no');
});

test('ADD: addresses, archives, repositories', () => {
  assert.equal(facts('FROM scratch\nADD https://example.com/a/tool.bin?x=1 /bin/').file('/bin/tool.bin'), 'yes');
  assert.equal(facts('FROM scratch\nADD https://example.com/tool /bin/run').file('/bin/run'), 'yes');
  assert.equal(facts('FROM scratch\nADD https://example.com/a.tar.gz /tmp/').file('/tmp/a.tar.gz'), 'yes');
  assert.equal(facts('FROM scratch\nADD --unpack=true https://example.com/a.tar.gz /tmp/').file('/tmp/x'), 'unknown');
  assert.equal(facts('FROM scratch\nADD rootfs.tar.xz /').shell, 'unknown');
  assert.equal(facts('FROM scratch\nADD data.tgz /opt').file('/opt/x'), 'unknown');
  assert.equal(facts('FROM scratch\nADD data.tgz /opt').shell, 'none');
  assert.equal(facts('FROM scratch\nADD https://github.com/a/b.git#main /src').file('/src/x'), 'unknown');
  assert.equal(facts('FROM scratch\nCOPY rootfs.tar.xz /').file('/rootfs.tar.xz'), 'yes');
});

test('--parents keeps the folders of the source', () => {
  assert.equal(facts('FROM scratch\nCOPY --parents a/b/c.txt /to/').file('/to/a/b/c.txt'), 'yes');
});

test('what --exclude may leave out is not known to be there', () => {
  const stage = facts('FROM scratch AS a\nCOPY x.txt /d/\nFROM scratch\nCOPY --from=a --exclude=*.txt /d /d', 1);
  assert.equal(stage.file('/d/x.txt'), 'unknown');
});

test('a destination that is not known may be any place', () => {
  const stage = facts('FROM scratch\nARG TO\nCOPY a.txt $TO');
  assert.equal(stage.shell, 'unknown');
  assert.equal(stage.why(stage.state.libc), '3');
  const below = facts('FROM scratch\nARG TO\nCOPY a.txt /opt/$TO/');
  assert.equal(below.shell, 'none');
  assert.equal(below.file('/opt/x'), 'unknown');
});

test('a source that is not known, to one file', () => {
  const stage = facts('FROM scratch\nARG JAR\nCOPY ${JAR} /app.jar');
  assert.equal(stage.file('/app.jar'), 'yes');
  assert.equal(stage.shell, 'none');
});

test('the working directory of the base is no place for programs', () => {
  const stage = facts('FROM gcr.io/distroless/python3-debian12\nCOPY . .');
  assert.equal(stage.shell, 'none');
  assert.equal(stage.blur, 'no');
});

test('/bin and /usr/bin are one place in newer distributions, and two in scratch', () => {
  assert.equal(facts('FROM debian:12-slim\nCOPY tool.sh /usr/bin/tool').file('/bin/tool'), 'yes');
  assert.equal(facts('FROM scratch\nCOPY tool.sh /usr/bin/tool').file('/bin/tool'), 'no');
  assert.equal(facts('FROM alpine:3.20\nCOPY tool.sh /usr/bin/tool').file('/bin/tool'), 'unknown');
});

test('images that are put together from packages merge /bin and /usr/bin later than their distribution', () => {
  for (const [base, is] of [
    ['gcr.io/distroless/base-debian12', 'unknown'],
    ['gcr.io/distroless/base-debian13', 'yes'],
    ['mcr.microsoft.com/dotnet/runtime-deps:8.0-jammy-chiseled', 'unknown'],
    ['mcr.microsoft.com/dotnet/runtime-deps:10.0-noble-chiseled', 'yes'],
    ['ubuntu:22.04', 'yes'],
  ] as const)
    assert.equal(facts(`FROM ${base}\nCOPY tool.sh /usr/bin/tool`).file('/bin/tool'), is, base);
});

test('the first folder of PATH that has the program', () => {
  const stage = facts('FROM scratch\nENV PATH=/opt/bin:/bin\nCOPY a.bin /bin/run\nCOPY b.bin /opt/bin/run');
  assert.equal(stage.program('run'), '/opt/bin/run');
  assert.equal(stage.program('walk'), 'none');
  assert.equal(facts('FROM scratch\nWORKDIR /app\nCOPY run.sh .').program('./run.sh'), '/app/run.sh');
});

test('the working directory of an image is there', () => {
  const stage = facts('FROM php:8.3-fpm-alpine\nCOPY index.php /var/www/html');
  assert.equal(stage.file('/var/www/html/index.php'), 'yes');
  assert.equal(stage.file('/var/www/html'), 'yes');
});

test('single libraries', () => {
  const base = 'FROM gcr.io/distroless/base-debian12';
  const stage = facts(`${base}\nCOPY --from=debian:12 /lib/x86_64-linux-gnu/libz.so.1 /lib/x86_64-linux-gnu/`);
  assert.equal(stage.has('zlib'), 'yes');
  assert.equal(stage.has('libstdc++'), 'no');
  assert.equal(
    facts(`${base}\nCOPY --from=debian:12 /usr/lib/x86_64-linux-gnu /usr/lib/x86_64-linux-gnu`).has('zlib'),
    'unknown',
  );
});
