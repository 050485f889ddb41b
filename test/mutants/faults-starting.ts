import { append, both, first, inBuild, inFinal, insert, notOnBase, onBase, withBuilder } from './edits.js';
import { alpine, apt, shellless, type Fault } from './fault.js';

/** The images for which it was read that they hold no tini, gosu or shadow. */
const read =
  /^(?:alpine|debian|ubuntu|node|python|golang|ruby|php|rust|eclipse-temurin):?|^gcr\.io\/distroless|^scratch$/;
const alpineRead = /^(?:alpine|(?:node|python|golang|ruby|php|rust):[\w.-]*alpine)/;
const distrolessPython = /distroless\/python3|chainguard\/python/;

export const startingFaults: readonly Fault[] = [
  {
    name: 'variable in exec form',
    rules: ['exec-form-shell-syntax'],
    apply: notOnBase(
      /^php|^httpd|^nginx/,
      inFinal(/^(CMD|ENTRYPOINT) \["(?!sh|java")([^"]+)"\]$/m, '$1 ["$2", "$PORT"]', '"$PORT"]'),
    ),
  },
  {
    name: 'program from a variable',
    rules: ['exec-form-shell-syntax'],
    apply: inFinal(/^ENTRYPOINT \["[^"]+"/m, 'ENTRYPOINT ["$$APP"', 'ENTRYPOINT ["$APP"'),
  },
  {
    name: 'two programs in exec form',
    rules: ['exec-form-shell-syntax'],
    apply: inFinal(/^CMD \["node", "([^"]+)"\]$/m, 'CMD ["node", "migrate.js", "&&", "node", "$1"]', '"&&"'),
  },
  {
    name: 'shell words in a health check',
    rules: ['exec-form-shell-syntax'],
    apply: inFinal(/^(HEALTHCHECK .*)\]$/m, '$1, "||", "exit", "1"]', '"||"'),
  },
  {
    name: 'console script of Python',
    rules: ['python-console-script-as-cmd'],
    apply: onBase(distrolessPython, inFinal(/^CMD .*$/m, 'CMD ["gunicorn", "app:app"]')),
  },
  {
    name: 'debug variant with CMD',
    rules: ['debug-tag-busybox-entrypoint'],
    apply: onBase(
      /distroless\/(?:static|base|cc)-debian13:nonroot$/,
      both(inFinal(/:nonroot$/m, ':debug-nonroot'), inFinal(/^ENTRYPOINT \[/m, 'CMD [')),
    ),
  },
  {
    name: 'relative path after the working directory changed',
    rules: ['relative-exec-after-workdir-change'],
    apply: onBase(
      /distroless\/(?:static|base|cc)-debian13:nonroot$/,
      inFinal(/^ENTRYPOINT \["\/(\w+)"/m, 'ENTRYPOINT ["./$1"', 'ENTRYPOINT ["./'),
    ),
  },
  {
    name: 'started by tini that is not there',
    rules: ['init-binary-missing'],
    apply: onBase(read, inFinal(/^ENTRYPOINT \["(?!docker)/m, 'ENTRYPOINT ["tini", "--", "', '"tini"')),
  },
  {
    name: 'shell form behind ONBUILD',
    rules: ['onbuild-needs-shell'],
    apply: onBase(shellless, append('ONBUILD RUN /app --version')),
  },
  {
    name: 'account made with useradd on Alpine',
    rules: ['shadow-tools-on-busybox'],
    apply: onBase(alpineRead, insert('RUN useradd --uid 10001 app')),
  },
  {
    name: 'account made with BusyBox options on Debian',
    rules: ['shadow-tools-on-busybox'],
    apply: onBase(apt, insert('RUN adduser -D app')),
  },
  {
    name: 'pip into the Python of Alpine',
    rules: ['pip-externally-managed'],
    apply: onBase(/^(?:alpine|node:[\w.-]*alpine)/, insert('RUN apk add --no-cache py3-pip && pip3 install awscli')),
  },
  {
    name: 'BusyBox put into an image without a shell',
    rules: ['shell-or-busybox-copied-into-distroless'],
    apply: notOnBase(/^scratch$/, onBase(shellless, insert('COPY --from=busybox:1.37 /bin/busybox /bin/sh'))),
  },
  {
    name: 'gcompat on Alpine',
    rules: ['glibc-shim-on-alpine'],
    apply: onBase(alpine, notOnBase(/^node/, insert('RUN apk add --no-cache gcompat'))),
  },
  {
    name: 'old runtime',
    rules: ['eol-language-runtime'],
    apply: first(
      inFinal(/^FROM node:24\S*/m, 'FROM node:20-slim'),
      inFinal(/^FROM python:3\.1\S*/m, 'FROM python:3.9-slim'),
      inFinal(/^FROM ruby:[34]\.\S*/m, 'FROM ruby:3.2'),
      withBuilder(/^golang:1\.2\d/, inBuild(/^FROM golang:1\.2\S*/m, 'FROM golang:1.22', 'FROM golang:1.22')),
    ),
  },
  {
    name: 'digest on one image only',
    rules: ['base-not-digest-pinned'],
    apply: notOnBase(
      /^scratch$/,
      withBuilder(/^\w+:[\w.-]+$/, inBuild(/^(FROM \w+:[\w.-]+)( AS)/m, `$1@sha256:${'a'.repeat(64)}$2`, '')),
    ),
  },
];
