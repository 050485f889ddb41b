import { byFile, type Evidence } from '../fact.js';
import { moveToLibc } from '../fixes/same-libc.js';
import { basedOn } from '../interpret/bases.js';
import { muslBundles, type MuslBundle } from '../interpret/bundler.js';
import { defineRule, dockerfile, type Severity } from './rule.js';

const gemfile = `source "https://gems.example.org"
gem "nokogiri"
`;

const lock = `GEM
  remote: https://gems.example.org/
  specs:
    nokogiri (1.18.10-aarch64-linux-gnu)
      racc (~> 1.4)
    nokogiri (1.18.10-x86_64-linux-gnu)
      racc (~> 1.4)
    racc (1.8.1)

PLATFORMS
  aarch64-linux-gnu
  x86_64-linux-gnu

DEPENDENCIES
  nokogiri

BUNDLED WITH
   2.6.9
`;

export default defineRule<MuslBundle>({
  meta: {
    id: 'ruby-gem-glibc-on-musl',
    summary: 'Gemfile.lock for glibc in an Alpine image',
    category: 'build',
    severity: 'error',
    fix: 'review',
  },

  docs: {
    why:
      'Gemfile.lock names the platforms it is for, and gems that are compiled beforehand are for one of them. Where the lock ' +
      'must not be changed (BUNDLE_DEPLOYMENT, BUNDLE_FROZEN), Bundler ends on Alpine with "Your bundle only supports ' +
      'platforms ["x86_64-linux-gnu"] but your local platform is x86_64-linux-musl". Add the platform with `bundle lock ' +
      '--add-platform x86_64-linux-musl`, or build on Debian. A gem that is locked for x86_64-linux alone is taken on ' +
      'musl as well, though it is built for glibc, and often does not load there: "LoadError: cannot load such file -- ' +
      'nokogiri/nokogiri". That is reported as a warning, and where gcompat is installed as an information; ' +
      'BUNDLE_FORCE_RUBY_PLATFORM compiles such gems in the image.',
    bad: dockerfile`
      FROM ruby:3.4-alpine
      WORKDIR /app
      ENV BUNDLE_DEPLOYMENT=1
      COPY Gemfile Gemfile.lock ./
      RUN bundle install
      COPY app.rb ./
      USER 65532:65532
      CMD ["bundle", "exec", "ruby", "app.rb"]
    `,
    good: dockerfile`
      FROM ruby:3.4-slim
      WORKDIR /app
      ENV BUNDLE_DEPLOYMENT=1
      COPY Gemfile Gemfile.lock ./
      RUN bundle install
      COPY app.rb ./
      USER 65532:65532
      CMD ["bundle", "exec", "ruby", "app.rb"]
    `,
    files: { Gemfile: gemfile, 'Gemfile.lock': lock },
    references: [
      'https://bundler.io/man/bundle-lock.1.html',
      'https://bundler.io/man/bundle-config.1.html',
      'https://github.com/sparklemotion/nokogiri/issues/2414',
      'https://github.com/ruby/rubygems/blob/master/lib/rubygems/platform.rb',
    ],
  },

  *check(analysis) {
    for (const bundle of muslBundles(analysis)) {
      yield {
        span: bundle.step.command.span,
        message: bundle.isRefused ? refused(bundle) : taken(bundle),
        because: [...reasons(bundle), ...bundle.because, ...basedOn(bundle.stage)],
        data: bundle,
        severity: severityOf(bundle),
      };
    }
  },

  fix: ({ data: { stage } }, analysis) => moveToLibc(stage, 'glibc', analysis),
});

const mostNamed = 3;

function refused({ platform, file }: MuslBundle): string {
  const name = file.path.slice(file.path.lastIndexOf('/') + 1);
  return `'${name}' is not for ${platform}, so Bundler refuses to install from it.`;
}

function taken({ gems }: MuslBundle): string {
  const shown = gems.slice(0, mostNamed).map(({ name }) => `'${name}'`);
  const rest = gems.length - shown.length;
  const last = rest > 0 ? `${rest} more` : shown.pop();
  const names = shown.length > 0 ? `${shown.join(', ')} and ${last}` : (last ?? '');
  return `Bundler takes ${names} in ${gems.length === 1 ? 'its build' : 'their builds'} for glibc, which may not load on musl.`;
}

function reasons({ isRefused, lock, file, gems, frozen }: MuslBundle): Evidence[] {
  if (isRefused)
    return [byFile(file, lock.platformsSpan, 'These are the platforms of the lock.'), ...(frozen ? [frozen] : [])];
  return gems
    .slice(0, mostNamed)
    .map(({ span, platform }) => byFile(file, span, `Locked for ${platform}, and not for musl.`));
}

function severityOf({ isRefused, isSure, isCushioned }: MuslBundle): Severity {
  if (isRefused) return isSure ? 'error' : 'warning';
  return isCushioned ? 'information' : 'warning';
}
