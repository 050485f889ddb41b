import { builtHere } from '../fixes/cgo.js';
import { withLibrary } from '../fixes/libc-base.js';
import { missingLibrary } from '../interpret/libraries.js';
import { isCertain, placedPrograms } from '../interpret/placed.js';
import { finalStage } from '../interpret/processes.js';
import type { Stage } from '../interpret/state.js';
import { defineRule, dockerfile } from './rule.js';

export default defineRule<Stage>({
  meta: {
    id: 'libgcc-missing-for-rust',
    summary: 'Rust program in an image without libgcc',
    category: 'libc',
    severity: 'error',
    fix: 'safe',
  },

  docs: {
    why:
      "Rust's standard library unwinds the stack with libgcc_s, which a program loads at its start whenever libc is linked " +
      'dynamically, also with `panic = "abort"`. Distroless base has glibc but not libgcc_s, and plain Alpine has neither ' +
      'libgcc_s nor libstdc++: the container ends with "error while loading shared libraries: libgcc_s.so.1: cannot open ' +
      'shared object file: No such file or directory". Distroless cc has it, and Alpine in the package libgcc. An error ' +
      'where the files of the build context show that no Cargo configuration makes the program static, a warning where ' +
      'they cannot be seen.',
    bad: dockerfile`
      FROM rust:1-trixie AS build
      WORKDIR /src
      COPY . .
      RUN cargo build --release

      FROM gcr.io/distroless/base-debian13:nonroot
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
    files: {
      'Cargo.toml': '[package]\nname = "app"\nversion = "0.1.0"\nedition = "2021"\n',
      'src/main.rs': 'fn main() {\n    println!("ready");\n}\n',
    },
    references: [
      'https://github.com/GoogleContainerTools/distroless/blob/main/cc/README.md',
      'https://github.com/denoland/deno_docker/issues/62',
      'https://github.com/chainguard-images/images/issues/165',
    ],
  },

  *check(analysis) {
    const stage = finalStage(analysis);
    if (!stage) return;
    for (const program of placedPrograms(stage)) {
      const missing = missingLibrary(program, stage.end, 'libgcc');
      if (!missing) continue;
      yield {
        span: program.placedBy,
        message: `The Rust program '${program.path}' loads libgcc_s.so.1, which this image does not have.`,
        because: [...builtHere(program), ...program.artifact.linkage.because, ...missing],
        data: stage,
        ...(isCertain(program, stage.end) ? {} : { severity: 'warning' as const }),
      };
    }
  },

  fix: ({ data }, analysis) => withLibrary(data, 'libgcc', analysis),
});
