import { compareVersions } from '../catalog/tag-words.js';
import { buildOnRuntimeRelease } from '../fixes/build-release.js';
import { builtHere } from '../fixes/cgo.js';
import { opensslSkew } from '../interpret/openssl.js';
import { placedPrograms, type PlacedProgram } from '../interpret/placed.js';
import { finalStage } from '../interpret/processes.js';
import type { Stage } from '../interpret/state.js';
import { causeOfBuild } from './causes.js';
import { defineRule, dockerfile } from './rule.js';

type Data = { readonly program: PlacedProgram; readonly stage: Stage };

export default defineRule<Data>({
  meta: {
    id: 'openssl-soname-skew',
    summary: 'Program built with another series of OpenSSL than the image has',
    category: 'libc',
    severity: 'warning',
    fix: 'review',
  },

  docs: {
    why:
      'The file name of a shared library changes with every break of its interface: OpenSSL 1.1 is libssl.so.1.1, and ' +
      'OpenSSL 3 is libssl.so.3. Debian 11, Ubuntu 20.04 and Alpine 3.16 have the former, Debian 12, Ubuntu 22.04 and ' +
      'Alpine 3.17 the latter, and none has both. A program built against the other one ends with "error while loading ' +
      'shared libraries: libssl.so.1.1: cannot open shared object file: No such file or directory". Build on the release ' +
      'that the image has. Reported where the flags of the build or an installed package show that OpenSSL is linked.',
    bad: dockerfile`
      FROM rust:1-bullseye AS build
      RUN apt-get update && apt-get install -y --no-install-recommends libssl-dev pkg-config
      WORKDIR /src
      COPY . .
      RUN cargo build --release

      FROM gcr.io/distroless/cc-debian12:nonroot
      COPY --from=build /src/target/release/app /app
      ENTRYPOINT ["/app"]
    `,
    good: dockerfile`
      FROM rust:1-bookworm AS build
      RUN apt-get update && apt-get install -y --no-install-recommends libssl-dev pkg-config
      WORKDIR /src
      COPY . .
      RUN cargo build --release

      FROM gcr.io/distroless/cc-debian12:nonroot
      COPY --from=build /src/target/release/app /app
      ENTRYPOINT ["/app"]
    `,
    references: [
      'https://docs.openssl.org/3.0/man7/migration_guide/',
      'https://github.com/Unleash/unleash-edge/issues/509',
      'https://github.com/GRA0007/crab.fit/issues/315',
    ],
  },

  *check(analysis) {
    const stage = finalStage(analysis);
    if (!stage) return;
    for (const program of placedPrograms(stage)) {
      const skew = hasSameOrOlderLibc(program, stage) ? opensslSkew(program, stage, analysis) : null;
      if (!skew) continue;
      yield {
        span: program.placedBy,
        message: `'${program.path}' is built with OpenSSL ${skew.built}, and this image is of a release with OpenSSL ${skew.here}.`,
        because: [...builtHere(program), ...skew.because],
        data: { program, stage },
        cause: causeOfBuild(program.artifact),
      };
    }
  },

  fix: ({ data: { program, stage } }, analysis) => buildOnRuntimeRelease(program, stage, analysis),
});

/** A program of another libc does not start for that reason, and of one on a newer glibc the same fix is told there. */
function hasSameOrOlderLibc({ artifact }: PlacedProgram, { end }: Stage): boolean {
  if (!artifact.libc.known || !end.libc.known || artifact.libc.value.kind !== end.libc.value.kind) return false;
  const [built, here] = [artifact.libc.value, end.libc.value];
  if (built.kind !== 'glibc') return true;
  return built.version !== null && here.version !== null && compareVersions(built.version, here.version) <= 0;
}
