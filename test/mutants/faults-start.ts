import { append, first, inBuild, inFinal, inShellForm, insert, notOnBase, onBase, withBuilder } from './edits.js';
import { alpine, apt, interpreter, shellless, type Fault } from './fault.js';

export const startFaults: readonly Fault[] = [
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
];
