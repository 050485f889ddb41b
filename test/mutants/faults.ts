import {
  append,
  both,
  everywhere,
  finalBase,
  first,
  halves,
  inBuild,
  inFinal,
  inShellForm,
  insert,
  notOnBase,
  onBase,
  withBuilder,
  type Edit,
} from './edits.js';

/** A way to break a sound Dockerfile. */
export type Fault = {
  readonly name: string;
  /** Any of these rules is the right one. */
  readonly rules: readonly string[];
  readonly apply: Edit;
};

const shellless = /^scratch$|^gcr\.io\/distroless|^dhi\.io|-chiseled|chainguard\/(?!node)/;
const interpreter = /distroless\/(?:nodejs|python3|java)|chainguard\/(?:node|python|jre|nginx)/;
const withoutLibc = /^scratch$|static/;
const alpine = /^(?:alpine|[\w./-]+:[\w.-]*alpine)/;
const apt = /^(?:debian|ubuntu):/;
const google = /^gcr\.io\/distroless/;
const copied = 'COPY --from=';

export const faults: readonly Fault[] = [
  // Starting.
  {
    name: 'CMD made shell form',
    rules: ['shell-form-cmd-no-shell'],
    apply: onBase(shellless, inShellForm('CMD')),
  },
  {
    name: 'ENTRYPOINT made shell form',
    rules: ['shell-form-entrypoint-no-shell'],
    apply: onBase(shellless, inShellForm('ENTRYPOINT')),
  },
  {
    name: 'ENTRYPOINT through a shell',
    rules: ['exec-form-invokes-shell'],
    apply: onBase(shellless, inFinal(/^ENTRYPOINT .*$/m, 'ENTRYPOINT ["/bin/sh", "-c", "exec /app"]')),
  },
  {
    name: 'CMD through a shell',
    rules: ['exec-form-invokes-shell'],
    apply: onBase(shellless, notOnBase(interpreter, inFinal(/^CMD .*$/m, 'CMD ["sh", "-c", "exec node server.js"]'))),
  },
  {
    name: 'interpreter repeated',
    rules: ['runtime-entrypoint-repeated', 'java-entrypoint-is-java-jar'],
    apply: first(
      onBase(/distroless\/nodejs/, inFinal(/^CMD .*$/m, 'CMD ["node", "server.js"]')),
      onBase(/distroless\/python3/, inFinal(/^CMD .*$/m, 'CMD ["python", "main.py"]')),
      onBase(/distroless\/java/, inFinal(/^CMD .*$/m, 'CMD ["java", "-jar", "/app.jar"]')),
      onBase(/chainguard\/jre/, inFinal(/^CMD .*$/m, 'CMD ["java", "-jar", "app.jar"]')),
    ),
  },
  {
    name: 'started with npm',
    rules: ['package-runner-missing', 'runtime-entrypoint-repeated'],
    apply: onBase(/nodejs|dhi\.io\/node/, inFinal(/^CMD .*$/m, 'CMD ["npm", "start"]')),
  },
  {
    name: 'interpreter without its path',
    rules: ['runtime-entrypoint-overridden-wrongly'],
    apply: onBase(/distroless\/nodejs/, inFinal(/^CMD .*$/m, 'ENTRYPOINT ["node", "server.js"]')),
  },
  {
    name: 'class path given to java -jar',
    rules: ['java-entrypoint-is-java-jar'],
    apply: onBase(/distroless\/java/, inFinal(/^CMD .*$/m, 'CMD ["-cp", "/app.jar", "com.example.Main"]')),
  },
  // Building.
  {
    name: 'directory made in the final stage',
    rules: ['run-setup-in-shellless-stage', 'shell-form-run-no-shell'],
    apply: onBase(shellless, insert('RUN mkdir -p /data && chown 65532 /data')),
  },
  {
    name: 'command run in the final stage',
    rules: ['shell-form-run-no-shell', 'run-setup-in-shellless-stage'],
    apply: onBase(shellless, append('RUN /app --version')),
  },
  {
    name: 'packages installed with apt where there is none',
    rules: ['package-manager-missing', 'shell-form-run-no-shell'],
    apply: notOnBase(
      apt,
      onBase(
        /^(?!ruby|php|python|node|registry|amazon|eclipse)|alpine/,
        insert('RUN apt-get update && apt-get install -y tzdata'),
      ),
    ),
  },
  {
    name: 'packages installed with apk where there is none',
    rules: ['package-manager-missing', 'shell-form-run-no-shell'],
    apply: notOnBase(alpine, insert('RUN apk add --no-cache tzdata')),
  },
  {
    name: 'apt in an Alpine build stage',
    rules: ['package-manager-missing'],
    apply: withBuilder(alpine, inBuild(/^RUN apk add --no-cache/m, 'RUN apt-get install -y', 'RUN apt-get install -y')),
  },
  {
    name: 'apk in a Debian build stage',
    rules: ['package-manager-missing'],
    apply: withBuilder(apt, inBuild(/^RUN apt-get update.*$/m, 'RUN apk add --no-cache g++', 'RUN apk add')),
  },
  {
    name: 'packages installed without root',
    rules: ['package-install-as-nonroot'],
    apply: onBase(alpine, inFinal(/^(USER .*)$/m, '$1\nRUN apk add --no-cache tzdata', 'RUN apk add')),
  },
  {
    name: 'bash as SHELL where there is none',
    rules: ['shell-instruction-missing-shell', 'shell-form-run-no-shell', 'run-setup-in-shellless-stage'],
    apply: onBase(/^alpine|^gcr|^scratch|^busybox/, insert('SHELL ["/bin/bash", "-c"]\nRUN mkdir /data')),
  },
  // Health.
  {
    name: 'health check with curl',
    rules: ['healthcheck-tool-missing'],
    apply: onBase(
      /^(?!ruby|php|nginxinc|amazon|registry|eclipse)/,
      insert('HEALTHCHECK CMD ["curl", "-f", "http://localhost:8080/"]'),
    ),
  },
  {
    name: 'health check in shell form',
    rules: ['healthcheck-shell-form-no-shell'],
    apply: onBase(shellless, insert('HEALTHCHECK CMD wget -q -O /dev/null http://localhost:8080/ || exit 1')),
  },
  // Bases.
  {
    name: 'debug tag left in',
    rules: ['debug-or-dev-variant-in-final'],
    apply: onBase(google, inFinal(/:nonroot/, ':debug-nonroot')),
  },
  {
    name: '-dev tag left in',
    rules: ['debug-or-dev-variant-in-final'],
    apply: first(
      onBase(/^dhi\.io\/(?:node|python)/, inFinal(/-debian13/, '-debian13-dev')),
      onBase(/^cgr\.dev\/chainguard\/(?:node|python|jre|nginx)/, inFinal(/:latest/, ':latest-dev')),
    ),
  },
  {
    name: 'retired Debian release of distroless',
    rules: ['distroless-unsupported-image'],
    apply: onBase(/distroless\/(?!nodejs|java21)/, inFinal(/-debian13/, '-debian11')),
  },
  {
    name: 'release left out of the name',
    rules: ['distroless-name-without-debian-suffix'],
    apply: onBase(google, inFinal(/-debian13/, '', 'FROM gcr.io/distroless/')),
  },
  {
    name: 'release past its support',
    rules: ['eol-base-distribution'],
    apply: first(
      inFinal(/^FROM debian:bookworm/, 'FROM debian:buster'),
      inFinal(/^FROM alpine:3\.24/, 'FROM alpine:3.15'),
      inFinal(/^FROM ubuntu:24\.04/, 'FROM ubuntu:18.04'),
    ),
  },
  {
    name: 'build stage past its support',
    rules: ['eol-base-distribution'],
    apply: first(
      inBuild(/^FROM alpine:3\.24/, 'FROM alpine:3.14', 'FROM alpine:3.14'),
      inBuild(/^FROM debian:trixie/, 'FROM debian:buster', 'FROM debian:buster'),
      inBuild(/^FROM ubuntu:24\.04/, 'FROM ubuntu:18.04', 'FROM ubuntu:18.04'),
    ),
  },
  {
    name: 'build stage shipped',
    rules: ['single-stage-with-toolchain'],
    apply: withBuilder(/^(?:golang|rust|gcc):/, (text) => {
      const { head } = halves(text);
      const shipped = head.replace(/ AS build/i, '').trimEnd();
      return { text: `${shipped}\nUSER 65532:65532\nENTRYPOINT ["/out/app"]\n`, at: 'FROM ' };
    }),
  },
  {
    name: 'compiler installed in the final stage',
    rules: ['toolchain-installed-in-final-stage'],
    apply: first(
      onBase(/^alpine/, insert('RUN apk add --no-cache build-base')),
      onBase(apt, insert('RUN apt-get update && apt-get install -y build-essential')),
    ),
  },
  {
    name: 'tools for people in the final stage',
    rules: ['debug-tools-in-final-stage'],
    apply: first(
      onBase(/^alpine/, insert('RUN apk add --no-cache vim strace')),
      onBase(apt, insert('RUN apt-get update && apt-get install -y vim strace')),
    ),
  },
  // C library.
  {
    name: 'CGO_ENABLED=0 removed',
    rules: ['go-dynamic-binary-in-static-base'],
    apply: onBase(withoutLibc, withBuilder(/^golang:(?!.*alpine)/, inBuild(/CGO_ENABLED=0 /, '', copied))),
  },
  {
    name: 'cgo turned on',
    rules: ['go-dynamic-binary-in-static-base'],
    apply: onBase(withoutLibc, withBuilder(/^golang:(?!.*alpine)/, inBuild(/CGO_ENABLED=0/, 'CGO_ENABLED=1', copied))),
  },
  {
    name: '-static removed',
    rules: ['scratch-dynamic-binary'],
    apply: inBuild(/ -static/, '', copied),
  },
  {
    name: 'musl target removed',
    rules: ['scratch-dynamic-binary'],
    apply: withBuilder(
      /^rust:1-trixie/,
      everywhere(/ --target x86_64-unknown-linux-musl|x86_64-unknown-linux-musl\/|^RUN rustup.*\n/gm, '', copied),
    ),
  },
  {
    name: 'build stage on Alpine',
    rules: ['musl-binary-in-glibc-stage'],
    apply: onBase(
      /distroless\/base/,
      inBuild(/-trixie AS build/, '-alpine AS build\nRUN apk add --no-cache gcc musl-dev', copied),
    ),
  },
  {
    name: 'C build stage on Alpine',
    rules: ['musl-binary-in-glibc-stage'],
    apply: withBuilder(
      apt,
      both(
        inBuild(/^RUN apt-get.*$/m, 'RUN apk add --no-cache g++', ''),
        inBuild(/^FROM \S+/, 'FROM alpine:3.24', copied),
      ),
    ),
  },
  {
    name: 'final stage on Alpine',
    rules: ['glibc-binary-in-musl-stage'],
    apply: first(
      onBase(/distroless\/(?:base|cc)/, inFinal(/^FROM .*$/m, 'FROM alpine:3.24\nUSER 65532', copied)),
      onBase(
        /^(?:debian|ubuntu):/,
        both(inFinal(/^RUN apt(?:.*\\\n)*.*$/m, ''), inFinal(/^FROM .*$/m, 'FROM alpine:3.24', copied)),
      ),
      onBase(/glibc-dynamic/, inFinal(/^FROM .*$/m, 'FROM alpine:3.24\nUSER 65532', copied)),
    ),
  },
  {
    name: 'older glibc in the final stage',
    rules: ['glibc-version-skew'],
    apply: first(
      onBase(/distroless\/(?:base|cc)/, inFinal(/-debian13/, '-debian12', copied)),
      onBase(/^ubuntu:/, inFinal(/:24\.04/, ':22.04', copied)),
    ),
  },
  {
    name: 'newer Debian in the build stage',
    rules: ['glibc-version-skew'],
    apply: onBase(/^debian:bookworm/, inBuild(/-bookworm/, '-trixie', copied)),
  },
  // Files and users.
  {
    name: 'certificates dropped',
    rules: ['scratch-no-ca-certs'],
    apply: onBase(/^scratch$/, (text) => {
      const dropped = inFinal(/^COPY .*ca-certificates.*\n/m, '')(text);
      return dropped && { ...dropped, at: '' };
    }),
  },
  {
    name: 'USER removed',
    rules: ['final-stage-runs-as-root'],
    apply: notOnBase(/^registry|nginx|chainguard|fpm|busybox/, (text) => {
      const removed = inFinal(/^USER .*\n/m, '')(text);
      return removed && { ...removed, at: `FROM ${finalBase(text)}` };
    }),
  },
  {
    name: 'USER root',
    rules: ['final-stage-runs-as-root'],
    apply: notOnBase(/nginx|fpm|busybox/, append('USER root')),
  },
  {
    name: 'nonroot tag dropped',
    rules: ['final-stage-runs-as-root'],
    apply: onBase(google, inFinal(/:nonroot/, '', 'FROM gcr.io/distroless/')),
  },
  {
    name: 'USER of a name that is not there',
    rules: ['user-name-unresolvable'],
    apply: onBase(/^scratch$|^gcr\.io|^cgr\.dev/, append('USER appuser')),
  },
];
