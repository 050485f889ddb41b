import assert from 'node:assert/strict';
import { test } from 'node:test';
import rule from '../../server/src/rules/tzdata-missing.js';
import { checkFix, checkRule, checkSilent, findingsOf, fixTitles } from '../support/checks.js';

const message = 'The image has no time zone data, so TZ has no effect on programs that rely on the system for it.';

test('reports a zone where there is no data', () => {
  checkRule(
    rule,
    `
FROM scratch
COPY app /app
ENV LANG=C TZ=Europe/Berlin
#          ^^^^^^^^^^^^^^^^ ${message}
ENTRYPOINT ["/app"]
`,
  );
  checkRule(
    rule,
    `
FROM alpine:3.22 AS base
ENV TZ="Asia/Tokyo"
#   ^^^^^^^^^^^^^^^ ${message}
FROM base
COPY app /app
CMD ["/app"]
`,
  );
});

test('is silent where the data is there', () => {
  const steps = [
    'RUN apk add --no-cache tzdata',
    'COPY --from=build /usr/share/zoneinfo /usr/share/zoneinfo',
    'COPY --from=build /usr/share/ /usr/share/',
    'COPY zoneinfo.zip /\nENV ZONEINFO=/zoneinfo.zip',
    'COPY --from=build /usr/share/zoneinfo/Europe/Berlin /etc/localtime',
    'RUN ./setup.sh',
  ];
  for (const step of steps)
    checkSilent(rule, `FROM alpine:3.22\n${step}\nENV TZ=Europe/Berlin\nCOPY app /app\nCMD ["/app"]\n`);
  checkSilent(rule, 'FROM gcr.io/distroless/static-debian13\nCOPY app /app\nENV TZ=Europe/Berlin\nCMD ["/app"]\n');
});

test('UTC and zones with their own rule need no data', () => {
  for (const zone of ['UTC', 'Etc/UTC', 'CET-1CEST', 'GMT', ''])
    checkSilent(rule, `FROM scratch\nCOPY app /app\nENV TZ=${zone}\nCMD ["/app"]\n`);
});

test('Java, Node.js and Go with timetzdata bring the data', () => {
  checkSilent(rule, 'FROM node:24-alpine\nENV TZ=Europe/Berlin\nCMD ["node", "x.js"]\n');
  checkSilent(rule, 'FROM alpine:3.22\nCOPY jre /jre\nENV TZ=Europe/Berlin\nCMD ["/jre/bin/java", "-jar", "/a.jar"]\n');
  const build = 'FROM golang:1.26 AS build\nRUN CGO_ENABLED=0 go build -tags timetzdata -o /app .\n';
  checkSilent(rule, `${build}FROM scratch\nCOPY --from=build /app /app\nENV TZ=Europe/Berlin\nCMD ["/app"]\n`);
});

test('Python programs with the package tzdata bring the data', () => {
  const source = `
FROM alpine:3.22
RUN apk add --no-cache python3 && python3 -m venv /venv
COPY requirements*.txt ./
RUN /venv/bin/pip install -r requirements.txt
COPY main.py /
ENV TZ=Europe/Berlin
CMD ["/venv/bin/python", "/main.py"]
`;
  const files = (base: string) => ({
    'requirements.txt': '-r requirements-base.txt\nflask\n',
    'requirements-base.txt': base,
  });
  checkSilent(rule, source, { files: files('tzdata==2025.2\n') });
  assert.equal(findingsOf(rule, source, { files: files('pytz\n') }).length, 1);
  assert.equal(findingsOf(rule, source, { files: files('tzdata; sys_platform == "win32"\n') }).length, 1);
  checkSilent(rule, source.replace('-r requirements.txt', 'tzdata'));
});

test('is silent where the base, or the zone, is not known', () => {
  checkSilent(rule, 'FROM registry.example.com/x\nCOPY app /app\nENV TZ=Europe/Berlin\nCMD ["/app"]\n');
  checkSilent(rule, 'FROM scratch\nARG TZ\nENV TZ=$TZ\nCOPY app /app\nCMD ["/app"]\n');
});

test('fix: copies the data from a stage that has it', () => {
  checkFix(
    rule,
    'FROM golang:1.26 AS build\nFROM scratch\nCOPY --from=build /app /app\nENV TZ=Europe/Berlin\nCMD ["/app"]\n',
    'FROM golang:1.26 AS build\nFROM scratch\nCOPY --from=build /usr/share/zoneinfo /usr/share/zoneinfo\nCOPY --from=build /app /app\nENV TZ=Europe/Berlin\nCMD ["/app"]\n',
  );
  assert.deepEqual(fixTitles(rule, 'FROM scratch\nCOPY app /app\nENV TZ=Europe/Berlin\nCMD ["/app"]\n'), []);
});

test('is silent where the sources of a Go program import the data', () => {
  const source = `
FROM golang:1.26 AS build
WORKDIR /src
COPY . .
RUN CGO_ENABLED=0 go build -o /out/app ./cmd/app
FROM scratch
COPY --from=build /out/app /app
ENV TZ=Europe/Berlin
ENTRYPOINT ["/app"]
`;
  const files = (path: string) => ({
    'go.mod': 'module example.com/app\n',
    'cmd/app/main.go': `package main\n\nimport _ "${path}"\n`,
  });
  checkSilent(rule, source, { files: files('time/tzdata') });
  assert.equal(findingsOf(rule, source, { files: files('time') }).length, 1);
});
