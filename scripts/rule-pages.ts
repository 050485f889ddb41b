import type { Category, Rule, Severity } from '../server/src/rules/rule.js';

/** The pages that are printed from the rules. Nothing here reads or writes files. */
export const pagesFolder = 'docs/rules';

/** One page per rule, and the list of them; contents by path. */
export function rulePages(rules: readonly Rule[]): ReadonlyMap<string, string> {
  const pages = rules.map((rule) => [`${pagesFolder}/${rule.meta.id}.md`, rulePage(rule)] as const);
  return new Map([...pages, [`${pagesFolder}/README.md`, overview(rules)]]);
}

/** The table of all rules; `folder` leads from the page to the rule pages, with a slash at its end. */
export function ruleTable(rules: readonly Rule[], folder: string): string {
  const sorted = [...rules].sort((a, b) => (a.meta.id < b.meta.id ? -1 : 1));
  const rows = sorted.map(({ meta }) => {
    return `| [${meta.id}](${folder}${meta.id}.md) | ${cell(meta.summary)} | ${meta.severity} | ${fixNames[meta.fix]} |`;
  });
  return ['| Rule | What it reports | Severity | Quick-fix |', '| --- | --- | --- | --- |', ...rows].join('\n');
}

const severities: Readonly<Record<Severity, string>> = {
  error: 'the build, the start or the health check fails, for certain, given what is written',
  warning: 'something likely fails, or is not secure',
  information: 'worth acting on',
  hint: 'shown in the editor only, never in the list of problems',
};

const fixNames: Readonly<Record<Rule['meta']['fix'], string>> = { safe: 'safe', review: 'to review', none: '–' };

const fixAdvice: Readonly<Record<Rule['meta']['fix'], string>> = {
  safe: 'Take the quick-fix: the image behaves the same afterwards, or was broken before. “Fix All” applies it too.',
  review: 'Take the quick-fix where one is offered, and look at the change before you build: it may alter the image.',
  none: 'There is no quick-fix: compare the two examples above.',
};

const categories: Readonly<Record<Category, string>> = {
  start: 'Starting the container',
  build: 'Building the image',
  health: 'Health checks',
  base: 'Base images and upkeep',
  libc: 'C library and linking',
  files: 'Files the image lacks or should not hold',
  users: 'Users and permissions',
  size: 'Size',
};

function rulePage({ meta, docs }: Rule): string {
  const sections = [
    notice(`server/src/rules/${meta.id}.ts`),
    `# ${meta.id}`,
    `${meta.summary}.`,
    [
      `- Severity: **${meta.severity}** (${severities[meta.severity]})`,
      `- Quick-fix: ${meta.fix === 'none' ? 'none' : `**${fixNames[meta.fix]}**`}`,
      `- About: ${categories[meta.category].toLowerCase()}`,
    ].join('\n'),
    '## Why',
    docs.why,
    '## Bad',
    example(docs.bad),
    ...neighbours(docs.files),
    '## Good',
    example(docs.good),
    ...neighbours(docs.goodFiles),
    '## What to do',
    fixAdvice[meta.fix],
    quietAdvice(meta.id),
    ...(docs.references.length > 0 ? ['## References', docs.references.map((url) => `- <${url}>`).join('\n')] : []),
  ];
  return `${sections.join('\n\n')}\n`;
}

/** Files of the build context beside an example. */
function neighbours(files: Readonly<Record<string, string>> = {}): string[] {
  return Object.entries(files).map(([path, text]) => `with \`${path}\`:\n\n\`\`\`\n${visible(text)}\n\`\`\``);
}

/** Line endings of Windows are shown, since they are what an example is about. */
function visible(text: string): string {
  return text.replace(/\n$/, '').replaceAll('\r', '␍');
}

function quietAdvice(id: string): string {
  if (id === 'unused-ignore') return `To turn the rule off, set \`"distroless.rules": { "${id}": "off" }\`.`;
  return [
    'Where the finding is accepted, say so above the instruction:',
    `\`\`\`dockerfile\n# distroless ignore=${id} -- the reason\n\`\`\``,
    `To turn the rule off, set \`"distroless.rules": { "${id}": "off" }\`.`,
  ].join('\n\n');
}

function overview(rules: readonly Rule[]): string {
  const parts = Object.entries(categories).flatMap(([category, title]) => {
    const own = rules.filter((rule) => rule.meta.category === category);
    return own.length > 0 ? [`## ${title}`, ruleTable(own, '')] : [];
  });
  const promises = Object.entries(severities).map(([severity, promise]) => `- **${severity}**: ${promise}.`);
  const page = [
    notice('server/src/rules'),
    '# Rules',
    promises.join('\n'),
    ...parts,
    '## Left to others',
    leftToOthers(),
  ];
  return `${page.join('\n\n')}\n`;
}

const buildChecks = 'https://docs.docker.com/reference/build-checks';
const hadolint = 'https://github.com/hadolint/hadolint/wiki';

/** What needs no knowledge of images, and who reports it. */
const others: readonly (readonly [string, string])[] = [
  [
    'A base image without a tag, or with `latest`',
    `hadolint [DL3006](${hadolint}/DL3006), [DL3007](${hadolint}/DL3007)`,
  ],
  ['A package cache left in a layer', `hadolint [DL3009](${hadolint}/DL3009), [DL3042](${hadolint}/DL3042)`],
  ['A secret in ARG or ENV', `Docker, [SecretsUsedInArgOrEnv](${buildChecks}/secrets-used-in-arg-or-env/)`],
  ['A credential file copied into a layer', 'secret scanners, such as trivy and gitleaks'],
  ['ADD that unpacks an archive', `hadolint [DL3010](${hadolint}/DL3010), [DL3020](${hadolint}/DL3020)`],
  [
    'TARGETARCH and the like used wrongly',
    `Docker, [RedundantTargetPlatform](${buildChecks}/redundant-target-platform/)`,
  ],
  ['BUILDPLATFORM without cross-compiling', '– (it is about the build machine, not about images)'],
];

function leftToOthers(): string {
  const rows = others.map(([what, who]) => `| ${what} | ${who} |`);
  return [
    'The guide reports what follows from what an image holds. What needs no such knowledge is left to the tools that do it well:',
    ['| What | Who reports it |', '| --- | --- |', ...rows].join('\n'),
  ].join('\n\n');
}

function notice(source: string): string {
  return `<!-- Generated from ${source} by \`npm run generate\`; changes here are lost. -->`;
}

function example(text: string): string {
  const fence = '`'.repeat(Math.max(3, ...[...text.matchAll(/`+/g)].map((run) => run[0].length + 1)));
  return `${fence}dockerfile\n${text.trimEnd()}\n${fence}`;
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('<', '\\<');
}
