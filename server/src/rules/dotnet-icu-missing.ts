import { knownAbsent, knownFalse, knownPresent, unknown, type Evidence } from '../fact.js';
import { placedBundles, startedInside } from '../interpret/bundles.js';
import { libraryFact } from '../interpret/libraries.js';
import { finalStage } from '../interpret/processes.js';
import { contentFact } from '../interpret/query.js';
import type { Stage } from '../interpret/state.js';
import { insert } from '../text/edit.js';
import type { Span } from '../text/span.js';
import { defineRule, dockerfile, type Fix } from './rule.js';

const variable = 'DOTNET_SYSTEM_GLOBALIZATION_INVARIANT';

export default defineRule<Stage>({
  meta: {
    id: 'dotnet-icu-missing',
    summary: '.NET asked for cultures in an image without ICU',
    category: 'start',
    severity: 'warning',
    fix: 'review',
  },

  docs: {
    why:
      'The small .NET images leave ICU out and set DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=true. With that switched off, ' +
      'or in an image that never set it, .NET looks for ICU when it starts and ends with "Process terminated. Couldn\'t ' +
      'find a valid ICU package installed on the system." Take the -extra variant of a chiseled image, install icu-libs ' +
      'on Alpine, or leave the variable as it is. An application may also say InvariantGlobalization in its project, ' +
      'which a Dockerfile does not show.',
    bad: dockerfile`
      FROM mcr.microsoft.com/dotnet/aspnet:10.0-noble-chiseled
      WORKDIR /app
      COPY out .
      ENV DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=false
      ENTRYPOINT ["dotnet", "app.dll"]
    `,
    good: dockerfile`
      FROM mcr.microsoft.com/dotnet/aspnet:10.0-noble-chiseled-extra
      WORKDIR /app
      COPY out .
      ENV DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=false
      ENTRYPOINT ["dotnet", "app.dll"]
    `,
    references: [
      'https://learn.microsoft.com/dotnet/core/runtime-config/globalization',
      'https://aka.ms/dotnet-missing-libicu',
      'https://github.com/dotnet/dotnet-docker/blob/main/documentation/enable-globalization.md',
    ],
  },

  *check(analysis) {
    const stage = finalStage(analysis);
    if (!stage) return;
    const icu = contentFact(stage.end, 'icu');
    if (!icu.known || icu.value) return;
    const asked = switchedOff(stage) ?? neverSet(stage);
    if (!asked) return;
    yield {
      span: asked.span,
      message: `${asked.text} ICU, which this image does not have: .NET ends when it starts.`,
      because: [...asked.because, ...icu.because],
      data: stage,
    };
  },

  fix: ({ data }) => [...withIcu(data)],
});

type Asked = { readonly span: Span; readonly text: string; readonly because: readonly Evidence[] };

/** ENV … INVARIANT=false of this file. */
function switchedOff({ end }: Stage): Asked | null {
  const fact = end.env.get(variable);
  // A build argument in the value is the reason before it.
  const cause = fact?.because.findLast(({ kind }) => kind === 'instruction');
  if (!fact?.known || !/^(false|0)$/i.test(fact.value ?? '') || cause?.kind !== 'instruction') return null;
  // The images of .NET say so themselves; in any other the variable may be left over.
  if (!knownPresent(end.env.get('DOTNET_RUNNING_IN_CONTAINER') ?? unknown())) return null;
  return { span: cause.span, text: `${variable}=${fact.value} asks for`, because: fact.because };
}

/** A program with its own runtime, in an image that is not made for .NET. */
function neverSet(stage: Stage): Asked | null {
  const { env, closed } = stage.end;
  const fact = env.get(variable);
  const isUnset = fact ? knownAbsent(fact) : closed.env.known;
  // Without libstdc++ the runtime does not get that far.
  if (!isUnset || knownFalse(libraryFact(stage.end, 'libstdc++'))) return null;
  for (const { bundle, path, placedBy } of placedBundles(stage, 'dotnet')) {
    const started = startedInside(stage, path);
    if (!started || !bundle.traits.includes('self-contained') || bundle.traits.includes('invariant')) continue;
    return { span: placedBy, text: `The .NET program '${started}' looks for`, because: fact?.because ?? [] };
  }
  return null;
}

function* withIcu({ base, syntax, end }: Stage): Iterable<Fix> {
  const { image } = syntax.from;
  if (base.kind !== 'image' || !image || !base.reference || base.reference.text !== image.text) return;
  const isChiseled = base.facts?.family === 'dotnet' && /-(chiseled|distroless)$/.test(image.text);
  if (isChiseled) yield { title: 'Use the variant with ICU', edits: [insert(image.span.end, '-extra')] };
  const isAlpine = end.packageManager.known && end.packageManager.value === 'apk';
  if (!isAlpine || syntax.from.span.end < image.span.end) return;
  const run = '\nRUN apk add --no-cache icu-libs icu-data-full';
  const isRoot = base.facts?.user.known && base.facts.user.value.uid === 0;
  if (isRoot) yield { title: 'Install ICU', edits: [insert(syntax.from.span.end, run)] };
}
