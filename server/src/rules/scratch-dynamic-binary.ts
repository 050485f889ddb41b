import { builtHere } from '../fixes/cgo.js';
import { placedPrograms, type PlacedProgram } from '../interpret/placed.js';
import { finalStage } from '../interpret/processes.js';
import { defineRule, dockerfile } from './rule.js';

export default defineRule<PlacedProgram>({
  meta: {
    id: 'scratch-dynamic-binary',
    summary: 'Dynamically linked program in an image without libc',
    category: 'libc',
    severity: 'error',
    fix: 'none',
  },

  docs: {
    why:
      'scratch and the static bases hold no dynamic loader. A Rust, C or C++ program is linked dynamically unless it is ' +
      'told otherwise, and so is every program of a distribution: the container ends with "exec /app: no such file or ' +
      'directory", although the file is there. Link it statically (a musl target or +crt-static for Rust, -static for ' +
      'C), or choose a base with the libc it was built on, such as distroless cc for Rust and C++.',
    bad: dockerfile`
      FROM rust:1-trixie AS build
      WORKDIR /src
      COPY . .
      RUN cargo build --release

      FROM gcr.io/distroless/static-debian13:nonroot
      COPY --from=build /src/target/release/app /app
      ENTRYPOINT ["/app"]
    `,
    good: dockerfile`
      FROM rust:1-trixie AS build
      WORKDIR /src
      COPY . .
      RUN cargo build --release

      FROM gcr.io/distroless/cc-debian13:nonroot
      COPY --from=build /src/target/release/app /app
      ENTRYPOINT ["/app"]
    `,
    references: [
      'https://github.com/GoogleContainerTools/distroless/blob/main/cc/README.md',
      'https://doc.rust-lang.org/reference/linkage.html#static-and-dynamic-c-runtimes',
    ],
  },

  *check(analysis) {
    const stage = finalStage(analysis);
    if (!stage || !stage.end.libc.known || stage.end.libc.value.kind !== 'none') return;
    for (const program of placedPrograms(stage)) {
      const { artifact, path } = program;
      if (artifact.language === 'go' || !artifact.linkage.known || artifact.linkage.value !== 'dynamic') continue;
      const libc = artifact.libc.known && artifact.libc.value.kind !== 'none' ? artifact.libc.value.kind : 'libc';
      yield {
        span: program.placedBy,
        message: `'${path}' is linked dynamically against ${libc}, and this image has no loader to start it.`,
        because: [...builtHere(program), ...artifact.linkage.because, ...stage.end.libc.because],
        data: program,
        severity: program.isStarted ? 'error' : 'warning',
      };
    }
  },
});
