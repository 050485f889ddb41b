import { madeHere, placedBundles, startedInside, type PlacedBundle } from '../interpret/bundles.js';
import { libraryFact } from '../interpret/libraries.js';
import { finalStage } from '../interpret/processes.js';
import type { Stage } from '../interpret/state.js';
import { replace } from '../text/edit.js';
import { defineRule, dockerfile, type Fix, type Report } from './rule.js';

type Data = { readonly app: PlacedBundle; readonly libc: 'musl' | 'glibc' | null };

export default defineRule<Data>({
  meta: {
    id: 'dotnet-rid-libc-mismatch',
    summary: '.NET program published for another C library',
    category: 'libc',
    severity: 'error',
    fix: 'review',
  },

  docs: {
    why:
      'A published .NET program is a native host, with a whole runtime beside it or inside it when it is self-contained. ' +
      'The runtime identifier decides which libc they need: linux-x64 means glibc, linux-musl-x64 means musl, and ' +
      'without one it is that of the SDK image. On the other libc the container ends with "exec ./app: no such file or ' +
      'directory". A self-contained program also loads libstdc++, which plain Alpine does not have: "Error relocating ' +
      '/dist/MyApp: __cxa_pure_virtual: symbol not found". Started as `dotnet app.dll`, a program that is not ' +
      'self-contained runs on both. Where neither the command line nor a project file that is known decides about the ' +
      'identifier, it is a warning.',
    bad: dockerfile`
      FROM mcr.microsoft.com/dotnet/sdk:10.0 AS build
      WORKDIR /src
      COPY . .
      RUN dotnet publish -c Release -r linux-x64 --self-contained -o /out

      FROM mcr.microsoft.com/dotnet/runtime-deps:10.0-alpine
      COPY --from=build /out /app
      USER $APP_UID
      ENTRYPOINT ["/app/app"]
    `,
    good: dockerfile`
      FROM mcr.microsoft.com/dotnet/sdk:10.0 AS build
      WORKDIR /src
      COPY . .
      RUN dotnet publish -c Release -r linux-musl-x64 --self-contained -o /out

      FROM mcr.microsoft.com/dotnet/runtime-deps:10.0-alpine
      COPY --from=build /out /app
      USER $APP_UID
      ENTRYPOINT ["/app/app"]
    `,
    references: [
      'https://learn.microsoft.com/dotnet/core/rid-catalog',
      'https://github.com/dotnet/runtime/issues/110911',
      'https://github.com/dotnet/sdk/issues/35981',
    ],
  },

  *check(analysis) {
    const stage = finalStage(analysis);
    if (!stage?.end.libc.known) return;
    for (const app of placedBundles(stage, 'dotnet')) {
      const report = mismatch(app, stage) ?? withoutLibrary(app, stage);
      if (report) yield report;
    }
  },

  fix({ data: { app, libc } }) {
    const { platform } = app.bundle;
    if (libc === null) return [];
    if (!platform) return inProject(app, libc);
    const text = withLibc(platform.text, libc);
    if (text === platform.text) return [];
    const start = platform.span.end - platform.text.length;
    return [{ title: `Publish for '${text}'`, edits: [replace({ start, end: platform.span.end }, text)] }];
  },
});

function withLibc(platform: string, libc: 'musl' | 'glibc'): string {
  return platform.replace(/^linux-(musl-)?/, libc === 'musl' ? 'linux-musl-' : 'linux-');
}

/** Where the project file names the platform. */
function inProject({ bundle }: PlacedBundle, libc: 'musl' | 'glibc'): Fix[] {
  const place = bundle.libc.because.find((reason) => reason.kind === 'file');
  if (place?.kind !== 'file') return [];
  const { file, span } = place;
  const written = file.text.slice(span.start, span.end);
  const text = withLibc(written, libc);
  if (text === written) return [];
  return [
    { title: `Publish for '${text}'`, edits: [], files: [{ path: file.path, file, edits: [replace(span, text)] }] },
  ];
}

function mismatch(app: PlacedBundle, stage: Stage): Report<Data> | null {
  const { bundle, path, placedBy } = app;
  const here = stage.end.libc;
  if (!bundle.libc.known || !here.known || bundle.libc.value.kind === here.value.kind) return null;
  const [made, runs] = [bundle.libc.value.kind, here.value.kind];
  const started = startedInside(stage, path);
  const isHost = started !== null && !started.endsWith('.dll');
  // Without a runtime of its own it may be started by dotnet.
  if (made === 'none' || (!isHost && !bundle.traits.includes('self-contained'))) return null;
  const isSure = isHost && bundle.traits.includes('settled') && stage.end.blur === null;
  const lacks = runs === 'none' ? 'has no C library' : `has ${runs}`;
  return {
    span: placedBy,
    message: `'${started ?? path}' is published for ${made}, and this image ${lacks}.`,
    because: [...madeHere(app), ...bundle.libc.because, ...here.because],
    data: { app, libc: runs === 'musl' || runs === 'glibc' ? runs : null },
    severity: isSure ? 'error' : 'warning',
  };
}

/** The runtime is in C++; a program compiled ahead of time is not. */
function withoutLibrary(app: PlacedBundle, stage: Stage): Report<Data> | null {
  const { bundle, path, placedBy } = app;
  if (!bundle.traits.includes('self-contained') || bundle.traits.includes('aot')) return null;
  const fact = libraryFact(stage.end, 'libstdc++');
  if (!fact.known || fact.value) return null;
  return {
    span: placedBy,
    message: `The .NET runtime in '${path}' loads libstdc++, which this image does not have.`,
    because: [...madeHere(app), ...fact.because],
    data: { app, libc: null },
    severity: 'warning',
  };
}
