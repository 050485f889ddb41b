import type { Dockerfile, Heredoc, Instruction, Word } from '../../server/src/syntax/model.js';
import type { CommandBody, Assignment } from '../../server/src/syntax/model.js';

/**
 * A Dockerfile's model as short text, one line per instruction: keyword, flags, then what was read, words in brackets.
 * Stages are told apart by FROM; global arguments come first, problems last.
 */
export function outline(file: Dockerfile): string {
  const stages = file.stages.flatMap(({ from, instructions }) => [from, ...instructions]);
  return [
    ...file.directives.map(({ name, value }) => `# ${name}=${value}`),
    ...[...file.globalArgs, ...stages].map(instructionOutline),
    ...file.problems.map(({ message, span }) => `! ${message} (${file.text.slice(span.start, span.end)})`),
  ].join('\n');
}

function instructionOutline(instruction: Instruction): string {
  const flags = instruction.flags.map(({ name, value }) => (value === null ? `--${name}` : `--${name}=[${value}]`));
  return [instruction.kind.toUpperCase(), ...flags, ...parts(instruction)].filter((part) => part !== '').join(' ');
}

function parts(instruction: Instruction): string[] {
  switch (instruction.kind) {
    case 'from':
      return [word(instruction.image), instruction.name ? `AS ${word(instruction.name)}` : ''];
    case 'arg':
      return instruction.declarations.map(assignment);
    case 'env':
    case 'label':
      return instruction.assignments.map(assignment);
    case 'run':
      return [body(instruction.body), ...instruction.heredocs.map(heredoc)];
    case 'healthcheck':
      return [instruction.none ? 'NONE' : body(instruction.body)];
    case 'cmd':
    case 'entrypoint':
    case 'shell':
      return [body(instruction.body)];
    case 'copy':
    case 'add':
      return [
        ...instruction.sources.map(word),
        `-> ${word(instruction.destination)}`,
        ...instruction.heredocs.map(heredoc),
      ];
    case 'user':
      return [word(instruction.user)];
    case 'workdir':
      return [word(instruction.path)];
    case 'onbuild':
      return [instruction.instruction ? instructionOutline(instruction.instruction) : 'nothing'];
    default:
      return instruction.words.map(word);
  }
}

function word(one: Word | null): string {
  return one ? `[${one.value}]` : 'nothing';
}

function assignment({ name, value }: Assignment): string {
  return value ? `${name}=${word(value)}` : name;
}

function body(one: CommandBody | null): string {
  if (!one) return 'nothing';
  return one.form === 'exec' ? `exec ${one.words.map(word).join(' ')}`.trim() : `shell [${one.text.text}]`;
}

function heredoc({ delimiter, quoted, stripsTabs, content }: Heredoc): string {
  const marks = `${stripsTabs ? '-' : ''}${quoted ? `'${delimiter}'` : delimiter}`;
  return `<<${marks} ${JSON.stringify(content.text)}`;
}
