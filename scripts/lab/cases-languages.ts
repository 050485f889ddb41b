import { dockerfile } from '../../server/src/rules/rule.js';
import type { LabCase } from './model.js';
import { goModule, gunicornPy, text } from './programs.js';

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
    rule: 'python-venv-not-portable',
    context: { 'requirements.txt': text('# Nothing to install.\n'), 'app.py': text(gunicornPy) },
    fails: 'start',
    quote: 'exec: "/venv/bin/python3": stat /venv/bin/python3: no such file or directory',
    remedy: 'fix',
  },
];
