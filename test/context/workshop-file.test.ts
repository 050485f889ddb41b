import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isWorkshopFile } from '../../server/src/context/workshop-file.js';
import { allFindings } from '../support/checks.js';

test('files for work on the project', () => {
  const yes = [
    'Dockerfile.dev',
    'dev.Dockerfile',
    'a/.devcontainer/Dockerfile',
    'Dockerfile_builder_ubuntu',
    'docker/devenv/Dockerfile',
    'Dockerfile.debug',
    'fuzzing/Dockerfile',
    'development-macos.Dockerfile',
  ];
  const no = [
    'Dockerfile',
    'chainguard-dev/Dockerfile',
    'debug-image/Dockerfile',
    'Dockerfile.prod',
    'Dockerfile.device',
    'Dockerfile.alpine',
  ];
  for (const path of yes) assert.equal(isWorkshopFile(path), true, path);
  for (const path of no) assert.equal(isWorkshopFile(path), false, path);
});

test('what matters when an image is shipped is information there', () => {
  const text = 'FROM debian:13-slim\nRUN apt-get update && apt-get install -y vim\nCMD ["server"]\n';
  const loud = (path: string) =>
    allFindings(text, { files: {}, path })
      .filter(({ severity }) => severity === 'warning')
      .map(({ rule }) => rule.meta.id);
  assert.deepEqual(loud('Dockerfile'), ['final-stage-runs-as-root', 'debug-tools-in-final-stage']);
  assert.deepEqual(loud('Dockerfile.dev'), []);
  const notes = (path: string) => allFindings(text, { files: {}, path }).map(({ because }) => because.at(-1)?.note);
  const isTold = (path: string) => notes(path).filter((note) => note?.startsWith('By its name, this file')).length;
  assert.equal(isTold('Dockerfile'), 0);
  assert.equal(isTold('Dockerfile.dev'), 2);
});
