import { byInstruction, knownAbsent, type Evidence } from '../fact.js';
import { readPackageCommand } from '../interpret/commands/packages.js';
import { isProbed } from '../interpret/probes.js';
import { programFact, shellPath } from '../interpret/query.js';
import type { CommandStep, Stage, Step } from '../interpret/state.js';
import { replace } from '../text/edit.js';
import { defineRule, dockerfile, type Fix } from './rule.js';

type Data = { readonly step: Step; readonly command: CommandStep };

export default defineRule<Data>({
  meta: {
    id: 'package-manager-missing',
    summary: 'Package manager that the stage does not have',
    category: 'build',
    severity: 'error',
    fix: 'review',
  },

  docs: {
    why:
      'Every distribution has its own package manager: apt-get on Debian and Ubuntu, apk on Alpine and Wolfi, dnf or ' +
      'microdnf on Red Hat images. A command of another one ends the build with "/bin/sh: apt-get: not found" and exit ' +
      'code 127. Package names differ between them too.',
    bad: dockerfile`
      FROM alpine:3.24
      RUN apt-get update && apt-get install -y ca-certificates
      USER 65532:65532
    `,
    good: dockerfile`
      FROM alpine:3.24
      RUN apk add --no-cache ca-certificates
      USER 65532:65532
    `,
    references: [
      'https://wiki.alpinelinux.org/wiki/Alpine_Package_Keeper',
      'https://github.com/qonto/prometheus-rds-exporter/issues/249',
    ],
  },

  *check({ stages }) {
    for (const stage of stages) {
      for (const step of stage.steps) {
        const found = firstMissing(stage, step);
        if (!found) continue;
        yield { ...found, data: { step, command: found.command } };
      }
    }
  },

  fix: ({ data }, { file }) => [...translated(data, file.text)],
});

/** One finding for a RUN: whatever follows in it fails for the same reason. */
function firstMissing(stage: Stage, step: Step) {
  const { instruction } = step;
  if (instruction.kind !== 'run') return null;
  if (instruction.body?.form === 'shell' && !shellPath(step.before).known) return null;
  for (const command of step.commands) {
    const name = command.words[0];
    const { always, decisive } = command.command;
    if (!name || !always || !readPackageCommand(command.words) || isProbed(command, step.commands)) continue;
    const program = programFact(command.before, name);
    if (!knownAbsent(program)) continue;
    const span = command.wordSpans[0] ?? command.command.span;
    return {
      span,
      command,
      message: wording(name, command),
      because: reasons(stage, program.because),
      severity: decisive ? ('error' as const) : ('warning' as const),
    };
  }
  return null;
}

function wording(name: string, { before }: CommandStep): string {
  const own = before.packageManager.known ? before.packageManager.value : null;
  return own
    ? `'${name}' is not in this stage, whose package manager is ${own}.`
    : `'${name}' is not in this stage, which has no package manager.`;
}

function reasons({ syntax }: Stage, because: readonly Evidence[]): readonly Evidence[] {
  const { image } = syntax.from;
  return image ? [byInstruction(image.span, `The stage is based on '${image.text}'.`), ...because] : because;
}

/** Packages that have the same name under apt and apk. */
const sameNames = new Set(
  'ca-certificates curl wget git bash tzdata openssl jq make gcc g++ tini dumb-init unzip zip tar gnupg tree vim nano rsync patch file sudo'.split(
    ' ',
  ),
);

/** `apt-get update && apt-get install -y X` or part of it alone in a RUN, with packages of one name in both worlds. */
function* translated({ step, command }: Data, text: string): Iterable<Fix> {
  const { instruction } = step;
  const own = command.before.packageManager.known ? command.before.packageManager.value : null;
  if (instruction.kind !== 'run' || instruction.body?.form !== 'shell' || instruction.heredocs.length > 0) return;
  const { user } = step.before;
  // The other manager needs root as well.
  if (user.known && user.value.uid !== 0 && user.value.name !== 'root') return;
  const { span } = instruction.body;
  if (/[\r\n$]/.test(text.slice(span.start, span.end))) return;
  const packages: string[] = [];
  for (const one of step.commands) {
    const read = readPackageCommand(one.words);
    if (!one.command.always || one.command.redirects.length > 0) return;
    if (!read && isCleanup(one)) continue;
    if (!read || read.hasUnknown || read.action === 'remove') return;
    packages.push(...(read.action === 'install' ? read.packages.map((index) => one.words[index] ?? '') : []));
  }
  if (!packages.every((name) => sameNames.has(name))) return;
  const line = packages.length === 0 ? updateLine(own, step) : installLine(own, packages);
  if (line) yield { title: `Install with ${own}`, edits: [replace(span, line)] };
}

/** A RUN that brings the lists of packages up to date for a later one. */
function updateLine(manager: string | null, { commands }: Step): string | null {
  if (!commands.every(({ words }) => words[1] === 'update')) return null;
  if (manager === 'apk') return 'apk update';
  return manager === 'apt' ? 'apt-get update' : null;
}

function isCleanup({ command }: CommandStep): boolean {
  const [program, ...rest] = command.words.map(({ raw }) => raw);
  return program === 'rm' && rest.every((word) => /^(-rf|-fr|\/var\/(lib\/apt\/lists|cache\/apk)\S*)$/.test(word));
}

function installLine(manager: string | null, packages: readonly string[]): string | null {
  if (manager === 'apk') return `apk add --no-cache ${packages.join(' ')}`;
  if (manager !== 'apt') return null;
  return `apt-get update && apt-get install -y --no-install-recommends ${packages.join(' ')} && rm -rf /var/lib/apt/lists/*`;
}
