import assert from 'node:assert/strict';
import { test } from 'node:test';
import { complaints, type Project } from '../support/neighbours.js';
import type { MemoryFiles } from '../support/memory-tree.js';

const lock = (platforms: readonly string[], bundler: string) => `GEM
  remote: https://example.org/
  specs:
    rack (3.0.0)

PLATFORMS
${platforms.map((platform) => `  ${platform}`).join('\n')}

DEPENDENCIES
  rack

BUNDLED WITH
   ${bundler}
`;

const withLock = (platforms: readonly string[], bundler = '2.6.9'): MemoryFiles => ({
  Gemfile: 'source "https://example.org"\ngem "rack"\n',
  'Gemfile.lock': lock(platforms, bundler),
  'app.rb': '',
});

const gnu = withLock(['aarch64-linux-gnu', 'x86_64-linux-gnu']);

type Lines = { readonly run?: string; readonly env?: string; readonly image?: string };

const alpine = ({ run = 'RUN bundle install', env = 'ENV BUNDLE_DEPLOYMENT=1', image = 'ruby:3.4-alpine' }: Lines) => `
FROM ${image}
WORKDIR /app
${env}
COPY . .
${run}
USER 65532:65532
CMD ["bundle", "exec", "ruby", "app.rb"]
`;

const error = ['error ruby-gem-glibc-on-musl'];
const silent = (name: string, given: Project) =>
  test(name.replace(/\s*\n\s*/g, '; '), () => assert.deepEqual(complaints(given), []));

test('a lock that is not for musl and must not change is an error', () => {
  assert.deepEqual(complaints({ dockerfile: alpine({}), files: gnu }), error);
  const run = 'RUN bundle config set --local deployment true && bundle install';
  assert.deepEqual(complaints({ dockerfile: alpine({ run, env: '' }), files: gnu }), error);
  const unset = 'RUN bundle config unset deployment && bundle install';
  assert.deepEqual(complaints({ dockerfile: alpine({ run: unset }), files: gnu }), error);
});

for (const run of [
  'RUN bundle lock --add-platform x86_64-linux-musl && bundle install',
  'RUN bundle lock --add-platform x86_64-linux-musl aarch64-linux-musl\nRUN bundle install',
  'RUN bundle update && bundle install',
  'RUN rm -f Gemfile.lock && bundle install',
  'RUN sed -i s/-linux-gnu/-linux-musl/ Gemfile.lock && bundle install',
  'RUN bundle config set --local deployment false && bundle install',
  'RUN BUNDLE_DEPLOYMENT=0 bundle install',
])
  silent(`the lock is another one, or may change: ${run}`, { dockerfile: alpine({ run }), files: gnu });

for (const run of [
  'RUN bundle config set --local deployment true && bundle config unset deployment && bundle install',
  'RUN bundle config set deployment true && bundle config --delete deployment && bundle install',
  'RUN bundle install',
])
  silent(`nothing says that the lock must stay: ${run}`, { dockerfile: alpine({ run, env: '' }), files: gnu });

for (const path of ['/app/.bundle/config', '/usr/local/bundle/config', '/root/.bundle/config'])
  silent(`settings in ${path}, which may say anything`, {
    dockerfile: alpine({ run: `COPY bundle.config ${path}\nRUN bundle install` }),
    files: { ...gnu, 'bundle.config': '---\nBUNDLE_DEPLOYMENT: "false"\n' },
  });

for (const platforms of [
  ['ruby', 'x86_64-linux-gnu'],
  ['aarch64-linux-musl', 'x86_64-linux-gnu', 'x86_64-linux-musl'],
])
  silent(`a lock for ${platforms.join(', ')}`, { dockerfile: alpine({}), files: withLock(platforms) });

silent('gems that are compiled in the image', {
  dockerfile: alpine({
    env: 'ENV BUNDLE_DEPLOYMENT=1 BUNDLE_FORCE_RUBY_PLATFORM=true',
    run: 'RUN apk add --no-cache build-base && bundle install',
  }),
  files: withLock(['ruby', 'x86_64-linux']),
});

silent('Bundler 2.5 takes x86_64-linux for musl as well', {
  dockerfile: alpine({ image: 'ruby:3.3-alpine' }),
  files: withLock(['aarch64-linux', 'x86_64-linux'], '2.5.9'),
});

for (const env of ['ENV BUNDLE_DEPLOYMENT=1 BUNDLER_VERSION=2.3.27', 'ENV BUNDLE_DEPLOYMENT=1 BUNDLE_VERSION=system'])
  silent(`another Bundler than the one of the lock: ${env}`, {
    dockerfile: alpine({ env }),
    files: withLock(['aarch64-linux', 'x86_64-linux']),
  });
