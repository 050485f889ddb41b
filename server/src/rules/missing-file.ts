import { knownFalse, knownTrue, type Evidence, type Fact } from '../fact.js';
import { finalStage } from '../interpret/processes.js';
import { contentFact } from '../interpret/query.js';
import type { Analysis, Stage, StageState } from '../interpret/state.js';
import type { Word } from '../syntax/model.js';
import { insert, newlineOf } from '../text/edit.js';
import type { Fix } from './rule.js';

/** The final stage, known to lack a file that larger base images bring. */
export type Lack = { readonly stage: Stage; readonly image: Word; readonly because: readonly Evidence[] };

/** Null where the file is there, or not known to be missing. */
export function lackOf(analysis: Analysis, presence: (end: StageState) => Fact<boolean>): Lack | null {
  const stage = finalStage(analysis);
  const image = stage?.syntax.from.image;
  if (!stage || !image) return null;
  const fact = presence(stage.end);
  return knownFalse(fact) ? { stage, image, because: fact.because } : null;
}

/** The stages of the same build that have what the final one lacks, by the catalog's name (`tzdata`). */
export function stagesWith(content: string, { stages }: Analysis): Stage[] {
  return stages.filter(
    ({ isNeeded, base, end }) => isNeeded && base.kind !== 'scratch' && knownTrue(contentFact(end, content)),
  );
}

export type Loan = { readonly from: Stage; readonly to: Stage; readonly path: string; readonly title: string };

/** Copies `path` from one stage to another, right after its FROM; `title` names what is copied. */
export function copiedFrom({ from, to, path, title }: Loan, { file }: Analysis): Fix {
  const { end } = to.syntax.from.span;
  const newline = newlineOf(file.text);
  const line = `${newline}COPY --from=${from.name ?? from.index} ${path} ${path}`;
  const place = from.name ? `'${from.name}'` : `stage ${from.index}`;
  return { title: `Copy ${title} from ${place}`, edits: [insert(end, line)] };
}

export const certificates = '/etc/ssl/certs/ca-certificates.crt';
export const copiedCertificates = `COPY --from=build ${certificates} ${certificates}`;

type Example = {
  readonly go?: string;
  readonly prepared?: string;
  readonly copied?: readonly string[];
  readonly set?: string;
};

/** A Go program on scratch: the common example of these rules, with the lines that make the difference. */
export function goOnScratch({ go = '1.26', prepared, copied = [copiedCertificates], set }: Example = {}): string {
  const lines = [
    `FROM golang:${go} AS build`,
    'WORKDIR /src',
    'COPY . .',
    'RUN CGO_ENABLED=0 go build -o /out/app .',
    prepared,
    '',
    'FROM scratch',
    ...copied,
    'COPY --from=build /out/app /app',
    set,
    'USER 65532:65532',
    'ENTRYPOINT ["/app"]',
    '',
  ];
  return lines.filter((line) => line !== undefined).join('\n');
}
