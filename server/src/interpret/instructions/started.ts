import type { CommandBody, StageSyntax } from '../../syntax/model.js';

/**
 * The absolute paths that ENTRYPOINT, CMD or HEALTHCHECK of a stage name as their program or as a word of its own:
 * whatever lands there is a file, then.
 */
export function startedPaths({ instructions }: StageSyntax): ReadonlySet<string> {
  const words = instructions.flatMap((instruction) => {
    const { kind } = instruction;
    const starts = kind === 'cmd' || kind === 'entrypoint' || kind === 'healthcheck';
    return starts && instruction.body ? wordsOf(instruction.body) : [];
  });
  return new Set(words.filter((word) => word.startsWith('/')));
}

function wordsOf(body: CommandBody): string[] {
  if (body.form === 'exec') return body.words.map(({ value }) => value);
  const program = /^\s*(?:exec\s+)?(\S+)/.exec(body.text.text)?.[1];
  return program ? [program] : [];
}
