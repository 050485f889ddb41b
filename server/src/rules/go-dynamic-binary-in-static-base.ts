import { builtHere, withoutCgo } from '../fixes/cgo.js';
import { onBaseWithLibc } from '../fixes/libc-base.js';
import { isCertain, placedPrograms, type PlacedProgram } from '../interpret/placed.js';
import { finalStage } from '../interpret/processes.js';
import type { Stage } from '../interpret/state.js';
import { defineRule, dockerfile } from './rule.js';

type Data = { readonly program: PlacedProgram; readonly stage: Stage };

export default defineRule<Data>({
  meta: {
    id: 'go-dynamic-binary-in-static-base',
    summary: 'Go program that needs libc in an image without one',
    category: 'libc',
    severity: 'error',
    fix: 'review',
  },

  docs: {
    why:
      'Where Go finds a C compiler it builds with cgo, and a program that uses the packages net or os/user (almost every ' +
      'server does) is then linked against libc dynamically. scratch and the static bases have no dynamic loader, so the ' +
      'container ends at once with "exec /app: no such file or directory", although the file is there. `CGO_ENABLED=0` ' +
      'makes a static program. Reported as an error where the flags make the program dynamic for certain, as a warning ' +
      'where that depends on the packages it imports.',
    bad: dockerfile`
      FROM golang:1.26 AS build
      WORKDIR /src
      COPY . .
      RUN go build -o /out/app ./cmd/app

      FROM gcr.io/distroless/static-debian13:nonroot
      COPY --from=build /out/app /app
      ENTRYPOINT ["/app"]
    `,
    good: dockerfile`
      FROM golang:1.26 AS build
      WORKDIR /src
      COPY . .
      RUN CGO_ENABLED=0 go build -o /out/app ./cmd/app

      FROM gcr.io/distroless/static-debian13:nonroot
      COPY --from=build /out/app /app
      ENTRYPOINT ["/app"]
    `,
    references: [
      'https://pkg.go.dev/cmd/cgo',
      'https://go.dev/doc/go1.20#cgo',
      'https://github.com/GoogleContainerTools/distroless/blob/main/base/README.md',
    ],
  },

  *check(analysis) {
    const stage = finalStage(analysis);
    if (!stage || !stage.end.libc.known || stage.end.libc.value.kind !== 'none') return;
    for (const program of placedPrograms(stage)) {
      const { artifact, path } = program;
      if (artifact.language !== 'go' || !artifact.linkage.known || artifact.linkage.value === 'static') continue;
      const isDynamic = artifact.linkage.value === 'dynamic';
      yield {
        span: program.placedBy,
        message: isDynamic
          ? `The Go program '${path}' is linked dynamically, and this image has no libc to load.`
          : `The Go program '${path}' is built with cgo on, so it needs a libc that this image does not have as soon as it uses net or os/user.`,
        because: [...builtHere(program), ...artifact.linkage.because, ...stage.end.libc.because],
        data: { program, stage },
        severity: isCertain(program, stage.end) ? 'error' : 'warning',
      };
    }
  },

  fix({ data: { program, stage } }, { catalog }) {
    const rebuild = withoutCgo(program);
    return [...(rebuild ? [rebuild] : []), ...onBaseWithLibc(program, stage, catalog)];
  },
});
