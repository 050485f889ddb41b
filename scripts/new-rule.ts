// Writes the three places of a new rule: npm run new-rule shell-form-without-shell
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { indexWith, isRuleId, ruleSource, testSource } from './rule-scaffold.js';

const [id, ...rest] = process.argv.slice(2);
const problem = findProblem(id, rest);

if (id === undefined || problem) {
  console.error(problem);
  process.exitCode = 2;
} else {
  const index = 'server/src/rules/index.ts';
  write(`server/src/rules/${id}.ts`, ruleSource(id));
  write(`test/rules/${id}.test.ts`, testSource(id));
  write(index, indexWith(readFileSync(index, 'utf8'), id));
  console.log('Fill in both files, then run npm run generate and npm test.');
}

function findProblem(name: string | undefined, more: readonly string[]): string | null {
  if (name === undefined || more.length > 0) return 'usage: npm run new-rule ID';
  if (!isRuleId(name)) return `'${name}' is no rule id: lower-case words joined by dashes that name the problem.`;
  return existsSync(`server/src/rules/${name}.ts`) ? `server/src/rules/${name}.ts is there already.` : null;
}

function write(path: string, content: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, content);
  console.log(`wrote ${path}`);
}
