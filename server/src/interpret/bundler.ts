import { readGemfile, type Gemfile } from '../context/ruby/gemfile.js';
import { readGemfileLock, type GemfileLock, type LockedGem } from '../context/ruby/gemfile-lock.js';
import { byInstruction, knownTrue, type Evidence } from '../fact.js';
import type { SourceFile } from '../text/source-file.js';
import { lineage } from './bases.js';
import { placedAt } from './placements.js';
import { contentFact } from './query.js';
import { variable } from './scene.js';
import type { Analysis, CommandStep, Stage } from './state.js';
import { parentOf, resolvePath } from './tree.js';

/** A `bundle install` on musl with what its lock holds for glibc. */
export type MuslBundle = {
  readonly step: CommandStep;
  readonly stage: Stage;
  readonly file: SourceFile;
  readonly lock: GemfileLock;
  /** The platform that Bundler takes itself to be on. */
  readonly platform: string;
  /** True where the lock is not for that platform and must not be changed: Bundler ends with an error. */
  readonly isRefused: boolean;
  /** What makes it refuse, of ENV. */
  readonly frozen: Evidence | null;
  /** Gems that Bundler takes in their build for glibc. */
  readonly gems: readonly LockedGem[];
  /** gcompat, which lends musl some of what glibc has. */
  readonly isCushioned: boolean;
  readonly isSure: boolean;
  readonly because: readonly Evidence[];
};

/** Those that are refused, or that bring gems built for glibc. */
export function muslBundles(analysis: Analysis): MuslBundle[] {
  return analysis.stages.flatMap((stage) =>
    stage.steps.flatMap(({ commands, instruction }) =>
      (instruction.isOnbuild ? [] : commands).flatMap((step) => {
        const bundle = isInstall(step) ? muslBundle(step, stage, analysis) : null;
        return bundle && (bundle.isRefused || bundle.gems.length > 0) ? [bundle] : [];
      }),
    ),
  );
}

function isInstall({ words, before }: CommandStep): boolean {
  const isBundle = /^(.*\/)?bundler?$/.test(words[0] ?? '');
  const action = words.slice(1).find((word) => !word?.startsWith('-'));
  const { libc } = before;
  return isBundle && (action === undefined || action === 'install') && libc.known && libc.value.kind === 'musl';
}

function muslBundle(step: CommandStep, stage: Stage, { context }: Analysis): MuslBundle | null {
  const gemfile = gemfilePath(step);
  const placed = gemfile === null ? null : placedAt(step.before, `${gemfile}.lock`, context);
  const lock = placed?.kind === 'file' ? readGemfileLock(placed.file) : null;
  if (gemfile === null || placed?.kind !== 'file' || !lock) return null;
  const settings = settingsOf(step, stage);
  const configs = configFiles(step, gemfile).map((path) => placedAt(step.before, path, context));
  if (settings.force !== 'off' || configs.some((one) => one !== null)) return null;
  const own = placedAt(step.before, gemfile, context);
  const project = own?.kind === 'file' ? readGemfile(own.file) : null;
  const bundler = versionOf(lock, step);
  const answers = cpusOf(stage).map((cpu) => answerFor({ cpu, lock, bundler, isFrozen: settings.frozen !== null }));
  const [first] = answers;
  if (!first) return null;
  const isRefused = answers.every((answer) => answer.isRefused);
  const isPart = installedGems(lock, settings.leavesOut ? project : 'all');
  const gems = isRefused ? [] : answers.flatMap((answer) => answer.gems).filter(({ name }) => isPart(name));
  return {
    step,
    stage,
    file: placed.file,
    lock,
    platform: first.platform,
    isRefused,
    frozen: settings.frozen,
    gems: onceEach(gems.filter(({ name }) => !fitting.has(name) && !project?.forced.has(name))),
    isCushioned: knownTrue(contentFact(step.before, 'gcompat')) || isInstalled(step, 'gcompat'),
    isSure: placed.isSure && step.command.always && step.command.decisive,
    because: placed.because,
  };
}

type Question = {
  readonly cpu: string;
  readonly lock: GemfileLock;
  readonly bundler: number | null;
  readonly isFrozen: boolean;
};
type Answer = { readonly platform: string; readonly isRefused: boolean; readonly gems: readonly LockedGem[] };

/**
 * Bundler 2.4 and 2.5 take a lock for x86_64-linux for one that musl is part of, those before only where the lock must
 * not change, and those since not at all. A gem for x86_64-linux fits musl in every version, unless there is one for musl
 * too. Source: ruby/rubygems, bundler/lib/bundler/definition.rb (validate_platforms!, add_current_platform) at the last
 * version of each series, lib/rubygems/platform.rb (===).
 */
function answerFor({ cpu, lock, bundler, isFrozen }: Question): Answer {
  const platform = `${cpu}-linux-musl`;
  const has = (name: string) => lock.platforms.some((one) => one.name === name);
  const isOwn = has('ruby') || has(platform);
  if (bundler === null && !isOwn) return { platform, isRefused: false, gems: [] };
  const isTaken = isOwn || ((bundler ?? 0) < 2.6 && has(`${cpu}-linux`));
  if (!isTaken) return { platform, isRefused: isFrozen && (bundler ?? 0) >= 2.4, gems: [] };
  if (!isOwn && !isFrozen && (bundler ?? 0) < 2.4) return { platform, isRefused: false, gems: [] };
  const forMusl = new Set(lock.gems.flatMap((one) => (one.platform === platform ? [one.name] : [])));
  const gems = lock.gems.filter((one) => one.platform === `${cpu}-linux` && !forMusl.has(one.name));
  return { platform, isRefused: false, gems };
}

/** Where Bundler looks for settings: app_config_path and user_bundle_path in bundler/lib/bundler.rb. */
function configFiles({ before }: CommandStep, gemfile: string): string[] {
  const named = variable(before, 'BUNDLE_APP_CONFIG') ?? '/usr/local/bundle';
  const home = variable(before, 'HOME') ?? '/root';
  return [
    resolvePath(parentOf(gemfile), '.bundle/config'),
    resolvePath(resolvePath(parentOf(gemfile), named), 'config'),
    resolvePath(resolvePath('/', home), '.bundle/config'),
  ];
}

/**
 * The Bundler that runs: Bundler changes to the version that wrote the lock, unless variables name another. As a number:
 * 2.6. Source: ruby/rubygems, bundler/lib/bundler/self_manager.rb.
 */
function versionOf({ bundler }: GemfileLock, step: CommandStep): number | null {
  const { before } = step;
  const isNamed = hasVariable(step, 'BUNDLER_VERSION');
  const own = variable(before, 'BUNDLER_VERSION') ?? null;
  if (hasVariable(step, 'BUNDLE_VERSION') || (isNamed && own === null)) return null;
  const written = /^\d+\.\d+/.exec(own ?? bundler ?? '')?.[0];
  if (written !== undefined) return Number(written);
  const ruby = before.runtime.known && before.runtime.value?.name === 'ruby' ? before.runtime.value.version : null;
  const minor = /^\d+\.\d+/.exec(ruby ?? '')?.[0];
  return minor !== undefined && Object.hasOwn(comesWith, minor) ? (comesWith[minor] ?? null) : null;
}

/** Source: ruby/ruby, doc/NEWS/NEWS-3.1.0.md to NEWS-4.0.0.md, the default gems: bundler 2.3.3, 2.4.1, 2.5.3, 2.6.1 and 4.0.3. */
const comesWith: Readonly<Record<string, number>> = { '3.1': 2.3, '3.2': 2.4, '3.3': 2.5, '3.4': 2.6, '4.0': 4.0 };

/**
 * Gems whose programs are linked statically, or that bring libraries for both. Source: CGO_ENABLED=0 in the Makefile of
 * basecamp/thruster and anycable/thruster; -static in .github/workflows/release.linux.yml of benbjohnson/litestream;
 * files_for in ruby/Rakefile of DataDog/libdatadog; libddwaf_dir in lib/datadog/appsec/waf/lib_ddwaf.rb of
 * DataDog/libddwaf-rb. The tmux of overmind is built on Alpine (packaging/tmux/data/Dockerfile of DarthSim/overmind); how
 * its own program is linked was not read.
 */
const fitting = new Set(['anycable-thruster', 'libdatadog', 'libddwaf', 'litestream', 'overmind', 'thruster']);

/** Without some groups: what the gems outside of all groups need. The lock itself does not tell groups. */
function installedGems({ gems }: GemfileLock, project: Gemfile | 'all' | null): (name: string) => boolean {
  if (project === 'all') return () => true;
  const needs = new Map<string, Set<string>>();
  for (const gem of gems) {
    const own = needs.get(gem.name) ?? new Set();
    for (const need of gem.needs) own.add(need);
    needs.set(gem.name, own);
  }
  const found = new Set<string>();
  const queue = [...(project?.ungrouped ?? [])];
  for (let next = queue.pop(); next !== undefined; next = queue.pop()) {
    if (found.has(next)) continue;
    found.add(next);
    queue.push(...(needs.get(next) ?? []));
  }
  return (name) => found.has(name);
}

function onceEach(gems: readonly LockedGem[]): LockedGem[] {
  return [...new Map(gems.map((one) => [one.name, one] as const)).values()];
}

function isInstalled({ before }: CommandStep, name: string): boolean {
  return before.packages.get(name)?.installed === true;
}

function gemfilePath({ words, cwd, before, command }: CommandStep): string | null {
  const given = words.find((word) => word?.startsWith('--gemfile='))?.slice('--gemfile='.length);
  const isPrefixed = command.assignments.some(({ name }) => name === 'BUNDLE_GEMFILE');
  const named = given ?? variable(before, 'BUNDLE_GEMFILE') ?? 'Gemfile';
  if (cwd === null || isPrefixed || words.includes('--gemfile')) return null;
  return resolvePath(cwd, named);
}

type Settings = {
  readonly frozen: Evidence | null;
  readonly force: 'on' | 'off' | 'unknown';
  /** Some groups of gems are not installed. */
  readonly leavesOut: boolean;
};

/** What ENV, `bundle config` and options say up to the command. */
function settingsOf(step: CommandStep, stage: Stage): Settings {
  const { start } = step.command.span;
  const steps = lineage(stage).flatMap((one) => one.steps);
  const commands = steps.flatMap((one) => one.commands).filter(({ command }) => command.span.start < start);
  const byEnvironment = flagged(step, 'BUNDLE_FROZEN', 'BUNDLE_DEPLOYMENT');
  let frozen = byEnvironment;
  let force: Settings['force'] = flagged(step, 'BUNDLE_FORCE_RUBY_PLATFORM') ? 'on' : 'off';
  const isNamed = step.words.some((word) => /^--(without|only)\b/.test(word ?? ''));
  let leavesOut = isNamed || ['BUNDLE_WITHOUT', 'BUNDLE_ONLY'].some((name) => hasVariable(step, name));
  for (const { words, command } of commands) {
    if (!/^(.*\/)?bundler?$/.test(words[0] ?? '') || words[1] !== 'config') continue;
    const rest = words.slice(2).filter((word) => word === null || (word !== 'set' && !word.startsWith('-')));
    const [name, value] = rest;
    if (name === 'unset' && (value === 'frozen' || value === 'deployment')) frozen = byEnvironment;
    const isOn = isTrue(value ?? '');
    const note = byInstruction(command.span, `Sets '${name}' of Bundler.`);
    if ((name === 'frozen' || name === 'deployment') && command.always) frozen = isOn ? note : null;
    if (name === 'without' || name === 'only') leavesOut = true;
    if (name === 'force_ruby_platform' || name === 'specific_platform') force = isOn ? 'on' : 'unknown';
  }
  if (step.words.some((word) => word === '--deployment' || word === '--frozen'))
    frozen = byInstruction(step.command.span, 'The lock must not be changed.');
  const names = step.command.assignments.map(({ name }) => name);
  if (names.some((name) => /^BUNDLE_(FORCE_RUBY_PLATFORM|FROZEN|DEPLOYMENT)$/.test(name))) force = 'unknown';
  return { frozen, force, leavesOut };
}

/** The first of the variables that is set decides. */
function flagged({ before }: CommandStep, ...names: readonly string[]): Evidence | null {
  const facts = names.flatMap((name) => before.env.get(name) ?? []);
  const fact = facts.find((one) => !one.known || one.value !== null);
  return fact?.known && isTrue(fact.value ?? '') ? (fact.because[0] ?? null) : null;
}

/** Whether a variable is set, or may be. */
function hasVariable({ before, command }: CommandStep, name: string): boolean {
  const fact = before.env.get(name);
  const isOwn = command.assignments.some((one) => one.name === name);
  return isOwn || before.args.get(name) !== undefined || (fact !== undefined && (!fact.known || fact.value !== null));
}

/** Bundler::Settings#to_bool */
function isTrue(value: string): boolean {
  return !/^(false|f|no|n|0|)$/i.test(value);
}

function cpusOf({ syntax }: Stage): readonly string[] {
  const platform = syntax.from.flags.find(({ name }) => name === 'platform')?.value ?? '';
  if (platform === 'linux/amd64') return ['x86_64'];
  if (/^linux\/arm64(\/v8)?$/.test(platform)) return ['aarch64'];
  return platform === '' || platform.includes('$') ? ['x86_64', 'aarch64'] : [];
}
