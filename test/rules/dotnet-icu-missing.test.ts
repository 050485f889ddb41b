import assert from 'node:assert/strict';
import { test } from 'node:test';
import rule from '../../server/src/rules/dotnet-icu-missing.js';
import { allFindings, checkFix, checkRule, checkSilent, findingsOf, fixTitles } from '../support/checks.js';

const aspnet = (tag: string, lines = '') => `
FROM mcr.microsoft.com/dotnet/aspnet:${tag}
${lines}WORKDIR /app
COPY out .
ENV DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=false
ENTRYPOINT ["dotnet", "app.dll"]
`;
const own = (final: string, options = '') => `
FROM mcr.microsoft.com/dotnet/sdk:10.0-alpine AS build
RUN dotnet publish /src/app.csproj --self-contained ${options} -o /out
FROM ${final}
COPY --from=build /out /app
ENTRYPOINT ["/app/app"]
`;

test('reports that invariant mode is switched off in an image without ICU', () => {
  checkRule(
    rule,
    `
FROM mcr.microsoft.com/dotnet/aspnet:10.0-alpine
ENV DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=0
#   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ fixable: DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=0 asks for ICU, which this image does not have: .NET ends when it starts.
ENTRYPOINT ["dotnet", "app.dll"]
`,
  );
});

test('follows the variable through stages and build arguments', () => {
  checkRule(
    rule,
    `
FROM mcr.microsoft.com/dotnet/runtime:10.0-noble-chiseled AS base
ARG INVARIANT=false
ENV DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=$INVARIANT
#   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=false asks for ICU, which this image does not have: .NET ends when it starts.
FROM base
ENTRYPOINT ["dotnet", "/app.dll"]
`,
  );
});

test('reports a program with its own runtime where nothing says that ICU is missing', () => {
  checkRule(
    rule,
    `
FROM mcr.microsoft.com/dotnet/sdk:10.0-alpine AS build
RUN dotnet publish /src/app.csproj --self-contained -o /out
FROM alpine:3.24
RUN apk add --no-cache libstdc++
COPY --from=build /out /app
#^^^^^^^^^^^^^^^^^^^^^^^^^^ fixable: The .NET program '/app/app' looks for ICU, which this image does not have: .NET ends when it starts.
ENTRYPOINT ["/app/app"]
`,
  );
});

test('leaves the first missing library to the rule about it', () => {
  const found = allFindings(own('alpine:3.24')).map((finding) => finding.rule.meta.id);
  assert.ok(found.includes('dotnet-rid-libc-mismatch'), found.join());
  assert.ok(!found.includes('dotnet-icu-missing'));
});

test('is silent where ICU is there', () => {
  checkSilent(rule, aspnet('10.0-noble-chiseled-extra'));
  checkSilent(rule, aspnet('10.0-noble'));
  checkSilent(rule, aspnet('10.0-alpine', 'RUN apk add --no-cache icu-libs\n'));
  checkSilent(rule, own('alpine:3.24\nRUN apk add --no-cache icu-libs libstdc++'));
});

test('is silent where the program does without', () => {
  checkSilent(rule, aspnet('10.0-alpine').replace('=false', '=true'));
  checkSilent(rule, aspnet('10.0-alpine').replace('ENV DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=false\n', ''));
  checkSilent(
    rule,
    own('alpine:3.24\nRUN apk add --no-cache libstdc++\nENV DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=true'),
  );
  checkSilent(rule, own('alpine:3.24\nRUN apk add --no-cache libstdc++', '-p:InvariantGlobalization=true'));
  checkSilent(rule, own('mcr.microsoft.com/dotnet/runtime-deps:10.0-alpine'));
});

test('is silent about an image that does not run .NET, and about build stages', () => {
  checkSilent(rule, 'FROM alpine:3.24\nENV DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=false\nCMD ["sleep", "60"]\n');
  checkSilent(rule, `${aspnet('10.0-alpine')}FROM mcr.microsoft.com/dotnet/aspnet:10.0\n`);
});

test('is silent where it is not known what is there', () => {
  checkSilent(rule, aspnet('10.0-alpine', 'RUN ./install-icu.sh\n'));
  checkSilent(rule, aspnet('10.0-alpine').replace('=false', '=$INVARIANT'));
  checkSilent(rule, aspnet('10.0-alpine').replace('mcr.microsoft.com/dotnet/aspnet', 'registry.example.com/aspnet'));
});

test('fix: the variant with ICU, or the package', () => {
  checkFix(rule, aspnet('10.0-noble-chiseled'), aspnet('10.0-noble-chiseled-extra'));
  checkFix(rule, aspnet('10.0-alpine'), aspnet('10.0-alpine', 'RUN apk add --no-cache icu-libs icu-data-full\n'));
});

test('offers no fix where the image is not written here', () => {
  assert.deepEqual(fixTitles(rule, `ARG TAG=10.0-alpine\n${aspnet('$TAG').trimStart()}`), []);
});

const built = (final: string, lines = '') => `
FROM mcr.microsoft.com/dotnet/sdk:10.0 AS build
WORKDIR /src
COPY . .
RUN dotnet publish -c Release -o /out
FROM mcr.microsoft.com/dotnet/aspnet:${final}
${lines}WORKDIR /app
COPY --from=build /out .
ENTRYPOINT ["dotnet", "app.dll"]
`;
const project = (properties: string, packages = '') =>
  `<Project Sdk="Microsoft.NET.Sdk.Web"><PropertyGroup><TargetFramework>net10.0</TargetFramework>${properties}</PropertyGroup><ItemGroup>${packages}</ItemGroup></Project>`;
const invariant = (value: string) => `<InvariantGlobalization>${value}</InvariantGlobalization>`;
const client = '<PackageReference Include="Microsoft.Data.SqlClient" Version="6.1.0" />';
const messages = (source: string, files: Record<string, string>) =>
  findingsOf(rule, source, { files }).map(({ message }) => message);

test('reports a project that switches invariant mode off, and points at it', () => {
  const files = { 'app.csproj': project(invariant('false')) };
  const [finding] = findingsOf(rule, built('10.0-alpine'), { files });
  assert.equal(
    finding?.message,
    "'/app/app.dll' asks for ICU, which this image does not have: .NET ends when it starts.",
  );
  const place = finding?.because.find(({ kind }) => kind === 'file');
  assert.ok(place?.kind === 'file');
  assert.equal(place.file.text.slice(place.span.start, place.span.end), 'false');
  assert.deepEqual(messages(built('10.0'), files), []);
  assert.deepEqual(messages(built('10.0-alpine'), { 'app.csproj': project(invariant('true')) }), []);
});

test('what the project says goes before the variable', () => {
  const off = built('10.0-alpine', 'ENV DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=false\n');
  assert.equal(messages(off, { 'app.csproj': project('') }).length, 1);
  assert.deepEqual(messages(off, { 'app.csproj': project(invariant('true')) }), []);
});

test('reports a client of SQL Server, also one that another project uses', () => {
  const text = "'Microsoft.Data.SqlClient' refuses to connect without ICU, which this image does not have.";
  assert.deepEqual(messages(built('10.0-alpine'), { 'app.csproj': project('', client) }), [text]);
  const files = {
    'app/app.csproj': project('', '<ProjectReference Include="..\\data\\data.csproj" />'),
    'data/data.csproj': project('', client),
  };
  const below = built('10.0-noble-chiseled').replace('RUN dotnet publish', 'RUN dotnet publish app/app.csproj');
  assert.deepEqual(messages(below, files), [text]);
  assert.deepEqual(messages(built('10.0-noble-chiseled-extra'), { 'app.csproj': project('', client) }), []);
  assert.deepEqual(messages(built('10.0'), { 'app.csproj': project('', client) }), []);
  const older = client.replace('Microsoft.Data', 'System.Data');
  assert.deepEqual(messages(built('10.0-alpine'), { 'app.csproj': project('', older) }), []);
});

test('fix: ICU together with the variable', () => {
  const lines = 'RUN apk add --no-cache icu-libs icu-data-full\nENV DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=false\n';
  checkFix(rule, built('10.0-alpine'), built('10.0-alpine', lines), { files: { 'app.csproj': project('', client) } });
});
