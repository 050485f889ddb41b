import { dockerfile } from '../../server/src/rules/rule.js';
import type { LabCase } from './model.js';
import { program } from './programs.js';

const noShell = 'exec: "/bin/sh": stat /bin/sh: no such file or directory';

/** Builds that end early. */
export const buildCases: readonly LabCase[] = [
  {
    rule: 'package-install-as-nonroot',
    instead: {
      dockerfile: dockerfile`
        FROM debian:13
        USER 1000
        RUN apt-get update && apt-get install -y tree
        USER 65532
        CMD ["echo", "lab: started"]
      `,
      because: 'Debian in place of Chainguard: no package of Debian holds apk.',
    },
    context: {},
    fails: 'build',
    quote: 'Permission denied',
    seen: 'Could not open lock file /var/lib/apt/lists/lock - open (13: Permission denied)',
    remedy: 'fix',
  },
  {
    rule: 'package-manager-missing',
    context: {},
    fails: 'build',
    quote: '/bin/sh: apt-get: not found',
    remedy: { notStaged: 'it runs apk, which no package of Debian holds' },
  },
  {
    rule: 'package-manager-missing',
    variant: 'apk on Debian',
    instead: {
      dockerfile: dockerfile`
        FROM debian:13
        RUN apk add --no-cache tree
        USER 65532:65532
        CMD ["echo", "lab: started"]
      `,
      because: 'The other way round, where the fix installs a real package.',
    },
    context: {},
    fails: 'build',
    quote: '/bin/sh: apt-get: not found',
    seen: 'apk: not found',
    remedy: 'fix',
  },
  {
    rule: 'run-program-missing',
    instead: {
      dockerfile: dockerfile`
        FROM debian:13-slim
        RUN openssl version
        USER 65532:65532
        CMD ["echo", "lab: started"]
      `,
      because: 'Nothing is downloaded in the lab; openssl is small.',
    },
    context: {},
    fails: 'build',
    quote: 'curl: not found',
    seen: 'openssl: not found',
    remedy: 'fix',
  },
  { rule: 'run-setup-in-shellless-stage', context: { app: program }, fails: 'build', quote: noShell, remedy: 'fix' },
  { rule: 'shell-form-run-no-shell', context: { app: program }, fails: 'build', quote: noShell, remedy: 'fix' },
  {
    rule: 'shell-form-run-no-shell',
    variant: 'debug image',
    instead: {
      dockerfile: dockerfile`
        FROM gcr.io/distroless/base-debian13:debug-nonroot
        COPY app /app
        RUN /app --self-test
        ENTRYPOINT ["/app"]
      `,
      because: 'A shell at /busybox/sh is not /bin/sh, as the page says.',
    },
    context: { app: program },
    fails: 'build',
    quote: noShell,
    remedy: 'fix',
  },
  {
    rule: 'shell-instruction-missing-shell',
    instead: {
      dockerfile: dockerfile`
        FROM alpine:3.24
        SHELL ["/bin/bash", "-o", "pipefail", "-c"]
        RUN cat /etc/passwd | sort > /list
        USER 65532:65532
        CMD ["echo", "lab: started"]
      `,
      because: 'It sorts a file of the image, since builds have no network here.',
    },
    context: {},
    fails: 'build',
    quote: 'exec: "/bin/bash": stat /bin/bash: no such file or directory',
    remedy: 'fix',
  },
];
