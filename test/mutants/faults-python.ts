import { both, inBuild, inFinal, onBase, withBuilder } from './edits.js';
import { copied, type Fault } from './fault.js';

const distroless = /distroless\/python3/;

export const pythonFaults: readonly Fault[] = [
  {
    name: 'packages installed with another Python',
    rules: ['python-version-skew'],
    apply: withBuilder(/^python:3\.13/, inBuild(/^FROM python:3\.13/m, 'FROM python:3.12', copied)),
  },
  {
    name: 'environment made without the link',
    rules: ['python-venv-not-portable'],
    apply: inBuild(/ln -s \S+ \S+ && \/usr\/bin\/python/, 'python', copied),
  },
  {
    name: 'environment on an image with another interpreter',
    rules: ['python-venv-not-portable'],
    apply: onBase(
      /^python:3\.13-slim/,
      both(
        inFinal(/\/(venv|app\/\.venv)\/bin/, '/$1/bin'),
        inFinal(/^FROM \S+/, 'FROM gcr.io/distroless/python3-debian13:nonroot\nENTRYPOINT []', copied),
      ),
    ),
  },
  {
    name: 'environment copied to another path',
    rules: ['python-venv-not-portable'],
    apply: both(
      inFinal(/\/venv \/venv/, '/venv /opt/venv'),
      inFinal(/^ENV PATH=\/venv/m, 'ENV PATH=/opt/venv', copied),
    ),
  },
  {
    name: 'PYTHONPATH removed',
    rules: ['python-deps-not-on-path'],
    apply: onBase(distroless, inFinal(/^ENV PYTHONPATH=.*\n/m, '', copied)),
  },
  {
    name: 'packages copied as site-packages',
    rules: ['python-deps-not-on-path'],
    apply: onBase(
      distroless,
      both(
        inFinal(/^ENV PYTHONPATH=.*\n/m, ''),
        inFinal(/\/(deps|venv) \/(?:deps|venv)$/m, '/$1 /usr/local/lib/python3.13/site-packages', copied),
      ),
    ),
  },
  {
    name: 'interpreter of uv left behind',
    rules: ['python-install-under-root-home'],
    apply: inFinal(/^COPY --from=build \/python .*\n/m, '', 'COPY --from=build /app'),
  },
  {
    name: 'packages in the home directory of root',
    rules: ['python-install-under-root-home'],
    apply: both(inFinal(/\/home\/app\/\.local$/m, '/root/.local'), inFinal(/PATH=\/home\/app/, 'PATH=/root', copied)),
  },
  {
    name: 'cache of the linker not copied',
    rules: ['python-find-library'],
    apply: inFinal(/^COPY .*ld\.so\.cache\n/m, '', 'libmagic'),
  },
];
