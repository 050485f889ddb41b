import { byPackage, isBelow, type UsedPackage } from '../context/used-package.js';
import {
  known,
  knownAbsent,
  knownFalse,
  knownPresent,
  knownTrue,
  unknown,
  valueOf,
  type Evidence,
  type Fact,
} from '../fact.js';
import { madeHere, placedBundles, startedInside } from '../interpret/bundles.js';
import { startedPrograms } from '../interpret/dotnet-start.js';
import { libraryFact } from '../interpret/libraries.js';
import { finalStage } from '../interpret/processes.js';
import { contentFact } from '../interpret/query.js';
import type { DotnetProgram } from '../interpret/dotnet-program.js';
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
      'on Alpine, or leave the variable as it is. The client for SQL Server refuses to ' +
      'connect in invariant mode: "System.NotSupportedException: Globalization Invariant Mode is not supported." What ' +
      'the project says with InvariantGlobalization goes before the variable.',
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
      'https://github.com/dotnet/SqlClient/issues/220',
    ],
  },

  *check(analysis) {
    const stage = finalStage(analysis);
    if (!stage) return;
    const icu = contentFact(stage.end, 'icu');
    if (!icu.known || icu.value || bringsIcu(stage)) return;
    const asked = inProject(stage) ?? switchedOff(stage) ?? neverSet(stage);
    const because = [...(asked?.because ?? []), ...icu.because];
    if (asked) {
      const message = `${asked.text} ICU, which this image does not have: .NET ends when it starts.`;
      yield { span: asked.span, message, because, data: stage };
      return;
    }
    const client = refusesInvariant(stage);
    if (!client) return;
    const message = `${client.text} refuses to connect without ICU, which this image does not have.`;
    yield { span: client.span, message, because: [...client.because, ...icu.because], data: stage };
  },

  fix: ({ data }) => [...withIcu(data)],
});

/** Source: https://learn.microsoft.com/dotnet/core/extensions/globalization-icu#app-local-icu */
function bringsIcu(stage: Stage): boolean {
  const apps = placedBundles(stage, 'dotnet');
  return apps.some(({ bundle }) => bundle.packages?.some(({ name }) => /^Microsoft\.ICU\.ICU4C\.Runtime/i.test(name)));
}

type Asked = { readonly span: Span; readonly text: string; readonly because: readonly Evidence[] };

/** InvariantGlobalization=false of a project that is started: it goes before the variable. */
function inProject(stage: Stage): Asked | null {
  for (const { app, path } of startedPrograms(stage)) {
    const { program } = app.bundle;
    if (!program || !knownFalse(isInvariant(program))) continue;
    return {
      span: app.placedBy,
      text: `'${path}' asks for`,
      because: [...madeHere(app), ...program.invariant.because],
    };
  }
  return null;
}

function isInvariant({ invariant }: DotnetProgram): Fact<boolean> {
  return invariant.known && invariant.value !== null ? known(invariant.value, ...invariant.because) : unknown();
}

/** Whether the programs that the image starts may run without ICU whatever the variable says. */
function mayBeInvariant(stage: Stage): boolean {
  return startedPrograms(stage).some(({ app }) => {
    const { program } = app.bundle;
    return program !== undefined && !(program.invariant.known && program.invariant.value === null);
  });
}

/** Packages that bring Microsoft.Data.SqlClient; the older System.Data.SqlClient does without ICU. */
const sqlClients = new Set(
  (
    'microsoft.data.sqlclient microsoft.entityframeworkcore.sqlserver aspire.microsoft.data.sqlclient ' +
    'aspire.microsoft.entityframeworkcore.sqlserver'
  ).split(' '),
);

function refusesInvariant(stage: Stage): Asked | null {
  const fact = stage.end.env.get(variable);
  const isSet = fact?.known === true && /^(true|1)$/i.test(fact.value ?? '');
  for (const { app } of startedPrograms(stage)) {
    const client = app.bundle.packages?.find((one) => sqlClients.has(one.name.toLowerCase()) && !isOld(one));
    const isForced = app.bundle.program && knownTrue(isInvariant(app.bundle.program));
    if (!client || !(isSet || isForced)) continue;
    const because = [...madeHere(app), byPackage(client), ...(isForced ? [] : (fact?.because ?? []))];
    return { span: app.placedBy, text: `'${client.name}'`, because };
  }
  return null;
}

/** Before 3.0 Entity Framework used the older client. */
function isOld({ name, version }: UsedPackage): boolean {
  return /entityframework/i.test(name) && version !== null && isBelow(version, '3.0');
}

/** ENV … INVARIANT=false of this file. */
function switchedOff(stage: Stage): Asked | null {
  const { end } = stage;
  if (mayBeInvariant(stage)) return null;
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
    if (bundle.program && !(bundle.program.invariant.known && bundle.program.invariant.value === null)) continue;
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
  const isInvariant = valueOf(end.env.get(variable) ?? unknown()) === 'true';
  const run = `\nRUN apk add --no-cache icu-libs icu-data-full${isInvariant ? `\nENV ${variable}=false` : ''}`;
  const isRoot = base.facts?.user.known && base.facts.user.value.uid === 0;
  if (isRoot) yield { title: 'Install ICU', edits: [insert(syntax.from.span.end, run)] };
}
