import assert from 'node:assert/strict';
import { test } from 'node:test';
import libcMismatch from '../../server/src/rules/node-modules-libc-mismatch.js';
import { findingsOf } from '../support/checks.js';
import { bcrypt, dockerfile, program, severity } from '../support/native-app.js';
import { project } from '../support/node-project.js';

test('is a warning where the file may be another one, or is built', () => {
  const files = { 'server.js': program, 'src/server.js': program };
  const start = 'CMD ["node", "dist/server.js"]';
  assert.equal(severity(files, { start, install: 'RUN npm ci && npm run build' }), 'warning');
  assert.equal(severity(files, { last: 'RUN ./prepare.sh' }), 'warning');
  assert.equal(severity(files, { last: 'RUN cp other.js server.js' }), 'warning');
  assert.equal(severity(files, { last: 'RUN ln -sf src/server.js server.js' }), 'warning');
  assert.equal(severity(files, { last: 'RUN cp src/server.js server.js' }), 'error');
  assert.equal(severity({ '.dockerignore': 'node_modules\nserver.js' }), 'warning');
});

test('is a warning where a command may write the script anew', () => {
  const files = { 'server.js': program, 'other.js': '', 'stub/index.js': '' };
  for (const install of [
    'npm ci && npm run build',
    'npm ci && npm test',
    'npm ci && npm pkg set type=module',
    'npm ci && npm --prefix /app ci',
    'npm ci && npx tsc',
    'npm ci && npm exec -- ncc build server.js',
    'npm ci && vite build',
    'npm ci && node build.js',
    'npm ci && make',
    'npm ci && tee server.js < other.js',
    'npm ci && patch -p1 < a.patch',
    'npm ci && cat other.js > server.js',
  ]) {
    assert.equal(severity(files, { install: `RUN ${install}` }), 'warning', install);
  }
  assert.equal(severity(files, { last: 'RUN npm run build' }), 'warning');
  for (const install of [
    'npm ci && npm prune --omit=dev && npm cache clean --force',
    'npm ci && chown -R node:node . && mkdir data && node --version',
    'npm ci && rm -rf test',
  ])
    assert.equal(severity(files, { install: `RUN ${install}` }), 'error', install);
});

test('or where an install runs scripts of the project', () => {
  const files = (scripts: string) => ({
    'package.json': `{ "dependencies": { "bcrypt": "1.0.0" }, "scripts": { ${scripts} } }`,
    'server.js': program,
  });
  assert.equal(severity(files('"postinstall": "tsc"')), 'warning');
  assert.equal(severity(files('"prepare": "npm run build"')), 'warning');
  assert.equal(severity(files('"build": "tsc"')), 'error');
  const text = dockerfile('node:24-alpine', { install: 'RUN npm ci\nCOPY server.js ./' }).replace(
    'COPY . .',
    'COPY *.json ./',
  );
  const [finding] = findingsOf(libcMismatch, text, { files: { ...project(bcrypt), ...files('"prepare": "tsc"') } });
  assert.equal(finding?.severity, 'error');
});

test('or where the package, or the other libc, is put there', () => {
  const files = { 'server.js': program, 'stub/index.js': '' };
  for (const last of [
    'COPY stub node_modules/bcrypt',
    'COPY stub/ node_modules/bcrypt/lib/binding/',
    'RUN mkdir -p node_modules/bcrypt/lib',
    'COPY --from=build /usr/lib/libc.musl-x86_64.so.1 /usr/lib/',
    'COPY --from=build /lib/ /usr/local/lib/',
    'COPY --from=build /lib/ /musl/\nENV LD_LIBRARY_PATH=/musl',
    'RUN ln -s /musl/libc.so /opt/libc.musl-x86_64.so.1',
  ])
    assert.equal(severity(files, { last }), 'warning', last);
  assert.equal(severity(files, { last: 'COPY stub ./stub' }), 'error');
});

test('is a warning where the package is found elsewhere, or is another one of that name', () => {
  const manifest = (range: string) => ({ 'package.json': `{ "dependencies": { "bcrypt": "${range}" } }` });
  assert.equal(severity({ ...manifest('^5.0.0'), 'server.js': program }), 'error');
  assert.equal(severity({ ...manifest('npm:bcryptjs@2'), 'server.js': program }), 'warning');
  assert.equal(severity({ ...manifest('file:../bcrypt'), 'server.js': program }), 'warning');
  const moved = 'COPY server.js /srv/server.js\nWORKDIR /srv';
  assert.equal(severity({ 'server.js': program }, { last: moved }), 'warning');
  const own = { '.dockerignore': '/node_modules', 'lib/node_modules/bcrypt/package.json': '{}', 'lib/a.js': program };
  assert.equal(severity(own, { start: 'CMD ["node", "lib/a.js"]' }), 'warning');
  assert.equal(severity({ 'lib/a.js': program }, { start: 'CMD ["node", "lib/a.js"]' }), 'error');
});
