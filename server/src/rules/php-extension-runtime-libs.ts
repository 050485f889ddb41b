import { byInstruction, type Evidence } from '../fact.js';
import { finalStage } from '../interpret/processes.js';
import { lackingLibraries, type Lacking } from '../interpret/php-libraries.js';
import { readPackageCommand } from '../interpret/commands/packages.js';
import type { CommandStep, InstalledPackage, Stage, Step } from '../interpret/state.js';
import { insert } from '../text/edit.js';
import { list } from '../text/list.js';
import { defineRule, dockerfile } from './rule.js';

type Data = { readonly lacking: readonly Lacking[]; readonly removal: CommandStep | null };

export default defineRule<Data>({
  meta: {
    id: 'php-extension-runtime-libs',
    summary: 'PHP extension left without a library that it loads',
    category: 'files',
    severity: 'warning',
    fix: 'review',
  },

  docs: {
    why:
      'An extension of PHP loads shared libraries such as libpng. Their packages come along with the -dev packages that ' +
      'the build needs, and go with them: apk takes away all that nothing else needs, apt with --auto-remove. PHP then ' +
      "starts without the extension and says \"PHP Warning: PHP Startup: Unable to load dynamic library 'gd.so' ... " +
      'Error loading shared library libpng16.so.16: No such file or directory". Install the library by its own name, so ' +
      'that it stays. An extension copied from another stage needs the same.',
    bad: dockerfile`
      FROM php:8.4-fpm-alpine3.22
      RUN apk add --no-cache --virtual .build libpng-dev && \
          docker-php-ext-install gd && \
          apk del .build
    `,
    good: dockerfile`
      FROM php:8.4-fpm-alpine3.22
      RUN apk add --no-cache libpng
      RUN apk add --no-cache --virtual .build libpng-dev && \
          docker-php-ext-install gd && \
          apk del .build
    `,
    references: [
      'https://github.com/docker-library/docs/tree/master/php#how-to-install-more-php-extensions',
      'https://github.com/docker-library/php/issues/264',
      'https://github.com/docker-library/php/issues/896',
    ],
  },

  *check(analysis) {
    const stage = finalStage(analysis);
    if (!stage) return;
    for (const { lacking, removal } of byCause(stage)) {
      const [first] = lacking;
      if (!first) continue;
      yield {
        span: removal ? removal.command.span : first.extension.placedBy,
        message: wording(first, lacking, removal !== null),
        because: lacking.flatMap(reasons),
        data: { lacking, removal },
      };
    }
  },

  fix({ data: { lacking, removal } }) {
    const [word] = removal?.wordSpans ?? [];
    if (!word || removal?.words[0] !== 'apk') return [];
    const names = [...new Set(lacking.map(({ library }) => library.names.own))];
    // What the command removes by its own name is not kept by installing it before.
    if (names.some((name) => removal.words.includes(name))) return [];
    const packages = names.join(' ');
    return [{ title: `Keep ${packages}`, edits: [insert(word.start, `apk add --no-cache ${packages} && `)] }];
  },
});

/** One finding for a removal, and one for each copied extension. */
function byCause(stage: Stage): Data[] {
  const found = new Map<CommandStep | Lacking, Lacking[]>();
  const removals = new Map<CommandStep | Lacking, CommandStep | null>();
  for (const one of lackingLibraries(stage)) {
    const removal = one.removed && removalOf(stage, one.removed);
    const key = removal ?? one;
    found.set(key, [...(found.get(key) ?? []), one]);
    removals.set(key, removal);
  }
  return [...found].map(([key, lacking]) => ({ lacking, removal: removals.get(key) ?? null }));
}

/** The last command after which the package is gone with all it brought. */
function removalOf(stage: Stage, { name }: InstalledPackage): CommandStep | null {
  const commands = stepsOf(stage).flatMap((step) => step.commands);
  const removals = commands.filter(({ words }) => readPackageCommand(words)?.action === 'remove');
  return removals.findLast(({ before }) => before.packages.get(name)?.isSwept !== true) ?? null;
}

/** With those of the stages it continues. */
function stepsOf({ base, steps }: Stage): readonly Step[] {
  return base.kind === 'stage' ? [...stepsOf(base.stage), ...steps] : steps;
}

function wording({ name, library }: Lacking, lacking: readonly Lacking[], isRemoved: boolean): string {
  const all = lacking.map((one) => `'${one.name}'`);
  if (all.length > 1) {
    return `The PHP extensions ${list(all)} load libraries that go here with the packages that brought them.`;
  }
  const end = isRemoved ? 'goes here with the package that brought it' : 'this image does not have';
  return `The PHP extension '${name}' loads '${library.file}', which ${end}.`;
}

function reasons({ removed, extension, name }: Lacking): Evidence[] {
  const { built } = extension.bundle;
  const made = built ? [byInstruction(built.span, `The extension '${name}' is built here.`)] : [];
  return removed ? [...made, byInstruction(removed.span, `'${removed.name}' brings the library here.`)] : made;
}
