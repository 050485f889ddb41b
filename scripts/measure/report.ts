import type { Measurement } from './measure.js';

/** The measurement as text for people. */
export function report(result: Measurement, mostMisses: number): string {
  return [
    `${result.files} files (${result.templates} templates of other tools), ${result.stages} stages`,
    contextLine(result),
    timeLine(result.times),
    '',
    ...referenceLines(result),
    '',
    ...missLines(result, mostMisses),
    '',
    ...findingLines(result),
    '',
    result.crashes.length === 0 ? 'Crashes: none' : `Crashes: ${result.crashes.length}`,
    ...result.crashes,
  ].join('\n');
}

function contextLine({ files, templates, withContext, sureContext }: Measurement): string {
  const share = (count: number) => `${((100 * count) / Math.max(1, files - templates)).toFixed(1)} %`;
  return `Build context known: ${withContext} (${share(withContext)}), certain: ${sureContext} (${share(sureContext)})`;
}

function timeLine(times: readonly number[]): string {
  if (times.length === 0) return 'No file was read.';
  const at = (share: number) => (times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0).toFixed(1);
  const mean = times.reduce((sum, time) => sum + time, 0) / times.length;
  return `Milliseconds a file: mean ${mean.toFixed(1)}, median ${at(0.5)}, 99 % below ${at(0.99)}, longest ${at(1)}`;
}

function referenceLines({ references }: Measurement): string[] {
  const all = [...references.values()].reduce((sum, count) => sum + count, 0);
  const share = (count: number) => `${((100 * count) / Math.max(1, all)).toFixed(1)} %`;
  const named = all - (references.get('name not known') ?? 0) - (references.get('Windows') ?? 0);
  const known = references.get('known') ?? 0;
  return [
    `Image references: ${all}`,
    ...[...references]
      .sort(([, a], [, b]) => b - a)
      .map(([fate, count]) => `${column(count)} ${fate} (${share(count)})`),
    `Known, of those that name a Linux image: ${((100 * known) / Math.max(1, named)).toFixed(1)} %`,
  ];
}

function missLines({ misses }: Measurement, most: number): string[] {
  const named = misses.filter(({ fate }) => fate !== 'name not known');
  const shown = named.slice(0, most).map(({ name, fate, count }) => `${column(count)} ${name} (${fate})`);
  return [`Not known, the most frequent of ${named.length}:`, ...shown];
}

function findingLines({ findings }: Measurement): string[] {
  const all = findings.reduce((sum, { count }) => sum + count, 0);
  const order = ['error', 'warning', 'information', 'hint'];
  const sorted = findings.toSorted((a, b) => order.indexOf(a.severity) - order.indexOf(b.severity));
  return [`Findings: ${all}`, ...sorted.map(({ rule, severity, count }) => `${column(count)} ${severity} ${rule}`)];
}

function column(count: number): string {
  return String(count).padStart(6);
}
