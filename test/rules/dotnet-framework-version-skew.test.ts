import assert from 'node:assert/strict';
import { test } from 'node:test';
import rule from '../../server/src/rules/dotnet-framework-version-skew.js';
import { checkFix, checkRule, checkSilent, findingsOf } from '../support/checks.js';

const project = (target: string, inside = '', sdk = 'Microsoft.NET.Sdk') =>
  `<Project Sdk="${sdk}"><PropertyGroup><TargetFramework>${target}</TargetFramework>${inside}</PropertyGroup></Project>`;
const app = (final: string, options = '', sdk = '10.0') => `
FROM mcr.microsoft.com/dotnet/sdk:${sdk} AS build
WORKDIR /src
COPY . .
RUN dotnet publish -c Release ${options} -o /out
FROM ${final}
WORKDIR /app
COPY --from=build /out .
ENTRYPOINT ["dotnet", "app.dll"]
`;
const runtime = (version: string) => `mcr.microsoft.com/dotnet/runtime:${version}`;
const levels = (source: string, files: Record<string, string>) =>
  findingsOf(rule, source, { files }).map(({ severity }) => severity);

test('reports a program for another .NET, and points at the project', () => {
  const files = { 'app.csproj': project('net9.0') };
  checkRule(
    rule,
    `
FROM mcr.microsoft.com/dotnet/sdk:9.0 AS build
WORKDIR /src
COPY . .
RUN dotnet publish -o /out
FROM mcr.microsoft.com/dotnet/runtime:8.0
WORKDIR /app
COPY --from=build /out .
#^^^^^^^^^^^^^^^^^^^^^^^ fixable: '/app/app.dll' is for .NET 9.0, and this image has .NET 8.0.
ENTRYPOINT ["dotnet", "app.dll"]
`,
    { files },
  );
  const [finding] = findingsOf(rule, app(runtime('8.0')), { files });
  const place = finding?.because.find(({ kind }) => kind === 'file');
  assert.ok(place?.kind === 'file');
  assert.equal(place.file.text.slice(place.span.start, place.span.end), 'net9.0');
});

test('an older program needs its own major version too', () => {
  assert.deepEqual(levels(app(runtime('10.0')), { 'app.csproj': project('net8.0') }), ['error']);
  assert.deepEqual(levels(app(runtime('8.0')), { 'app.csproj': project('net8.0') }), []);
});

test('follows properties that the environment of the build gives', () => {
  const text = (setup: string) => app(runtime('8.0')).replace('RUN ', setup);
  const files = {
    'app.csproj': project('net9.0').replace(
      '<TargetFramework>',
      "<TargetFramework Condition=\"'$(TargetFramework)' == ''\">",
    ),
  };
  assert.deepEqual(levels(text('RUN '), files), ['error']);
  assert.deepEqual(levels(text('ENV TargetFramework=net8.0\nRUN '), files), []);
  assert.deepEqual(levels(text('ENV TARGETFRAMEWORK=net8.0\nRUN '), files), []);
  assert.deepEqual(levels(text('RUN TargetFramework=net8.0 '), files), []);
  assert.deepEqual(levels(text('ARG TargetFramework\nRUN '), files), []);
  assert.deepEqual(levels(text('RUN export TargetFramework=net8.0 && '), files), []);
  assert.deepEqual(levels(text('ARG DirectoryBuildPropsPath\nRUN '), files), ['warning']);
  assert.deepEqual(levels(text('COPY ci.env .\nRUN . ./ci.env && '), files), ['warning']);
  // What the project sets in any case goes before the environment.
  assert.deepEqual(levels(text('ENV TargetFramework=net8.0\nRUN '), { 'app.csproj': project('net9.0') }), ['error']);
  const older = app(runtime('10.0')).replace('RUN ', 'ENV RollForward=Major\nRUN ');
  assert.deepEqual(levels(older, { 'app.csproj': project('net8.0') }), []);
});

test('is silent where the program may roll forward', () => {
  const old = { 'app.csproj': project('net8.0') };
  assert.deepEqual(
    levels(app(runtime('10.0')), { 'app.csproj': project('net8.0', '<RollForward>Major</RollForward>') }),
    [],
  );
  assert.deepEqual(levels(app(`${runtime('10.0')}\nENV DOTNET_ROLL_FORWARD=LatestMajor`), old), []);
  assert.deepEqual(levels(app(`${runtime('10.0')}\nARG X\nENV DOTNET_ROLL_FORWARD=$X`), old), []);
  const option = app(runtime('10.0')).replace('"dotnet", ', '"dotnet", "--roll-forward", "Major", ');
  assert.deepEqual(levels(option, old), []);
  const template = { ...old, 'runtimeconfig.template.json': '{"rollForward": "Major"}' };
  assert.deepEqual(levels(app(runtime('10.0')), template), []);
  // Nothing rolls back.
  const newer = { 'app.csproj': project('net9.0', '<RollForward>Major</RollForward>') };
  assert.deepEqual(levels(app(runtime('8.0')), newer), ['error']);
});

test('is silent where the runtime is part of the program, or may be', () => {
  const old = { 'app.csproj': project('net8.0') };
  assert.deepEqual(levels(app(runtime('10.0'), '--self-contained'), old), []);
  assert.deepEqual(
    levels(app(runtime('10.0')), { 'app.csproj': project('net8.0', '<SelfContained>true</SelfContained>') }),
    [],
  );
  assert.deepEqual(
    levels(app(runtime('10.0')), { 'app.csproj': project('net8.0', '<PublishAot>true</PublishAot>') }),
    [],
  );
  // Before .NET 8 a platform made it so.
  assert.deepEqual(levels(app(runtime('10.0'), '-r linux-x64'), { 'app.csproj': project('net7.0') }), []);
  assert.deepEqual(
    levels(app(runtime('10.0'), '-r linux-x64 --self-contained false'), { 'app.csproj': project('net7.0') }),
    ['error'],
  );
  assert.deepEqual(levels(app(runtime('10.0'), '-r linux-x64'), old), ['error']);
});

test('knows what the runtime image has not', () => {
  const web = { 'app.csproj': project('net10.0', '', 'Microsoft.NET.Sdk.Web') };
  const [finding, ...more] = findingsOf(rule, app(runtime('10.0')), { files: web });
  assert.equal(finding?.message, "'/app/app.dll' needs ASP.NET Core, which this image does not have.");
  assert.deepEqual(more, []);
  assert.deepEqual(levels(app('mcr.microsoft.com/dotnet/aspnet:10.0'), web), []);
  const source = app(runtime('10.0'));
  checkFix(rule, source, source.replace('/dotnet/runtime:', '/dotnet/aspnet:'), { files: web });
});

test('reports an SDK that does not know the target', () => {
  checkRule(
    rule,
    `
FROM mcr.microsoft.com/dotnet/sdk:8.0 AS build
WORKDIR /src
COPY app.csproj .
RUN dotnet restore
#   ^^^^^^^^^^^^^^ fixable: The project targets 'net9.0', and the SDK of this stage is that of .NET 8.0.
COPY . .
RUN dotnet publish -o /out
FROM mcr.microsoft.com/dotnet/runtime:9.0
COPY --from=build /out /app
ENTRYPOINT ["dotnet", "/app/app.dll"]
`,
    { files: { 'app.csproj': project('net9.0') } },
  );
});

test('reports a global.json that the SDK does not satisfy', () => {
  const files = (request: string) => ({ 'app.csproj': project('net8.0'), 'global.json': `{"sdk": {${request}}}` });
  const on = (sdk: string, request: string) => levels(app(runtime('8.0'), '', sdk), files(request));
  assert.deepEqual(on('8.0', '"version": "9.0.100"'), ['error']);
  assert.deepEqual(on('10.0', '"version": "8.0.100"'), ['error']);
  assert.deepEqual(on('10.0', '"version": "8.0.100", "rollForward": "latestMajor"'), []);
  assert.deepEqual(on('10.0', '"version": "8.0.100", "rollForward": "latestMinor"'), ['error']);
  assert.deepEqual(on('8.0', '"version": "8.0.100"'), []);
  assert.deepEqual(on('8.0', '"rollForward": "major"'), []);
  assert.deepEqual(on('8.0', '"version": "broken'), []);
});

test('follows Directory.Build.props, and says less where another file may decide', () => {
  const bare = '<Project Sdk="Microsoft.NET.Sdk"><PropertyGroup></PropertyGroup></Project>';
  const props = '<Project><PropertyGroup><TargetFramework>net9.0</TargetFramework></PropertyGroup></Project>';
  assert.deepEqual(levels(app(runtime('8.0')), { 'app.csproj': bare, 'Directory.Build.props': props }), ['error']);
  const named = project('$(Target)');
  const target = props.replaceAll('TargetFramework', 'Target');
  assert.deepEqual(levels(app(runtime('8.0')), { 'app.csproj': named, 'Directory.Build.props': target }), ['error']);
  const imported = { 'app.csproj': project('net9.0').replace('</Project>', '<Import Project="x.props" /></Project>') };
  assert.deepEqual(levels(app(runtime('8.0')), imported), []);
  const known = { 'app.csproj': imported['app.csproj'] };
  assert.deepEqual(levels(app(runtime('8.0'), '--self-contained false'), known), ['warning']);
});

test('is silent where it is not clear what is built or what runs it', () => {
  const one = { 'app.csproj': project('net9.0') };
  assert.deepEqual(levels(app(runtime('8.0')), { ...one, 'other.csproj': project('net9.0') }), []);
  assert.deepEqual(levels(app(runtime('8.0')), { ...one, 'app.sln': '' }), []);
  assert.deepEqual(levels(app(runtime('8.0')), { 'app.csproj': project('$(Other)') }), []);
  assert.deepEqual(
    levels(app(runtime('8.0')), {
      'app.csproj': project("net9.0</TargetFramework><TargetFramework Condition=\"'$(X)' == 'y'\">net8.0"),
    }),
    [],
  );
  assert.deepEqual(levels(app(runtime('8.0')), { 'app.csproj': '<Project' }), []);
  assert.deepEqual(levels(app('registry.example.com/runtime:8.0'), one), []);
  assert.deepEqual(levels(app(runtime('8.0')).replace('"dotnet", "app.dll"', '"/start.sh"'), one), []);
  const beside = `${runtime('8.0')}\nCOPY --from=mcr.microsoft.com/dotnet/runtime:9.0 /usr/share/dotnet /usr/share/dotnet`;
  assert.deepEqual(levels(app(beside), one), []);
  checkSilent(rule, app(runtime('8.0')));
});

test('fix: the image of that version', () => {
  const files = { 'app.csproj': project('net9.0') };
  checkFix(rule, app(runtime('8.0')), app(runtime('9.0')), { files });
  checkFix(rule, app(runtime('9.0'), '', '8.0'), app(runtime('9.0'), '', '9.0'), { files });
});
