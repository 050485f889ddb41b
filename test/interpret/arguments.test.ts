import assert from 'node:assert/strict';
import { test } from 'node:test';
import { facts } from '../support/facts.js';

test('a global build argument reaches FROM, and a stage only where it is declared again', () => {
  const source = `
    ARG RELEASE=3.20
    FROM alpine:$RELEASE AS without
    FROM alpine:3.20 AS with
    ARG RELEASE
  `;
  assert.equal(facts(source, 'without').libc, 'musl 1.2.5');
  assert.equal(facts(source, 'without').variable('RELEASE'), 'none');
  assert.equal(facts(source, 'with').variable('RELEASE'), '3.20');
});

test('the default in a stage wins over the global one, a given value over both', () => {
  const source = 'ARG A=global\nFROM alpine:3.20\nARG A=own';
  assert.equal(facts(source).variable('A'), 'own');
  assert.equal(facts(source, 0, { A: 'given' }).variable('A'), 'given');
});

test('a build argument declared after FROM does not count in FROM', () => {
  const stage = facts('FROM alpine:3.20 AS a\nARG TAG=12-slim\nFROM debian:${TAG}');
  assert.equal(stage.libc, 'unknown');
});

test('one that is declared later in the stage is not set before', () => {
  const source = `
    FROM alpine:3.20
    WORKDIR /a/$DIR
    ARG DIR=b
  `;
  assert.equal(facts(source).workdir, '/a');
});

test('unset means unknown', () => {
  assert.equal(facts('ARG TAG\nFROM alpine:$TAG').libc, 'unknown');
  assert.equal(facts('FROM alpine:3.20\nARG NAME\nUSER $NAME').user, 'unknown');
  assert.equal(facts('FROM alpine:3.20\nARG NAME').variable('NAME'), 'unknown');
});

test('${X:-y} says itself what an ordinary build takes', () => {
  assert.equal(facts('ARG TAG\nFROM alpine:${TAG:-3.20}').libc, 'musl 1.2.5');
  assert.equal(facts('FROM alpine:${TAG:-3.20}').libc, 'musl 1.2.5');
  assert.equal(facts('ARG TAG=3.19\nFROM alpine:${TAG:-3.20}').os, 'alpine 3.19');
  assert.equal(facts('FROM alpine:3.20\nARG NAME\nUSER ${NAME:-app}').user, 'app');
  assert.equal(facts('FROM alpine:3.20\nARG NAME\nUSER ${NAME:-$NAME}').user, 'unknown');
});

test('${X:+y} and ${X-y}', () => {
  assert.equal(facts('ARG SLIM=1\nFROM debian:12${SLIM:+-slim}').has('wget'), 'no');
  assert.equal(facts('ARG SLIM\nFROM debian:12${SLIM:+-slim}').os, 'debian 12');
  assert.equal(facts('ARG TAG=\nFROM alpine:${TAG:-3.20}').os, 'alpine 3.20');
  assert.equal(facts('FROM alpine:3.20\nENV E=\nWORKDIR /x${E-y}').workdir, '/x');
  assert.equal(facts('FROM alpine:3.20\nENV E=\nWORKDIR /x${E:-y}').workdir, '/xy');
});

test('a given value reaches FROM', () => {
  const source = 'ARG BASE=alpine:3.20\nFROM $BASE';
  assert.equal(facts(source).packageManager, 'apk');
  assert.equal(facts(source, 0, { BASE: 'debian:12-slim' }).packageManager, 'apt');
  assert.equal(facts('FROM ${BASE:-alpine:3.20}', 0, { BASE: 'debian:12' }).packageManager, 'apk');
});

test('global arguments are put into each other in order', () => {
  assert.equal(facts('ARG V=3.20\nARG IMAGE=alpine:$V\nFROM $IMAGE').os, 'alpine 3.20');
  assert.equal(facts('ARG V\nARG IMAGE=alpine:$V\nFROM $IMAGE').os, 'unknown');
});

test('platform arguments are set by BuildKit, and never known', () => {
  assert.equal(facts('FROM --platform=$BUILDPLATFORM alpine:3.20').libc, 'musl 1.2.5');
  assert.equal(facts('FROM alpine:3.20\nARG TARGETARCH\nWORKDIR /$TARGETARCH').workdir, 'unknown');
  assert.equal(facts('FROM base-$TARGETARCH').libc, 'unknown');
  // Without ARG they are not there at all.
  assert.equal(facts('FROM alpine:3.20\nWORKDIR /x/$TARGETARCH').workdir, '/x');
});

test('ENV wins over ARG, whichever comes first', () => {
  assert.equal(facts('FROM alpine:3.20\nARG A=arg\nENV A=env').variable('A'), 'env');
  assert.equal(facts('FROM alpine:3.20\nENV A=env\nARG A=arg').variable('A'), 'env');
  assert.equal(facts('FROM alpine:3.20\nENV A=env\nARG A=arg', 0, { A: 'given' }).variable('A'), 'env');
  assert.equal(facts('FROM alpine:3.20\nARG A=arg\nENV A=${A}-env').env('A'), 'arg-env');
});

test('a build argument is no environment', () => {
  const stage = facts('FROM alpine:3.20\nARG A=1');
  assert.equal(stage.env('A'), 'not set');
  assert.equal(stage.why(stage.state.args.get('A') ?? assert.fail()), '2');
});

test('several declarations in one ARG take the values from before it', () => {
  const stage = facts('FROM alpine:3.20\nARG A=old\nARG A=new B=$A');
  assert.equal(stage.variable('A'), 'new');
  assert.equal(stage.variable('B'), 'old');
});

test('a stage that continues another one keeps its arguments', () => {
  assert.equal(facts('FROM alpine:3.20 AS a\nARG X=1\nFROM a\nWORKDIR /w$X').workdir, '/w1');
});

test('RUN sees arguments as variables', () => {
  const stage = facts('FROM debian:12-slim\nARG TOOL=curl\nRUN apt-get install -y --no-install-recommends $TOOL');
  assert.equal(stage.packages, 'curl');
  assert.equal(stage.has('curl'), 'yes');
});

test('the facts of a base say which argument named it', () => {
  const stage = facts('ARG BASE=example.com/base\nFROM $BASE');
  assert.equal(stage.why(stage.state.libc), '1 2');
});
