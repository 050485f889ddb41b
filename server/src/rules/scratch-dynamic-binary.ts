import { onBaseWithLibc } from '../fixes/libc-base.js';
import { linkedStatically } from '../fixes/static-link.js';
import { linkedPrograms, misfitReport, type Misfit } from './misfit.js';
import { defineRule, dockerfile } from './rule.js';

export default defineRule<Misfit>({
  meta: {
    id: 'scratch-dynamic-binary',
    summary: 'Dynamically linked program in an image without libc',
    category: 'libc',
    severity: 'error',
    fix: 'review',
  },

  docs: {
    why:
      'scratch and the static bases hold no dynamic loader. A Rust, C or C++ program is linked dynamically unless it is ' +
      'told otherwise, and so is nearly every program of a distribution: the container ends with "exec /app: no such file ' +
      'or directory", although the file is there. Link it statically (a musl target or +crt-static for Rust, -static for ' +
      'C), or choose a base with the libc it was built on, such as distroless cc for Rust and C++. A Rust program is ' +
      'reported as a warning where the build context does not show that no Cargo configuration makes it static.',
    bad: dockerfile`
      FROM gcc:15 AS build
      WORKDIR /src
      COPY server.c .
      RUN gcc -O2 -o server server.c

      FROM gcr.io/distroless/static-debian13:nonroot
      COPY --from=build /src/server /server
      ENTRYPOINT ["/server"]
    `,
    good: dockerfile`
      FROM gcc:15 AS build
      WORKDIR /src
      COPY server.c .
      RUN gcc -static -O2 -o server server.c

      FROM gcr.io/distroless/static-debian13:nonroot
      COPY --from=build /src/server /server
      ENTRYPOINT ["/server"]
    `,
    references: [
      'https://github.com/GoogleContainerTools/distroless/blob/main/cc/README.md',
      'https://doc.rust-lang.org/reference/linkage.html#static-and-dynamic-c-runtimes',
    ],
  },

  *check(analysis) {
    for (const misfit of linkedPrograms(analysis, 'none')) {
      const { language, linkage, libc } = misfit.program.artifact;
      if (language === 'go' || !linkage.known || linkage.value !== 'dynamic' || !libc.known) continue;
      const { path } = misfit.program;
      const message = `'${path}' is linked dynamically against ${libc.value.kind}, and this image has no loader to start it.`;
      yield misfitReport(misfit, message);
    }
  },

  fix: ({ data: { program, stage } }, { catalog }) => [
    ...linkedStatically(program),
    ...onBaseWithLibc(program, stage, catalog),
  ],
});
