import type { Need } from '../alternatives/need.js';
import { linesOf } from '../hover/markdown.js';
import { list } from '../../text/list.js';
import { libcTitle, runtimeTitle } from '../hover/words.js';

const mostNames = 4;

/** What the stage asks of a base, one phrase each: `Node.js 24`, `a shell for CMD on line 7`. */
export function needPhrases(need: Need): string[] {
  return [
    ...language(need),
    ...programPhrases(need),
    ...shellPhrases(need),
    ...packagePhrases(need),
    ...runPhrases(need),
    ...need.accounts.map(
      ({ name, keyword, spans }) => `the account '${name}' for ${keyword} on ${linesOf(need.lines, spans)}`,
    ),
    ...(need.facts?.isFips ? ['cryptography validated for FIPS 140'] : []),
    ...(need.architecture === null ? [] : [`linux/${need.architecture}`]),
  ];
}

function language({ runtime, program, isBuild }: Need): string[] {
  return runtime && (isBuild || !program) ? [runtimeTitle(runtime)] : [];
}

function programPhrases({ program, isBuild }: Need): string[] {
  if (!program || isBuild || !program.artifact.linkage.known) return [];
  const { linkage, libc, language } = program.artifact;
  if (linkage.value === 'static') return [`nothing for '${program.path}', which is static`];
  const library = libc.known ? libcTitle(libc.value) : 'its libc';
  const condition = linkage.value === 'cgo' ? `, if '${program.path}' uses C code` : ` for '${program.path}'`;
  const least = libc.known && libc.value.version !== null ? `${library} or newer` : library;
  const runtime = language === 'c++' ? [`libstdc++ for '${program.path}'`] : [];
  return [`${least}${condition}`, ...runtime];
}

function shellPhrases({ uses, lines, shellUse }: Need): string[] {
  const shellForms = uses.filter(({ body }) => body.form === 'shell');
  const phrases = shellForms.map(
    ({ role, instruction }) => `a shell for ${role.toUpperCase()} on ${linesOf(lines, [instruction.span])}`,
  );
  return phrases.length === 0 && shellUse === 'script' ? ['a shell for the script that it starts'] : phrases;
}

function packagePhrases({ packages, lines, isBuild }: Need): string[] {
  if (packages.length === 0 || isBuild) return [];
  const names = packages.map(({ name }) => `'${name}'`);
  const shown =
    names.length > mostNames ? [...names.slice(0, mostNames - 1), `${names.length - mostNames + 1} more`] : names;
  const spans = packages.map(({ span }) => span);
  return [
    `the packages ${list(shown)} on ${linesOf(lines, spans)}`.replace(
      /^the packages ('[^']*') on/,
      'the package $1 on',
    ),
  ];
}

function runPhrases({ runs, lines, isBuild }: Need): string[] {
  const shellForms = runs.filter(({ isShellForm }) => isShellForm).map(({ span }) => span);
  const installs = runs.filter((run) => run.installs).map(({ span }) => span);
  if (!isBuild) return [];
  return [
    ...(shellForms.length > 0 ? [`a shell for RUN on ${linesOf(lines, shellForms)}`] : []),
    ...(installs.length > 0 ? [`a package manager for RUN on ${linesOf(lines, installs)}`] : []),
  ];
}
