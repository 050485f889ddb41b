import type { Assignment, Command, DoubleQuotedChild, Word, WordPart as Part } from 'unbash';
import { toSourceSpan, type MappedText } from '../text/mapped.js';
import type { ShellAssignment, ShellWord, SimpleCommand, WordPart } from './model.js';

type Place = { always: boolean; decisive: boolean; isolated: boolean; guards: readonly number[] };

export function readCommand(node: Command, text: MappedText, place: Place): SimpleCommand {
  const words = [...(node.name ? [node.name] : []), ...node.args];
  return {
    assignments: node.prefix.flatMap((one) => (one.type === 'Assignment' ? [assignment(one, text)] : [])),
    words: words.map((one) => (one.type === 'Word' ? word(one, text) : assignmentWord(one, text))),
    redirects: node.redirects.flatMap((one) => {
      if (one.type !== 'Redirect') return [];
      const d = one.descriptor?.type === 'FileDescriptor' ? one.descriptor.value : null;
      return [{ operator: one.operator, descriptor: d, target: one.target ? word(one.target, text) : null }];
    }),
    span: toSourceSpan(text, node.pos, node.end),
    ...place,
  };
}
function assignment(one: Assignment, text: MappedText): ShellAssignment {
  return { name: one.name, value: one.value.type === 'Word' ? word(one.value, text) : null, append: one.append === true, span: toSourceSpan(text, one.pos, one.end) };
}
function assignmentWord(one: Assignment, text: MappedText): ShellWord {
  const value = one.value.type === 'Word' ? word(one.value, text).parts : [{ kind: 'opaque' as const, text: '' }];
  return { raw: one.text, parts: [{ kind: 'literal', text: `${one.name}=`, quoted: false }, ...value], span: toSourceSpan(text, one.pos, one.end) };
}
export function word(one: Word, text: MappedText): ShellWord {
  const parts: WordPart[] = one.parts ? one.parts.flatMap((part) => read(part, false, text)) : one.value === '' ? [] : [{ kind: 'literal', text: one.value, quoted: one.value !== one.text }];
  return { raw: one.text, parts, span: toSourceSpan(text, one.pos, one.end) };
}
function read(part: Part | DoubleQuotedChild, quoted: boolean, text: MappedText): WordPart[] {
  switch (part.type) {
    case 'Literal': return [{ kind: 'literal', text: part.value, quoted }];
    case 'SingleQuoted': case 'AnsiCQuoted': return [{ kind: 'literal', text: part.value, quoted: true }];
    case 'DoubleQuoted': case 'LocaleString': return part.parts.flatMap((child) => read(child, true, text));
    case 'SimpleExpansion': return /^\$[A-Za-z_]\w*$/.test(part.text) ? [{ kind: 'variable', name: part.text.slice(1), operator: '', operand: null, quoted }] : [{ kind: 'opaque', text: part.text }];
    case 'ParameterExpansion': {
      if (part.prefix || part.index || !/^[A-Za-z_]\w*$/.test(part.parameter)) return [{ kind: 'opaque', text: part.text }];
      if (!part.operation) return [{ kind: 'variable', name: part.parameter, operator: '', operand: null, quoted }];
      if (part.operation.type !== 'Default') return [{ kind: 'opaque', text: part.text }];
      return [{ kind: 'variable', name: part.parameter, operator: part.operation.operator, operand: word(part.operation.operand, text), quoted }];
    }
    case 'Glob': case 'ExtendedGlob': case 'BraceExpansion': return [{ kind: 'glob', text: part.text }];
    default: return [{ kind: 'opaque', text: part.text }];
  }
}
