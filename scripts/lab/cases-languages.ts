import { dockerfile } from '../../server/src/rules/rule.js';
import type { LabCase } from './model.js';
import { goModule, gunicornPy, mainJava, mainRs, setupPy, sqliteGo, text, zstdGo } from './programs.js';

const gunicorn = {
  'requirements.txt': text('./gunicorn\n'),
  'gunicorn/setup.py': text(setupPy),
  'gunicorn/gunicorn.py': text(gunicornPy),
};

/** Language runtimes and what belongs to them. */
export const languageCases: readonly LabCase[] = [
  {
    rule: 'go-alpine-cgo-no-compiler',
    context: { 'go.mod': text(goModule), 'app_test.go': text('package app\n') },
    roots: { 'golang:1.26-alpine': 'golang-without-gcc' },
    fails: 'build',
    quote: 'cgo: C compiler "gcc" not found: exec: "gcc": executable file not found in $PATH',
    remedy: { notStaged: 'it installs with apk, which no package of Debian holds' },
  },
  {
    rule: 'go-cgo-dependency-with-cgo-disabled',
    context: { 'main.go': text(sqliteGo) },
    roots: { 'golang:1.26-alpine': 'golang-with-modules' },
    fails: 'start',
    quote: "Binary was compiled with 'CGO_ENABLED=0', go-sqlite3 requires cgo to work. This is a stub",
    remedy: 'fix',
  },
  {
    rule: 'go-cgo-dependency-with-cgo-disabled',
    variant: 'nothing left',
    instead: {
      dockerfile: dockerfile`
        FROM golang:1.26-alpine AS build
        WORKDIR /src
        COPY . .
        RUN CGO_ENABLED=0 go build -o /out/app .

        FROM gcr.io/distroless/static-debian13:nonroot
        COPY --from=build /out/app /app
        ENTRYPOINT ["/app"]
      `,
      because: 'The third error that the page quotes; the program compresses with github.com/DataDog/zstd.',
    },
    context: {
      'go.mod': text('module example.com/app\n\ngo 1.19\n\nrequire github.com/DataDog/zstd v1.4.5\n'),
      'main.go': text(zstdGo),
    },
    roots: { 'golang:1.26-alpine': 'golang-with-modules' },
    fails: 'build',
    quote: 'build constraints exclude all Go files',
    remedy: 'fix',
  },
  {
    rule: 'java-class-version-skew',
    context: { 'Main.java': text(mainJava) },
    roots: { 'eclipse-temurin:25-jdk': 'newer-jdk' },
    fails: 'start',
    quote:
      'java.lang.UnsupportedClassVersionError: Main has been compiled by a more recent version of the Java Runtime ' +
      '(class file version 69.0)',
    remedy: 'fix',
  },
  {
    rule: 'java-jlink-libc-mismatch',
    instead: {
      dockerfile: dockerfile`
        FROM eclipse-temurin:21-jdk AS jre
        RUN jlink --add-modules java.base --output /opt/java

        FROM alpine:3.24
        COPY --from=jre /opt/java /opt/java
        COPY app.jar /app.jar
        USER 65532:65532
        ENTRYPOINT ["/opt/java/bin/java", "-jar", "/app.jar"]
      `,
      because: 'The other way round: Debian has a JDK for glibc only.',
    },
    context: { 'app.jar': { kind: 'java-jar' } },
    fails: 'start',
    quote: 'exec /opt/java/bin/java: no such file or directory',
    remedy: 'good',
  },
  {
    rule: 'libgcc-missing-for-rust',
    context: { 'src/main.rs': text(mainRs) },
    fails: 'start',
    quote:
      'error while loading shared libraries: libgcc_s.so.1: cannot open shared object file: No such file or directory',
    remedy: 'fix',
  },
  {
    rule: 'pip-externally-managed',
    instead: {
      dockerfile: dockerfile`
        FROM debian:13
        COPY requirements.txt .
        RUN apt-get update && apt-get install -y python3-pip python3-venv && pip3 install -r requirements.txt
        USER 65532:65532
        CMD ["echo", "lab: started"]
      `,
      because: 'Debian in place of Alpine: no package of Debian holds apk.',
    },
    context: { 'requirements.txt': text('# Nothing to install.\n') },
    roots: { 'debian:13': 'debian-with-pip' },
    fails: 'build',
    quote: 'error: externally-managed-environment',
    remedy: 'fix',
  },
  {
    rule: 'python-console-script-as-cmd',
    context: { 'gunicorn.py': text(gunicornPy) },
    fails: 'start',
    quote: "can't open file '/app/gunicorn': [Errno 2] No such file or directory",
    remedy: 'fix',
  },
  {
    rule: 'python-deps-not-on-path',
    instead: {
      dockerfile: dockerfile`
        FROM python:3.11-slim-bookworm AS build
        WORKDIR /src
        COPY . .
        RUN python -m venv /venv && /venv/bin/pip install -r requirements.txt

        FROM python:3.11-slim-bookworm
        COPY --from=build /venv /venv
        USER 65532:65532
        CMD ["python", "-m", "gunicorn", "app:app"]
      `,
      because: 'An environment, and one Python only, since a release of Debian has no other.',
    },
    context: gunicorn,
    fails: 'start',
    quote: 'No module named gunicorn',
    remedy: 'fix',
  },
  {
    rule: 'python-install-under-root-home',
    instead: {
      dockerfile: dockerfile`
        FROM python:3.11-slim-bookworm AS build
        WORKDIR /src
        COPY . .
        RUN pip install --user -r requirements.txt

        FROM python:3.11-slim-bookworm
        COPY --from=build /root/.local /root/.local
        USER 65532:65532
        CMD ["/root/.local/bin/gunicorn", "app:app"]
      `,
      because: 'Packages of pip, since Debian has no packages of uv.',
    },
    context: gunicorn,
    fails: 'start',
    quote: 'permission denied',
    seen: 'exec: "/root/.local/bin/gunicorn": stat /root/.local/bin/gunicorn: permission denied',
    remedy: { notStaged: 'the rule offers no fix for packages of pip' },
  },
  {
    rule: 'python-venv-not-portable',
    context: { 'requirements.txt': text('# Nothing to install.\n'), 'app.py': text(gunicornPy) },
    fails: 'start',
    quote: 'exec: "/venv/bin/python3": stat /venv/bin/python3: no such file or directory',
    remedy: 'fix',
  },
];
