import type { Dockerfile, Instruction } from './model.js';

/** Marks with which no instruction and no line of a shell command begins. */
const ownLine = /^[ \t]*(?:\{\{|\{%|\{#|<%|%%[A-Za-z][\w-]*%%[ \t]*$|@[A-Za-z][\w-]*@[ \t]*$)/;

/** The one mark that a variable's value cannot hold by chance. */
const inValue = /%%[A-Z][A-Z0-9_]*%%/;

const inPath = /\{\{|\{%|<%/;

/** In a path @…@ may be a package's name and version, in an image it can only be a placeholder. */
const inImage = /\{\{|\{%|<%|%%[A-Za-z][\w-]*%%|@[A-Za-z][\w-]*@/;

/**
 * True for a line that only a template has: `{{ if … }}`, `{% for … %}`, `<%= … %>`, `@INCLUDE@`. A shell command that
 * merely contains {{.Id}}, as for docker inspect, is not one.
 */
export function isTemplateLine(line: string): boolean {
  return ownLine.test(line);
}

/** True when an image, a path or a user is filled in by another tool: nothing in Docker gives these marks a meaning. */
export function hasTemplateNames({ globalArgs, stages }: Pick<Dockerfile, 'globalArgs' | 'stages'>): boolean {
  if (globalArgs.some(isFilledIn)) return true;
  return stages.some(({ from, instructions }) => {
    return inImage.test(from.image?.text ?? '') || instructions.some(isFilledIn);
  });
}

function isFilledIn(instruction: Instruction): boolean {
  switch (instruction.kind) {
    case 'arg':
      return instruction.declarations.some(({ value }) => inValue.test(value?.text ?? ''));
    case 'env':
      return instruction.assignments.some(({ value }) => inValue.test(value?.text ?? ''));
    case 'user':
      return inPath.test(instruction.user?.text ?? '');
    case 'workdir':
      return inPath.test(instruction.path?.text ?? '');
    case 'expose':
      return instruction.words.some(({ text }) => inPath.test(text));
    case 'copy':
    case 'add':
      return [...instruction.sources, instruction.destination].some((word) => inPath.test(word?.text ?? ''));
    default:
      return false;
  }
}
