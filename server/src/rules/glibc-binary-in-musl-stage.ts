import { knownTrue } from '../fact.js';
import { builtHere, withoutCgo } from '../fixes/cgo.js';
import { placedPrograms, type PlacedProgram } from '../interpret/placed.js';
import { finalStage } from '../interpret/processes.js';
import { contentFact } from '../interpret/query.js';
import type { StageState } from '../interpret/state.js';
import { defineRule, dockerfile, type Severity } from './rule.js';

export default defineRule<PlacedProgram>({
  meta: {
    id: 'glibc-binary-in-musl-stage',
    summary: 'Program linked against glibc in a musl image',
    category: 'libc',
    severity: 'error',
    fix: 'review',
  },

  docs: {
    why:
      'A dynamically linked program names its loader by path. One built on Debian, Ubuntu or Wolfi asks for ' +
      '`/lib64/ld-linux-x86-64.so.2`, which Alpine and other musl images do not have: the container ends with ' +
      '"exec /app: no such file or directory", or a shell says "./server: not found", although the file is there. Build ' +
      'it statically, build it on the same libc, or run it on a glibc image.',
    bad: dockerfile`
      FROM golang:1.26-trixie AS build
      WORKDIR /src
      COPY . .
      RUN go build -o /out/app .

      FROM alpine:3.24
      COPY --from=build /out/app /usr/local/bin/app
      USER 65532:65532
      ENTRYPOINT ["/usr/local/bin/app"]
    `,
    good: dockerfile`
      FROM golang:1.26-trixie AS build
      WORKDIR /src
      COPY . .
      RUN CGO_ENABLED=0 go build -o /out/app .

      FROM alpine:3.24
      COPY --from=build /out/app /usr/local/bin/app
      USER 65532:65532
      ENTRYPOINT ["/usr/local/bin/app"]
    `,
    references: [
      'https://wiki.alpinelinux.org/wiki/Running_glibc_programs',
      'https://musl.libc.org/doc/1.1.24/manual.html',
    ],
  },

  *check(analysis) {
    const stage = finalStage(analysis);
    if (!stage || !stage.end.libc.known || stage.end.libc.value.kind !== 'musl') return;
    for (const program of placedPrograms(stage)) {
      const { artifact, path } = program;
      if (!artifact.libc.known || artifact.libc.value.kind !== 'glibc' || !artifact.linkage.known) continue;
      if (artifact.linkage.value === 'static') continue;
      const severity = severityOf(stage.end, artifact.linkage.value);
      if (!severity) continue;
      const because = [...artifact.linkage.because, ...artifact.libc.because, ...stage.end.libc.because];
      yield {
        span: program.placedBy,
        message: wording(program, path),
        because: [...builtHere(program), ...because],
        data: program,
        severity,
      };
    }
  },

  fix({ data }) {
    const rebuild = withoutCgo(data);
    return rebuild ? [rebuild] : [];
  },
});

function wording({ artifact }: PlacedProgram, path: string): string {
  if (artifact.linkage.known && artifact.linkage.value === 'cgo') {
    return `The Go program '${path}' is built with cgo against glibc and will not start on musl as soon as it uses net or os/user.`;
  }
  return `'${path}' is linked against glibc, and this image has only musl.`;
}

/** gcompat lends an Alpine image a glibc loader; whether a given program runs with it is not known. */
function severityOf(state: StageState, linkage: 'dynamic' | 'cgo'): Severity | null {
  const layers = ['gcompat', 'libc6-compat'].map((name) => contentFact(state, name));
  if (layers.some(knownTrue)) return null;
  return linkage === 'cgo' || state.blur ? 'warning' : 'error';
}
