import { isBefore, lowestMinor, readComposer } from '../context/php/composer.js';
import { byFile, type Evidence } from '../fact.js';
import { basedOn } from '../interpret/bases.js';
import { placedAt } from '../interpret/placements.js';
import type { Analysis, CommandStep, Stage } from '../interpret/state.js';
import { baseName, resolvePath } from '../interpret/tree.js';
import { defineRule, dockerfile } from './rule.js';

export default defineRule<null>({
  meta: {
    id: 'composer-php-version',
    summary: 'The project asks for a newer PHP than the image has',
    category: 'build',
    severity: 'warning',
    fix: 'none',
  },

  docs: {
    why:
      'Composer refuses to install where the PHP that it runs on does not fit composer.json: "Root composer.json requires ' +
      'php ^8.4 but your php version (8.2.29) does not satisfy that requirement." What was installed elsewhere with ' +
      '--ignore-platform-reqs fails when it starts: "Your Composer dependencies require a PHP version ">= 8.4.0"." Take ' +
      'the image of the release that the project asks for.',
    bad: dockerfile`
      FROM php:8.2-fpm-bookworm
      COPY --from=composer:2 /usr/bin/composer /usr/bin/composer
      WORKDIR /app
      COPY composer.json composer.lock ./
      RUN composer install --no-dev --no-scripts
      USER www-data
    `,
    good: dockerfile`
      FROM php:8.4-fpm-bookworm
      COPY --from=composer:2 /usr/bin/composer /usr/bin/composer
      WORKDIR /app
      COPY composer.json composer.lock ./
      RUN composer install --no-dev --no-scripts
      USER www-data
    `,
    files: {
      'composer.json': '{\n  "require": {\n    "php": "^8.4",\n    "monolog/monolog": "^3.0"\n  }\n}\n',
      'composer.lock': '{}\n',
    },
    references: [
      'https://getcomposer.org/doc/articles/versions.md',
      'https://getcomposer.org/doc/06-config.md#platform-check',
    ],
  },

  *check(analysis) {
    for (const stage of analysis.stages) {
      for (const step of stage.steps.flatMap(({ commands }) => commands)) {
        const found = installs(step) ? unfitPhp(stage, step, analysis) : null;
        const [span] = step.wordSpans;
        if (!found || !span) continue;
        yield {
          span: step.command.span,
          message: `'composer.json' asks for PHP '${found.asked}', and this stage has PHP ${found.has}.`,
          because: found.because,
          data: null,
        };
        break;
      }
    }
  },
});

/** `composer install`, `php composer.phar update`, without the options that leave PHP out of account. */
function installs({ words, command }: CommandStep): boolean {
  const given = words.map((word) => word ?? '');
  const at = /^(php\d*|php8\.\d)$/.test(baseName(given[0] ?? '')) ? 1 : 0;
  if (!/^composer(\.phar)?$/.test(baseName(given[at] ?? '')) || !command.always) return false;
  if (given.some((word) => /^(--ignore-platform-req|-d$|--working-dir)/.test(word)) || words.includes(null))
    return false;
  return given.slice(at + 1).some((word) => /^(install|update|i|u)$/.test(word));
}

type Unfit = { readonly asked: string; readonly has: string; readonly because: readonly Evidence[] };

function unfitPhp(stage: Stage, { before, cwd }: CommandStep, { context }: Analysis): Unfit | null {
  const { runtime } = before;
  const version =
    runtime.known && runtime.value?.name === 'php' ? /^(\d+)\.(\d+)/.exec(runtime.value.version ?? '') : null;
  const placed = version && cwd !== null ? placedAt(before, resolvePath(cwd, 'composer.json'), context) : null;
  if (!version || placed?.kind !== 'file' || !placed.isSure || isToldOtherwise(before)) return null;
  const project = readComposer(placed.file);
  const lowest = project?.php && !project.hasPlatform ? lowestMinor(project.php.text) : null;
  const own = [Number(version[1]), Number(version[2])] as const;
  if (!project?.php || !lowest || !isBefore(own, lowest)) return null;
  const { text, span } = project.php;
  return {
    asked: text,
    has: `${own[0]}.${own[1]}`,
    because: [byFile(placed.file, span, `PHP '${text}' is asked for.`), ...basedOn(stage), ...runtime.because],
  };
}

/** Another file, or no look at the platform. Source: https://getcomposer.org/doc/03-cli.md#environment-variables */
function isToldOtherwise({ env }: CommandStep['before']): boolean {
  return ['COMPOSER', 'COMPOSER_IGNORE_PLATFORM_REQ', 'COMPOSER_IGNORE_PLATFORM_REQS'].some((name) => {
    const fact = env.get(name);
    return fact !== undefined && !(fact.known && fact.value === null);
  });
}
