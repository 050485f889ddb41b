import { test } from 'node:test';
import rule from '../../server/src/rules/relative-exec-after-workdir-change.js';
import { checkFix, checkRule, checkSilent } from '../support/checks.js';

const build = `FROM golang:1.26 AS build
WORKDIR /src
RUN CGO_ENABLED=0 go build -o /out/app .
`;

test('reports a program that the working directory of the base image hides', () => {
  checkRule(
    rule,
    `
${build}FROM gcr.io/distroless/static-debian13:nonroot
COPY --from=build /out/app /app
CMD ["./app"]
#    ^^^^^^^ fixable: './app' is looked for in '/home/nonroot', but the file is at '/app'.
`,
  );
});

test('reports a script of an interpreter', () => {
  checkRule(
    rule,
    `
FROM gcr.io/distroless/nodejs24-debian13:nonroot
COPY server.js /
CMD ["server.js"]
#    ^^^^^^^^^^^ fixable: 'server.js' is looked for in '/home/nonroot', but the file is at '/server.js'.
`,
  );
  checkRule(
    rule,
    `
FROM eclipse-temurin:21-jre
WORKDIR /srv
COPY app.jar /app/app.jar
ENTRYPOINT ["java", "-Xmx1g", "-jar", "app.jar"]
#                                     ^^^^^^^^^ fixable: 'app.jar' is looked for in '/srv', but the file is at '/app/app.jar'.
`,
  );
  checkRule(
    rule,
    `
FROM node:24-slim AS base
WORKDIR /app
COPY server.js ./
FROM base
WORKDIR /data
CMD ["node", "server.js"]
#            ^^^^^^^^^^^ fixable: 'server.js' is looked for in '/data', but the file is at '/app/server.js'.
`,
  );
});

test('reports a health check', () => {
  checkRule(
    rule,
    `
${build}FROM gcr.io/distroless/static-debian13:nonroot
COPY --from=build /out/app /app
HEALTHCHECK CMD ["./app", "health"]
#                ^^^^^^^ fixable: './app' is looked for in '/home/nonroot', but the file is at '/app'.
ENTRYPOINT ["/app"]
`,
  );
});

test('is silent where the file is there, or may be', () => {
  checkSilent(rule, `${build}FROM gcr.io/distroless/static-debian13\nCOPY --from=build /out/app /app\nCMD ["./app"]\n`);
  checkSilent(
    rule,
    `${build}FROM gcr.io/distroless/static-debian13:nonroot\nWORKDIR /\nCOPY --from=build /out/app /app\nCMD ["./app"]\n`,
  );
  checkSilent(rule, 'FROM node:24\nWORKDIR /app\nCOPY . .\nCOPY server.js /srv/\nCMD ["node", "server.js"]\n');
  checkSilent(rule, 'FROM node:24\nWORKDIR /app\nCOPY server.js /srv/\nRUN ./build.sh\nCMD ["node", "server.js"]\n');
  checkSilent(rule, 'FROM node:24\nWORKDIR /app\nCOPY rootfs /\nCOPY server.js /srv/\nCMD ["node", "server.js"]\n');
});

test('is silent where nothing of that name was put anywhere, or twice', () => {
  checkSilent(rule, 'FROM tomcat:11\nCMD ["bin/catalina.sh", "run"]\n');
  checkSilent(rule, 'FROM node:24\nWORKDIR /app\nCOPY a.js /srv/\nCMD ["node", "server.js"]\n');
  checkSilent(rule, 'FROM node:24\nWORKDIR /app\nCOPY a.js /srv/\nCOPY a.js /opt/\nCMD ["node", "a.js"]\n');
});

test('is silent where the working directory is not known, and behind other programs', () => {
  checkSilent(rule, 'FROM registry.example.com/node\nCOPY server.js /srv/\nCMD ["node", "server.js"]\n');
  checkSilent(rule, 'ARG DIR\nFROM node:24\nARG DIR\nWORKDIR $DIR\nCOPY a.js /srv/\nCMD ["node", "a.js"]\n');
  checkSilent(rule, 'FROM node:24\nCOPY a.js /srv/\nENTRYPOINT ["/start"]\nCMD ["node", "a.js"]\n');
  checkSilent(rule, 'FROM node:24\nCOPY a.js /srv/\nCMD ["node", "-r", "./x.js", "a.js"]\n');
  checkSilent(rule, 'FROM node:24\nCOPY a.js /srv/\nCMD ["node", "/srv/a.js"]\n');
});

test('names the place where it lies', () => {
  checkFix(
    rule,
    'FROM gcr.io/distroless/python3-debian13:nonroot\nCOPY main.py /\nCMD ["main.py", "--x"]\n',
    'FROM gcr.io/distroless/python3-debian13:nonroot\nCOPY main.py /\nCMD ["/main.py", "--x"]\n',
  );
});
