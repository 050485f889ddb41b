import { mapped } from '../text/mapped.js';
import type { ShellWord } from './model.js';
import { parseShell } from './parse.js';

type Lookup = (name: string) => string | null | undefined;
export function literal(word: ShellWord, lookup: Lookup = () => undefined): string | null {
  let result = '';
  for (const part of word.parts) {
    if (part.kind === 'literal') { result += part.text; continue; }
    if (part.kind !== 'variable') return null;
    const value = lookup(part.name);
    if (value === undefined) return null;
    const isSet = part.operator.startsWith(':') ? value !== null && value !== '' : value !== null;
    const op = part.operator.replace(':', '');
    if (op === '') { result += value ?? ''; continue; }
    if (op === '-' || op === '=' || op === '?') {
      if (isSet) { result += value ?? ''; continue; }
      const other = op !== '?' && part.operand ? literal(part.operand, lookup) : null;
      if (other === null) return null;
      result += other;
      continue;
    }
    if (!isSet) continue;
    const other = part.operand ? literal(part.operand, lookup) : '';
    if (other === null) return null;
    result += other;
  }
  return result;
}
export function plainWords(text: string): string[] | null {
  const script = parseShell(mapped(text, 0));
  const [command, ...rest] = script.commands;
  if (!script.plain || !command || rest.length > 0 || command.redirects.length || command.assignments.length) return null;
  if (/[|&;<>()$`*?[\]{}!~#\\\n]/.test(text)) return null;
  const words = command.words.map((word) => literal(word));
  return words.every((word): word is string => word !== null) ? words : null;
}
export function unwrap(words: readonly ShellWord[]): number {
  let at = 0;
  for (;;) {
    const name = words[at]?.raw ?? '';
    if (['exec', 'command', 'time', 'nohup'].includes(name)) at++;
    else if (name === 'sudo' || name === 'env') {
      at++;
      while (words[at] && (/^-/.test(words[at]!.raw) || /^\w+=/.test(words[at]!.raw))) at++;
    } else return at;
    if (at >= words.length) return 0;
  }
}
export function expandDockerWord(text: string, lookup: Lookup, options: { escape?: string } = {}): { value: string | null; names: string[] } {
  const names: string[] = [];
  void options;
  let unknown = false;
  const stripped = text.replace(/^"(.*)"$/s, '$1').replace(/^'(.*)'$/s, '$1');
  const value = stripped.replace(/\\?\$(?:(\w+)|\{(\w+)(?:(:?[-+])([^}]*))?([^}]*)\})/g, (all, a: string, b: string, op: string, operand: string, odd: string) => {
    if (all.startsWith('\\')) return all.slice(1);
    const name = a ?? b;
    names.push(name);
    const found = lookup(name);
    if (found === undefined || odd) { unknown = true; return ''; }
    const isSet = op?.startsWith(':') ? found !== null && found !== '' : found !== null;
    if (!op) return found ?? '';
    const inner = expandDockerWord(operand, lookup, options);
    if (op.endsWith('-')) { if (isSet) return found ?? ''; if (inner.value === null) unknown = true; return inner.value ?? ''; }
    if (!isSet) return '';
    if (inner.value === null) unknown = true;
    return inner.value ?? '';
  });
  return { value: unknown ? null : value, names };
}
