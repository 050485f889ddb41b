/** The three places of a new rule. Nothing here reads or writes files. */

/** `shell-form-cmd` as a variable: `shellFormCmd`. */
function variableOf(id: string): string {
  return id.replace(/-(.)/g, (_match, letter: string) => letter.toUpperCase());
}

export function isRuleId(id: string): boolean {
  return /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(id);
}

/** The list of rules with one more in it. */
export function indexWith(source: string, id: string): string {
  const present = [...source.matchAll(/^import \w+ from '\.\/(.+)\.js';$/gm)].map((match) => match[1] ?? '');
  const ids = [...new Set([...present, id])].sort();
  const imports = ids.map((one) => `import ${variableOf(one)} from './${one}.js';`);
  const head = source.slice(0, source.indexOf('export const rules'));
  const comment = /\/\*\*[^]*?\*\/\s*$/.exec(head)?.[0] ?? '';
  const names = ids.map(variableOf);
  const short = `export const rules: readonly Rule[] = [${names.join(', ')}];`;
  const list = short.length <= 120 ? short : `export const rules: readonly Rule[] = [\n  ${names.join(',\n  ')},\n];`;
  return `${[...imports, "import type { Rule } from './rule.js';"].join('\n')}\n\n${comment}${list}\n`;
}

export function ruleSource(id: string): string {
  return `import { knownAbsent } from '../fact.js';
import { shellPath } from '../interpret/query.js';
import { replace } from '../text/edit.js';
import type { Span } from '../text/span.js';
import { defineRule, dockerfile } from './rule.js';

export default defineRule<Span>({
  meta: {
    id: '${id}',
    summary: 'What is wrong, in under 70 characters',
    category: 'start',
    severity: 'error',
    fix: 'safe',
  },

  docs: {
    why: 'What happens to the people who build or run this, and what to do about it.',
    bad: dockerfile\`
      FROM gcr.io/distroless/static-debian13
      STOPSIGNAL 9
    \`,
    good: dockerfile\`
      FROM gcr.io/distroless/static-debian13
      STOPSIGNAL SIGTERM
    \`,
    references: ['https://docs.docker.com/reference/dockerfile/'],
  },

  *check({ stages }) {
    for (const { instruction, before } of stages.flatMap((stage) => stage.steps)) {
      const shell = shellPath(before);
      if (instruction.kind !== 'stopsignal' || !knownAbsent(shell)) continue;

      yield {
        span: instruction.argumentsSpan,
        message: 'One sentence that names what is written here and what it leads to.',
        because: shell.because,
        data: instruction.argumentsSpan,
      };
    }
  },

  fix({ data }) {
    return [{ title: 'Say what the fix does', edits: [replace(data, 'SIGTERM')] }];
  },
});
`;
}

export function testSource(id: string): string {
  return `import { test } from 'node:test';
import rule from '../../server/src/rules/${id}.js';
import { checkFix, checkRule, checkSilent } from '../support/checks.js';

test('reports what it must', () => {
  checkRule(
    rule,
    \`
FROM gcr.io/distroless/static-debian13
STOPSIGNAL 9
#          ^ fixable: One sentence that names what is written here and what it leads to.
\`,
  );
});

test('is silent about an image the catalog does not know', () => {
  checkSilent(
    rule,
    \`
FROM registry.example.com/team/base
STOPSIGNAL 9
\`,
  );
});

test('fix: does just that', () => {
  checkFix(
    rule,
    \`
FROM gcr.io/distroless/static-debian13
STOPSIGNAL 9
\`,
    \`
FROM gcr.io/distroless/static-debian13
STOPSIGNAL SIGTERM
\`,
  );
});
`;
}
