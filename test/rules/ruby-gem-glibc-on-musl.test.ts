import assert from 'node:assert/strict';
import { test } from 'node:test';
import rule from '../../server/src/rules/ruby-gem-glibc-on-musl.js';
import { checkFix, checkRule, checkSilent, findingsOf, fixTitles, type CheckOptions } from '../support/checks.js';

type Lock = {
  readonly gems?: readonly string[];
  readonly platforms?: readonly string[];
  readonly bundler?: string | null;
  readonly gemfile?: string;
};

const generic = ['nokogiri (1.16.0-x86_64-linux)', 'nokogiri (1.16.0-aarch64-linux)'];

/** A lock for glibc alone, as Bundler 2.6 writes it on Debian. */
function locked({
  gems = generic,
  platforms = ['x86_64-linux', 'aarch64-linux'],
  bundler = '2.6.9',
  gemfile = '',
}: Lock = {}) {
  const specs = gems.map((gem) => `    ${gem}\n`).join('');
  const list = platforms.map((platform) => `  ${platform}\n`).join('');
  const end = bundler === null ? '' : `\nBUNDLED WITH\n   ${bundler}\n`;
  const lock = `GEM\n  remote: https://gems.example.org/\n  specs:\n${specs}\nPLATFORMS\n${list}\nDEPENDENCIES\n  nokogiri\n${end}`;
  const files: CheckOptions = { files: { Gemfile: gemfile, 'Gemfile.lock': lock } };
  return files;
}

const app = ({ image = 'ruby:3.4-alpine', before = '', run = 'bundle install' } = {}) => `
FROM ${image}
WORKDIR /app
COPY Gemfile Gemfile.lock ./
${before}RUN ${run}
`;

const frozen = 'ENV BUNDLE_DEPLOYMENT=1\n';
const refusal = "error: 'Gemfile.lock' is not for x86_64-linux-musl, so Bundler refuses to install from it.";
const taken = "warning: Bundler takes 'nokogiri' in its build for glibc, which may not load on musl.";

function told(source: string, options: CheckOptions): string[] {
  return findingsOf(rule, source, options).map(({ severity, message }) => `${severity}: ${message}`);
}

test('reports a lock that is not for musl and must not change', () => {
  checkRule(
    rule,
    `
FROM ruby:3.4-alpine
ENV BUNDLE_DEPLOYMENT="1" BUNDLE_PATH=/gems
WORKDIR /app
COPY Gemfile* ./
RUN bundle install && rm -rf /gems/cache
#   ^^^^^^^^^^^^^^ fixable: 'Gemfile.lock' is not for x86_64-linux-musl, so Bundler refuses to install from it.
`,
    locked(),
  );
});

test('points at the platforms, and at what forbids to change them', () => {
  const [finding] = findingsOf(rule, app({ before: frozen }), locked());
  const [platforms, setting] = finding?.because ?? [];
  assert.ok(platforms?.kind === 'file' && setting?.kind === 'instruction');
  assert.equal(platforms.file.text.slice(platforms.span.start, platforms.span.end), 'x86_64-linux\n  aarch64-linux');
});

test('knows the ways to forbid a change', () => {
  for (const before of [
    'ENV BUNDLE_FROZEN=true\n',
    'RUN bundle config set --local deployment true\n',
    "RUN bundle config set frozen 'true'\n",
    'RUN bundle config --global frozen 1\n',
  ])
    assert.deepEqual(told(app({ before }), locked()), [refusal], before);
  assert.deepEqual(told(app({ run: 'bundle install --deployment' }), locked()), [refusal]);
  checkSilent(rule, app(), locked());
  checkSilent(rule, app({ before: `${frozen}ENV BUNDLE_FROZEN=false\n` }), locked());
  checkSilent(rule, app({ before: 'RUN bundle config set frozen false\n' }), locked());
});

test('a platform with its libc is none for musl in any version since 2.4', () => {
  const gnu = { platforms: ['x86_64-linux-gnu', 'aarch64-linux-gnu'] };
  for (const bundler of ['2.4.22', '2.5.23', '2.6.9', '4.0.3'])
    assert.deepEqual(told(app({ before: frozen }), locked({ ...gnu, bundler })), [refusal], bundler);
  checkSilent(rule, app({ before: frozen }), locked({ ...gnu, bundler: '2.2.33' }));
  checkSilent(rule, app({ before: frozen, image: 'ruby:alpine' }), locked({ ...gnu, bundler: '' }));
});

test('takes the Bundler of the image where the lock names none', () => {
  const lock = locked({ bundler: null });
  assert.deepEqual(told(app({ before: frozen }), lock), [refusal]);
  assert.deepEqual(told(app({ before: frozen, image: 'ruby:3.3-alpine' }), lock), [taken]);
});

test('is silent where the lock is for musl, or for every platform', () => {
  const fit = ['nokogiri (1.18.0-x86_64-linux-gnu)', 'nokogiri (1.18.0-x86_64-linux-musl)'];
  const platforms = ['x86_64-linux-gnu', 'x86_64-linux-musl'];
  checkSilent(rule, app({ before: frozen }), locked({ gems: fit, platforms }));
  checkSilent(rule, app({ before: frozen }), locked({ gems: ['racc (1.8.1)'], platforms: ['ruby'] }));
});

test('reports a gem that is taken in its build for glibc', () => {
  const platforms = ['ruby', 'x86_64-linux'];
  const gems = ['nokogiri (1.16.0)', 'nokogiri (1.16.0-x86_64-linux)'];
  assert.deepEqual(told(app(), locked({ gems, platforms })), [taken]);
  assert.deepEqual(told(app({ before: frozen }), locked({ gems, platforms, bundler: '2.3.27' })), [taken]);
  assert.deepEqual(told(app(), locked({ platforms: ['x86_64-linux-musl'] })), [taken]);
});

test('Bundler 2.4 and 2.5 take a lock for x86_64-linux as it is', () => {
  assert.deepEqual(told(app(), locked({ bundler: '2.5.21' })), [taken]);
  assert.deepEqual(told(app({ before: frozen }), locked({ bundler: '2.4.22' })), [taken]);
  assert.deepEqual(told(app({ before: frozen }), locked({ bundler: '2.3.27' })), [taken]);
  checkSilent(rule, app(), locked({ bundler: '2.3.27' }));
});

test('names several gems', () => {
  const message = (...names: readonly string[]) => {
    const gems = names.map((name) => `${name} (1.0-x86_64-linux)`);
    return findingsOf(rule, app(), locked({ gems, platforms: ['ruby'] }))[0]?.message;
  };
  assert.equal(message('a', 'b'), "Bundler takes 'a' and 'b' in their builds for glibc, which may not load on musl.");
  assert.match(message('a', 'b', 'c', 'd', 'e') ?? '', /^Bundler takes 'a', 'b', 'c' and 2 more in their builds/);
});

test('says less where gcompat is installed', () => {
  const before = 'RUN apk add --no-cache gcompat build-base\n';
  assert.deepEqual(told(app({ before }), locked({ bundler: '2.5.21' })), [taken.replace('warning', 'information')]);
});

test('is silent about gems that fit both, and those that are compiled', () => {
  const platforms = ['ruby'];
  checkSilent(
    rule,
    app(),
    locked({ gems: ['thruster (0.1.21-x86_64-linux)', 'libddwaf (1.30-x86_64-linux)'], platforms }),
  );
  checkSilent(rule, app(), locked({ gems: ['ffi (1.17-x86_64-linux)', 'ffi (1.17-x86_64-linux-musl)'], platforms }));
  checkSilent(rule, app(), locked({ gems: ['ffi (1.17-x86_64-linux-gnu)', 'ffi (1.17)'], platforms }));
  checkSilent(rule, app(), locked({ platforms, gemfile: 'gem "nokogiri", force_ruby_platform: true\n' }));
  for (const before of [
    'ENV BUNDLE_FORCE_RUBY_PLATFORM=1\n',
    'RUN bundle config set --local force_ruby_platform true\n',
    'RUN bundle config set force_ruby_platform $FORCE\n',
  ])
    checkSilent(rule, app({ before }), locked({ platforms }));
  checkSilent(rule, app({ run: 'BUNDLE_FORCE_RUBY_PLATFORM=1 bundle install' }), locked({ platforms }));
});

test('where groups are left out, counts what the others need', () => {
  const gems = ['rails (8.0)\n      nokogiri (>= 1.8)', ...generic, 'sqlite3 (2.0-x86_64-linux)'];
  const gemfile = 'gem "rails"\ngroup :test do\n  gem "sqlite3"\nend\n';
  const lock = locked({ gems, platforms: ['ruby'], gemfile });
  const both = taken.replace("'nokogiri' in its build", "'nokogiri' and 'sqlite3' in their builds");
  assert.deepEqual(told(app(), lock), [both]);
  for (const before of ['ENV BUNDLE_WITHOUT=test\n', 'ARG BUNDLE_WITHOUT\n', 'RUN bundle config set without test\n'])
    assert.deepEqual(told(app({ before }), lock), [taken], before);
  assert.deepEqual(told(app({ run: 'bundle install --without test' }), lock), [taken]);
  checkSilent(rule, app({ before: 'ENV BUNDLE_WITHOUT=test\n' }), locked({ platforms: ['ruby'] }));
});

test('counts the machine where it is known', () => {
  const lock = locked({ platforms: ['x86_64-linux-musl', 'x86_64-linux'], gems: ['racc (1.8.1)'] });
  checkSilent(rule, app({ before: frozen }), lock);
  assert.deepEqual(told(app({ before: frozen, image: '--platform=linux/arm64 ruby:3.4-alpine' }), lock), [
    refusal.replace('x86_64', 'aarch64'),
  ]);
  checkSilent(rule, app({ before: frozen, image: '--platform=linux/s390x ruby:3.4-alpine' }), lock);
});

test('is silent on glibc, and where file, image or folder are not known', () => {
  checkSilent(rule, app({ before: frozen, image: 'ruby:3.4-slim' }), locked());
  checkSilent(rule, app({ before: frozen, image: 'registry.example.com/ruby' }), locked());
  checkSilent(rule, app({ before: frozen }));
  checkSilent(rule, app({ before: frozen, run: 'cd $FOLDER && bundle install' }), locked());
  checkSilent(rule, app({ before: frozen, run: 'bundle exec rake' }), locked());
  checkSilent(rule, app({ before: `${frozen}ENV BUNDLE_GEMFILE=other/Gemfile\n` }), locked());
  checkSilent(rule, app({ before: frozen, run: 'rm Gemfile.lock && bundle install' }), locked());
});

test('an error is certain', () => {
  const less = [refusal.replace('error', 'warning')];
  assert.deepEqual(told(app({ before: frozen, run: 'bundle install || true' }), locked()), less);
  assert.deepEqual(told(app({ before: `${frozen}RUN ./prepare.sh\n` }), locked()), less);
});

test('follows the lock through stages', () => {
  const source = `
FROM ruby:3.4-alpine AS base
ENV BUNDLE_DEPLOYMENT=1
FROM base AS files
WORKDIR /app
COPY . .
FROM base
COPY --from=files /app /srv
RUN cd /srv && bundle
`;
  assert.deepEqual(told(source, locked()), [refusal]);
});

test('fix: the same image on glibc', () => {
  const source = app({ before: frozen });
  checkFix(rule, source, app({ before: frozen, image: 'ruby:3.4-slim' }), locked());
  assert.deepEqual(fixTitles(rule, app({ before: `${frozen}RUN apk add build-base\n` }), locked()), []);
});
