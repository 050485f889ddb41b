import { dockerfile } from '../../server/src/rules/rule.js';
import type { LabCase } from './model.js';
import { launcherClass, program, serverJs, serverPy, text } from './programs.js';

const noShell = 'exec: "/bin/sh": stat /bin/sh: no such file or directory';

/** Containers that do not start. */
export const startCases: readonly LabCase[] = [
  {
    rule: 'exec-form-invokes-shell',
    context: { app: program },
    fails: 'start',
    quote: 'exec: "sh": executable file not found in $PATH',
    remedy: 'fix',
  },
  {
    rule: 'exec-form-invokes-shell',
    variant: 'by its path',
    instead: {
      dockerfile: dockerfile`
        FROM gcr.io/distroless/static-debian13:nonroot
        COPY app /app
        CMD ["/bin/bash", "-c", "/app"]
      `,
      because: 'The second error that the page quotes.',
    },
    context: { app: program },
    fails: 'start',
    quote: 'exec: "/bin/bash": stat /bin/bash: no such file or directory',
    remedy: 'fix',
  },
  {
    rule: 'exec-form-invokes-shell',
    variant: 'after an interpreter',
    instead: {
      dockerfile: dockerfile`
        FROM gcr.io/distroless/nodejs24-debian13:nonroot
        WORKDIR /app
        COPY server.js .
        CMD ["sh", "-c", "node server.js"]
      `,
      because: 'The third error that the page quotes.',
    },
    context: { 'server.js': text(serverJs) },
    fails: 'start',
    quote: "Error: Cannot find module '/app/sh'",
    remedy: 'fix',
  },
  {
    rule: 'java-entrypoint-is-java-jar',
    context: { [`dependencies/${launcherClass}`]: { kind: 'java-class' } },
    fails: 'start',
    quote: 'Error: Unable to access jarfile org.springframework.boot.loader.launch.JarLauncher',
    remedy: 'fix',
  },
  {
    rule: 'java-entrypoint-is-java-jar',
    variant: 'class path',
    instead: {
      dockerfile: dockerfile`
        FROM gcr.io/distroless/java21-debian13:nonroot
        COPY dependencies/ /app/
        CMD ["-cp", "/app", "org.springframework.boot.loader.launch.JarLauncher"]
      `,
      because: 'A class path does not help, as the page says.',
    },
    context: { [`dependencies/${launcherClass}`]: { kind: 'java-class' } },
    fails: 'start',
    quote: 'Error: Unable to access jarfile org.springframework.boot.loader.launch.JarLauncher',
    remedy: 'fix',
  },
  {
    rule: 'package-runner-missing',
    context: { 'dist/server.js': text(serverJs) },
    fails: 'start',
    quote: "Error: Cannot find module '/app/npm'",
    remedy: 'fix',
  },
  {
    rule: 'runtime-entrypoint-overridden-wrongly',
    context: { 'server.js': text(serverJs) },
    fails: 'start',
    quote: 'exec: "node": executable file not found in $PATH',
    remedy: 'fix',
  },
  {
    rule: 'runtime-entrypoint-overridden-wrongly',
    variant: 'script alone',
    instead: {
      dockerfile: dockerfile`
        FROM gcr.io/distroless/nodejs24-debian13:nonroot
        WORKDIR /app
        COPY server.js .
        ENTRYPOINT ["server.js"]
      `,
      because: 'The second error that the page quotes.',
    },
    context: { 'server.js': text(serverJs) },
    fails: 'start',
    quote: 'exec: "server.js": executable file not found in $PATH',
    remedy: 'fix',
  },
  {
    rule: 'runtime-entrypoint-repeated',
    variant: 'Python',
    instead: {
      dockerfile: dockerfile`
        FROM gcr.io/distroless/python3-debian13:nonroot
        WORKDIR /app
        COPY server.py .
        CMD ["python", "server.py"]
      `,
      because: 'The second error that the page quotes.',
    },
    context: { 'server.py': text(serverPy) },
    fails: 'start',
    quote: "can't open file '/app/python'",
    remedy: 'fix',
  },
  {
    rule: 'runtime-entrypoint-repeated',
    variant: 'Java',
    instead: {
      dockerfile: dockerfile`
        FROM gcr.io/distroless/java21-debian13:nonroot
        COPY dependencies/ ./
        CMD ["java", "org.springframework.boot.loader.launch.JarLauncher"]
      `,
      because: 'The third error that the page quotes.',
    },
    context: { [`dependencies/${launcherClass}`]: { kind: 'java-class' } },
    fails: 'start',
    quote: 'Unable to access jarfile java',
    remedy: 'fix',
  },
  {
    rule: 'runtime-entrypoint-repeated',
    context: { 'server.js': text(serverJs) },
    fails: 'start',
    quote: "Error: Cannot find module '/app/node'",
    remedy: 'fix',
  },
  { rule: 'shell-form-cmd-no-shell', context: { server: program }, fails: 'start', quote: noShell, remedy: 'fix' },
  {
    rule: 'shell-form-cmd-no-shell',
    variant: 'after an interpreter',
    instead: {
      dockerfile: dockerfile`
        FROM gcr.io/distroless/java21-debian13:nonroot
        COPY dependencies/ ./
        CMD java org.springframework.boot.loader.launch.JarLauncher
      `,
      because: 'The second error that the page quotes.',
    },
    context: { [`dependencies/${launcherClass}`]: { kind: 'java-class' } },
    fails: 'start',
    quote: 'Error: Unable to access jarfile /bin/sh',
    remedy: { notStaged: 'the rule offers no fix for a class' },
  },
  {
    rule: 'shell-form-entrypoint-no-shell',
    context: { myapp: program },
    fails: 'start',
    quote: noShell,
    remedy: 'fix',
  },
  {
    rule: 'user-name-unresolvable',
    context: { app: program },
    fails: 'start',
    quote: 'unable to find user app: no matching entries in passwd file',
    seen: 'unknown user error looking up user "app"',
    remedy: 'fix',
  },
  {
    rule: 'healthcheck-shell-form-no-shell',
    context: { app: program },
    fails: 'health',
    quote: 'exec failed: unable to start container process: exec: "/bin/sh": stat /bin/sh: no such file or directory',
    remedy: 'fix',
  },
  {
    rule: 'healthcheck-tool-missing',
    context: { 'server.js': text(serverJs) },
    fails: 'health',
    quote: 'exec: "curl": executable file not found in $PATH',
    remedy: 'fix',
  },
  {
    rule: 'healthcheck-tool-missing',
    variant: 'through a shell',
    instead: {
      dockerfile: dockerfile`
        FROM alpine:3.24
        COPY app /app
        USER 65532:65532
        HEALTHCHECK CMD curl -f http://localhost:8080/ || exit 1
        ENTRYPOINT ["/app"]
      `,
      because: 'The second error that the page quotes.',
    },
    context: { app: program },
    fails: 'health',
    quote: '/bin/sh: curl: not found',
    remedy: 'fix',
  },
];
