import assert from 'node:assert/strict';
import { test } from 'node:test';
import rule from '../../server/src/rules/dotnet-rid-libc-mismatch.js';
import { applyEdits } from '../../server/src/text/edit.js';
import { checkFix, checkRule, checkSilent, findingsOf, fixTitles } from '../support/checks.js';

const alpine = 'mcr.microsoft.com/dotnet/runtime-deps:10.0-alpine';
const app = (options: string, final = alpine, start = '["/app/app"]', sdk = '10.0') => `
FROM mcr.microsoft.com/dotnet/sdk:${sdk} AS build
ARG TARGETARCH
WORKDIR /src
COPY . .
RUN dotnet publish -c Release ${options} -o /out
FROM ${final}
WORKDIR /app
COPY --from=build /out .
ENTRYPOINT ${start}
`;
const severities = (source: string) => findingsOf(rule, source).map(({ severity }) => severity);

test('reports a program published for glibc that a musl image starts', () => {
  checkRule(
    rule,
    `
FROM mcr.microsoft.com/dotnet/sdk:10.0 AS build
WORKDIR /src
RUN dotnet publish -c Release -r linux-x64 --self-contained -o /out
FROM mcr.microsoft.com/dotnet/runtime-deps:10.0-alpine
WORKDIR /app
COPY --from=build /out .
#^^^^^^^^^^^^^^^^^^^^^^^ fixable: '/app/app' is published for glibc, and this image has musl.
ENTRYPOINT ["./app"]
`,
  );
});

test('follows a RuntimeIdentifier of the environment', () => {
  const files = { 'app.csproj': '<Project Sdk="Microsoft.NET.Sdk" />' };
  const levels = (setup: string) =>
    findingsOf(rule, app('--self-contained').replace('RUN ', setup), { files }).map(({ severity }) => severity);
  assert.deepEqual(levels('RUN '), ['error']);
  assert.deepEqual(levels('ENV RuntimeIdentifier=linux-musl-x64\nRUN '), []);
  assert.deepEqual(levels('ARG RuntimeIdentifier\nRUN '), []);
});

test('and one published for musl in a glibc image, below the project', () => {
  checkRule(
    rule,
    `
FROM mcr.microsoft.com/dotnet/sdk:8.0-alpine AS build
WORKDIR /src
RUN dotnet publish --runtime=linux-musl-arm64 -p:PublishAot=true
FROM mcr.microsoft.com/dotnet/runtime-deps:8.0-jammy-chiseled
COPY --from=build /src/bin/Release/net8.0/linux-musl-arm64/publish /app
#^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ fixable: '/app/api' is published for musl, and this image has glibc.
ENTRYPOINT ["/app/api"]
`,
  );
});

test('knows the ways to name the platform', () => {
  for (const options of [
    '-r linux-x64',
    '--runtime linux-arm64',
    '-p:RuntimeIdentifier=linux-x64',
    '/p:RuntimeIdentifier=linux-x64',
    '-r linux-$TARGETARCH',
    '--os linux -a x64',
    '-a $TARGETARCH',
    '--use-current-runtime',
  ]) {
    assert.deepEqual(severities(app(options)), ['error'], options);
  }
});

test('warns where only the SDK image decides, as the project file may name a platform', () => {
  assert.deepEqual(severities(app('')), ['warning']);
  assert.deepEqual(severities(app('--self-contained')), ['warning']);
  assert.deepEqual(severities(app('--no-restore', 'mcr.microsoft.com/dotnet/aspnet:10.0-alpine')), ['warning']);
});

test('warns of a self-contained program that a script may start', () => {
  assert.deepEqual(severities(app('-r linux-x64 --self-contained', alpine, '["/start.sh"]')), ['warning']);
  assert.deepEqual(severities(app('-r linux-x64', alpine, '["/start.sh"]')), []);
});

test('reports an image without any libc, and follows copies', () => {
  checkRule(
    rule,
    `
FROM mcr.microsoft.com/dotnet/sdk:10.0 AS build
RUN dotnet publish /src/app.csproj -r linux-x64 -p:PublishAot=true -o /out && cp /out/app /app
FROM build AS again
RUN mkdir /image && cp -r /out /image/out
FROM gcr.io/distroless/static-debian13
COPY --from=again /image/out /app
#^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ '/app/app' is published for glibc, and this image has no C library.
ENTRYPOINT ["/app/app"]
`,
  );
});

test('reports a self-contained program in plain Alpine, which has no libstdc++', () => {
  checkRule(
    rule,
    `
FROM mcr.microsoft.com/dotnet/sdk:10.0-alpine AS build
RUN dotnet publish /src/app.csproj --self-contained -o /out
FROM alpine:3.24
COPY --from=build /out /app
#^^^^^^^^^^^^^^^^^^^^^^^^^^ (warning) The .NET runtime in '/app' loads libstdc++, which this image does not have.
ENTRYPOINT ["/app/app"]
`,
  );
});

test('is silent on the libc it is published for', () => {
  checkSilent(rule, app('-r linux-musl-x64 --self-contained'));
  checkSilent(rule, app('-a $TARGETARCH', alpine, '["./app"]', '10.0-alpine'));
  checkSilent(rule, app('-r linux-x64', 'mcr.microsoft.com/dotnet/runtime-deps:10.0-noble-chiseled'));
  checkSilent(
    rule,
    app('--self-contained', 'alpine:3.24\nRUN apk add --no-cache libstdc++', '["./app"]', '10.0-alpine'),
  );
});

test('is silent where dotnet starts it', () => {
  checkSilent(rule, app('', 'mcr.microsoft.com/dotnet/aspnet:10.0-alpine', '["dotnet", "app.dll"]'));
  checkSilent(rule, app('-r linux-x64', 'mcr.microsoft.com/dotnet/aspnet:10.0-alpine', '["dotnet", "app.dll"]'));
  checkSilent(rule, app('-p:UseAppHost=false'));
});

test('is silent where a platform or an image is not known', () => {
  checkSilent(rule, app('-r $RID'));
  checkSilent(rule, app('-r linux-$FLAVOUR'));
  checkSilent(rule, app('-r win-x64'));
  checkSilent(rule, app('-r linux-x64', 'registry.example.com/base'));
  checkSilent(rule, app('-r linux-x64').replace('RUN dotnet', 'RUN [ -n "$X" ] || dotnet'));
  checkSilent(rule, app('').replace('mcr.microsoft.com/dotnet/sdk:10.0', 'registry.example.com/sdk'));
});

test('is silent about programs that dotnet build makes, and static ones', () => {
  checkSilent(rule, app('-r linux-x64').replace('publish', 'build'));
  checkSilent(rule, app('-r linux-musl-x64 -p:PublishAot=true -p:StaticExecutable=true', 'scratch'));
});

test('fix: names the platform of the image', () => {
  checkFix(rule, app('-r linux-x64 --self-contained'), app('-r linux-musl-x64 --self-contained'));
  checkFix(rule, app('-p:RuntimeIdentifier=linux-arm64'), app('-p:RuntimeIdentifier=linux-musl-arm64'));
  const noble = 'mcr.microsoft.com/dotnet/runtime-deps:10.0-noble';
  checkFix(rule, app('-r linux-musl-x64', noble), app('-r linux-x64', noble));
});

test('offers no fix where no word names the platform', () => {
  assert.deepEqual(fixTitles(rule, app('--self-contained')), []);
  assert.deepEqual(fixTitles(rule, app('-r linux-x64', 'gcr.io/distroless/static-debian13')), []);
});

const project = (inside: string) =>
  `<Project Sdk="Microsoft.NET.Sdk"><PropertyGroup><TargetFramework>net10.0</TargetFramework>${inside}</PropertyGroup></Project>`;
const levels = (source: string, files: Record<string, string>) =>
  findingsOf(rule, source, { files }).map(({ severity }) => severity);
const platform = '<RuntimeIdentifier>linux-x64</RuntimeIdentifier>';

test('reads the platform of the project file, and points at it', () => {
  const files = { 'app.csproj': project(platform) };
  const [finding, ...more] = findingsOf(rule, app(''), { files });
  assert.deepEqual(more, []);
  assert.equal(finding?.severity, 'error');
  const place = finding?.because.find(({ kind }) => kind === 'file');
  assert.ok(place?.kind === 'file');
  assert.equal(place.file.text.slice(place.span.start, place.span.end), 'linux-x64');
  // The command line goes first.
  assert.deepEqual(levels(app('-r linux-musl-x64'), files), []);
  assert.deepEqual(levels(app(''), { 'app.csproj': project(platform.replace('linux-', 'linux-musl-')) }), []);
});

test('is certain where the project file surely names no platform', () => {
  assert.deepEqual(levels(app(''), { 'app.csproj': project('') }), ['error']);
  assert.deepEqual(levels(app(''), { 'app.csproj': project('<RuntimeIdentifier>$(Rid)</RuntimeIdentifier>') }), []);
  const imports = project('').replace('</Project>', '<Import Project="x.props" /></Project>');
  assert.deepEqual(levels(app(''), { 'app.csproj': imports }), []);
});

test('fix: names the platform in the project file', () => {
  const files = { 'app.csproj': project(platform) };
  const [fix] = findingsOf(rule, app(''), { files }).flatMap((finding) => [...finding.fixes()]);
  assert.equal(fix?.title, "Publish for 'linux-musl-x64'");
  const [change] = fix?.files ?? [];
  assert.equal(change?.path, 'app.csproj');
  assert.equal(
    applyEdits(change?.file?.text ?? '', [...(change?.edits ?? [])]),
    project(platform.replace('-x64', '-musl-x64')),
  );
});
