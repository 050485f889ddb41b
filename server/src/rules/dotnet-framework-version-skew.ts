import { findImage } from '../catalog/catalog.js';
import { parseReference } from '../catalog/reference.js';
import { isBelow } from '../context/used-package.js';
import { valueOf, type Evidence } from '../fact.js';
import { onVersion } from '../fixes/builder-version.js';
import { rootFacts, rootStage } from '../interpret/bases.js';
import { madeHere } from '../interpret/bundles.js';
import { hasOtherDotnet, sdkProblems, type SdkProblem } from '../interpret/dotnet-sdk.js';
import { startedPrograms, type StartedProgram } from '../interpret/dotnet-start.js';
import { startedNames } from '../interpret/placed.js';
import { finalStage } from '../interpret/processes.js';
import { searchPath } from '../interpret/query.js';
import type { DotnetProgram } from '../interpret/dotnet-program.js';
import type { Analysis, Stage } from '../interpret/state.js';
import { currentEntry } from '../interpret/tree.js';
import { replace } from '../text/edit.js';
import { defineRule, dockerfile, type Fix, type Report } from './rule.js';

/** The stage whose image lacks it; `to` is the version that would do, null where the image for ASP.NET Core would. */
type Data = { readonly stage: Stage; readonly from: string; readonly to: string | null };

export default defineRule<Data>({
  meta: {
    id: 'dotnet-framework-version-skew',
    summary: 'Project for another version of .NET than the image has',
    category: 'start',
    severity: 'error',
    fix: 'review',
  },

  docs: {
    why:
      'A program that does not bring its runtime runs on the major version of .NET it is built for, and on no other ' +
      'unless RollForward says so. On an image with another one it ends with "You must install or update .NET to run ' +
      'this application." The image dotnet/runtime has no ASP.NET Core, which a web project asks for. When building, an ' +
      'SDK knows its own and older versions only: "error NETSDK1045: The current .NET SDK does not support targeting ' +
      '.NET 10.0." A global.json may ask for an SDK that the image does not have.',
    bad: dockerfile`
      FROM mcr.microsoft.com/dotnet/sdk:10.0 AS build
      WORKDIR /src
      COPY . .
      RUN dotnet publish app.csproj -c Release -o /out

      FROM mcr.microsoft.com/dotnet/aspnet:8.0
      WORKDIR /app
      COPY --from=build /out .
      USER $APP_UID
      ENTRYPOINT ["dotnet", "app.dll"]
    `,
    good: dockerfile`
      FROM mcr.microsoft.com/dotnet/sdk:10.0 AS build
      WORKDIR /src
      COPY . .
      RUN dotnet publish app.csproj -c Release -o /out

      FROM mcr.microsoft.com/dotnet/aspnet:10.0
      WORKDIR /app
      COPY --from=build /out .
      USER $APP_UID
      ENTRYPOINT ["dotnet", "app.dll"]
    `,
    files: {
      'app.csproj':
        '<Project Sdk="Microsoft.NET.Sdk.Web">\n' +
        '  <PropertyGroup>\n' +
        '    <TargetFramework>net10.0</TargetFramework>\n' +
        '  </PropertyGroup>\n' +
        '</Project>\n',
    },
    references: [
      'https://learn.microsoft.com/dotnet/core/versions/selection#framework-dependent-apps-roll-forward',
      'https://learn.microsoft.com/dotnet/core/tools/sdk-errors/netsdk1045',
      'https://learn.microsoft.com/dotnet/core/tools/global-json#rollforward',
      'https://github.com/dotnet/aspnetcore/issues/29611',
    ],
  },

  *check(analysis) {
    for (const problem of sdkProblems(analysis)) yield ofSdk(problem);
    const stage = finalStage(analysis);
    const here = stage && runtimeOf(stage);
    if (!stage || !here) return;
    for (const started of startedPrograms(stage)) {
      const report = ofRuntime(started, stage, here);
      if (report) yield report;
    }
  },

  fix({ data: { stage, from, to } }, analysis) {
    const root = rootStage(stage);
    if (to === null) return withAspNet(root, analysis);
    const name = valueOf(stage.start.runtime)?.name ?? 'dotnet';
    const fixes = onVersion(root, { name, from, to }, analysis);
    return fixes.map((fix) => ({ ...fix, title: fix.title.replace(/^Build on/, 'Use') }));
  },
});

function ofSdk({ kind, stage, span, asked, wanted, has, because, isSure }: SdkProblem): Report<Data> {
  const message =
    kind === 'target'
      ? `The project targets '${asked}', and the SDK of this stage is that of .NET ${has}.`
      : `'global.json' asks for the SDK '${asked}', and the SDK of this stage is that of .NET ${has}.`;
  const reasons = [...because, ...stage.start.runtime.because];
  const data = { stage, from: has, to: wanted };
  return { span, message, because: reasons, data, severity: isSure ? 'error' : 'warning' };
}

type Runtime = { readonly version: string; readonly hasAspNet: boolean; readonly because: readonly Evidence[] };

/** The runtime of an image by Microsoft that nothing was put beside. */
function runtimeOf(stage: Stage): Runtime | null {
  const { runtime } = stage.end;
  const version = /^\d+\.\d+/.exec(valueOf(runtime)?.version ?? '')?.[0];
  const image = /(^|\/)dotnet\/(?:core\/)?(runtime|aspnet|sdk)$/.exec(rootFacts(stage)?.name ?? '')?.[2];
  if (!version || !image || hasOtherDotnet(stage.end) || mayStartOther(stage)) return null;
  return { version, hasAspNet: image !== 'runtime', because: runtime.because };
}

/** Another .NET than that of the image, by DOTNET_ROOT, by its path, or first on PATH. */
function mayStartOther({ end }: Stage): boolean {
  const root = end.env.get('DOTNET_ROOT');
  const isRooted = root?.because.some(({ kind }) => kind === 'instruction') === true;
  const usual = /^\/usr\/(bin|share\/dotnet|lib(64)?\/dotnet)(\/|$)/;
  const isNamed = startedNames(end).some((name) => /^\/.*\/dotnet$/.test(name) && !usual.test(name));
  const folders = searchPath(end) ?? [];
  const isFirst = folders.some((folder) => !usual.test(folder) && currentEntry(end, folder)?.unlisted === 'anything');
  return isRooted || isNamed || isFirst;
}

function ofRuntime({ app, path, options }: StartedProgram, stage: Stage, here: Runtime): Report<Data> | null {
  const { program, version } = app.bundle;
  if (!program?.needsRuntime || !version.known) return null;
  const isAccepted = accepts(version.value, here.version, policyOf(program, stage, options));
  const lacksAspNet = program.aspNet !== null && !here.hasAspNet;
  if (isAccepted === null || (isAccepted && !lacksAspNet)) return null;
  const message = isAccepted
    ? `'${path}' needs ASP.NET Core, which this image does not have.`
    : `'${path}' is for .NET ${version.value}, and this image has .NET ${here.version}.`;
  const because = isAccepted ? (program.aspNet ? [program.aspNet] : []) : version.because;
  return {
    span: app.placedBy,
    message,
    because: [...madeHere(app), ...because, ...here.because],
    data: { stage, from: here.version, to: isAccepted ? null : version.value },
    severity: program.isSure && stage.end.blur === null && !hasOwnSettings(stage) ? 'error' : 'warning',
  };
}

/** A runtimeconfig.json that was put into the image by itself may ask for another version. */
function hasOwnSettings({ end }: Stage): boolean {
  for (const [path, { kind }] of end.files.entries())
    if (path.endsWith('.runtimeconfig.json') && kind !== 'absent') return true;
  return false;
}

/** Null where it depends on what is not known. Without a policy the minor version may be newer, the major not. */
function accepts(target: string, here: string, policy: string | null | undefined): boolean | null {
  if (isBelow(here, target)) return false;
  if (Number.parseInt(here, 10) === Number.parseInt(target, 10)) return true;
  if (policy === undefined) return null;
  return /^(latest)?major$/i.test(policy ?? '') ? true : false;
}

/** How the program rolls forward: null where nothing says so, undefined where that is not known. */
function policyOf(
  { rollForward }: DotnetProgram,
  { end }: Stage,
  options: readonly string[],
): string | null | undefined {
  const variable = end.env.get('DOTNET_ROLL_FORWARD');
  const isOther = end.env.get('DOTNET_ROLL_FORWARD_ON_NO_CANDIDATE_FX') !== undefined;
  if (isOther || options.some((word) => /^--(fx-version|roll-forward-on)/.test(word))) return undefined;
  const option = options[options.indexOf('--roll-forward') + 1];
  if (options.includes('--roll-forward')) return option;
  if (variable && !(variable.known && variable.value === null)) return valueOf(variable) ?? undefined;
  return valueOf(rollForward);
}

/** `dotnet/runtime:8.0` as `dotnet/aspnet:8.0`. */
function withAspNet(stage: Stage, { catalog }: Analysis): Fix[] {
  const { image } = stage.syntax.from;
  const written = stage.base.kind === 'image' ? stage.base.reference : null;
  if (!image || !written || written.digest || image.text !== written.text) return [];
  const text = image.text.replace('/dotnet/runtime:', '/dotnet/aspnet:');
  const reference = text === image.text ? null : parseReference(text);
  return reference && findImage(catalog, reference)
    ? [{ title: `Use '${text}'`, edits: [replace(image.span, text)] }]
    : [];
}
