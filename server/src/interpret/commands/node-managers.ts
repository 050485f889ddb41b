import { byInstruction, unknown } from '../../fact.js';
import { doubt } from '../effects.js';
import type { StageState } from '../state.js';
import type { CommandContext } from './command.js';

/**
 * Package managers of Node.js that come under other names than that of their package: those that Corepack stands in for,
 * which `npm install -g corepack` links at once (publishConfig.bin in package.json of nodejs/corepack), and Yarn of @yarnpkg/cli-dist.
 */
const managers = ['corepack', 'pnpm', 'pnpx', 'yarn', 'yarnpkg'];

const mayBring = /^(-g|--global|global|--location(=global)?|dlx|exec|x|corepack.*)$/;

/** What is installed for all, or run from a package, may bring one of them; so may what cannot be read. */
export function doubtManagers(state: StageState, { words, command }: CommandContext): StageState {
  const isRunner = /^(npx|bunx|pnpx)$/.test(words[0] ?? '');
  if (!isRunner && !words.some((word) => word === null || mayBring.test(word))) return state;
  const evidence = byInstruction(command.span, `'${words[0] ?? ''}' may bring it here.`);
  return { ...state, contents: doubt(state, managers, evidence) };
}

/** Programs that put another Node.js before that of the image, and the package that is one: `npm install -g node@22`. */
export function otherNode(state: StageState, { words, command }: CommandContext): StageState {
  const [program] = words;
  const isManager = /^(n|nvm|fnm|volta|nodenv|asdf|mise)$/.test(program ?? '');
  const isPackage = words.some((word) => /^node(@.*)?$/.test(word ?? '')) && words.some((word) => isGlobal(word));
  if (!isManager && !(program === 'npm' && isPackage)) return state;
  const evidence = byInstruction(command.span, `'${program ?? ''}' may bring another Node.js here.`);
  return { ...state, settings: state.settings.with('other Node.js', unknown(evidence)) };
}

function isGlobal(word: string | null): boolean {
  return /^(-g|--global|--location=global)$/.test(word ?? '');
}
