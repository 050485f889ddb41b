import type { LabCase, Phase, Trial } from './model.js';

/** What differs between the rule's claim and what happened to its Dockerfile; empty when nothing does. */
export function compareBroken({ fails, quote, seen = quote }: LabCase, { failed, output }: Trial): string[] {
  if (failed === null) return [`It should fail at the ${words[fails]}, and nothing failed.`];
  const text = plainOutput(output);
  const wrongPlace =
    failed === fails ? [] : [`It should fail at the ${words[fails]}, and failed at the ${words[failed]}.`];
  const wrongText = text.includes(seen) ? [] : [`It should say '${seen}', and said: ${lastLines(text)}`];
  return [...wrongPlace, ...wrongText];
}

/** What is still wrong after the remedy. */
export function compareMended({ failed, output }: Trial): string[] {
  return failed === null ? [] : [`Mended, it still fails at the ${words[failed]}: ${lastLines(plainOutput(output))}`];
}

/** Output as a person reads it: runc and buildah print messages as quoted log fields. */
export function plainOutput(output: string): string {
  return output.replaceAll('\\"', '"').replaceAll('\\n', '\n');
}

const words: Readonly<Record<Phase, string>> = { build: 'build', start: 'start', health: 'health check' };

function lastLines(text: string): string {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  return lines.slice(-6).join(' / ') || 'nothing';
}
