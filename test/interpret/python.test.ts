import assert from 'node:assert/strict';
import { test } from 'node:test';
import { imagePythons } from '../../server/src/interpret/python/image-pythons.js';
import type { Python, PythonPlace } from '../../server/src/interpret/python/places.js';
import { isSearched, runningPython } from '../../server/src/interpret/python/search.js';
import { hasPython, pythonStart } from '../../server/src/interpret/python/start.js';
import { facts } from '../support/facts.js';

/** The places of Python at the end of the last stage, sorted: `/venv environment of /usr/local/bin/python 3.13`. */
function places(source: string): string[] {
  const shown = [...facts(source).state.python.entries()].flatMap(([path, place]) => {
    const text = show(place);
    return text === null ? [] : [`${path} ${text}`];
  });
  return shown.sort();
}

function show(place: PythonPlace): string | null {
  if (place.kind === 'gone') return null;
  if (place.kind === 'application') return `link to ${place.script}`;
  if (place.kind === 'scripts') return `scripts of ${place.interpreter ?? 'their own'}`;
  const name = `${place.kind} of ${nameOf(place.python)}`;
  return place.kind === 'environment' && place.isRelocatable ? `${name}, relocatable` : name;
}

function nameOf({ path, folder, version }: Python): string {
  return [path ?? folder ?? 'unknown', version ?? 'unknown'].join(' ');
}

const slim = (lines: string) => places(`FROM python:3.13-slim\n${lines}`);
const python = '/usr/local/bin/python 3.13';

test('makes environments with their scripts', () => {
  const made = ['/v environment of /usr/local/bin/python 3.13', '/v/bin scripts of /v/bin/python'];
  assert.deepEqual(slim('RUN python -m venv /v'), made);
  assert.deepEqual(slim('RUN virtualenv /v'), made);
  assert.deepEqual(slim('WORKDIR /\nRUN python -m venv --prompt x v'), made);
  assert.deepEqual(slim('ENV V=/v\nRUN python -m venv $V'), made);
  assert.deepEqual(slim('RUN cd / && mkdir -p x && python -m venv v'), made);
  assert.deepEqual(slim('RUN uv venv --relocatable /v'), [
    '/v environment of /usr/local/bin/python3 3.13, relocatable',
    '/v/bin scripts of their own',
  ]);
  assert.deepEqual(slim('RUN python -m venv $(cat where)'), []);
  assert.deepEqual(slim('RUN if [ "$X" ]; then python -m venv /v; fi'), []);
});

test('knows where pip puts packages', () => {
  const cases: readonly [string, string][] = [
    ['RUN pip install flask', '/usr/local/lib/python3.13/site-packages'],
    ['RUN python -m pip install -r requirements.txt', '/usr/local/lib/python3.13/site-packages'],
    ['RUN pip3.13 install -t /deps flask', '/deps'],
    ['WORKDIR /app\nRUN pip install --target deps flask', '/app/deps'],
    ['ENV PIP_TARGET=/deps\nRUN pip install flask', '/deps'],
    ['RUN pip install --prefix=/install flask', '/install/lib/python3.13/site-packages'],
    ['RUN pip install --user flask', '/root/.local/lib/python3.13/site-packages'],
    ['ENV PYTHONUSERBASE=/base PIP_USER=1\nRUN pip install flask', '/base/lib/python3.13/site-packages'],
    ['RUN uv pip install --system flask', '/usr/local/lib/python3.13/site-packages'],
    ['ENV UV_SYSTEM_PYTHON=1\nRUN uv pip install flask', '/usr/local/lib/python3.13/site-packages'],
    ['RUN uv pip install --target=/deps flask', '/deps'],
    ['RUN pipenv install --system', '/usr/local/lib/python3.13/site-packages'],
  ];
  for (const [lines, folder] of cases) {
    const found = slim(lines).filter((text) => text.includes(' packages of '));
    assert.deepEqual(
      found.map((text) => text.split(' ')[0]),
      [folder],
      lines,
    );
    assert.match(found[0] ?? '', / 3\.13$/, lines);
  }
});

test('does not guess where pip puts packages', () => {
  const packages = (lines: string) => slim(lines).filter((text) => text.includes(' packages of '));
  assert.deepEqual(packages('RUN pip install --root /out flask'), []);
  assert.deepEqual(packages('RUN pip install --target=$(mktemp -d) flask'), []);
  assert.deepEqual(packages('USER 1000\nRUN pip install flask'), []);
  assert.deepEqual(packages('RUN pip install --dry-run flask'), []);
  assert.deepEqual(packages('RUN pip download flask'), []);
  assert.deepEqual(places('FROM example.com/python\nRUN pip install --target=/deps flask'), []);
});

test('installs into the environment that is active, named or first on PATH', () => {
  const folder = '/v/lib/python3.13/site-packages';
  const cases = [
    'RUN python -m venv /v && /v/bin/pip install flask',
    'RUN python -m venv /v && /v/bin/python -m pip install flask',
    'RUN python -m venv /v && . /v/bin/activate && pip install flask',
    'RUN python -m venv /v && cd /v && . bin/activate && pip install flask',
    'ENV PATH=/v/bin:$PATH\nRUN python -m venv /v\nRUN pip install flask',
    'ENV PATH=/v/bin:$PATH\nRUN python -m venv /v\nRUN poetry install',
    'RUN python -m venv /v\nENV VIRTUAL_ENV=/v\nRUN uv pip install flask',
    'RUN uv venv /v && uv pip install --python /v flask',
    'RUN uv venv /v && uv pip install --python /v/bin/python flask',
    'ENV UV_PROJECT_ENVIRONMENT=/v\nRUN uv sync',
  ];
  for (const lines of cases) {
    const found = slim(lines).filter((text) => text.includes(' packages of '));
    assert.deepEqual(
      found.map((text) => text.split(' ')[0]),
      [folder],
      lines,
    );
  }
});

test('ends the activation with its RUN, and with its subshell', () => {
  const folders = (lines: string) => slim(lines).filter((text) => text.includes(' packages of '));
  const plain = '/usr/local/lib/python3.13/site-packages packages of ' + python;
  assert.deepEqual(folders('RUN python -m venv /v && . /v/bin/activate\nRUN pip install flask'), [plain]);
  assert.deepEqual(folders('RUN python -m venv /v && (. /v/bin/activate; pip list); pip install flask'), [plain]);
});

test('knows the interpreters that packages of the distribution bring', () => {
  assert.deepEqual(places('FROM debian:bookworm-slim\nRUN apt-get install -y python3-venv && python3 -m venv /v'), [
    '/v environment of /usr/bin/python3 3.11',
    '/v/bin scripts of /v/bin/python',
  ]);
  assert.deepEqual(places('FROM alpine:3.22\nRUN apk add python3 py3-pip && pip install --break-system-packages x'), [
    '/usr/bin scripts of /usr/bin/python',
    '/usr/lib/python3.12/site-packages packages of /usr/bin/python 3.12',
  ]);
  assert.deepEqual(
    places('FROM debian:trixie-slim\nRUN apt-get install -y python3-pip && pip3 install --break-system-packages x'),
    [
      '/usr/local/bin scripts of /usr/bin/python3',
      '/usr/local/lib/python3.13/dist-packages packages of /usr/bin/python3 3.13',
    ],
  );
});

test('knows an interpreter that a package of Debian is named after, by that name only', () => {
  const made = (python: string) =>
    places(`FROM ubuntu:24.04\nRUN apt-get install -y python3.13-venv && ${python} -m venv /v`)[0];
  assert.equal(made('python3.13'), '/v environment of /usr/bin/python3.13 3.13');
  assert.equal(made('python3'), '/v environment of unknown unknown');
  const both = 'FROM debian:trixie-slim\nRUN apt-get install -y python3 python3.13-venv && python3.13 -m venv /v';
  assert.equal(places(both)[0], '/v environment of /usr/bin/python3.13 3.13');
});

test('takes them along with COPY, cp, mv and links, and loses them with rm', () => {
  const moved = '/b environment of /usr/local/bin/python 3.13';
  const build = 'FROM python:3.13-slim AS build\nRUN python -m venv /a';
  const environments = (source: string) => places(source).filter((text) => text.includes(' environment of '));
  assert.deepEqual(environments(`${build}\nFROM scratch\nCOPY --from=build /a /b`), [moved]);
  assert.deepEqual(environments(`${build}\nFROM scratch\nCOPY --from=build /a/ /b/`), [moved]);
  assert.deepEqual(environments(`${build}\nRUN mv /a /b`), [moved]);
  assert.deepEqual(environments(`${build}\nRUN cp -r /a /b && rm -rf /a`), [moved]);
  assert.deepEqual(environments(`${build}\nRUN mkdir /b && cp -r /a /b && rm -rf /a`), [
    '/b/a environment of /usr/local/bin/python 3.13',
  ]);
  assert.deepEqual(environments(`${build}\nFROM scratch\nCOPY --from=build --parents /a /b/`), [
    '/b/a environment of /usr/local/bin/python 3.13',
  ]);
  assert.deepEqual(environments(`${build}\nFROM scratch\nCOPY --from=build --exclude=*.pyc /a /b`), []);
  assert.deepEqual(environments(`${build}\nRUN rm -rf /a`), []);
  assert.deepEqual(environments(`${build}\nRUN [ "$X" ] || exit 0; rm -rf /a`), []);
  assert.deepEqual(places('FROM python:3.13-slim\nRUN ln -s /usr/local/bin/python /usr/bin/'), [
    '/usr/bin/python interpreter of /usr/bin/python 3.13',
  ]);
});

test('takes the interpreter of the base image along', () => {
  const source = 'FROM python:3.12-slim AS build\nFROM scratch\nCOPY --from=build /usr/local /usr/local';
  assert.ok(places(source).includes('/usr/local/bin/python3 interpreter of /usr/local/bin/python3 3.12'));
  assert.deepEqual(places('FROM scratch\nCOPY --from=python:3.12-slim /usr/local/bin/python3 /python'), [
    '/python interpreter of /python 3.12',
  ]);
});

test('tells which interpreter the image starts, and where it looks for packages', () => {
  const run = (lines: string, folder: string) => {
    const { stage, state } = facts(lines);
    const start = pythonStart(stage);
    const running = start && runningPython(state, start);
    if (!start || !running) return 'unknown';
    return `${running.python.path} ${running.version} ${isSearched(state, running, start)(folder)}`;
  };
  const slimmed = 'FROM python:3.13-slim\n';
  assert.equal(run(`${slimmed}CMD ["python", "a.py"]`, '/usr/local/lib/python3.13/site-packages'), `${python} true`);
  assert.equal(run(`${slimmed}CMD python a.py`, '/deps'), `${python} false`);
  assert.equal(run(`${slimmed}CMD python a.py && true`, '/deps'), 'unknown');
  assert.equal(run(`${slimmed}ENV PYTHONPATH=/deps\nCMD ["python"]`, '/deps'), `${python} true`);
  assert.equal(run('FROM gcr.io/distroless/python3-debian13\nCMD ["a.py"]', '/x'), '/usr/bin/python3.13 3.13 false');
  assert.equal(run(`${slimmed}COPY run /run\nCMD ["/run"]`, '/deps'), 'unknown');
  const env = `${slimmed}RUN python -m venv /v\n`;
  assert.equal(run(`${env}CMD ["/v/bin/flask"]`, '/v/lib/python3.13/site-packages'), `${python} true`);
  assert.equal(run(`${env}CMD ["/v/bin/flask"]`, '/usr/local/lib/python3.13/site-packages'), `${python} false`);
  const seeing = env.replace('venv /v', 'venv --system-site-packages /v');
  assert.equal(run(`${seeing}CMD ["/v/bin/flask"]`, '/usr/local/lib/python3.13/site-packages'), 'unknown');
});

test('tells whether the interpreter of an environment is in the image', () => {
  const has = (final: string) => {
    const source = `FROM python:3.13-slim AS build\nRUN python -m venv /v\nFROM ${final}\nCOPY --from=build /v /v`;
    const { state } = facts(source);
    const place = state.python.get('/v');
    return place?.kind === 'environment' ? hasPython(state, place.python) : 'no environment';
  };
  assert.equal(has('python:3.13-slim'), true);
  assert.equal(has('python:3.13-slim AS x\nFROM x'), true);
  assert.equal(has('gcr.io/distroless/python3-debian13'), false);
  assert.equal(has('debian:trixie-slim'), false);
  assert.equal(has('scratch'), false);
  assert.equal(has('example.com/base'), null);
  assert.equal(has('debian:trixie-slim\nRUN ./install.sh'), null);
  assert.equal(has('debian:trixie-slim\nCOPY usr /usr/local'), null);
});

test('tells the interpreters of an image, and where there may be others', () => {
  const versions = (source: string) => {
    const pythons = imagePythons(facts(source).stage);
    return pythons && [...new Set(pythons.map(({ version }) => version))].join(' ');
  };
  assert.equal(versions('FROM python:3.13-slim\nCMD ["python"]'), '3.13');
  assert.equal(versions('FROM debian:trixie-slim'), null);
  assert.equal(versions('FROM python:3.13-slim\nRUN ./install.sh\nCMD ["/start"]'), null);
  assert.equal(versions('FROM python:3.14-slim\nRUN apt-get install -y --no-install-recommends python3'), '3.14 3.13');
});

test('fills the environment that uv is told to take, and the one that pdm makes', () => {
  const folders = (lines: string) =>
    slim(lines).flatMap((text) => (text.includes(' packages of ') ? [text.split(' ')[0]] : []));
  const own = ['/app/.venv/lib/python3.13/site-packages'];
  assert.deepEqual(folders('ENV VIRTUAL_ENV=/v\nRUN uv venv /v && uv sync --active'), [
    '/v/lib/python3.13/site-packages',
  ]);
  assert.deepEqual(folders('WORKDIR /app\nRUN uv sync --active'), own);
  assert.deepEqual(folders('WORKDIR /app\nRUN pdm install --prod --no-editable'), own);
  assert.deepEqual(folders('WORKDIR /\nRUN pdm sync -p app'), own);
  assert.deepEqual(folders('WORKDIR /app\nRUN pdm config python.use_venv false && pdm sync'), []);
  assert.deepEqual(folders('WORKDIR /app\nRUN pdm use -f /usr/local/bin/python && pdm install'), []);
  assert.deepEqual(folders('WORKDIR /app\nENV PDM_USE_VENV=0\nRUN pdm install'), []);
});

test('does not say where Poetry in an environment of its own installs, nor what conda brings', () => {
  const off = 'ENV POETRY_VIRTUALENVS_CREATE=false\n';
  const plain = '/usr/local/lib/python3.13/site-packages packages of /usr/local/bin/python 3.13';
  assert.ok(slim(`${off}RUN poetry install`).includes(plain));
  assert.ok(!slim(`${off}RUN python -m venv /p && /p/bin/pip install poetry && /p/bin/poetry install`).includes(plain));
  const piped = slim(`${off}RUN pip install --target /x pipx && pipx install poetry && poetry install`);
  assert.ok(!piped.includes(plain));
  const conda = 'RUN bash miniconda.sh -b -p /opt/conda\nENV PATH=/opt/conda/bin:$PATH\n';
  assert.deepEqual(slim(`${conda}RUN pip install flask`), []);
  assert.equal(pythonStart(facts(`FROM python:3.13-slim\n${conda}CMD ["python", "a.py"]`).stage), null);
});

test('takes the interpreter that virtualenv is told to take', () => {
  assert.deepEqual(slim('RUN virtualenv -p python3.13 /v')[0], '/v environment of /usr/local/bin/python3.13 3.13');
  assert.deepEqual(slim('RUN virtualenv -p 3.12 /v')[0], '/v environment of unknown unknown');
});

test('says nothing of programs in machine code that lie in an environment', () => {
  const program = (name: string) =>
    pythonStart(facts(`FROM python:3.13-slim\nRUN python -m venv /v\nCMD ["/v/bin/${name}"]`).stage)?.program;
  assert.equal(program('flask'), '/v/bin/flask');
  assert.equal(program('ruff'), undefined);
});

test("knows the interpreter of uv's images", () => {
  const made = (tag: string) => places(`FROM ghcr.io/astral-sh/uv:${tag}\nRUN uv venv --no-managed-python /v`)[0];
  for (const tag of ['python3.13-trixie-slim', '0.9.5-python3.13-alpine', 'python3.13-bookworm'])
    assert.equal(made(tag), '/v environment of /usr/local/bin/python3 3.13');
  assert.equal(made('trixie-slim'), '/v environment of unknown unknown');
});

test('follows packages that are added to a project', () => {
  const added = (lines: string) => {
    const entries = [...facts(`FROM python:3.13-slim\nWORKDIR /app\n${lines}`).state.python.entries()];
    return entries.flatMap(([path, place]) => (place.kind === 'packages' ? [`${path} ${place.names.join(' ')}`] : []));
  };
  const own = '/app/.venv/lib/python3.13/site-packages';
  assert.deepEqual(added('RUN uv init && uv add flask gunicorn'), [`${own} flask gunicorn`]);
  assert.deepEqual(added('RUN uv add --no-sync flask'), []);
  assert.deepEqual(added('RUN pdm add -G test flask'), [`${own} flask`]);
  assert.deepEqual(added('ENV POETRY_VIRTUALENVS_IN_PROJECT=1\nRUN poetry add flask'), [`${own} flask`]);
  assert.deepEqual(added('ENV PIPENV_VENV_IN_PROJECT=1\nRUN pipenv install flask'), [`${own} flask`]);
  assert.deepEqual(added('RUN poetry config virtualenvs.create false && poetry add --lock flask'), []);
});
