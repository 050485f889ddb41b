import { byFile, knownFalse, type Evidence } from '../fact.js';
import { moveToLibc } from '../fixes/same-libc.js';
import { basedOn } from '../interpret/bases.js';
import type { ListedPackage } from '../interpret/python/lists.js';
import { listedInstalls, wheelGap, type WheelGap } from '../interpret/python/wheels.js';
import { contentFact } from '../interpret/query.js';
import type { CommandStep, Stage } from '../interpret/state.js';
import { defineRule, dockerfile, type Severity } from './rule.js';

const pyproject = `[project]
name = "app"
version = "1.0.0"
requires-python = ">=3.13"
dependencies = ["onnxruntime"]
`;

const lock = `version = 1
revision = 3
requires-python = ">=3.13"

[[package]]
name = "app"
version = "1.0.0"
source = { virtual = "." }
dependencies = [
    { name = "onnxruntime" },
]

[[package]]
name = "onnxruntime"
version = "1.23.2"
source = { registry = "https://example.org/simple" }
wheels = [
    { url = "https://example.org/onnxruntime-1.23.2-cp313-cp313-manylinux_2_27_aarch64.manylinux_2_28_aarch64.whl" },
    { url = "https://example.org/onnxruntime-1.23.2-cp313-cp313-manylinux_2_27_x86_64.manylinux_2_28_x86_64.whl" },
]
`;

export default defineRule<Stage>({
  meta: {
    id: 'python-no-musllinux-wheel',
    summary: 'Locked Python package without a wheel for Alpine',
    category: 'build',
    severity: 'error',
    fix: 'review',
  },

  docs: {
    why:
      'Wheels with a manylinux tag are for glibc, and are not taken on Alpine. Where the lock file lists no musllinux ' +
      "wheel for a package, it is built from source, which takes minutes or hours, or fails: \"error: command 'gcc' failed: " +
      'No such file or directory". Where it lists no source either, nothing can be installed: "Distribution `onnxruntime==1.23.2` ' +
      "can't be installed because it doesn't have a source distribution or wheel for the current platform\". Without a " +
      'compiler in the stage a package that has to be built is reported as a warning, with one as an information. The ' +
      'Debian variant of the same image takes the wheels as they are.',
    bad: dockerfile`
      FROM ghcr.io/astral-sh/uv:python3.13-alpine
      WORKDIR /app
      COPY pyproject.toml uv.lock ./
      RUN uv sync --locked --no-dev
      COPY app.py ./
      USER 65532:65532
      CMD ["/app/.venv/bin/python", "app.py"]
    `,
    good: dockerfile`
      FROM ghcr.io/astral-sh/uv:python3.13-trixie-slim
      WORKDIR /app
      COPY pyproject.toml uv.lock ./
      RUN uv sync --locked --no-dev
      COPY app.py ./
      USER 65532:65532
      CMD ["/app/.venv/bin/python", "app.py"]
    `,
    files: {
      'pyproject.toml': pyproject,
      'uv.lock': lock,
    },
    references: [
      'https://peps.python.org/pep-0656/',
      'https://packaging.python.org/en/latest/specifications/platform-compatibility-tags/',
      'https://github.com/astral-sh/uv/issues/18169',
      'https://github.com/docker-library/docs/issues/904',
    ],
  },

  *check(analysis) {
    for (const { step, stage } of listedInstalls(analysis)) {
      const gap = wheelGap(step, stage, analysis);
      if (!gap) continue;
      yield {
        span: step.command.span,
        message: messageOf(gap),
        because: [...gap.packages.slice(0, mostNamed).map(whyOf), ...gap.because, ...basedOn(stage)],
        data: stage,
        severity: severityOf(gap, step),
      };
    }
  },

  fix: ({ data }, analysis) => moveToLibc(data, 'glibc', analysis),
});

const mostNamed = 3;

function messageOf({ packages, isInstallable, install }: WheelGap): string {
  const [names, isOne] = [listOf(packages), packages.length === 1];
  const have = `${names} ${isOne ? 'has' : 'have'}`;
  if (isInstallable)
    return `${have} no wheel for musl, so ${install.tool} builds ${isOne ? 'it' : 'them'} from source here.`;
  const lacks = install.isWheelsOnly ? 'no wheel for musl' : 'neither a wheel for musl nor source';
  return `${have} ${lacks}, so ${install.tool} fails here.`;
}

function listOf(packages: readonly ListedPackage[]): string {
  const shown = packages.slice(0, mostNamed).map(({ name }) => `'${name}'`);
  const rest = packages.length - shown.length;
  const last = rest > 0 ? `${rest} more` : shown.pop();
  return shown.length > 0 ? `${shown.join(', ')} and ${last}` : (last ?? '');
}

function whyOf({ file, span, locked }: ListedPackage): Evidence {
  const all = locked?.files?.wheels ?? [];
  const count = all.filter(({ platforms }) => platforms.some((name) => name.startsWith('manylinux'))).length;
  const what = count === 1 ? '1 wheel for glibc' : `${count} wheels for glibc`;
  const source = locked?.files?.hasSource ? 'a source archive' : 'no source';
  return byFile(file, span, `The lock lists ${what}, none for musl, and ${source}.`);
}

/**
 * Their native parts are optional: without a compiler they are installed as Python alone. Source: the setup.py of
 * nedbat/coveragepy, pallets/markupsafe, yaml/pyyaml, simplejson/simplejson, sqlalchemy/sqlalchemy,
 * GrahamDumpleton/wrapt and zopefoundation/zope.interface.
 */
const optional = new Set('coverage markupsafe pyyaml simplejson sqlalchemy wrapt zope-interface'.split(' '));

function severityOf({ isInstallable, isSure, packages }: WheelGap, { command, before }: CommandStep): Severity {
  // What handles the failure, as `uv sync || …` does, reckons with it.
  if (!isInstallable && command.always && !command.decisive) return 'information';
  if (!isInstallable) return isSure && command.always ? 'error' : 'warning';
  const isOptional = packages.every(({ name }) => optional.has(name));
  return knownFalse(contentFact(before, 'gcc')) && !isOptional ? 'warning' : 'information';
}
