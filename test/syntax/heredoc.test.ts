import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseDockerfile } from '../../server/src/syntax/parse.js';
import { outline } from '../support/outline.js';

/** The instructions of a file that begins with FROM, one line each, without that FROM. */
function check(text: string, ...expected: string[]): void {
  assert.equal(outline(parseDockerfile(`FROM a\n${text}`)), ['FROM [a]', ...expected].join('\n'));
}

test('the lines up to the delimiter are the content, whatever they look like', () => {
  check('RUN <<EOF\nFROM b\n# c\nd \\\nEOF\nUSER e', 'RUN shell [<<EOF] <<EOF "FROM b\\n# c\\nd \\\\\\n"', 'USER [e]');
  check('RUN <<EOF\nEOF', 'RUN shell [<<EOF] <<EOF ""');
  check('RUN <<EOF\r\na\r\nEOF\r\nUSER b', 'RUN shell [<<EOF] <<EOF "a\\r\\n"', 'USER [b]');
  check('RUN <<EOF\n EOF\nEOF \nEOFX\nEOF', 'RUN shell [<<EOF] <<EOF " EOF\\nEOF \\nEOFX\\n"');
});

test('white space before the delimiter', () => {
  check("RUN cat << 'EOF' > f\na\nEOF\nUSER b", "RUN shell [cat << 'EOF' > f] <<'EOF' \"a\\n\"", 'USER [b]');
  check('RUN << \t E\na\nE', 'RUN shell [<< \t E] <<E "a\\n"');
});

test('quotes, tabs, descriptors', () => {
  check('RUN <<"E F"\na\nE F', 'RUN shell [<<"E F"] <<\'E F\' "a\\n"');
  check('RUN <<-E\n\ta\n\t\tE\nUSER b', 'RUN shell [<<-E] <<-E "\\ta\\n"', 'USER [b]');
  check('RUN <<E\n\tE\nE', 'RUN shell [<<E] <<E "\\tE\\n"');
  check("RUN a 3<<-'E'\nE", "RUN shell [a 3<<-'E'] <<-'E' \"\"");
});

test('a delimiter made of several pieces, or that looks like a variable', () => {
  check("RUN <<e'o'f\n1\neof", "RUN shell [<<e'o'f] <<'eof' \"1\\n\"");
  check("RUN <<eo\\'f\n1\neo'f", 'RUN shell [<<eo\\\'f] <<eo\'f "1\\n"');
  check('RUN <<$E\n1\n$E', 'RUN shell [<<$E] <<$E "1\\n"');
});

test('several in one instruction, and behind flags and continuations', () => {
  check('COPY <<A <<"B" /x/\n1\nA\n2\nB\nUSER c', 'COPY -> [/x/] <<A "1\\n" <<\'B\' "2\\n"', 'USER [c]');
  check('COPY --chmod=755 <<A x /y/\nA', 'COPY --chmod=[755] [x] -> [/y/] <<A ""');
  check('ADD << A /y\n1\nA', 'ADD -> [/y] <<A "1\\n"');
  check('RUN --mount=a <<E b && \\\n # c\n d\n1\nE', 'RUN --mount=[a] shell [<<E b &&  d] <<E "1\\n"');
});

test('what is no heredoc to Docker', () => {
  check('RUN cat <<< a\nUSER b', 'RUN shell [cat <<< a]', 'USER [b]');
  check('RUN cat<<E\nUSER b', 'RUN shell [cat<<E]', 'USER [b]');
  check('RUN echo "<<E" \'<<E\' \\<<E\nUSER b', 'RUN shell [echo "<<E" \'<<E\' \\<<E]', 'USER [b]');
  check("RUN <<E echo it's\nUSER b", "RUN shell [<<E echo it's]", 'USER [b]');
  check('RUN <<E echo ${a^^}\nUSER b', 'RUN shell [<<E echo ${a^^}]', 'USER [b]');
  check('CMD <<E\nUSER b', 'CMD shell [<<E]', 'USER [b]');
  check('RUN ["a", "<<E"]\nUSER b', 'RUN exec [a] [<<E]', 'USER [b]');
  check('RUN echo $((1<<2)) $(( 1 << 2 ))\nUSER b', 'RUN shell [echo $((1<<2)) $(( 1 << 2 ))]', 'USER [b]');
  check('RUN <<\nUSER b', 'RUN shell [<<]', 'USER [b]');
  check('RUN <<""\nUSER b', 'RUN shell [<<""]', 'USER [b]');
});

test('expansions on the line do not hide a heredoc', () => {
  check(
    'RUN <<E echo ${a:-b c} "${d:+"e"}" ${f/g/h} $$ $1\n1\nE',
    'RUN shell [<<E echo ${a:-b c} "${d:+"e"}" ${f/g/h} $$ $1] <<E "1\\n"',
  );
  check('RUN echo "it\'s" \\\' <<E\n1\nE', 'RUN shell [echo "it\'s" \\\' <<E] <<E "1\\n"');
});

test('without its last line it runs to the end of the file', () => {
  check('RUN <<E\nUSER a\n', 'RUN shell [<<E] <<E "USER a\\n"', "! The heredoc 'E' has no line that ends it. (<<E)");
  check('RUN <<E', 'RUN shell [<<E] <<E ""', "! The heredoc 'E' has no line that ends it. (<<E)");
});

test('spans: the redirection itself, the content, and the instruction with its delimiter line', () => {
  const text = 'FROM a\nRUN b \\\n  <<E\r\nc\r\nE\r\nUSER d';
  const run = parseDockerfile(text).stages[0]?.instructions[0];
  assert.ok(run?.kind === 'run');
  assert.equal(text.slice(run.span.start, run.span.end), 'RUN b \\\n  <<E\r\nc\r\nE');
  const [heredoc] = run.heredocs;
  assert.deepEqual(heredoc?.span, { start: 17, end: 20 });
  assert.deepEqual(heredoc?.content.span, { start: 22, end: 25 });
});
