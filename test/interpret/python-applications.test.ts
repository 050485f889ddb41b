import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { PythonPlace } from '../../server/src/interpret/python/places.js';
import { facts } from '../support/facts.js';

/** Environments of applications and the links into them, sorted. */
function applications(source: string): string[] {
  return [...facts(source).state.python.entries()].flatMap(([path, place]) => show(path, place) ?? []).sort();
}

function show(path: string, place: PythonPlace): string | null {
  if (place.kind === 'application') return `${path} -> ${place.script}`;
  if (place.kind !== 'environment' || !place.isApplication) return null;
  const { python } = place;
  return `${path} ${python.path ?? python.folder ?? 'unknown'} ${python.version ?? 'unknown'}`;
}

const slim = (lines: string) => applications(`FROM python:3.13-slim\nRUN pip install pipx\n${lines}`);

test('knows where pipx puts an application and the link to it', () => {
  const at = (home: string, programs: string) => [
    `${home}/venvs/cowsay /usr/local/bin/python 3.13`,
    `${programs}/cowsay -> ${home}/venvs/cowsay/bin/cowsay`,
  ];
  const own = at('/root/.local/share/pipx', '/root/.local/bin').sort();
  assert.deepEqual(slim('RUN pipx install cowsay'), own);
  assert.deepEqual(slim("RUN pipx install 'cowsay==6.0' --pip-args '--no-cache-dir' && pipx ensurepath"), own);
  assert.deepEqual(slim('RUN pipx install "Cowsay[extra]"'), own);
  assert.deepEqual(slim('RUN python -m pipx install cowsay'), own);
  assert.deepEqual(
    slim('ENV PIPX_HOME=/opt/pipx PIPX_BIN_DIR=/usr/bin\nRUN pipx install cowsay'),
    at('/opt/pipx', '/usr/bin'),
  );
  assert.deepEqual(slim('RUN export PIPX_HOME=/p && pipx install cowsay'), at('/p', '/root/.local/bin'));
  assert.deepEqual(slim('RUN pipx install --global cowsay'), at('/opt/pipx', '/usr/local/bin'));
  assert.deepEqual(slim('RUN pipx --global install cowsay'), at('/opt/pipx', '/usr/local/bin'));
  assert.deepEqual(slim('ENV PIPX_GLOBAL_HOME=/g\nRUN pipx install --global cowsay'), at('/g', '/usr/local/bin'));
  assert.deepEqual(slim('ENV XDG_DATA_HOME=/data\nRUN pipx install cowsay'), at('/data/pipx', '/root/.local/bin'));
  assert.deepEqual(slim('RUN pipx install --suffix @6 cowsay'), [
    '/root/.local/bin/cowsay@6 -> /root/.local/share/pipx/venvs/cowsay@6/bin/cowsay',
    '/root/.local/share/pipx/venvs/cowsay@6 /usr/local/bin/python 3.13',
  ]);
});

test('takes the older place of pipx for older versions only', () => {
  const homes = (source: string) => applications(source).filter((text) => !text.includes('->'));
  const packaged = (image: string) => homes(`FROM ${image}\nRUN apt-get install -y pipx && pipx install cowsay`);
  assert.deepEqual(packaged('debian:bookworm-slim'), ['/root/.local/pipx/venvs/cowsay /usr/bin/python3 3.11']);
  assert.deepEqual(packaged('debian:trixie-slim'), ['/root/.local/share/pipx/venvs/cowsay /usr/bin/python3 3.13']);
  assert.deepEqual(packaged('ubuntu:22.04'), ['/root/.local/pipx/venvs/cowsay /usr/bin/python3 3.10']);
  assert.deepEqual(packaged('ubuntu:24.04'), ['/root/.local/share/pipx/venvs/cowsay /usr/bin/python3 3.12']);
  const pinned = (spec: string) => homes(`FROM python:3.13-slim\nRUN pip install '${spec}' && pipx install cowsay`);
  assert.deepEqual(pinned('pipx==1.2.1'), ['/root/.local/pipx/venvs/cowsay /usr/local/bin/python 3.13']);
  assert.deepEqual(pinned('pipx==1.7.1'), ['/root/.local/share/pipx/venvs/cowsay /usr/local/bin/python 3.13']);
  assert.deepEqual(pinned('pipx<2'), []);
  assert.deepEqual(slim('RUN mkdir -p /root/.local/pipx && pipx install cowsay'), [
    '/root/.local/bin/cowsay -> /root/.local/pipx/venvs/cowsay/bin/cowsay',
    '/root/.local/pipx/venvs/cowsay /usr/local/bin/python 3.13',
  ]);
});

test('does not guess the place, the name or the interpreter of an application', () => {
  assert.deepEqual(slim('RUN pipx install git+https://example.com/cowsay'), []);
  assert.deepEqual(slim('RUN pipx install ./cowsay'), []);
  assert.deepEqual(slim('RUN pipx install "$NAME"'), []);
  assert.deepEqual(slim('RUN pipx run cowsay'), []);
  assert.deepEqual(slim('USER 1000\nRUN pipx install cowsay'), []);
  assert.deepEqual(applications('FROM example.com/python\nRUN pipx install cowsay'), []);
  assert.deepEqual(slim('RUN pipx install --python 3.12 cowsay'), [
    '/root/.local/bin/cowsay -> /root/.local/share/pipx/venvs/cowsay/bin/cowsay',
    '/root/.local/share/pipx/venvs/cowsay unknown unknown',
  ]);
  assert.deepEqual(
    applications('FROM debian:trixie-slim\nRUN curl -o /bin/pipx https://x && pipx install --global c'),
    ['/opt/pipx/venvs/c unknown unknown', '/usr/local/bin/c -> /opt/pipx/venvs/c/bin/c'],
  );
});

test('follows inject and uninstall', () => {
  const names = (lines: string) =>
    [...facts(`FROM python:3.13-slim\nRUN pip install pipx\n${lines}`).state.python.entries()].flatMap(
      ([path, place]) =>
        place.kind === 'packages' && path.includes('/venvs/') ? [`${path} ${place.names.join(' ')}`] : [],
    );
  assert.deepEqual(names('RUN pipx install poetry && pipx inject poetry poetry-plugin-export'), [
    '/root/.local/share/pipx/venvs/poetry/lib/python3.13/site-packages poetry poetry-plugin-export',
  ]);
  assert.deepEqual(names('RUN pipx inject poetry poetry-plugin-export'), []);
  assert.deepEqual(slim('RUN pipx install cowsay && pipx uninstall cowsay'), []);
});

test('knows where uv puts a tool', () => {
  const uv = (lines: string) => applications(`FROM python:3.13-slim\n${lines}`);
  const own = [
    '/root/.local/bin/cowsay -> /root/.local/share/uv/tools/cowsay/bin/cowsay',
    '/root/.local/share/uv/tools/cowsay /usr/local/bin/python3 3.13',
  ];
  assert.deepEqual(uv('RUN uv tool install cowsay'), own);
  assert.deepEqual(uv("RUN uv tool install --with x --from 'cowsay>6' cowsay"), own);
  assert.deepEqual(uv('RUN uv tool install cowsay@latest'), own);
  assert.deepEqual(uv('RUN uv tool install cowsay && uvx ruff && uv tool run black && uv tool update-shell'), own);
  assert.deepEqual(uv('ENV UV_TOOL_DIR=/t UV_TOOL_BIN_DIR=/b\nRUN uv tool install cowsay'), [
    '/b/cowsay -> /t/cowsay/bin/cowsay',
    '/t/cowsay /usr/local/bin/python3 3.13',
  ]);
  assert.deepEqual(uv('ENV XDG_DATA_HOME=/d/share\nRUN uv tool install --managed-python cowsay'), [
    '/d/bin/cowsay -> /d/share/uv/tools/cowsay/bin/cowsay',
    '/d/share/uv/tools/cowsay /d/share/uv/python unknown',
  ]);
  assert.deepEqual(
    uv('ENV XDG_BIN_HOME=/x\nRUN uv tool install cowsay'),
    ['/x/cowsay -> ' + '/root/.local/share/uv/tools/cowsay/bin/cowsay', own[1]].sort(),
  );
  assert.deepEqual(uv('RUN uv tool install cowsay && uv tool uninstall cowsay'), []);
});

test('keeps what is unknown beside an application unknown, and the rest known', () => {
  const source = 'FROM gcr.io/distroless/python3-debian13:debug\nUSER 0\nRUN pipx install --global httpie';
  assert.equal(facts(source).file('/usr/local/bin/http'), 'unknown');
  assert.equal(facts(source).blur, 'no');
});

test('takes links along as links, except where one is copied by its own name', () => {
  const copied = (lines: string) =>
    applications(`FROM python:3.13-slim AS b\nRUN pip install pipx && pipx install cowsay\nFROM scratch\n${lines}`);
  const link = '/root/.local/bin/cowsay -> /root/.local/share/pipx/venvs/cowsay/bin/cowsay';
  assert.deepEqual(copied('COPY --from=b /root/.local/bin /root/.local/bin'), [link]);
  assert.deepEqual(copied('COPY --from=b /root/.local/bin/cowsay /usr/local/bin/'), []);
  assert.deepEqual(slim('RUN python -m venv /v && ln -s /v/bin/flask /usr/local/bin/web && ln -s /v/bin/python /py'), [
    '/usr/local/bin/web -> /v/bin/flask',
  ]);
});
