import { withoutCgo } from '../fixes/cgo.js';
import { onBaseWithLibc } from '../fixes/libc-base.js';
import { libcReason } from '../interpret/go-cgo.js';
import type { Artifact } from '../interpret/state.js';
import { linkedPrograms, misfitReport, type Misfit } from './misfit.js';
import { defineRule, dockerfile } from './rule.js';

export default defineRule<Misfit>({
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
      'makes a static program. Reported as an error where the flags, or the sources of the program in the build context, ' +
      'show that it is dynamic; as a warning where that depends on packages which cannot be seen.',
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
    files: {
      'go.mod': 'module example.com/app\n\ngo 1.26\n',
      'cmd/app/main.go':
        'package main\n\nimport (\n\t"log"\n\t"net/http"\n)\n\nfunc main() {\n\tlog.Print("ready")\n' +
        '\tlog.Fatal(http.ListenAndServe(":8080", nil))\n}\n',
    },
    references: [
      'https://pkg.go.dev/cmd/cgo',
      'https://go.dev/doc/go1.20#cgo',
      'https://github.com/GoogleContainerTools/distroless/blob/main/base/README.md',
    ],
  },

  *check(analysis) {
    for (const misfit of linkedPrograms(analysis, 'none')) {
      const { artifact, path } = misfit.program;
      if (artifact.language === 'go') yield misfitReport(misfit, wording(artifact, path));
    }
  },

  fix({ data: { program, stage } }, { catalog }) {
    const rebuild = withoutCgo(program);
    return [...(rebuild ? [rebuild] : []), ...onBaseWithLibc(program, stage, catalog)];
  },
});

function wording(artifact: Artifact, path: string): string {
  if (!artifact.linkage.known || artifact.linkage.value !== 'dynamic')
    return `The Go program '${path}' is built with cgo on, so it needs a libc that this image does not have as soon as it uses net or os/user.`;
  const reason = libcReason(artifact);
  if (!reason) return `The Go program '${path}' is linked dynamically, and this image has no libc to load.`;
  const what = reason.isC ? `'${reason.path}', which is C code` : `'${reason.path}' and is built with cgo on`;
  return `The Go program '${path}' imports ${what}: it is linked dynamically, and this image has no libc to load.`;
}
