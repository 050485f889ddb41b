import assert from 'node:assert/strict';
import { test } from 'node:test';
import { facts } from '../support/facts.js';

test('scratch is empty', () => {
  const stage = facts('FROM scratch');
  assert.equal(stage.libc, 'none');
  assert.equal(stage.shell, 'none');
  assert.equal(stage.packageManager, 'none');
  assert.equal(stage.user, '0');
  assert.equal(stage.workdir, '/');
  assert.equal(stage.start, 'none');
  assert.equal(stage.file('/etc/passwd'), 'no');
  assert.equal(stage.has('ca-certificates'), 'no');
  assert.equal(stage.account('nobody'), 'none');
  assert.equal(stage.why(stage.state.libc), '1');
});

test('a base image of the catalog', () => {
  const stage = facts('FROM debian:12-slim');
  assert.equal(stage.libc, 'glibc 2.36');
  assert.equal(stage.os, 'debian 12');
  assert.equal(stage.shell, '/bin/sh');
  assert.equal(stage.packageManager, 'apt');
  assert.equal(stage.program('bash'), '/usr/bin/bash');
  assert.equal(stage.program('curl'), 'none');
  assert.equal(stage.program('apk'), 'none');
});

test('distroless has no shell and no package manager', () => {
  const stage = facts('FROM gcr.io/distroless/static-debian12:nonroot');
  assert.equal(stage.shell, 'none');
  assert.equal(stage.packageManager, 'none');
  assert.equal(stage.libc, 'none');
  assert.equal(stage.user, 'nonroot (65532)');
  assert.equal(stage.program('/bin/sh'), 'none');
  assert.equal(stage.has('tzdata'), 'yes');
});

test('an image holds the program that it starts itself', () => {
  assert.equal(facts('FROM node:22').program('docker-entrypoint.sh'), 'docker-entrypoint.sh');
  assert.equal(facts('FROM nginx:alpine').program('/docker-entrypoint.sh'), '/docker-entrypoint.sh');
});

test('of an image that the catalog does not hold nothing is known', () => {
  const stage = facts('FROM example.com/team/base:1');
  for (const value of [stage.libc, stage.shell, stage.user, stage.workdir, stage.cmd, stage.has('curl')])
    assert.equal(value, 'unknown');
  assert.equal(stage.why(stage.state.libc), '1');
});

const workdirs: readonly [steps: string, workdir: string][] = [
  ['WORKDIR /app', '/app'],
  ['WORKDIR /app\nWORKDIR src', '/app/src'],
  ['WORKDIR /app/src\nWORKDIR ../lib/', '/app/lib'],
  ['ENV HOME=/srv\nWORKDIR ${HOME}/app', '/srv/app'],
  ['ARG DIR\nWORKDIR $DIR', 'unknown'],
  ['ARG DIR\nWORKDIR $DIR\nWORKDIR src', 'unknown'],
];

for (const [steps, workdir] of workdirs)
  test(JSON.stringify(steps), () => assert.equal(facts(`FROM alpine:3.20\n${steps}`).workdir, workdir));

test('WORKDIR creates its directory', () => {
  const stage = facts('FROM scratch\nWORKDIR /a/b');
  assert.equal(stage.file('/a/b'), 'yes');
  assert.equal(stage.file('/a'), 'yes');
  assert.equal(stage.file('/a/c'), 'no');
  assert.equal(stage.whyFile('/a/b'), '2');
  assert.equal(stage.why(stage.state.workdir), '2');
});

const users: readonly [steps: string, user: string][] = [
  ['USER app', 'app'],
  ['USER app:staff', 'app'],
  ['USER 1000', '1000'],
  ['USER 1000:1000', '1000'],
  ['USER root', 'root (0)'],
  ['ARG USERNAME=app\nUSER $USERNAME', 'app'],
  ['ARG USERNAME\nUSER $USERNAME', 'unknown'],
  ['ENV APP_UID=1654\nUSER $APP_UID', '1654'],
];

for (const [steps, user] of users)
  test(JSON.stringify(steps), () => assert.equal(facts(`FROM alpine:3.20\n${steps}`).user, user));

test('USER knows the uid of an account that was made before', () => {
  const stage = facts(`
    FROM debian:12-slim
    RUN useradd -u 1001 app
    USER app
  `);
  assert.equal(stage.user, 'app (1001)');
  assert.equal(stage.why(stage.state.user), '3');
});

test('ENV: assignments, old form, references, quotes', () => {
  const stage = facts(`
    FROM alpine:3.20
    ENV A=1 B="two words" C='$A'
    ENV D three four
    ENV E=\${A}-$D PATH=/opt/bin:$PATH
  `);
  assert.equal(stage.env('A'), '1');
  assert.equal(stage.env('B'), 'two words');
  assert.equal(stage.env('C'), '$A');
  assert.equal(stage.env('D'), 'three four');
  assert.equal(stage.env('E'), '1-three four');
  assert.equal(stage.env('PATH'), '/opt/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin');
  assert.equal(stage.env('F'), 'not set');
});

test('ENV takes the values from before the instruction', () => {
  const stage = facts('FROM alpine:3.20\nENV A=old\nENV A=new B=$A');
  assert.equal(stage.env('B'), 'old');
});

test('ENV on an image that is not known: what it may set is not known', () => {
  const stage = facts('FROM example.com/base:1\nENV A=1 B=$C PATH=/x:$PATH');
  assert.equal(stage.env('A'), '1');
  assert.equal(stage.env('B'), 'unknown');
  assert.equal(stage.env('PATH'), 'unknown');
  assert.equal(facts('FROM example.com/base:1\nENV PATH=/x\nUSER $NAME').user, 'unknown');
});

test('SHELL is what shell form runs through', () => {
  const stage = facts('FROM debian:12\nSHELL ["/bin/bash", "-o", "pipefail", "-c"]\nCMD run me');
  assert.equal(stage.cmd, '["/bin/bash","-o","pipefail","-c","run me"]');
  assert.equal(facts('FROM debian:12\nCMD run me').cmd, '["/bin/sh","-c","run me"]');
});

test('CMD and ENTRYPOINT together', () => {
  assert.equal(facts('FROM scratch\nENTRYPOINT ["/a"]\nCMD ["b"]').start, '["/a","b"]');
  assert.equal(facts('FROM scratch\nCMD ["b"]\nENTRYPOINT ["/a"]').start, '["/a","b"]');
  assert.equal(facts('FROM scratch\nCMD ["b"]').start, '["b"]');
  assert.equal(facts('FROM scratch\nENTRYPOINT /a\nCMD ["b"]').start, '["/bin/sh","-c","/a"]');
  assert.equal(facts('FROM scratch\nCMD ["b"]\nCMD ["c"]').cmd, '["c"]');
});

test('ENTRYPOINT drops the CMD of the base image, with evidence', () => {
  const stage = facts('FROM alpine:3.20\nENTRYPOINT ["/a"]');
  assert.equal(stage.cmd, 'none');
  assert.equal(stage.why(stage.state.cmd), '2');
  assert.equal(facts('FROM node:22\nENTRYPOINT ["/a"]').start, '["/a"]');
});

test('ENTRYPOINT drops the CMD of a parent stage', () => {
  const stage = facts(`
    FROM scratch AS parent
    CMD ["b"]
    FROM parent
    ENTRYPOINT ["/a"]
  `);
  assert.equal(stage.start, '["/a"]');
});

test('ENTRYPOINT [] takes that of the base image away', () => {
  assert.equal(facts('FROM node:22\nENTRYPOINT []').entrypoint, 'none');
  assert.equal(facts('FROM node:22').start, '["docker-entrypoint.sh","node"]');
});

test('ENTRYPOINT keeps a CMD of its own stage whose shell is not known', () => {
  assert.equal(facts('FROM example.com/base:1\nCMD run\nENTRYPOINT ["/a"]').cmd, 'unknown');
});

test('HEALTHCHECK and HEALTHCHECK NONE', () => {
  assert.equal(facts('FROM alpine:3.20\nHEALTHCHECK --interval=5s CMD ["/check"]').healthcheck, '["/check"]');
  assert.equal(facts('FROM alpine:3.20\nHEALTHCHECK CMD check').healthcheck, '["/bin/sh","-c","check"]');
  assert.equal(facts('FROM alpine:3.20\nHEALTHCHECK CMD check\nHEALTHCHECK NONE').healthcheck, 'none');
  assert.equal(facts('FROM scratch').healthcheck, 'none');
});

test('ONBUILD does nothing here, and runs first in a stage that continues this one', () => {
  const source = `
    FROM alpine:3.20 AS base
    ONBUILD WORKDIR /later
    ONBUILD RUN apk add curl
    FROM base AS child
    FROM child AS grandchild
  `;
  assert.equal(facts(source, 'base').workdir, '/');
  assert.equal(facts(source, 'child').workdir, '/later');
  assert.equal(facts(source, 'child').has('curl'), 'yes');
  assert.equal(facts(source, 'grandchild').workdir, '/later');
});

test('instructions that change nothing', () => {
  const stage = facts(`
    FROM scratch
    LABEL a=b
    EXPOSE 80
    VOLUME /data
    STOPSIGNAL SIGTERM
    MAINTAINER me
  `);
  assert.equal(stage.blur, 'no');
  assert.equal(stage.shell, 'none');
});

test('an instruction that Docker does not know makes absence unknown', () => {
  const stage = facts('FROM scratch\nFETCH x');
  assert.equal(stage.blur, '2: This instruction is not known.');
  assert.equal(stage.shell, 'unknown');
});

test('a keyword that is being typed changes nothing', () => {
  for (const keyword of ['E', 'ENTRYPO', 'cop']) {
    const stage = facts(`FROM scratch\n${keyword}`);
    assert.equal(stage.blur, 'no');
    assert.equal(stage.shell, 'none');
  }
  assert.equal(facts('FROM scratch\nCOP a /b').blur, '2: This instruction is not known.');
});

test('FROM stage continues everything', () => {
  const source = `
    FROM debian:12-slim AS base
    ENV A=1
    WORKDIR /app
    USER 1000
    RUN apt-get install -y --no-install-recommends curl
    FROM base AS next
    FROM next
  `;
  const stage = facts(source);
  assert.equal(stage.env('A'), '1');
  assert.equal(stage.workdir, '/app');
  assert.equal(stage.user, '1000');
  assert.equal(stage.packages, 'curl');
  assert.equal(stage.whyContent('curl'), '5');
});

test('stages that branch off the same one do not see each other', () => {
  const source = `
    FROM alpine:3.20 AS base
    ENV A=base
    FROM base AS one
    ENV A=one
    RUN touch /one
    FROM base AS two
    RUN touch /two
  `;
  assert.equal(facts(source, 'one').env('A'), 'one');
  assert.equal(facts(source, 'two').env('A'), 'base');
  assert.equal(facts(source, 'one').file('/one'), 'yes');
  assert.equal(facts(source, 'two').file('/one'), 'unknown');
  assert.equal(facts(source, 'base').file('/two'), 'unknown');
});

test('a Windows image is not read as a Unix one', () => {
  const stage = facts('FROM mcr.microsoft.com/windows/servercore:ltsc2022\nCMD run');
  assert.equal(stage.shell, 'unknown');
  assert.equal(stage.libc, 'unknown');
});
