import assert from 'node:assert/strict';
import { test } from 'node:test';
import rule from '../../server/src/rules/python-find-library.js';
import { checkFix, checkRule, checkSilent, findingsOf } from '../support/checks.js';
import { uvLock } from '../support/python-locks.js';

const folder = '/usr/lib/x86_64-linux-gnu';
const libmagic = `COPY --from=build ${folder}/libmagic.so.1 ${folder}/`;

const built = ({
  packages = 'python-magic',
  copy = libmagic,
  final = 'gcr.io/distroless/python3-debian13',
}): string => `
FROM python:3.13-slim-trixie AS build
RUN pip install --target=/deps ${packages}
FROM ${final}
${copy}
COPY --from=build /deps /deps
ENV PYTHONPATH=/deps
CMD ["main.py"]
`;

test('reports a library that is not in the cache of the image', () => {
  checkRule(
    rule,
    `
FROM python:3.13-slim-trixie AS build
RUN pip install --target=/deps flask 'python_magic>=0.4'
FROM gcr.io/distroless/python3-debian13:nonroot
COPY --from=build /usr/lib/x86_64-linux-gnu/libmagic.so.1 /usr/lib/x86_64-linux-gnu/
#^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ fixable: 'python-magic' looks up 'libmagic' in /etc/ld.so.cache, which does not list what is copied here.
COPY --from=build /deps /deps
CMD ["main.py"]
`,
  );
});

test('follows the packages of an environment through stages', () => {
  checkRule(
    rule,
    `
FROM python:3.13-slim-trixie AS build
RUN ln -s /usr/local/bin/python /usr/bin/python && /usr/bin/python -m venv /venv && /venv/bin/pip install pyusb
FROM build AS collect
FROM gcr.io/distroless/python3-debian13 AS runtime
FROM runtime
COPY --from=collect /lib/*/libusb-1.0* /lib/x86_64-linux-gnu/
#^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ fixable: 'pyusb' looks up 'libusb-1.0' in /etc/ld.so.cache, which does not list what is copied here.
COPY --from=collect /venv /venv
ENTRYPOINT ["/venv/bin/python", "main.py"]
`,
  );
});

test('reads the packages from a list, and points at its line', () => {
  const source = built({ packages: '-r requirements.txt' }).replace('RUN pip', 'COPY requirements.txt .\nRUN pip');
  const found = (text: string) => findingsOf(rule, source, { files: { 'requirements.txt': text } });
  const [finding, ...others] = found('flask==3.1.0\npython-magic==0.4.27\n');
  assert.equal(others.length, 0);
  const [reason] = finding?.because ?? [];
  assert.ok(reason?.kind === 'file');
  assert.equal(reason.file.text.slice(reason.span.start, reason.span.end), 'python-magic');
  assert.deepEqual(found('flask\n'), []);
  assert.deepEqual(found('python-magic; sys_platform == "win32"\n'), []);
  assert.deepEqual(found('python-magic; python_version < "3.12"\n'), []);
});

test('and from the lock of uv', () => {
  const files = {
    'uv.lock': uvLock('dependencies = [\n    { name = "lib" },\n]', [
      { name: 'lib', lines: 'dependencies = [\n    { name = "pyzbar" },\n]\n' },
      { name: 'pyzbar' },
    ]),
  };
  const source = `
FROM python:3.13-slim-trixie AS build
WORKDIR /app
COPY . .
RUN uv sync --locked
FROM gcr.io/distroless/python3-debian13
COPY --from=build ${folder}/libzbar.so.0 ${folder}/
COPY --from=build /app /app
ENV PYTHONPATH=/app/.venv/lib/python3.13/site-packages
CMD ["main.py"]
`;
  assert.equal(findingsOf(rule, source, { files }).length, 1);
});

test('is silent where the cache is copied too, or the library is searched another way', () => {
  checkSilent(rule, built({ copy: `${libmagic}\nCOPY --from=build /etc/ld.so.cache /etc/ld.so.cache` }));
  checkSilent(rule, built({ copy: `${libmagic}\nENV LD_LIBRARY_PATH=${folder}` }));
});

test('is silent about other packages, other libraries, and images with ldconfig of their own', () => {
  checkSilent(rule, built({ packages: 'flask' }));
  checkSilent(rule, built({ packages: '-r requirements.txt' }));
  checkSilent(rule, built({ copy: `COPY --from=build ${folder}/libpq.so.5 ${folder}/` }));
  checkSilent(rule, built({ final: 'python:3.13-slim' }));
  checkSilent(rule, built({ final: 'cgr.dev/chainguard/python' }));
  checkSilent(rule, built({ final: 'registry.example.com/python' }));
});

test('fix: copies the cache of the stage that has the library', () => {
  checkFix(rule, built({}), built({ copy: `${libmagic}\nCOPY --from=build /etc/ld.so.cache /etc/ld.so.cache` }));
});
