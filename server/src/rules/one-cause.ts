import { byInstruction, type Evidence } from '../fact.js';
import { mendAlike } from '../fixes/together.js';
import type { Analysis } from '../interpret/state.js';
import type { Instruction } from '../syntax/model.js';
import { instructionAt, instructionsOf } from './ignore-comments.js';
import { compareSeverity, type Finding } from './rule.js';
import { stageAt } from './stage-at.js';

/** A finding and what is to blame for it, as `Report.cause` has it. */
export type Draft = { readonly finding: Finding; readonly cause: string | undefined };

/**
 * Whatever mends a finding of `rule` mends those of `tells` as well, so it tells of them. They come back by themselves
 * where it is ignored, switched off, or set to a lower severity than theirs.
 */
type Lead = { readonly rule: string; readonly tells: readonly string[]; readonly within: 'instruction' | 'stage' };

const leads: readonly Lead[] = [
  // A newer runtime comes on a newer release.
  { rule: 'eol-language-runtime', tells: ['eol-base-distribution'], within: 'instruction' },
  { rule: 'debug-or-dev-variant-in-final', tells: ['final-stage-runs-as-root'], within: 'stage' },
  {
    rule: 'shell-instruction-missing-shell',
    tells: [
      'shell-form-run-no-shell',
      'shell-form-cmd-no-shell',
      'shell-form-entrypoint-no-shell',
      'healthcheck-shell-form-no-shell',
    ],
    within: 'stage',
  },
  { rule: 'shell-form-run-no-shell', tells: ['package-manager-missing'], within: 'instruction' },
  { rule: 'healthcheck-shell-form-no-shell', tells: ['healthcheck-tool-missing'], within: 'instruction' },
  // An image that brings the library needs no path of one architecture.
  { rule: 'hand-copied-libraries', tells: ['hardcoded-arch-library-path'], within: 'instruction' },
];

/** Rules whose findings in one stage are one, however many there are: the gravest is shown, of those the first. */
const groups: readonly (readonly string[])[] = [
  ['shell-form-run-no-shell', 'run-setup-in-shellless-stage'],
  ['user-name-unresolvable', 'chown-name-unresolvable'],
  ['package-manager-missing'],
  ['package-install-as-nonroot'],
  ['glibc-binary-in-musl-stage'],
  ['musl-binary-in-glibc-stage'],
  ['go-dynamic-binary-in-static-base'],
  ['scratch-dynamic-binary'],
  ['glibc-version-skew'],
  ['libgcc-missing-for-rust'],
  ['libstdcxx-missing'],
  ['openssl-soname-skew'],
  ['toolchain-installed-in-final-stage'],
];

/** The findings without those that another one tells of; whichever tells of others lists them among its reasons. */
export function oneForEachCause(drafts: readonly Draft[], analysis: Analysis): readonly Finding[] {
  const findings = drafts.map(({ finding }) => finding);
  if (drafts.length < 2) return findings;
  const instructions = instructionsOf(analysis.file);
  const placed = drafts.map((draft): Placed => {
    const { start } = draft.finding.span;
    const stage = stageAt(analysis.stages, start)?.index ?? -1;
    return { ...draft, stage, instruction: instructionAt(instructions, start) };
  });
  const tellers = new Map<Placed, Placed>();
  for (const lead of leads) follow(lead, placed, tellers);
  const standing = placed.filter((one) => !tellers.has(one));
  for (const group of groups) gather(group, standing, tellers);
  return tellers.size === 0 ? findings : told(placed, tellers);
}

type Placed = Draft & { readonly stage: number; readonly instruction: Instruction | null };
type Tellers = Map<Placed, Placed>;

function follow({ rule, tells, within }: Lead, placed: readonly Placed[], tellers: Tellers): void {
  const keyOf = ({ stage, instruction, cause }: Placed) =>
    `${within === 'stage' ? stage : (instruction?.span.start ?? '')} ${cause ?? ''}`;
  const leaders = new Map<string, Placed>();
  for (const one of placed) {
    if (one.finding.rule.meta.id === rule && !leaders.has(keyOf(one))) leaders.set(keyOf(one), one);
  }
  if (leaders.size === 0) return;
  for (const one of placed) {
    const leader = tells.includes(one.finding.rule.meta.id) ? leaders.get(keyOf(one)) : undefined;
    const isGraver = leader && compareSeverity(one.finding.severity, leader.finding.severity) < 0;
    if (leader && !isGraver && !tellers.has(one)) tellers.set(one, leader);
  }
}

function gather(group: readonly string[], standing: readonly Placed[], tellers: Tellers): void {
  const first = new Map<string, Placed>();
  const members = standing.filter(({ finding }) => group.includes(finding.rule.meta.id));
  if (members.length < 2) return;
  for (const one of [...members].sort(byGravity)) {
    const key = `${one.stage} ${one.cause ?? ''}`;
    const teller = first.get(key);
    if (teller) tellers.set(one, teller);
    else first.set(key, one);
  }
}

function byGravity({ finding: a }: Placed, { finding: b }: Placed): number {
  return compareSeverity(a.severity, b.severity) || a.span.start - b.span.start;
}

function told(placed: readonly Placed[], tellers: Tellers): readonly Finding[] {
  const others = new Map<Placed, Placed[]>();
  for (const one of placed) {
    let teller = tellers.get(one);
    for (let next = teller; next; next = tellers.get(next)) teller = next;
    if (!teller) continue;
    const left = others.get(teller);
    if (left) left.push(one);
    else others.set(teller, [one]);
  }
  return placed
    .filter((one) => !tellers.has(one))
    .map((one) => {
      const left = others.get(one);
      return left ? telling(one, left) : one.finding;
    });
}

/** How many of the others are listed one by one, and how many a fix mends at once. */
const most = { listed: 8, mended: 100 };

function telling(teller: Placed, others: readonly Placed[]): Finding {
  const { finding } = teller;
  const ids = groups.find((group) => group.includes(finding.rule.meta.id)) ?? [];
  const peers = others.filter((one) => ids.includes(one.finding.rule.meta.id));
  const notes = [...byPlace(teller, others).values()].slice(0, most.listed);
  return {
    ...finding,
    message: withCount(finding.message, { teller, peers }),
    because: [...finding.because, ...notes],
    tells: others.map((one) => one.finding),
    fixes: () => {
      const alike = peers.length > most.mended ? [] : peers.map((one) => one.finding.fixes());
      return mendAlike(finding.fixes(), alike);
    },
  };
}

/** One note for each instruction, but for those that the finding names among its own reasons. */
function byPlace(teller: Placed, others: readonly Placed[]): ReadonlyMap<Instruction | null, Evidence> {
  const notes = new Map<Instruction | null, Evidence>();
  const ordered = [...others].sort((a, b) => a.finding.span.start - b.finding.span.start);
  for (const one of ordered) {
    const { finding, instruction } = one;
    const isOwn = instruction === teller.instruction;
    if (notes.has(instruction) && finding.rule === teller.finding.rule) continue;
    if (!isOwn && instruction && isNamed(instruction, teller.finding.because)) continue;
    // The editor leaves out what stands at the very place of the finding.
    const span = isOwn && instruction ? instruction.keyword.span : finding.span;
    const isSame = finding.message === teller.finding.message;
    const keyword = instruction?.keyword.text.toUpperCase() ?? '';
    notes.set(instruction, byInstruction(span, isSame ? `The same is true of this ${keyword}.` : finding.message));
  }
  return notes;
}

function isNamed({ span }: Instruction, because: readonly Evidence[]): boolean {
  return because.some((one) => one.kind === 'instruction' && one.span.start >= span.start && one.span.end <= span.end);
}

function withCount(message: string, { teller, peers }: { teller: Placed; peers: readonly Placed[] }): string {
  const elsewhere = new Set(peers.flatMap(({ instruction }) => instruction ?? []));
  if (teller.instruction) elsewhere.delete(teller.instruction);
  if (elsewhere.size === 0) return message;
  const keywords = new Set([...elsewhere].map(({ keyword }) => keyword.text.toUpperCase()));
  const [keyword = ''] = keywords;
  const noun = `${keywords.size === 1 ? `${keyword} ` : ''}instruction${elsewhere.size === 1 ? '' : 's'}`;
  const number = elsewhere.size === 1 ? 'one' : elsewhere.size;
  return `${message.replace(/\.$/, '')}; the same is true of ${number} more ${noun}.`;
}
