import { compareVersions } from '../catalog/tag-words.js';
import { rootBase, rootFacts } from '../interpret/bases.js';
import { startedProgram } from '../interpret/placed.js';
import { fileFact } from '../interpret/query.js';
import type { Analysis, Stage } from '../interpret/state.js';
import { copiedFrom, goOnScratch, lackOf, type Loan } from './missing-file.js';
import { defineRule } from './rule.js';

const path = '/etc/nsswitch.conf';

export default defineRule<Loan>({
  meta: {
    id: 'nsswitch-missing',
    summary: 'An old Go program asks DNS before /etc/hosts',
    category: 'files',
    severity: 'information',
    fix: 'review',
  },

  docs: {
    why:
      'The resolver of Go before 1.16 took DNS first where /etc/nsswitch.conf is missing, so that localhost and the ' +
      'names of docker run --add-host went past /etc/hosts. scratch has no such file. Go 1.16 and newer look into ' +
      '/etc/hosts first, and the static images of Google Distroless bring the file. A newer Go is the better cure.',
    bad: goOnScratch({ go: '1.15' }),
    good: goOnScratch(),
    references: ['https://github.com/golang/go/issues/35305', 'https://github.com/golang/go/issues/22846'],
  },

  *check(analysis) {
    const lack = lackOf(analysis, (end) => fileFact(end, path));
    const source = lack && builderOf(lack.stage, analysis);
    if (!source) return;
    yield {
      span: lack.image.span,
      message: 'Without /etc/nsswitch.conf a program of Go before 1.16 asks DNS before it looks into /etc/hosts.',
      because: lack.because,
      data: { from: source, to: lack.stage, path, title: path },
    };
  },

  fix: ({ data }, analysis) => [copiedFrom(data, analysis)],
});

/** The stage with the old Go in which the program of the image was built; official images bring the file. */
function builderOf(stage: Stage, { stages }: Analysis): Stage | null {
  const artifact = startedProgram(stage)?.artifact;
  if (artifact?.language !== 'go' || artifact.stage === null) return null;
  const source = stages[artifact.stage];
  const base = source && rootBase(source);
  const runtime = source && rootFacts(source)?.runtime;
  const version = runtime?.known && runtime.value?.name === 'go' ? runtime.value.version : null;
  if (!source || base?.kind !== 'image' || !version || !/^1\.\d+/.test(version)) return null;
  return compareVersions(version, '1.16') < 0 ? source : null;
}
