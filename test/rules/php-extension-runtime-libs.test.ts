import assert from 'node:assert/strict';
import { test } from 'node:test';
import rule from '../../server/src/rules/php-extension-runtime-libs.js';
import { checkFix, checkRule, checkSilent, fixTitles } from '../support/checks.js';

const alpine = (lines: string, tag = '8.4-fpm-alpine') => `FROM php:${tag}\n${lines}\n`;
const usual = 'apk add --virtual .build libpng-dev && docker-php-ext-install gd && apk del .build';

test('reports a library that goes with the package of its headers', () => {
  checkRule(
    rule,
    `
FROM php:8.4-fpm-alpine
RUN apk add --no-cache --virtual .build $PHPIZE_DEPS libzip-dev \\\\
 && docker-php-ext-install -j "$(nproc)" zip opcache \\\\
 && apk del .build
#   ^^^^^^^^^^^^^^ fixable: The PHP extension 'zip' loads 'libzip.so', which goes here with the package that brought it.
`.replaceAll('\\\\', '\\'),
  );
});

test('names several extensions of one removal at once', () => {
  checkRule(
    rule,
    `
FROM php:8.4-cli-alpine
RUN apk add --no-cache icu-dev postgresql-dev && docker-php-ext-install intl pdo_pgsql
RUN apk del icu-dev postgresql-dev
#   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ fixable: The PHP extensions 'intl' and 'pdo_pgsql' load libraries that go here with the packages that brought them.
`,
  );
});

test('follows a removal in a stage that the final one continues', () => {
  checkRule(
    rule,
    `
FROM php:8.3-alpine AS base
RUN apk add --virtual .build gmp-dev && docker-php-ext-install gmp && apk del .build
#                                                                     ^^^^^^^^^^^^^^ fixable: The PHP extension 'gmp' loads 'libgmp.so.10', which goes here with the package that brought it.
FROM base
COPY . /app
`,
  );
});

test('reports apt where it takes dependencies along, also later', () => {
  checkRule(
    rule,
    `
FROM php:8.4-apache
RUN apt-get update && apt-get install -y libpng-dev && docker-php-ext-install gd
RUN apt-get purge -y --auto-remove libpng-dev
#   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ The PHP extension 'gd' loads 'libpng16.so.16', which goes here with the package that brought it.
`,
  );
  checkRule(
    rule,
    `
FROM php:8.4-apache
RUN apt-get update && apt-get install -y libpq-dev && docker-php-ext-install pgsql
RUN apt-get remove -y libpq-dev && apt-get autoremove -y
#                                  ^^^^^^^^^^^^^^^^^^^^^ The PHP extension 'pgsql' loads 'libpq.so.5', which goes here with the package that brought it.
`,
  );
});

test('reports extensions that are copied to an image without the library', () => {
  checkRule(
    rule,
    `
FROM php:8.4-fpm-alpine AS build
RUN apk add --no-cache libpng-dev && docker-php-ext-install gd
FROM php:8.4-fpm-alpine
COPY --from=build /usr/local/lib/php/extensions /usr/local/lib/php/extensions
#^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ The PHP extension 'gd' loads 'libpng16.so.16', which this image does not have.
COPY --from=build /usr/local/etc/php/conf.d /usr/local/etc/php/conf.d
`,
  );
});

test('is silent where the library stays', () => {
  checkSilent(rule, alpine(`RUN apk add libpng && ${usual}`));
  checkSilent(rule, alpine(`RUN ${usual.replace('apk del', 'apk add libpng && apk del')}`));
  checkSilent(rule, alpine(`RUN ${usual} && apk add --no-cache libpng`));
  checkSilent(rule, alpine('RUN apk add libpng-dev && docker-php-ext-install gd'));
  checkSilent(
    rule,
    alpine(
      'RUN apt-get update && apt-get install -y libpng-dev && docker-php-ext-install gd && apt-get purge -y libpng-dev',
      '8.4-apache',
    ),
  );
});

test('is silent about the usual guards', () => {
  const found = '$(scanelf --needed --nobanner /usr/local/lib/php/extensions | cut -f2)';
  checkSilent(rule, alpine(`RUN ${usual.replace('apk del', `apk add --virtual .run ${found} && apk del`)}`));
  checkSilent(rule, alpine(`ARG RUNTIME\nRUN apk add $RUNTIME && ${usual}`));
  checkSilent(
    rule,
    alpine(
      'RUN saved="$(apt-mark showmanual)" && apt-get install -y libpng-dev && docker-php-ext-install gd && ' +
        'apt-mark manual $saved && apt-get purge -y --auto-remove libpng-dev',
      '8.4-apache',
    ),
  );
});

test('is silent where another package may have brought it', () => {
  checkSilent(rule, alpine(`RUN apk add --no-cache freetype && ${usual}`));
  checkSilent(rule, alpine(`RUN apk add --no-cache chromium && ${usual}`));
  // dpkg-dev of Debian 12 recommends gcc, that libc-devtools, and that libgd.
  const purge =
    'apt-get install -y libpng-dev && docker-php-ext-install gd && apt-get purge -y --auto-remove libpng-dev';
  checkSilent(rule, alpine(`RUN apt-get install -y dpkg-dev\nRUN ${purge}`, '8.4-apache'));
});

test('is silent about extensions that load nothing of the kind', () => {
  checkSilent(
    rule,
    alpine(
      'RUN apk add --virtual .build $PHPIZE_DEPS && docker-php-ext-install pdo_mysql && pecl install redis && apk del .build',
    ),
  );
  checkSilent(rule, alpine(`RUN ${usual.replace('libpng-dev', 'libxml2-dev').replace('gd', 'soap')}`));
});

test('is silent where the image is not known, or the build may not have run', () => {
  checkSilent(rule, `FROM registry.example.com/php:8.4-alpine\nRUN ${usual}\n`);
  checkSilent(rule, alpine(`RUN if [ -n "$GD" ]; then ${usual}; fi`));
});

test('fix: keeps the library', () => {
  const fixed = usual.replace('apk del', 'apk add --no-cache libpng && apk del');
  checkFix(rule, alpine(`RUN ${usual}`), alpine(`RUN ${fixed}`));
});

test('offers no fix for apt, whose package names change', () => {
  const source =
    'FROM php:8.4\nRUN apt-get install -y libpng-dev && docker-php-ext-install gd && apt-get purge -y --autoremove libpng-dev\n';
  assert.deepEqual(fixTitles(rule, source), []);
});
