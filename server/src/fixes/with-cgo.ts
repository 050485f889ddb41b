import { placedPrograms } from '../interpret/placed.js';
import { finalStage } from '../interpret/processes.js';
import { contentFact } from '../interpret/query.js';
import type { Analysis, CommandStep, Stage } from '../interpret/state.js';
import type { Fix } from '../rules/rule.js';
import { insert, replace, type Edit } from '../text/edit.js';
import { installPackages } from './install-package.js';
import { onBaseWithLibc } from './libc-base.js';

/**
 * Turns cgo on for a build that has it off, so that its program starts where it is put: on the libc of the build, or,
 * linked statically against musl, in an image without libc. Nothing where that cannot be seen.
 */
export function withCgo(step: CommandStep, stage: Stage, analysis: Analysis): Fix[] {
  const edits = switchedOn(step, stage, analysis.file.text);
  const final = finalStage(analysis);
  const built = stage.end.libc.known ? stage.end.libc.value.kind : null;
  const here = final?.end.libc.known ? final.end.libc.value.kind : null;
  if (!edits || !final || !built || !here) return [];
  if (built === here) return [{ title: 'Build with cgo', edits }];
  if (here !== 'none') return [];
  if (built === 'musl') {
    const link = linkedStatically(step, analysis.file.text);
    return link ? [{ title: 'Build with cgo and link statically', edits: [...edits, ...link] }] : [];
  }
  const program = placedPrograms(final).find(({ artifact }) => artifact.built?.span.start === step.command.span.start);
  const [base] = program ? onBaseWithLibc(program, final, analysis.catalog) : [];
  return base ? [{ title: 'Build with cgo, on distroless base', edits: [...edits, ...base.edits] }] : [];
}

function switchedOn(step: CommandStep, stage: Stage, text: string): Edit[] | null {
  const setting = setOn(step, text);
  const compiler = contentFact(step.before, 'gcc');
  if (!compiler.known) return null;
  if (compiler.value) return setting;
  const isAlpine = stage.start.packageManager.known && stage.start.packageManager.value === 'apk';
  const [install] = isAlpine ? installPackages(stage, 'gcc musl-dev', text) : [];
  return install ? [...install.edits, ...setting] : null;
}

/** With a compiler cgo is on by default: only what turns it off is changed. */
function setOn({ go, command, wordSpans }: CommandStep, text: string): Edit[] {
  for (const reason of go?.isOn.because ?? []) {
    if (reason.kind !== 'instruction') continue;
    const { start, end } = reason.span;
    const found = /CGO_ENABLED(=|\s+)["']?(?=0)/.exec(text.slice(start, end));
    if (!found) continue;
    const at = start + found.index + found[0].length;
    return [replace({ start: at, end: at + 1 }, '1')];
  }
  const isByDefault = go?.isOn.because.some(({ note }) => note === 'CGO_ENABLED is not set for this build.');
  const first = command.assignments[0]?.span ?? wordSpans[0];
  return isByDefault || !first ? [] : [insert(first.start, 'CGO_ENABLED=1 ')];
}

/** The flags of the linker, in -ldflags where that is there and quoted. */
function linkedStatically({ words, wordSpans }: CommandStep, text: string): Edit[] | null {
  const verb = wordSpans[1];
  const at = wordSpans.findIndex(({ start }) => /^--?ldflags/.test(text.slice(start, start + 10)));
  if (!verb || words[1]?.startsWith('-')) return null;
  if (at < 0) return [insert(verb.end, " -ldflags '-linkmode external -extldflags=-static'")];
  const own = wordSpans[at];
  const rest = own ? text.slice(own.start) : '';
  const opening = /^--?ldflags[= ]["']/.exec(rest)?.[0];
  const value =
    opening && own ? text.slice(own.start + opening.length, wordSpans[at + (opening.includes('=') ? 0 : 1)]?.end) : '';
  if (!opening || !own || /-linkmode/.test(value)) return null;
  const isStatic = /-extldflags.*-static/.test(value);
  if (!isStatic && value.includes('-extldflags')) return null;
  const flags = isStatic ? '-linkmode external ' : '-linkmode external -extldflags=-static ';
  return [insert(own.start + opening.length, flags)];
}
