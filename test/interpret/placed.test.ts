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
