import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseDockerfile } from '../../server/src/syntax/parse.js';
import { outline } from '../support/outline.js';

/** Reads `text` behind a FROM, so that only the outline of the instructions in question has to be written down. */
function checkStage(text: string, ...expected: string[]): void {
  assert.equal(outline(parseDockerfile(`FROM a\n${text}`)), ['FROM [a]', ...expected].join('\n'));
}

function checkFile(text: string, ...expected: string[]): void {
  assert.equal(outline(parseDockerfile(text)), expected.join('\n'));
}

test('FROM: image, platform and stage name, in either case', () => {
  checkFile('FROM alpine', 'FROM [alpine]');
  checkFile('from alpine:3 as Build', 'FROM [alpine:3] AS [Build]');
  checkFile(
    'FROM --platform=$BUILDPLATFORM a/b@sha256:0 AS x',
    'FROM --platform=[$BUILDPLATFORM] [a/b@sha256:0] AS [x]',
  );
  checkFile('FROM "a"', 'FROM [a]');
  checkFile('FROM a --platform=b', 'FROM [a]');
  checkFile('\tFROM  a\n  FROM b', 'FROM [a]', 'FROM [b]');
});

test('ARG before the first FROM is global, anything else there a problem', () => {
  checkFile('ARG A=1 B\nFROM a\nARG C', 'ARG A=[1] B', 'FROM [a]', 'ARG C');
  checkFile('RUN x\nFROM a', 'FROM [a]', '! RUN stands before the first FROM. (RUN)');
});

test('ARG, ENV and LABEL: several assignments, quotes, escapes, the old form', () => {
  checkStage('ARG A="b c" D=\'e f\' G', 'ARG A=[b c] D=[e f] G');
  checkStage('ENV A=b C="d e" F=g\\ h I=', 'ENV A=[b] C=[d e] F=[g h] I=[]');
  checkStage('ENV A  b "c"  d', 'ENV A=[b c  d]');
  checkStage('ENV A', 'ENV A');
  checkStage('ENV A="x\\"y" B=\'x\\y\' C="x\\y"', 'ENV A=[x"y] B=[x\\y] C=[x\\y]');
  checkStage('ENV PATH=/x:$PATH P=${A:-b}', 'ENV PATH=[/x:$PATH] P=[${A:-b}]');
  checkStage("ENV A=\\$HOME B='$HOME' C=$HOME", 'ENV A=[\\$HOME] B=[\\$HOME] C=[$HOME]');
  checkStage('LABEL "a.b"="c d" e=f', 'LABEL a.b=[c d] e=[f]');
  checkStage('ENV A="b c', 'ENV A=[b c]');
});

test('COPY and ADD: flags, several sources, JSON form', () => {
  checkStage('COPY a b /c/', 'COPY [a] [b] -> [/c/]');
  checkStage('COPY --from=x --chown=1:2 --link a /b', 'COPY --from=[x] --chown=[1:2] --link [a] -> [/b]');
  checkStage('ADD --checksum=sha256:0 ["a b", "/c"]', 'ADD --checksum=[sha256:0] [a b] -> [/c]');
  checkStage('COPY a--b --c d', 'COPY [a--b] [--c] -> [d]');
  checkStage('COPY --exclude="a b" -- --c /d', 'COPY --exclude=[a b] [--c] -> [/d]');
  checkStage('COPY [a /b', 'COPY [[a] -> [/b]');
  checkStage('COPY', 'COPY -> nothing');
  checkStage('COPY --from=', 'COPY --from=[] -> nothing');
  checkStage('COPY a', 'COPY [a] -> nothing');
});

test('exec form and shell form', () => {
  checkStage('CMD ["a", "b c", "\\"d\\n"]', 'CMD exec [a] [b c] ["d\n]');
  checkStage('CMD [ ]', 'CMD exec');
  checkStage('CMD a  "b"', 'CMD shell [a  "b"]');
  checkStage("ENTRYPOINT ['a']", "ENTRYPOINT shell [['a']]");
  checkStage('CMD ["a",]', 'CMD shell [["a",]]');
  checkStage('CMD ["a"] b', 'CMD shell [["a"] b]');
  checkStage('RUN [ -f x ]', 'RUN shell [[ -f x ]]');
  checkStage('RUN ["a", 1]', 'RUN shell [["a", 1]]', '! A JSON array here may hold strings only. (["a", 1])');
  checkStage('SHELL ["/bin/bash", "-c"]', 'SHELL exec [/bin/bash] [-c]');
  checkStage('RUN', 'RUN nothing');
  checkStage('CMD ["\\u0041\\\\"]', 'CMD exec [A\\]');
  checkStage('CMD ["a", \\\n# c\n  "b"]', 'CMD exec [a] [b]');
});

test('RUN: flags end at the first word that is none', () => {
  checkStage(
    'RUN --mount=type=cache,target=/x --network=none a --b',
    'RUN --mount=[type=cache,target=/x] --network=[none] shell [a --b]',
  );
  checkStage('RUN --mount=type=bind,source="a b" c', 'RUN --mount=[type=bind,source=a b] shell [c]');
  checkStage('RUN \\\n --mount=a \\\n b', 'RUN --mount=[a] shell [b]');
});

test('HEALTHCHECK', () => {
  checkStage('HEALTHCHECK NONE', 'HEALTHCHECK NONE');
  checkStage('HEALTHCHECK --interval=5s --retries=3 CMD a b', 'HEALTHCHECK --interval=[5s] --retries=[3] shell [a b]');
  checkStage('HEALTHCHECK cmd ["a"]', 'HEALTHCHECK exec [a]');
  checkStage('HEALTHCHECK', 'HEALTHCHECK nothing');
  checkStage('HEALTHCHECK curl x', 'HEALTHCHECK nothing', "! HEALTHCHECK takes CMD or NONE, not 'curl'. (curl)");
  checkStage('HEALTHCHECK CMD', 'HEALTHCHECK nothing');
  checkStage('HEALTHCHECK --interval=5s', 'HEALTHCHECK --interval=[5s] nothing');
});

test('one word that reaches to the end of the line: USER, WORKDIR, STOPSIGNAL', () => {
  checkStage('USER 1000:1000', 'USER [1000:1000]');
  checkStage('WORKDIR "/a b"/c', 'WORKDIR [/a b/c]');
  checkStage('WORKDIR /a b ', 'WORKDIR [/a b]');
  checkStage('STOPSIGNAL SIGTERM', 'STOPSIGNAL [SIGTERM]');
  checkStage('USER', 'USER nothing');
  checkStage('MAINTAINER A B <c@d>', 'MAINTAINER [A B <c@d>]');
});

test('words: EXPOSE, VOLUME', () => {
  checkStage('EXPOSE 80 443/tcp', 'EXPOSE [80] [443/tcp]');
  checkStage('VOLUME ["/a", "/b"]', 'VOLUME [/a] [/b]');
  checkStage('VOLUME /a /b', 'VOLUME [/a] [/b]');
});

test('ONBUILD holds an instruction that does nothing in this build', () => {
  checkStage('ONBUILD COPY --from=b a /c', 'ONBUILD COPY --from=[b] [a] -> [/c]');
  checkStage('onbuild run <<E\nx\nE\nUSER a', 'ONBUILD RUN shell [<<E] <<E "x\\n"', 'USER [a]');
  checkStage('ONBUILD', 'ONBUILD nothing');
  checkStage('ONBUILD ONBUILD RUN a', 'ONBUILD nothing', '! ONBUILD cannot hold ONBUILD. (ONBUILD)');
  checkStage('ONBUILD FROM a', 'ONBUILD nothing', '! ONBUILD cannot hold FROM. (FROM)');
  const [onbuild] = parseDockerfile('FROM a\nONBUILD RUN b').stages[0]?.instructions ?? [];
  assert.equal(onbuild?.kind === 'onbuild' && onbuild.instruction?.isOnbuild, true);
  assert.equal(onbuild?.isOnbuild, false);
});

test('continuations: comments and blank lines between them fall away, leading white space stays', () => {
  checkStage('RUN a \\\n  b', 'RUN shell [a   b]');
  checkStage('RUN a \\  \t\n b', 'RUN shell [a  b]');
  checkStage('RUN a \\\n  # c \\\n\n\t\n b \\\n#d\nUSER x', 'RUN shell [a  b USER x]');
  checkStage('RUN a#b \\\n c # d', 'RUN shell [a#b  c # d]');
  checkStage('EN\\\nV A=\\\nb', 'ENV A=[b]');
  checkStage('RUN a \\\\\nUSER b', 'RUN shell [a \\\\]', 'USER [b]');
  checkStage('RUN a \\', 'RUN shell [a]');
  checkStage('\\\nRUN a', 'RUN shell [a]');
  checkStage('RUN a \\\r\n  b\r\nUSER c\r\n', 'RUN shell [a   b]', 'USER [c]');
});

test('directives: only at the top, in any case, the first of a kind counts', () => {
  checkFile(
    '# syntax=docker/dockerfile:1\n#escape=`\n# check = skip=all\nFROM a `\n AS b\nRUN c \\\nUSER d',
    ...[
      '# syntax=docker/dockerfile:1',
      '# escape=`',
      '# check=skip=all',
      'FROM [a] AS [b]',
      'RUN shell [c \\]',
      'USER [d]',
    ],
  );
  checkFile('# a comment\n# escape=`\nFROM a `', 'FROM [a]');
  checkFile('\n# escape=`\nRUN', '! RUN stands before the first FROM. (RUN)');
  checkFile('#ESCAPE = ` \nFROM a', '# escape=`', 'FROM [a]');
  checkFile('# foo=bar\n# escape=`', '');
  checkFile('# escape=\n# escape=`', '');
  checkFile(
    '# escape=x\n',
    '# escape=x',
    "! 'x' cannot be the escape character; Docker takes a backslash or a backtick. (# escape=x)",
  );
  checkFile(
    '# syntax=a\n# syntax=b',
    '# syntax=a',
    '# syntax=b',
    "! The directive 'syntax' may stand here only once. (# syntax=b)",
  );
  assert.equal(parseDockerfile('# escape=`\n').escape, '`');
  assert.equal(parseDockerfile('# escape=\\\n').escape, '\\');
});

test('Windows images: a backslash is a character where the backtick escapes', () => {
  checkFile(
    '# escape=`\nFROM mcr.microsoft.com/windows/nanoserver:ltsc2022\nCOPY a\\b C:\\c\\\nWORKDIR C:\\d`\n\\e\nRUN dir `\n  C:\\',
    '# escape=`',
    'FROM [mcr.microsoft.com/windows/nanoserver:ltsc2022]',
    'COPY [a\\b] -> [C:\\c\\]',
    'WORKDIR [C:\\d\\e]',
    'RUN shell [dir   C:\\]',
  );
  checkStage('ENV A=C:\\\\x', 'ENV A=[C:\\x]');
});

test('half-typed and unknown instructions', () => {
  checkFile('FRO', "! 'FRO' is not a Dockerfile instruction. (FRO)");
  checkFile('FROM', 'FROM nothing');
  checkFile('FROM a AS', 'FROM [a]');
  checkFile('FROM --platform', 'FROM --platform nothing');
  checkStage('FOO a b', 'OTHER [a] [b]', "! 'FOO' is not a Dockerfile instruction. (FOO)");
  checkStage('constructor a', 'OTHER [a]', "! 'constructor' is not a Dockerfile instruction. (constructor)");
  checkStage('RUN echo "a', 'RUN shell [echo "a]');
});

test('empty files, byte order mark, lone CR, binary', () => {
  for (const text of ['', '\ufeff', '\n\n', ' \t\r\n', '#', '# only a comment']) checkFile(text, '');
  checkFile('\ufeffFROM a', 'FROM [a]');
  checkFile('\ufeff# escape=`\nFROM a', '# escape=`', 'FROM [a]');
  checkFile('FROM a\rAS b\rUSER', 'FROM [a] AS [b]');
  checkFile('FROM \ud800', 'FROM [\ud800]');
  checkFile('\u0000\u0001\ufffd', "! '\u0000\u0001\ufffd' is not a Dockerfile instruction. (\u0000\u0001\ufffd)");
});

test('comments: position and text, those between continuations too, none inside heredocs', () => {
  const { comments } = parseDockerfile(
    '# syntax=x\n# one \nFROM a\r\n  #two\r\nRUN b \\\n # three\n c <<E\n# no\nE\n#',
  );
  assert.deepEqual(
    comments.map((comment) => comment.text),
    ['one', 'two', 'three', ''],
  );
  assert.deepEqual(comments[1]?.span, { start: 28, end: 32 });
});

test('templates are told from Docker commands that use the same marks', () => {
  const templates = [
    'FROM {{ .Base }}',
    'FROM a\n{{ if x }}\nRUN a\n{{ end }}',
    'FROM <%= x %>',
    'FROM @BASE@',
    '{% set a %}\nFROM a',
  ];
  templates.push(
    'FROM %%BASE%%',
    'FROM a\nCOPY {{ f }} /x',
    'FROM a\nRUN a; \\\n{{ if b -}}\n c',
    'FROM a\n@INCLUDE@',
    '{{\n  x\n}}FROM a',
    'ARG A=b:%%C%%\nFROM $A',
    '{# x #}\nFROM a',
  );
  for (const text of templates) assert.equal(parseDockerfile(text).isTemplate, true, text);
  const plain = [
    "FROM a\nRUN docker inspect -f '{{.Id}}' x",
    'FROM a\nLABEL x="{{ y }}"',
    'FROM a@sha256:0',
    'FROM a\nCMD ["{{.Id}}"]',
  ];
  plain.push(
    'FROM a\nRUN <<E\n{{ x }}\nE',
    '# {{ x }}\nFROM a',
    'FROM a\nENV A=%PATH% B={{.C}}',
    'FROM a\nCOPY @s@1/x@2 /y',
    'FROM a\nRUN x \\\n && y -f {{.Id}}',
  );
  for (const text of plain) assert.equal(parseDockerfile(text).isTemplate, false, text);
});
