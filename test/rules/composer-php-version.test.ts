import assert from 'node:assert/strict';
import { test } from 'node:test';
import { lowestMinor } from '../../server/src/context/php/composer.js';
import rule from '../../server/src/rules/composer-php-version.js';
import { checkRule, checkSilent, type CheckOptions } from '../support/checks.js';

function asking(php: string, more = ''): CheckOptions {
  return { files: { 'composer.json': `{"require": {"ext-intl": "*", "php": "${php}"}${more}}` } };
}

const image = 'FROM php:8.2-fpm\nWORKDIR /app\nCOPY composer.json ./\n';

test('a newer PHP is asked for', () => {
  checkRule(
    rule,
    `
      FROM php:8.2-fpm
      WORKDIR /app
      COPY . .
      RUN apt-get update && composer install --no-dev
      #                     ^^^^^^^^^^^^^^^^^^^^^^^^^ 'composer.json' asks for PHP '^8.4', and this stage has PHP 8.2.
    `,
    asking('^8.4'),
  );
});

test('by PHP itself, and in the project of a folder', () => {
  checkRule(
    rule,
    `
      FROM php:8.2-cli-alpine
      COPY . /srv
      RUN cd /srv && php composer.phar update
      #              ^^^^^^^^^^^^^^^^^^^^^^^^ 'composer.json' asks for PHP '>=8.3', and this stage has PHP 8.2.
    `,
    asking('>=8.3'),
  );
});

const quiet: readonly (readonly [title: string, text: string, options: CheckOptions])[] = [
  ['it fits', `${image}RUN composer install\n`, asking('^8.1')],
  ['one of several fits', `${image}RUN composer install\n`, asking('^7.4 || ^8.0')],
  ['it is too old, which this does not look at', `${image}RUN composer install\n`, asking('^7.4')],
  ['the platform is left out of account', `${image}RUN composer install --ignore-platform-reqs\n`, asking('^8.4')],
  [
    'the environment leaves it out',
    `${image}ENV COMPOSER_IGNORE_PLATFORM_REQS=1\nRUN composer install\n`,
    asking('^8.4'),
  ],
  [
    'the project names another platform',
    `${image}RUN composer install\n`,
    asking('^8.4', ',"config":{"platform":{"php":"8.4.0"}}'),
  ],
  ['another folder', `${image}RUN composer install -d /srv\n`, asking('^8.4')],
  ['another command', `${image}RUN composer dump-autoload\n`, asking('^8.4')],
  [
    'PHP is that of Composer',
    'FROM composer:2\nWORKDIR /app\nCOPY composer.json ./\nRUN composer install\n',
    asking('^8.4'),
  ],
  [
    'a tag without a minor release',
    'FROM php:8-fpm\nWORKDIR /app\nCOPY composer.json ./\nRUN composer install\n',
    asking('^8.4'),
  ],
  ['no constraint', `${image}RUN composer install\n`, { files: { 'composer.json': '{}' } }],
  ['no project', `${image}RUN composer install\n`, { files: { 'composer.json': '{' } }],
];

for (const [title, text, options] of quiet) test(`silent: ${title}`, () => checkSilent(rule, text, options));

test('constraints of Composer', () => {
  const cases: readonly (readonly [string, string | null])[] = [
    ['^8.2', '8.2'],
    ['~8.3.1', '8.3'],
    ['>=8.1 <8.5', '8.1'],
    ['>= 8.1, < 8.5', '8.1'],
    ['8.4.*', '8.4'],
    ['8.*', '8.0'],
    ['^7.4|^8.0', '7.4'],
    ['^8.4 || ^9.0', '8.4'],
    ['<8.0', null],
    ['*', null],
    ['dev-main', null],
    ['8.1 - 8.3', null],
    ['', null],
  ];
  for (const [text, expected] of cases) assert.equal(lowestMinor(text)?.join('.') ?? null, expected, text);
});
