import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readConfig } from '../../server/src/config/read-config.js';

// Each text has one mistake; its place stands between the marks.
const cases: readonly (readonly [string, string])[] = [
  ['«»', "The file is empty: write '{}'."],
  ['{ "images": «»', 'Write a value here.'],
  ['{ "images": {«»', "Write the closing '}' here."],
  ['{ «images»: {} }', "Write names and texts in double quotes, unlike 'images'."],
  ["{ «'images'»: {} }", "Write names and texts in double quotes, unlike 'images'."],
  ['{ "images" «{»} }', 'Write a colon and a value after the name.'],
  ['{ "prefer": ["dhi" «"chainguard"»] }', 'Write a comma before this.'],
  ['{ "mirrors": «}»', 'Write a value here.'],
  ['{}«}»', "Nothing may follow the last '}'."],
  ['{ "$schema": «"x}»', 'End the text with a double quote.'],
  ['«[]»', "Write an object: '{}'."],
  ['{ «"image"»: {} }', "There is no key 'image' here: write 'images'."],
  ['{ «"rules"»: {} }', "There is no key 'rules' here: the keys are $schema, images, mirrors, prefer."],
  ['{ "prefer": [], «"prefer"»: [] }', "'prefer' is written twice: keep one of them."],
  ['{ "prefer": «"dhi"» }', "'prefer' is a list of families, the most wanted first, not 'dhi'."],
  [
    '{ "prefer": ["dhi", «"alpin"»] }',
    "'prefer' is the id of a family, such as 'google-distroless', 'chainguard', 'dhi', not 'alpin'.",
  ],
  ['{ "images": «[]» }', "'images' is an object of image names and what they hold, not a list."],
  [
    '{ "images": { «"Team/Base"»: {} } }',
    "'Team/Base' is no image name: write registry and repository in lower case, without a tag.",
  ],
  [
    '{ "images": { «"corp/base:1"»: {} } }',
    "'corp/base:1' is no image name: write registry and repository in lower case, without a tag.",
  ],
  [
    '{ "images": { "python": {}, «"docker.io/library/python"»: {} } }',
    "'docker.io/library/python' is written twice: keep one of them.",
  ],
  ['{ "images": { "a/b": «7» } }', "'a/b' is an object that says what the image holds, not 7."],
  ['{ "images": { "a/b": { «"libcc"»: "musl" } } }', "There is no key 'libcc' here: write 'libc'."],
  ['{ "images": { "a/b": { «"zzz"»: "musl" } } }', "There is no key 'zzz' here."],
  [
    '{ "images": { "a/b": { "libc": «"glibc 2.41"» } } }',
    "'libc' is 'glibc:2.41', 'glibc', 'musl' or 'none', not 'glibc 2.41'.",
  ],
  [
    '{ "images": { "a/b": { "packageManager": «"brew"» } } }',
    "'packageManager' is 'apt', 'apk', 'dnf', 'microdnf', 'yum', 'tdnf', 'zypper' or 'pacman', not 'brew'.",
  ],
  [
    '{ "images": { "a/b": { "shells": ["/bin/sh", «"bash"»] } } }',
    "'shells' is a text or a list of paths, such as '/bin/sh', not 'bash'.",
  ],
  [
    '{ "images": { "a/b": { "user": «"10001:10001"» } } }',
    "'user' is a name, a number, or both as 'app:10001', not '10001:10001'.",
  ],
  ['{ "images": { "a/b": { "user": «-1» } } }', "'user' is a name, a number, or both as 'app:10001', not -1."],
  ['{ "images": { "a/b": { "closed": «"yes"» } } }', "'closed' is true or false, not 'yes'."],
  ['{ "images": { "a/b": { "eol": «"2027-02-30"» } } }', "'eol' is a day, such as '2027-04-30', not '2027-02-30'."],
  [
    '{ "images": { "a/b": { "cmd": «"node"» } } }',
    "'cmd' is a list of texts, such as [\"/app/server\"], or null for none, not 'node'.",
  ],
  [
    '{ "images": { "a/b": { "env": { "PORT": «8080» } } } }',
    '\'env\' is an object of names and texts, such as { "LANG": "C.UTF-8" }, not 8080.',
  ],
  ['{ "images": { "a/b": { "env": { «"A B"»: "" } } } }', "'A B' is no name of a variable."],
  [
    '{ "images": { "a/b": { "like": «"Debian"» } } }',
    "'like' is an image reference, such as 'debian:13-slim', not 'Debian'.",
  ],
  ['{ "images": { "a/b": { "images": [«{}»] } } }', "Write the 'tags' of this image."],
  ['{ "images": { "a/b": «{ "tags": "1", "images": [{ "tags": "1" }] }» } }', "The tag '1' is described twice."],
  ['{ "images": { "a/b": { "names": [«"x:1"»] } } }', "'names' is a list of image names without tags, not 'x:1'."],
  [
    '{ "mirrors": { "corp.example/hub/*": «"DHI"» } }',
    "'DHI' is no image name: write registry and repository in lower case, with '*' for the rest of a name.",
  ],
  ['{ "mirrors": { "corp.example/hub/*": «"dhi.io"» } }', "Let both names end in '*', or neither."],
];

for (const [marked, message] of cases.filter(([, expected]) => expected !== '')) {
  test(`says what is wrong in ${marked}`, () => {
    const text = marked.replace(/[«»]/g, '');
    const { addition, problem } = readConfig(text, 'distroless.config.json');
    assert.equal(problem?.message, message);
    const { start, end } = problem.span;
    assert.equal(`${text.slice(0, start)}«${text.slice(start, end)}»${text.slice(end)}`, marked);
    assert.deepEqual([addition, problem.severity], [null, 'error']);
  });
}

test('tells the first of several', () => {
  const text = '{ "prefer": 1, "images": 2, "mirrors": 3 }';
  assert.match(readConfig(text, '').problem?.message ?? '', /^'prefer'/);
});

test('takes comments, commas before a bracket and a byte order mark', () => {
  const text = '\ufeff// ours\n{ "prefer": ["dhi", /* second */ "chainguard",], }\n';
  const { addition, problem } = readConfig(text, '');
  assert.deepEqual([addition?.prefer, problem], [['dhi', 'chainguard'], null]);
});

test('an empty object adds nothing', () => {
  assert.deepEqual(readConfig('{}', ''), { addition: { files: [], mirrors: [], prefer: [] }, problem: null });
});
