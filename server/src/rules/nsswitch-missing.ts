import { compareVersions } from '../catalog/tag-words.js';
import { knownFalse } from '../fact.js';
import { rootBase, rootFacts } from '../interpret/bases.js';
import { startedProgram } from '../interpret/placed.js';
import { finalStage } from '../interpret/processes.js';
import { fileFact } from '../interpret/query.js';
import type { Analysis, Stage } from '../interpret/state.js';
import { insert } from '../text/edit.js';
import { defineRule, dockerfile } from './rule.js';

type Found = { readonly stage: Stage; readonly source: Stage };

export default defineRule<Found>({
  meta: {
    id: 'nsswitch-missing',
    summary: 'An old Go program asks DNS before /etc/hosts',
    category: 'files',
    severity: 'information',
    fix: 'review',
  },

  docs: {
    why:
      'The resolver of Go before 1.16 took DNS first where /etc/nsswitch.conf is missing, so that localhost and the ' +
      'names of docker run --add-host went past /etc/hosts. scratch has no such file. Go 1.16 and newer look into ' +
      '/etc/hosts first, and the static images of Google Distroless bring the file. A newer Go is the better cure.',
    bad: dockerfile`
      FROM golang:1.15 AS build
      WORKDIR /src
      COPY . .
      RUN CGO_ENABLED=0 go build -o /out/app .

      FROM scratch
      COPY --from=build /etc/ssl/certs/ca-certificates.crt /etc/ssl/certs/ca-certificates.crt
      COPY --from=build /out/app /app
      USER 65532:65532
      ENTRYPOINT ["/app"]
    `,
    good: dockerfile`
      FROM golang:1.26 AS build
      WORKDIR /src
      COPY . .
      RUN CGO_ENABLED=0 go build -o /out/app .

      FROM scratch
      COPY --from=build /etc/ssl/certs/ca-certificates.crt /etc/ssl/certs/ca-certificates.crt
      COPY --from=build /out/app /app
      USER 65532:65532
      ENTRYPOINT ["/app"]
    `,
    references: ['https://github.com/golang/go/issues/35305', 'https://github.com/golang/go/issues/22846'],
  },

  *check(analysis) {
    const stage = finalStage(analysis);
    const { image } = stage?.syntax.from ?? {};
    if (!stage || !image) return;
    const source = builderOf(stage, analysis);
    const file = fileFact(stage.end, '/etc/nsswitch.conf');
    if (!source || !knownFalse(file)) return;
    yield {
      span: image.span,
      message: 'Without /etc/nsswitch.conf a program of Go before 1.16 asks DNS before it looks into /etc/hosts.',
      because: file.because,
      data: { stage, source },
    };
  },

  fix({ data: { stage, source } }, { file }) {
    const { end } = stage.syntax.from.span;
    const newline = file.text.startsWith('\r\n', end) ? '\r\n' : '\n';
    const line = `${newline}COPY --from=${source.name ?? source.index} /etc/nsswitch.conf /etc/nsswitch.conf`;
    const title = `Copy /etc/nsswitch.conf from ${source.name ? `'${source.name}'` : `stage ${source.index}`}`;
    return [{ title, edits: [insert(end, line)] }];
  },
});

/** The stage with the old Go in which the program of the image was built; official images bring the file. */
function builderOf(stage: Stage, { stages }: Analysis): Stage | null {
  const artifact = startedProgram(stage)?.artifact;
  if (artifact?.language !== 'go' || artifact.stage === null) return null;
  const source = stages[artifact.stage];
  const base = source && rootBase(source);
  const runtime = source && rootFacts(source)?.runtime;
  const version = runtime?.known && runtime.value?.name === 'go' ? runtime.value.version : null;
  if (!source || base?.kind !== 'image' || !version || !/^1\.\d+/.test(version)) return null;
  return compareVersions(version, '1.16') < 0 ? source : null;
}
