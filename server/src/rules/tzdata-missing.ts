import { byInstruction, knownTrue } from '../fact.js';
import { lineage } from '../interpret/bases.js';
import { embedsZones } from '../interpret/go-program.js';
import { placedPrograms } from '../interpret/placed.js';
import { startedCommands, startsProduct } from '../interpret/product.js';
import { pythonPackages } from '../interpret/python/packages.js';
import { contentFact, fileFact } from '../interpret/query.js';
import type { Analysis, Stage } from '../interpret/state.js';
import { baseName } from '../interpret/tree.js';
import type { Assignment } from '../syntax/model.js';
import { copiedCertificates, copiedFrom, goOnScratch, lackOf, stagesWith } from './missing-file.js';
import { defineRule } from './rule.js';

const database = '/usr/share/zoneinfo';
const set = 'ENV TZ=Europe/Berlin';

export default defineRule<Stage>({
  meta: {
    id: 'tzdata-missing',
    summary: 'TZ names a zone, but the image has no time zone data',
    category: 'files',
    severity: 'information',
    fix: 'review',
  },

  docs: {
    why:
      'TZ is only a name: the rules behind it are read from /usr/share/zoneinfo. Where that is missing, the C library ' +
      'falls back to UTC without a word, Go reports "unknown time zone Europe/Berlin" and Python a ' +
      'ZoneInfoNotFoundError. scratch, Alpine, Ubuntu and chiseled images come without it; Google Distroless has it. ' +
      'Java and Node.js bring a copy of their own and are not reported, nor are Go programs built with the tag ' +
      'timetzdata and Python programs that install the package tzdata.',
    bad: goOnScratch({ set }),
    good: goOnScratch({ copied: [`COPY --from=build ${database} ${database}`, copiedCertificates], set }),
    references: ['https://pkg.go.dev/time#LoadLocation', 'https://github.com/TwiN/gatus/issues/848'],
  },

  *check(analysis) {
    const lack = lackOf(analysis, (end) => contentFact(end, 'tzdata'));
    const zone = lack && zoneOf(lack.stage);
    if (!zone || !startsProduct(lack.stage) || bringsZones(lack.stage, analysis)) return;
    yield {
      span: zone.span,
      message: 'The image has no time zone data, so TZ has no effect on programs that rely on the system for it.',
      because: [...lack.because, byInstruction(zone.span, 'TZ is set here.')],
      data: lack.stage,
    };
  },

  fix({ data: stage }, analysis) {
    const source = stagesWith('tzdata', analysis).at(-1);
    const data = { path: database, title: 'the time zone data' };
    return source ? [copiedFrom({ from: source, to: stage, ...data }, analysis)] : [];
  },
});

/** The last TZ that names a zone of the database; UTC and POSIX rules such as CET-1CEST need none. */
function zoneOf(stage: Stage): Assignment | undefined {
  const tz = stage.end.env.get('TZ');
  if (
    !tz?.known ||
    !/^:?[A-Z][A-Za-z_]+\/[A-Za-z_+\-0-9/]+$/.test(tz.value ?? '') ||
    /^:?Etc\/(UTC|UCT|GMT|Universal|Zulu)$/.test(tz.value ?? '')
  )
    return undefined;
  return lineage(stage)
    .flatMap(({ steps }) =>
      steps.flatMap(({ instruction }) => (instruction.kind === 'env' ? instruction.assignments : [])),
    )
    .findLast(({ name }) => name === 'TZ');
}

/** Data inside the program, a zone copied to /etc/localtime, or another place for the data. */
function bringsZones(stage: Stage, { file, context }: Analysis): boolean {
  const { end } = stage;
  if (/timetzdata|time\/tzdata/.test(file.text) || knownTrue(fileFact(end, '/etc/localtime'))) return true;
  if (placedPrograms(stage).some(({ isStarted, artifact }) => isStarted && embedsZones(artifact))) return true;
  if (end.env.get('ZONEINFO') || end.env.get('PYTHONTZPATH')) return true;
  if (pythonPackages(end, context).some(({ name }) => name === 'tzdata')) return true;
  const { runtime } = end;
  if (runtime.known && /^(node|java|bun|deno)$/.test(runtime.value?.name ?? '')) return true;
  return startedCommands(stage).some(([program = '']) =>
    /^(node|java|bun|deno|chromium|chrome)$/.test(baseName(program)),
  );
}
