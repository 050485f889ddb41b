import assert from 'node:assert/strict';
import { test } from 'node:test';
import { placedPrograms, startedProgram } from '../../server/src/interpret/placed.js';
import { finalStage } from '../../server/src/interpret/processes.js';
import { analysisOf } from '../support/checks.js';

/** A followed program at /app, in an image with a shell, started by the given lines. */
function started(lines: string): boolean | undefined {
  const stage = stageOf(
    `FROM gcc:15 AS build\nRUN gcc -o /out/app main.c\nFROM alpine:3.24\nCOPY --from=build /out/app /app\n${lines}\n`,
  );
  return placedPrograms(stage).find(({ path }) => path === '/app')?.isStarted;
}

function stageOf(text: string) {
  const stage = finalStage(analysisOf(text));
  assert.ok(stage);
  return stage;
}

function areStarted(...texts: string[]): void {
  for (const text of texts) assert.equal(started(text), true, text);
}

function areNotStarted(...texts: string[]): void {
  for (const text of texts) assert.equal(started(text), false, text);
}

test('exec form starts its first word, and what a bare init is given', () => {
  areStarted('CMD ["/app"]', 'ENTRYPOINT ["/app", "--x"]', 'ENTRYPOINT ["/sbin/tini", "--"]\nCMD ["/app"]');
  areStarted('ENTRYPOINT ["/sbin/tini", "--", "/app"]');
  areNotStarted('CMD ["/other", "/app"]', 'RUN true');
});

test('a simple command in shell form starts its program', () => {
  areStarted('CMD /app --x', 'ENTRYPOINT exec /app', 'CMD /app --port $PORT > /log 2>&1', 'CMD MODE=x "/app"');
  areStarted('WORKDIR /\nCMD ./app', 'ENV PATH=/bin:/\nCMD app');
});

test('of several commands the first counts, where nothing hides that it fails', () => {
  areStarted('CMD /app && echo done', 'CMD exec /app; echo unreachable');
  areNotStarted('CMD /app || sleep 5', 'CMD /app | tee /log', 'CMD /app & wait', 'CMD /app; sleep infinity');
  areNotStarted('CMD if true; then /app; fi', 'CMD ! /app', 'CMD run() { /app; }');
});

test('built-in commands, options of exec and words that are not known start nothing', () => {
  areNotStarted('CMD cd / && ./app', 'CMD . /app', 'CMD exec -a x /app', 'CMD $APP', 'CMD PATH=/ app', 'CMD /app "');
  const stage = stageOf(
    'FROM gcc:15 AS build\nRUN gcc -o /out/echo main.c\nFROM alpine:3.24\nCOPY --from=build /out/echo /bin/\nCMD echo hi\n',
  );
  assert.equal(startedProgram(stage), null);
});

test('a shell that is no POSIX shell is not read', () => {
  areNotStarted('SHELL ["pwsh", "-Command"]\nCMD /app');
  areStarted('SHELL ["/bin/bash", "-o", "pipefail", "-c"]\nCMD /app');
});

test('CMD behind an ENTRYPOINT is only what Docker makes of it', () => {
  areNotStarted('ENTRYPOINT /other\nCMD ["/app"]', 'ENTRYPOINT /other\nCMD /app', 'ENTRYPOINT ["/other"]\nCMD /app');
  areStarted('ENTRYPOINT ["/sbin/tini", "--"]\nCMD /app', 'ENTRYPOINT []\nCMD /app', 'ENTRYPOINT /app\nCMD ["x"]');
});

test('a shell-form CMD is not followed where the entrypoint of the base is not known', () => {
  const build = 'FROM gcc:15 AS build\nRUN gcc -o /out/app main.c\n';
  const stage = stageOf(`${build}FROM registry.example.com/base\nCOPY --from=build /out/app /app\nCMD /app\n`);
  assert.deepEqual(
    placedPrograms(stage).map(({ isStarted }) => isStarted),
    [false],
  );
});

test('the health check in exec form starts its program, one in shell form is not followed', () => {
  areStarted('HEALTHCHECK CMD ["/app"]');
  areNotStarted('HEALTHCHECK CMD /app || exit 1');
});

test('the started program is the one of the image, not one that lies beside it', () => {
  const stage = stageOf(
    'FROM gcc:15 AS build\nRUN gcc -o /out/a a.c && gcc -o /out/b b.c\nFROM alpine:3.24\nCOPY --from=build /out/a /out/b /bin/\nCMD b --x\n',
  );
  assert.equal(startedProgram(stage)?.path, '/bin/b');
});

/** The started program when all of /go/bin, whose contents nobody listed, is copied into an image. */
function startedFromFolder(lines: string, final = 'alpine:3.24'): string | undefined {
  const build = 'FROM golang:1.26 AS build\nRUN go install $TOOLS\n';
  return startedProgram(stageOf(`${build}FROM ${final}\nCOPY --from=build /go/bin/ /usr/local/bin/\n${lines}\n`))?.path;
}

test('a program of the image is not taken for one of a copied directory that comes first on PATH', () => {
  for (const cmd of ['["sleep", "5"]', 'sleep 5', '["sh", "-c", "tool"]', '["crond", "-f"]'])
    assert.equal(startedFromFolder(`CMD ${cmd}`), undefined, cmd);
  assert.equal(startedFromFolder('CMD ["bash"]', 'debian:trixie-slim'), undefined);
  assert.equal(startedFromFolder('RUN apk add --no-cache curl\nCMD ["curl"]'), undefined);
  assert.equal(startedFromFolder('COPY entry.sh /bin/entry\nCMD ["entry"]'), undefined);
});

test('a program that the image does not have comes from the copied directory', () => {
  const final = 'gcr.io/distroless/base-debian13';
  assert.equal(startedFromFolder('CMD ["tool"]', final), '/usr/local/bin/tool');
  assert.equal(startedFromFolder('ENTRYPOINT ["/usr/local/bin/tool"]', final), '/usr/local/bin/tool');
  assert.equal(startedFromFolder('CMD ["/usr/local/bin/tool"]'), '/usr/local/bin/tool');
  assert.equal(startedFromFolder('CMD /usr/local/bin/tool --x'), '/usr/local/bin/tool');
});

test('where it is not known what else the image has, the copied directory is no answer', () => {
  assert.equal(startedFromFolder('CMD ["tool"]'), undefined);
  assert.equal(startedFromFolder('CMD ["/usr/local/bin/sleep", "5"]'), undefined);
  const build = 'FROM golang:1.26 AS build\nRUN go install $TOOLS\n';
  const copied = stageOf(`${build}FROM alpine:3.24\nCOPY --from=build /go/bin/ /usr/sbin/\nCMD ["/usr/sbin/crond"]\n`);
  assert.equal(startedProgram(copied), null);
});

test('a program that was built in one of several branches is found under its name', () => {
  const stage = stageOf(
    'FROM gcc:15 AS build\nRUN if [ -n "$X" ]; then gcc -o /out/app a.c; else gcc -g -o /out/app a.c; fi\nFROM debian:trixie-slim\nCOPY --from=build /out/app /usr/local/bin\nENTRYPOINT ["app"]\n',
  );
  assert.equal(startedProgram(stage)?.path, '/usr/local/bin/app');
});
