import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import fc from 'fast-check';
import { baseGrammar, checkTable, coloursIn, grammar, ownScope, scopesPerCharacter } from './grammar-checks.js';

const keyword = 'keyword.other.special-method';
const registry = 'entity.name.namespace.registry';
const repository = 'entity.name.function.repository';
const tag = 'support.constant.property-value.tag';
const digest = 'constant.numeric.hex.digest';
const stage = 'variable.other.constant.stage';
const variable = 'variable.other.readwrite.build-argument';
const comment = 'comment.line.number-sign';

test('FROM: colours the parts of the image reference and the stage name', async () => {
  await checkTable([
    ['FROM debian', `FROM ${keyword} | debian ${repository}`],
    ['from node:22 as build', `from ${keyword} | node ${repository} | 22 ${tag} | as ${keyword} | build ${stage}`],
    ['  FROM node:22.1-slim', `FROM ${keyword} | node ${repository} | 22.1-slim ${tag}`],
    [
      'FROM gcr.io/distroless/static-debian13:nonroot',
      `FROM ${keyword} | gcr.io ${registry} | distroless/static-debian13 ${repository} | nonroot ${tag}`,
    ],
    ['FROM localhost:5000/team/app', `FROM ${keyword} | localhost:5000 ${registry} | team/app ${repository}`],
    ['FROM localhost/app', `FROM ${keyword} | localhost ${registry} | app ${repository}`],
    ['FROM registry:5000/app:1', `FROM ${keyword} | registry:5000 ${registry} | app ${repository} | 1 ${tag}`],
    ['FROM [::1]:5000/app', `FROM ${keyword} | [::1]:5000 ${registry} | app ${repository}`],
    ['FROM library/node', `FROM ${keyword} | library/node ${repository}`],
    [
      'FROM alpine:3.22@sha256:0a1b AS base',
      `FROM ${keyword} | alpine ${repository} | 3.22 ${tag} | sha256 storage.type.digest | 0a1b ${digest} | ` +
        `AS ${keyword} | base ${stage}`,
    ],
    ['FROM a/b@sha512:ff', `FROM ${keyword} | a/b ${repository} | sha512 storage.type.digest | ff ${digest}`],
    ['FROM scratch', `FROM ${keyword} | scratch constant.language.scratch`],
    ['FROM scratch:1', `FROM ${keyword} | scratch ${repository} | 1 ${tag}`],
    ['FROM team/my-as:1 AS x', `FROM ${keyword} | team/my-as ${repository} | 1 ${tag} | AS ${keyword} | x ${stage}`],
  ]);
});

test('FROM: colours build arguments wherever they stand', async () => {
  const open = 'punctuation.definition.template-expression.begin';
  const close = 'punctuation.definition.template-expression.end';
  await checkTable([
    ['FROM $BASE', `FROM ${keyword} | $ ${open} | BASE ${variable}`],
    [
      'FROM node:${TAG}-slim',
      `FROM ${keyword} | node ${repository} | \${ ${open} | TAG ${variable} | } ${close} | -slim ${tag}`,
    ],
    [
      'FROM ${HOST}.example.com/app',
      `FROM ${keyword} | \${ ${open} | HOST ${variable} | } ${close} | .example.com ${registry} | app ${repository}`,
    ],
    [
      'FROM ${REGISTRY:-docker.io}/app:1',
      `FROM ${keyword} | \${ ${open} | REGISTRY ${variable} | :- keyword.operator.expansion | ` +
        `docker.io ${repository} | } ${close} | /app ${repository} | 1 ${tag}`,
    ],
    [
      'FROM --platform=$BUILDPLATFORM golang:1.25 AS build',
      `FROM ${keyword} | $ ${open} | BUILDPLATFORM ${variable} | golang ${repository} | 1.25 ${tag} | ` +
        `AS ${keyword} | build ${stage}`,
    ],
    ['FROM --platform=linux/arm64 node', `FROM ${keyword} | node ${repository}`],
  ]);
});

test('FROM: follows line continuations', async () => {
  await checkTable([
    [
      'FROM --platform=linux/amd64 \\\n  # why\n  gcr.io/app:1 \\\n  AS \\\n  build\nUSER app',
      `FROM ${keyword} | # punctuation.definition.comment | why ${comment} | gcr.io ${registry} | app ${repository} | ` +
        `1 ${tag} | AS ${keyword} | build ${stage} | USER ${keyword}`,
    ],
    ['FROM node `\n  AS build', `FROM ${keyword} | node ${repository} | AS ${keyword} | build ${stage}`],
  ]);
});

test('FROM: stays sound while it is being written', async () => {
  await checkTable([
    ['FROM', `FROM ${keyword}`],
    ['FROM ', `FROM ${keyword}`],
    ['FROM AS build', `FROM ${keyword} | AS ${keyword} | build ${stage}`],
    ['FROM node:', `FROM ${keyword} | node ${repository}`],
    ['FROM node:1@', `FROM ${keyword} | node ${repository} | 1 ${tag}`],
    ['FROM gcr.io/\nUSER app', `FROM ${keyword} | gcr.io ${registry} | USER ${keyword}`],
    ['FROM ${BASE\nUSER app', `FROM ${keyword} | $ ${repository} | BASE ${repository} | USER ${keyword}`],
    ['FROM node AS\nUSER app', `FROM ${keyword} | node ${repository} | AS ${keyword} | USER ${keyword}`],
    ['FROM {{ base }} AS x\nUSER app', `FROM ${keyword} | AS ${keyword} | x ${stage} | USER ${keyword}`],
    ['FROM "node" AS x', `FROM ${keyword} | "node" string.quoted.double | AS ${keyword} | x ${stage}`],
  ]);
});

test('COPY: colours the stage or the image of --from', async () => {
  await checkTable([
    ['COPY --from=build /app /app', `COPY ${keyword} | build ${stage}`],
    ['copy --from=0 /app /app', `copy ${keyword} | 0 constant.numeric.stage`],
    [
      'COPY --chown=65532:65532 --from=ghcr.io/team/tool:1.2 --chmod=755 /a "/b c"',
      `COPY ${keyword} | ghcr.io ${registry} | team/tool ${repository} | 1.2 ${tag} | "/b c" string.quoted.double`,
    ],
    ['COPY --link \\\n  --from=nginx:1 /a /b', `COPY ${keyword} | nginx ${repository} | 1 ${tag}`],
    ['COPY /a --from=build /b', `COPY ${keyword}`],
    ['ONBUILD COPY --from=build /a /b', `ONBUILD keyword.control | COPY ${keyword} | build ${stage}`],
    ['ADD --from=build /a /b', `ADD ${keyword}`],
  ]);
});

test('RUN: colours the stage or the image of a mount', async () => {
  await checkTable([
    ['RUN --mount=type=bind,from=build,target=/x make', `RUN ${keyword} | build ${stage}`],
    ['RUN --mount=from=alpine:3,target=/x ls', `RUN ${keyword} | alpine ${repository} | 3 ${tag}`],
    [
      'RUN --mount=type=cache,target=/c \\\n    --mount=type=bind,from=gcr.io/t \\\n    tool --mount=from=x --from=y',
      `RUN ${keyword} | gcr.io ${registry} | t ${repository}`,
    ],
    ['RUN --mount=type=bind,target=/from=x,src=from=y tool', `RUN ${keyword}`],
    ['RUN tool --from=build "$A"', `RUN ${keyword} | "$A" string.quoted.double`],
  ]);
});

test('colours nothing in a heredoc, nor on a continued line, and finds its way back', async () => {
  const after = `FROM ${keyword} | node ${repository}`;
  await checkTable([
    ['RUN <<EOF\nfrom os import path\nEOF\nFROM node', `RUN ${keyword} | from ${keyword} | ${after}`],
    [
      "RUN python3 <<-'END' > /x\nfrom a import b\n\tEND\nFROM node",
      `RUN ${keyword} | 'END' string.quoted.single | from ${keyword} | ${after}`,
    ],
    [
      'COPY <<A <<B /dir/\nfrom x\nA\nfrom y\nB\nFROM node',
      `COPY ${keyword} | from ${keyword} | from ${keyword} | ${after}`,
    ],
    ['RUN cat << EOF\nEOF x\nCOPY --from=x /a /b\nEOF\nFROM node', `RUN ${keyword} | COPY ${keyword} | ${after}`],
    ['ADD <<EOF /x\nFROM x\nEOF\nFROM node', `ADD ${keyword} | FROM ${keyword} | ${after}`],
    ['RUN a <<< b; echo $((1<<2))\nFROM node', `RUN ${keyword} | ${after}`],
    [
      'RUN a && \\\n  # b\n\n  from b\nFROM node',
      `RUN ${keyword} | # punctuation.definition.comment | b ${comment} | from ${keyword} | ${after}`,
    ],
    ['LABEL a=b \\\n copy --from=x\nFROM node', `LABEL ${keyword} | copy ${keyword} | ${after}`],
    ['RUN echo `date`\nFROM node', `RUN ${keyword} | ${after}`],
    ['COPY a C:\\app\\\nFROM node', `COPY ${keyword} | ${after}`],
    ['# FROM debian:12', `# punctuation.definition.comment | FROM debian:12 ${comment}`],
  ]);
});

test('colours the ignore comment: words, rule ids, date', async () => {
  const head = `# punctuation.definition.comment | distroless keyword.other.tool`;
  const rule = 'entity.name.function.rule';
  await checkTable([
    [
      '# distroless ignore=rule-a,rule-b until=2027-01-01 -- until=then, rule-c',
      `${head} | ignore keyword.other.ignore | = keyword.operator.assignment | rule-a ${rule} | ` +
        `, punctuation.separator.rule | rule-b ${rule} | until keyword.other.until | = keyword.operator.assignment | ` +
        `2027-01-01 constant.numeric.date | -- punctuation.separator.reason | until=then, rule-c meta.reason`,
    ],
    [
      '  #Distroless Ignore-File = rule-a',
      `# punctuation.definition.comment | Distroless keyword.other.tool | Ignore-File keyword.other.ignore | ` +
        `= keyword.operator.assignment | rule-a ${rule}`,
    ],
    [
      '# distroless ignore=a until=soon',
      `${head} | ignore keyword.other.ignore | = keyword.operator.assignment | a ${rule} | until keyword.other.until | ` +
        `= keyword.operator.assignment | soon ${comment}`,
    ],
    ['# distroless ignore', `${head} | ignore keyword.other.ignore`],
    ['# distroless ignores nothing', `# punctuation.definition.comment | distroless ignores nothing ${comment}`],
    [
      'RUN a \\\n  # distroless ignore=b\n  b',
      `RUN ${keyword} | ${head} | ignore keyword.other.ignore | = keyword.operator.assignment | b ${rule}`,
    ],
  ]);
});

test('a file without image references looks the same with and without the injection', async () => {
  const source = [
    '# syntax=docker/dockerfile:1',
    '',
    'ARG BASE=debian:12',
    'LABEL a="b\\"c" \\',
    "      d='e'",
    'ENV A=b C="d \\',
    '  e"',
    'ONBUILD RUN make',
    'RUN --network=none --security="x y" apt-get update && \\',
    '    # a comment',
    '    echo "$HOME" \'x\'',
    'RUN <<"EOF" cat > /x',
    '# not a comment, yet one to the built-in grammar',
    'copy these "words"',
    'EOF',
    'COPY --chown=app:app --chmod=755 ["a b", "/c"]',
    'HEALTHCHECK --interval=5s CMD ["/probe"]',
    'CMD ["/app"]',
    "ENTRYPOINT exec it's",
    'USER still inside',
  ].join('\n');
  assert.deepEqual(scopesPerCharacter(await grammar, source), scopesPerCharacter(await baseGrammar, source));
});

const pieces = [
  'FROM debian:12 AS build',
  'from ${A:-b}',
  'FROM "x" AS y',
  'FROM --platform=$P \\',
  '  gcr.io/a@sha256:0 \\',
  'COPY --from=build "a" \\',
  "  'b'",
  'RUN --mount=type=bind,from=x,id="y z" \\',
  '  echo "a',
  "it's",
  'b" c',
  'RUN <<EOF',
  '',
  'EOF',
  'RUN cat <<-"END" <<\'EOF\'',
  '\tEND',
  '  # comment \\',
  '# distroless ignore=a',
  '#',
  'ONBUILD COPY --from=0 a b',
  'LABEL a="b" \\',
  '`',
  'CMD ["a"]',
  'ADD "x y" <<EOF /z',
  '  RUN make',
  'x \\',
];

test('takes away no scope that the built-in grammar gives', async () => {
  const [own, base] = [await grammar, await baseGrammar];
  const lines = fc.constantFrom(...pieces);
  fc.assert(
    fc.property(fc.array(lines, { maxLength: 12 }), (some) => {
      const source = some.join('\n');
      const ours = scopesPerCharacter(own, source);
      for (const [index, scopes] of scopesPerCharacter(base, source).entries()) {
        const kept = ours[index]?.split(' ') ?? [];
        for (const scope of scopes.split(' ')) assert.ok(kept.includes(scope), `${scope} lost at ${index}: ${source}`);
      }
    }),
    { numRuns: 500, seed: 20261121 },
  );
});

for (const theme of ['dark_modern', 'light_modern']) {
  test(`the default theme ${theme} gives neighbouring parts colours of their own`, async () => {
    const colour = await coloursIn(theme, 'FROM gcr.io/app:1@sha256:0a AS build');
    const parts = ['gcr.io', 'app', '1', 'sha256', '0a', 'AS', 'build'].map(colour);
    const plain = colour('/');
    for (const [index, part] of parts.entries()) {
      assert.notEqual(part, plain, `part ${index} has the colour of plain text`);
      assert.notEqual(part, parts[index + 1], `part ${index} has the colour of the next`);
    }
    const ignore = await coloursIn(theme, '# distroless ignore=some-rule until=2027-01-01 -- because');
    const words = ['ignore', 'some-rule', '2027-01-01', 'because'].map(ignore);
    assert.equal(new Set(words).size, words.length);
    assert.equal(ignore('because'), ignore('#'));
  });
}

test('is contributed to the built-in Dockerfile language', () => {
  const { contributes } = JSON.parse(readFileSync('package.json', 'utf8')) as {
    contributes: { grammars?: { scopeName: string; path: string; injectTo: string[] }[] };
  };
  const entry = contributes.grammars?.find((one) => one.scopeName === ownScope);
  assert.deepEqual(entry?.injectTo, ['source.dockerfile']);
  assert.equal((JSON.parse(readFileSync(entry.path, 'utf8')) as { scopeName: string }).scopeName, ownScope);
});
