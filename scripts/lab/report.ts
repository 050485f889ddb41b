import { caseName, type CaseResult, type LabCase, type NotStaged, type Phase } from './model.js';
import type { Root } from './roots.js';

export const pagePath = 'docs/proof.md';

/** What the page is made of; `versions` are sentences such as `glibc 2.36`. */
export type Proof = {
  readonly results: readonly CaseResult[];
  readonly notStaged: readonly NotStaged[];
  /** Contents by name, and the references that each stood for. */
  readonly roots: Readonly<Record<string, Root>>;
  readonly references: ReadonlyMap<string, readonly string[]>;
  readonly versions: readonly string[];
};

/** The page that shows what was staged. The same results give the same text. */
export function proofPage({ results, notStaged, roots, references, versions }: Proof): string {
  const replaced = results.filter(({ labCase }) => labCase.instead);
  const left = notStaged.map(({ rule, because }) => `| ${page(rule)} | ${cell(because)} |`);
  const remedies = results.flatMap(({ labCase }) => unstagedRemedy(labCase));
  return `${[
    '<!-- Written by `npm run lab`; changes here are lost. -->',
    '# Proof',
    introduction,
    '## What was staged',
    'The bad example of each rule, and some more. Every row was seen as it stands here.',
    table('Case | It fails at the | What is seen | Mended by', results.map(row)),
    '## Dockerfiles that are not the bad example',
    ...replaced.map(({ labCase }) => example(labCase)),
    '## Base images',
    baseImages(versions),
    table('References | Contents', rootRows(roots, references)),
    '## What was not staged',
    ...(left.length > 0 ? [table('Rule | Why not', left)] : ['Every rule of severity error has a case.']),
    ...(remedies.length > 0 ? [table('Case | Why its fix was not tried', remedies)] : []),
  ].join('\n\n')}\n`;
}

const introduction = `An error of the guide means that the build, the start or the health check fails for certain. The lab builds the
Dockerfiles that such rules report, starts the images as Docker would (runc; the health check through \`runc exec\`),
and compares what happens with the error that the page of the rule quotes. Then it applies the fix that the guide offers
and does the same again: now the image must build, start, and pass its health check.

\`\`\`sh
npm run lab                  # all cases; as root, on Debian 12
npm run lab -- --only RULE   # those of one rule
npm run lab -- --check       # writes nothing; fails when this page would read otherwise
\`\`\``;

function baseImages(versions: readonly string[]): string {
  return `No image is pulled. What stands for a base image is assembled from Debian's packages, and has the user, working
directory, environment, ENTRYPOINT and CMD that the catalog gives for the name. So the versions are Debian's, not those
that the names promise: ${versions.join(', ')}.`;
}

const places: Readonly<Record<Phase, string>> = { build: 'build', start: 'start', health: 'health check' };

function row({ labCase, fix }: CaseResult): string {
  const { remedy, fails, quote, seen = quote } = labCase;
  const mended = remedy === 'good' ? 'the good example' : (fix ?? 'not tried');
  return `| ${page(labCase.rule)}${labCase.variant ? `, ${labCase.variant}` : ''} | ${places[fails]} | \`${cell(seen)}\` | ${cell(mended)} |`;
}

function unstagedRemedy(labCase: LabCase): string[] {
  return typeof labCase.remedy === 'string' ? [] : [`| ${caseName(labCase)} | ${cell(labCase.remedy.notStaged)} |`];
}

function example(labCase: LabCase): string {
  const { instead } = labCase;
  return `**${caseName(labCase)}.** ${instead?.because}\n\n\`\`\`dockerfile\n${instead?.dockerfile.trimEnd()}\n\`\`\``;
}

function rootRows(roots: Proof['roots'], references: Proof['references']): string[] {
  return [...references]
    .filter(([, names]) => names.length > 0)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, names]) => `| ${names.map((one) => `\`${one}\``).join('<br>')} | ${cell(roots[name]?.about ?? '')} |`);
}

function table(head: string, rows: readonly string[]): string {
  const columns = head.split(' | ').map(() => '---');
  return [`| ${head} |`, `| ${columns.join(' | ')} |`, ...rows].join('\n');
}

function page(rule: string): string {
  return `[${rule}](rules/${rule}.md)`;
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|');
}
