import { builtHere } from '../fixes/cgo.js';
import { withLibrary } from '../fixes/libc-base.js';
import { withOwnLibraries } from '../fixes/static-link.js';
import { missingLibrary } from '../interpret/libraries.js';
import { placedPrograms, type PlacedProgram } from '../interpret/placed.js';
import { finalStage } from '../interpret/processes.js';
import type { Stage } from '../interpret/state.js';
import { defineRule, dockerfile } from './rule.js';

type Data = { readonly program: PlacedProgram; readonly stage: Stage };

export default defineRule<Data>({
  meta: {
    id: 'libstdcxx-missing',
    summary: 'C++ program in an image without libstdc++',
    category: 'libc',
    severity: 'warning',
    fix: 'review',
  },

  docs: {
    why:
      'g++ and clang++ link libstdc++ dynamically. Distroless base has glibc but no libstdc++, and neither has plain ' +
      'Alpine: the container ends with "error while loading shared libraries: libstdc++.so.6: cannot open shared object ' +
      'file: No such file or directory". Distroless cc has it, Alpine in the package libstdc++, and `-static-libstdc++ ' +
      '-static-libgcc` links it into the program. A warning, since the linker leaves the library out of a program that ' +
      'uses nothing of it.',
    bad: dockerfile`
      FROM gcc:14-trixie AS build
      WORKDIR /src
      COPY . .
      RUN g++ -O2 -o server server.cpp

      FROM gcr.io/distroless/base-debian13:nonroot
      COPY --from=build /src/server /server
      ENTRYPOINT ["/server"]
    `,
    good: dockerfile`
      FROM gcc:14-trixie AS build
      WORKDIR /src
      COPY . .
      RUN g++ -O2 -o server server.cpp

      FROM gcr.io/distroless/cc-debian13:nonroot
      COPY --from=build /src/server /server
      ENTRYPOINT ["/server"]
    `,
    references: [
      'https://github.com/GoogleContainerTools/distroless/blob/main/cc/README.md',
      'https://github.com/GoogleContainerTools/distroless/issues/162',
      'https://gcc.gnu.org/onlinedocs/gcc/Link-Options.html',
    ],
  },

  *check(analysis) {
    const stage = finalStage(analysis);
    if (!stage) return;
    for (const program of placedPrograms(stage)) {
      const { artifact, path } = program;
      const missing = missingLibrary(program, stage.end, 'libstdc++');
      if (!missing) continue;
      yield {
        span: program.placedBy,
        message: `The C++ program '${path}' loads libstdc++.so.6, which this image does not have.`,
        because: [...builtHere(program), ...artifact.linkage.because, ...missing],
        data: { program, stage },
      };
    }
  },

  fix: ({ data: { program, stage } }, analysis) => [
    ...withLibrary(stage, 'libstdc++', analysis),
    ...withOwnLibraries(program),
  ],
});
