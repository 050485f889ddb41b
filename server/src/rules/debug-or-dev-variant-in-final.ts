import { findImage, type Catalog } from '../catalog/catalog.js';
import type { ImageFacts } from '../catalog/model.js';
import { parseReference } from '../catalog/reference.js';
import { knownTrue, unknown } from '../fact.js';
import { baseName, isWorkshop, lineage, rootFacts, rootStage } from '../interpret/bases.js';
import { finalStage, startUses } from '../interpret/processes.js';
import { startsProduct, startsToolchain } from '../interpret/product.js';
import type { Stage } from '../interpret/state.js';
import { replace } from '../text/edit.js';
import { userOfBase } from './causes.js';
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
    if (!stage || !facts?.flavor || isWorkshop(stage) || !startsSomething(stage) || startsToolchain(stage)) return;
    const { image } = rootStage(stage).syntax.from;
    if (!image) return;
    const kind =
      facts.flavor === 'debug' ? 'debug variant, which has a shell' : 'development variant, made for build stages';
    yield {
      span: (stage.syntax.from.image ?? image).span,
      message: `The final image is '${baseName(stage)}', a ${kind}.`,
      because: facts.shells.known ? facts.shells.because : [],
      data: { stage, facts },
      ...(bringsRoot({ stage, facts }, analysis.catalog) ? { cause: userOfBase(image.text) } : {}),
    };
  },

  fix: ({ data }, { catalog }) => [...runtimeVariant(data, catalog)],
});

/** A tool image starts a shell on purpose; what the base starts by itself is taken as it is. */
function startsSomething(stage: Stage): boolean {
  const isOwn = lineage(stage).some(({ steps }) =>
    steps.some(({ instruction }) => instruction.kind === 'cmd' || instruction.kind === 'entrypoint'),
  );
  return !isOwn || startsProduct(stage);
}

/** Only where nothing in the stage runs a shell or writes where the runtime variant's user may not. */
function* runtimeVariant({ stage, facts }: Data, catalog: Catalog): Iterable<Fix> {
  const { image } = stage.syntax.from;
  if (!image || stage.base.kind !== 'image' || /[$@]/.test(image.text)) return;
  const needsShell = stage.steps.some(
    ({ instruction }) => instruction.kind === 'run' || ('body' in instruction && instruction.body?.form === 'shell'),
  );
  if (needsShell) return;
  for (const tag of runtimeTags(facts)) {
    const { reference } = stage.base;
    const target = reference ? `${image.text.slice(0, reference.parts.repository[1])}:${tag}` : '';
    const parsed = parseReference(target);
    const found = parsed && findImage(catalog, parsed);
    if (!found || found.flavor !== null || found.status === 'retired' || usesMore(stage, facts, found)) continue;
    yield { title: `Use the tag '${tag}'`, edits: [replace(image.span, target)] };
  }
}

/** Whether the runtime variant of the same image starts as another user, so that to use it mends both. */
function bringsRoot({ stage, facts }: Data, catalog: Catalog): boolean {
  const { base } = rootStage(stage);
  const [tag] = runtimeTags(facts);
  if (tag === undefined || base.kind !== 'image' || !base.reference) return false;
  const runtime = parseReference(`${base.text.slice(0, base.reference.parts.repository[1])}:${tag}`);
  const found = runtime && findImage(catalog, runtime);
  return found?.flavor === null && found.user.known && found.user.value.uid !== 0;
}

/** Whether the stage starts a program that only the larger variant has. */
function usesMore(stage: Stage, facts: ImageFacts, smaller: ImageFacts): boolean {
  const holds = ({ contents }: ImageFacts, name: string) => knownTrue(contents.get(name) ?? unknown());
  return startUses(stage).some(({ argv: [program = ''] }) => {
    const name = program.slice(program.lastIndexOf('/') + 1);
    if (program.startsWith('/busybox/') || (holds(facts, name) && !holds(smaller, name))) return true;
    return !program.includes('/') && isOffPath(program, smaller);
  });
}

/** The interpreter of an image that starts it by its full path may lie outside PATH. */
function isOffPath(program: string, { runtime, env }: ImageFacts): boolean {
  const path = runtime.known ? runtime.value?.path : null;
  if (!path?.endsWith(`/${program}`) || !env.known || env.value['PATH'] === undefined) return false;
  return !env.value['PATH'].split(':').includes(path.slice(0, -program.length - 1));
}

function runtimeTags({ family, flavor, tag }: ImageFacts): string[] {
  if (flavor === 'dev') return [tag.replace(/-dev$/, '')];
  if (family !== 'google-distroless') return [];
  return tag === 'debug' ? ['nonroot', 'latest'] : [tag.replace(/^debug-/, '')];
}
