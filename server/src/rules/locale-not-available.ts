import { byInstruction } from '../fact.js';
import { lineage, rootFacts } from '../interpret/bases.js';
import { finalStage } from '../interpret/processes.js';
import { startsProduct } from '../interpret/product.js';
import type { Stage } from '../interpret/state.js';
import type { Assignment, Word } from '../syntax/model.js';
import { replace } from '../text/edit.js';
import { defineRule, dockerfile } from './rule.js';

type Found = { readonly words: readonly Word[] };

export default defineRule<Found>({
  meta: {
    id: 'locale-not-available',
    summary: 'LANG or LC_ALL names a locale that the image does not have',
    category: 'files',
    severity: 'information',
    fix: 'safe',
  },

  docs: {
    why:
      'The images of Debian and Ubuntu and those of Google Distroless have the locales C, POSIX and C.UTF-8 only. ' +
      'Another name in LANG or LC_ALL is not found: Perl and bash warn that they "cannot change locale", Python raises ' +
      '"unsupported locale setting", and programs go on in C, which is not UTF-8. C.UTF-8 is; other locales come with ' +
      'the package locales and locale-gen.',
    bad: dockerfile`
      FROM gcr.io/distroless/python3-debian13:nonroot
      ENV LANG=en_US.UTF-8
      COPY main.py /app/main.py
      CMD ["/app/main.py"]
    `,
    good: dockerfile`
      FROM gcr.io/distroless/python3-debian13:nonroot
      ENV LANG=C.UTF-8
      COPY main.py /app/main.py
      CMD ["/app/main.py"]
    `,
    references: [
      'https://hub.docker.com/_/debian',
      'https://docs.python.org/3/library/locale.html',
      'https://github.com/GoogleContainerTools/distroless/blob/main/common/BUILD.bazel',
    ],
  },

  *check(analysis) {
    const stage = finalStage(analysis);
    if (!stage || !startsProduct(stage) || mayHaveLocales(stage)) return;
    const words = assigned(stage).flatMap(({ value }) => (value && namesLocale(value) ? [value] : []));
    const [first, ...more] = words;
    if (!first) return;
    yield {
      span: first.span,
      message: `The image has no locale '${first.value}': programs that ask for it go on in C, or fail.`,
      because: [
        ...stage.end.os.because.slice(0, 1),
        ...more.map(({ span, value }) => byInstruction(span, `'${value}' is not there either.`)),
      ],
      data: { words },
    };
  },

  fix({ data: { words } }) {
    return [{ title: 'Use C.UTF-8', edits: words.map(({ span }) => replace(span, 'C.UTF-8')) }];
  },
});

/** The last ENV of each variable that chooses a locale; LANGUAGE only chooses among translations. */
function assigned(stage: Stage): Assignment[] {
  const all = lineage(stage).flatMap(({ steps }) =>
    steps.flatMap(({ instruction: one }) => (one.kind === 'env' && !one.isOnbuild ? one.assignments : [])),
  );
  const last = new Map(all.map((one) => [one.name, one]));
  return [...last.values()].filter(({ name }) => name === 'LANG' || /^LC_[A-Z]+$/.test(name));
}

function namesLocale({ value, text }: Word): boolean {
  return !text.includes('$') && /^[a-z]{2,3}_[A-Z]{2}(\.[\w-]+)?(@\w+)?$/.test(value);
}

/** Official images of which the Dockerfiles make no locale; those of eclipse-temurin and postgres make en_US.UTF-8. */
const withoutLocales = /^(buildpack-deps|erlang|gcc|golang|node|perl|php|python|ruby|rust)$/;

/** Debian and Ubuntu images have none but C.UTF-8; musl takes any name, and other images may have more. */
function mayHaveLocales(stage: Stage): boolean {
  const facts = rootFacts(stage);
  const os = facts?.os.known ? facts.os.value?.id : undefined;
  const isBare = facts?.family === 'google-distroless' || facts?.family === 'debian' || facts?.family === 'ubuntu';
  const isOfficial = facts?.family === 'docker-official' && withoutLocales.test(facts.name);
  if (stage.end.blur || !(isBare || isOfficial) || (os !== 'debian' && os !== 'ubuntu')) return true;
  if ([...stage.end.packages.entries()].some(([name]) => /^locales|language-pack|^task-/.test(name))) return true;
  return lineage(stage).some(({ steps }) =>
    steps.some(({ commands, instruction: one }) => {
      if (one.kind === 'copy' || one.kind === 'add') return one.sources.some(({ text }) => /locale/.test(text));
      return commands.some(({ command }) => command.words.some(({ raw }) => /locale/.test(raw)));
    }),
  );
}
