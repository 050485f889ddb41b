import type { ImageFacts } from '../catalog/model.js';
import { isWorkshop, rootFacts, rootStage } from '../interpret/bases.js';
import { finalStage } from '../interpret/processes.js';
import { startProcess } from '../interpret/query.js';
import type { Stage } from '../interpret/state.js';
import { replace } from '../text/edit.js';
import { defineRule, dockerfile, type Fix } from './rule.js';

type Data = { readonly stage: Stage; readonly facts: ImageFacts };

export default defineRule<Data>({
  meta: {
    id: 'debug-or-dev-variant-in-final',
    summary: 'Debug or development variant as the final image',
    category: 'base',
    severity: 'warning',
    fix: 'review',
  },

  docs: {
    why:
      'The debug and development variants of a runtime image carry a shell, a package manager and often the root user, ' +
      'which the runtime variant leaves out; the `:debug` tags of Google Distroless Java hold a whole JDK. They are made ' +
      'for build stages and for finding a fault on a developer machine.',
    bad: dockerfile`
      FROM gcr.io/distroless/java21-debian13:debug-nonroot
      COPY app.jar /app.jar
      CMD ["/app.jar"]
    `,
    good: dockerfile`
      FROM gcr.io/distroless/java21-debian13:nonroot
      COPY app.jar /app.jar
      CMD ["/app.jar"]
    `,
    references: [
      'https://github.com/GoogleContainerTools/distroless/blob/main/README.md#debug-images',
      'https://docs.docker.com/dhi/explore/available/',
    ],
  },

  *check(analysis) {
    const stage = finalStage(analysis);
    const facts = stage && rootFacts(stage);
    if (!stage || !facts || isWorkshop(stage) || isInteractive(stage)) return;
    const { image } = rootStage(stage).syntax.from;
    if (!image || !facts.flavor) return;
    const kind =
      facts.flavor === 'debug' ? 'debug variant, which has a shell' : 'development variant, made for build stages';
    yield {
      span: (stage.syntax.from.image ?? image).span,
      message: `The final image is '${image.text}', a ${kind}.`,
      because: facts.shells.because,
      data: { stage, facts },
    };
  },

  fix: ({ data }) => [...runtimeVariant(data)],
});

/** A tool image starts a shell on purpose. */
function isInteractive({ end, steps }: Stage): boolean {
  const process = startProcess(end);
  const program = process.known ? (process.value?.argv[0] ?? '') : '';
  const isOwn = steps.some(({ instruction }) => instruction.kind === 'cmd' || instruction.kind === 'entrypoint');
  return (
    isOwn &&
    /(^|\/)(ba|z|fi)?sh$/.test(program) &&
    process.known &&
    process.value?.form === 'exec' &&
    process.value.argv.length === 1
  );
}

function* runtimeVariant({ stage, facts }: Data): Iterable<Fix> {
  const { image } = stage.syntax.from;
  if (!image || stage.base.kind !== 'image' || image.text.includes('$') || image.text.includes('@')) return;
  const target =
    facts.flavor === 'debug' && /nonroot/.test(facts.tag) ? facts.variants.nonroot : facts.variants.runtime;
  if (target) yield { title: `Use '${target}'`, edits: [replace(image.span, target)] };
}
