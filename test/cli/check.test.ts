import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { FindingJson } from '../../server/src/cli/check.js';
import { applyEdits } from '../../server/src/text/edit.js';
import { indexLines, offsetAt } from '../../server/src/text/lines.js';
import { runCli } from '../support/run-cli.js';

const clean = 'FROM gcr.io/distroless/static-debian13:nonroot\nCOPY server /server\nENTRYPOINT ["/server"]\n';
const broken = 'FROM gcr.io/distroless/static-debian13:nonroot\nCOPY server /server\nCMD /server --port 8080\n';
const skipped = `FROM gcr.io/distroless/static-debian13 AS old\nRUN echo hello\n${clean}`;

async function checkJson(text: string): Promise<FindingJson[]> {
  const { out } = await runCli(['check', '--format', 'json', 'Dockerfile'], { Dockerfile: text });
  return JSON.parse(out) as FindingJson[];
}

test('a clean file', async () => {
  const result = await runCli(['check', 'Dockerfile'], { Dockerfile: clean });
  assert.deepEqual(result, { status: 0, out: 'No findings in 1 file.\n', err: '' });
  assert.deepEqual(await checkJson(clean), []);
});

test('text: the place, the severity, the message and the rule; then the reasons; then a sum', async () => {
  const { status, out, err } = await runCli(['check', 'app/Dockerfile'], { 'app/Dockerfile': broken });
  assert.equal(status, 1);
  assert.equal(err, '');
  const [head = '', reason = ''] = out.split('\n');
  assert.match(head, /^app\/Dockerfile:3:5: error: \S.*\. \[shell-form-cmd-no-shell\]$/);
  assert.match(reason, /^ {2}because \S.*\.$/);
  assert.match(out, /\n\d+ findings? in 1 file: 1 error.*\.\n$/);
});

test('json: positions count from zero, and the edits lead to a clean file', async () => {
  for (const text of [broken, broken.replaceAll('\n', '\r\n')]) {
    const finding = (await checkJson(text)).find((one) => one.rule === 'shell-form-cmd-no-shell');
    assert.ok(finding);
    assert.deepEqual(Object.keys(finding), ['file', 'rule', 'severity', 'message', 'range', 'because', 'fixes']);
    assert.equal(finding.file, 'Dockerfile');
    assert.equal(finding.severity, 'error');
    assert.deepEqual(finding.range, { start: { line: 2, character: 4 }, end: { line: 2, character: 23 } });
    const [fix] = finding.fixes;
    assert.ok(fix);
    assert.equal(fix.safe, true);
    const lines = indexLines(text);
    const edits = fix.edits.map(({ range, newText }) => ({
      span: { start: offsetAt(lines, range.start), end: offsetAt(lines, range.end) },
      text: newText,
    }));
    const fixed = applyEdits(text, edits);
    assert.ok(fixed.includes('CMD ["/server", "--port", "8080"]'), fixed);
    assert.deepEqual(
      (await checkJson(fixed)).filter((one) => one.severity === 'error'),
      [],
    );
  }
});

test('the exit status follows --fail-on', async () => {
  const status = async (level: string, text: string) => {
    return (await runCli(['check', '--fail-on', level, 'f'], { f: text })).status;
  };
  assert.deepEqual([await status('error', broken), await status('never', broken)], [1, 0]);
  assert.deepEqual([await status('warning', broken), await status('info', broken)], [1, 1]);
  assert.deepEqual([await status('error', skipped), await status('warning', skipped)], [0, 0]);
  assert.equal(await status('info', skipped), 1);
  assert.equal(await status('info', clean), 0);
});

test('several files are checked in turn', async () => {
  const { status, out } = await runCli(['check', 'a', 'b'], { a: clean, b: broken });
  assert.equal(status, 1);
  assert.match(out, /^b:3:5: error/m);
  assert.match(out, /in 2 files: /);
});

test('a file that cannot be read makes 2, and the others are still checked', async () => {
  const { status, out, err } = await runCli(['check', 'missing', 'b'], { b: broken });
  assert.equal(status, 2);
  assert.equal(err, "distroless-guide: Cannot read 'missing': there is no such file.\n");
  assert.match(out, /^b:3:5: error/m);
});

test('standard input is called so in text, and - in JSON', async () => {
  assert.match((await runCli(['check', '-'], { '-': broken })).out, /^<stdin>:3:5: error/m);
  const { out } = await runCli(['check', '--format=json', '-'], { '-': broken });
  assert.equal((JSON.parse(out) as FindingJson[])[0]?.file, '-');
});

test('hints are not printed', async () => {
  const text = `${clean}# distroless ignore-file=shell-form-cmd-no-shell\n`;
  assert.deepEqual(await checkJson(text), []);
});

test('an ignore comment keeps a finding quiet', async () => {
  const text = broken.replace('CMD', '# distroless ignore=shell-form-cmd-no-shell -- a test\nCMD');
  assert.deepEqual(
    (await checkJson(text)).filter((one) => one.rule === 'shell-form-cmd-no-shell'),
    [],
  );
});

test('a template says so', async () => {
  const { status, out, err } = await runCli(['check', 'f'], { f: 'FROM {{ base }}\nCMD /server\n' });
  assert.deepEqual([status, out], [0, 'No findings in 1 file.\n']);
  assert.equal(err, "distroless-guide: 'f' is a template for another tool, so nothing is known about it.\n");
});

test('control characters of the file do not reach the terminal', async () => {
  const { out } = await runCli(['check', 'f'], { f: broken.replace('CMD /server', 'CMD /\u001b[2Jserver') });
  assert.ok(!out.includes('\u001b'), out);
});
