import { putFile } from '../effects.js';
import { because, pathOf, type CommandContext, type CommandEffect } from './command.js';

/**
 * `update-alternatives --install /usr/bin/java java /opt/jdk/bin/java 1`: the links are files of the stage, and what they
 * lead to is not followed.
 */
export const alternatives: CommandEffect = (state, context) => {
  const by = because(context, `'${context.words[0]}' makes a link.`);
  return linksOf(context).reduce((next, path) => putFile(next, path, { by }), state);
};

function linksOf(context: CommandContext): string[] {
  return context.words.flatMap((word, index) => {
    const next = context.words[index + 1];
    if (/^--(install|slave)$/.test(word ?? '')) return pathOf(context, next) ?? [];
    const isChosen = /^--(set|config|auto)$/.test(word ?? '') && /^[\w.+-]+$/.test(next ?? '');
    return isChosen ? `/usr/bin/${next}` : [];
  });
}
