import { firstLineOf } from '../context/script.js';
import { byFile, type Evidence } from '../fact.js';
import { flagOf, setFlag } from '../fixes/copy-flags.js';
import { modeMark, ownerMark } from '../interpret/access.js';
import { nonrootUser } from '../interpret/end-user.js';
import { finalStage, startUses, type ProcessUse } from '../interpret/processes.js';
import { programFact } from '../interpret/query.js';
import { startedFiles, type StartedFile } from '../interpret/start-scripts.js';
import { lineage } from '../interpret/bases.js';
import type { ModeBits, Stage } from '../interpret/state.js';
import type { Copy, Instruction } from '../syntax/model.js';
import { defineRule, dockerfile } from './rule.js';

type Found = { readonly copy: Copy | null };

export default defineRule<Found>({
  meta: {
    id: 'entrypoint-not-executable',
    summary: 'The program that the image starts may not be executed',
    category: 'start',
    severity: 'error',
    fix: 'safe',
  },

  docs: {
    why:
      'A file without the execute permission does not start: exec: "/usr/local/bin/tool": permission denied. ADD gives ' +
      'what it downloads the mode 0600, and --chmod=644 or chmod takes the permission away. ' +
      'A file of the build context keeps its mode, and a here-document becomes a file of the mode 0644.',
    bad: dockerfile`
      FROM gcr.io/distroless/static-debian13:nonroot
      ADD https://example.com/tool /usr/local/bin/tool
      ENTRYPOINT ["/usr/local/bin/tool"]
    `,
    good: dockerfile`
      FROM gcr.io/distroless/static-debian13:nonroot
      ADD --chmod=0755 https://example.com/tool /usr/local/bin/tool
      ENTRYPOINT ["/usr/local/bin/tool"]
    `,
    references: [
      'https://docs.docker.com/reference/dockerfile/#adding-files-from-a-url',
      'https://docs.docker.com/reference/dockerfile/#copy---chown---chmod',
    ],
  },

  *check(analysis) {
    const stage = finalStage(analysis);
    for (const use of stage ? startUses(stage) : []) {
      const refused = stage && refusedMode(stage, use);
      if (!refused) continue;
      const { span, path, mode, because } = refused;
      yield {
        span,
        message: `'${path}' may not be executed${hasNone(mode) ? '' : ' by the user of the image'}: its mode is ${octal(mode)}.`,
        because: [because],
        data: { copy: copyAt(stage, because.span.start) },
      };
    }
    for (const started of startedFiles(analysis)) {
      const why = withoutPermission(started);
      if (!why) continue;
      yield {
        span: started.span,
        message: `'${started.path}' may not be executed: ${why.text}.`,
        because: why.because,
        data: { copy: why.copy },
        severity: started.placed?.isSure ? 'error' : 'warning',
      };
    }
  },

  fix({ data: { copy } }) {
    if (!copy || flagOf(copy, 'chmod')?.value?.includes('$')) return [];
    return [{ title: 'Add --chmod=0755', edits: [setFlag(copy, 'chmod', '0755')] }];
  },
});

type Refusal = { readonly text: string; readonly because: readonly Evidence[]; readonly copy: Copy | null };

/** A file keeps the mode it has in the build context, and a here-document has none to keep. */
function withoutPermission({ placed, path, at, stage }: StartedFile): Refusal | null {
  const [copied, ...more] = placed?.because ?? [];
  // Through another stage the mode may have been changed there.
  if (!placed || copied?.kind !== 'instruction' || more.length > 0) return null;
  const mark = modeMark(at, path);
  const isOfCopy = mark?.because.kind === 'instruction' && mark.because.span.start === copied.span.start;
  if ((mark && (mark.value !== null || !isOfCopy)) || modeMark(at, otherName(path))) return null;
  const copy = copyAt(stage, copied.span.start);
  if (copy && flagOf(copy, 'chmod')) return null;
  if (placed.kind === 'text') return { text: 'a here-document makes a file of the mode 0644', because: [copied], copy };
  if (placed.file.isExecutable !== false) return null;
  const here = byFile(placed.file, firstLineOf(placed.file), 'This file has no execute permission.');
  return { text: 'the file has no execute permission in the build context', because: [here, copied], copy };
}

/** `/usr/bin/x` is `/bin/x` where the one folder is a link to the other. */
function otherName(path: string): string {
  return /^\/usr\/(s?bin|lib)\//.test(path) ? path.slice('/usr'.length) : `/usr${path}`;
}

function copyAt(stage: Stage, start: number): Copy | null {
  const known = copies.get(stage) ?? copiesOf(stage);
  copies.set(stage, known);
  return known.get(start) ?? null;
}

/** Many RUN of one stage may ask. */
const copies = new WeakMap<Stage, ReadonlyMap<number, Copy>>();

function copiesOf(stage: Stage): ReadonlyMap<number, Copy> {
  const instructions = lineage(stage).flatMap(({ steps }) => steps.map(({ instruction }) => instruction));
  const isCopy = (one: Instruction): one is Copy => one.kind === 'copy' || one.kind === 'add';
  return new Map(instructions.filter(isCopy).map((copy) => [copy.span.start, copy]));
}

/** What is started by its path, with a mode that an instruction gave it and that forbids it. */
function refusedMode(stage: Stage, use: ProcessUse) {
  if (use.body.form !== 'exec' || isBehindEntrypoint(use)) return null;
  const program = programFact(use.at, use.argv[0] ?? '');
  const path = program.known ? program.value : null;
  const mode = path?.startsWith('/') ? modeMark(use.at, path) : null;
  if (!path || !mode?.value || mode.because.kind !== 'instruction') return null;
  // A script that nobody reads may change modes.
  const isChanged = use.at.blur !== null && use.at.blurredAt >= mode.order;
  if (isChanged || !isRefused(stage, path, mode.value)) return null;
  return { span: use.body.words[0]?.span ?? use.body.span, path, mode: mode.value, because: mode.because };
}

/** CMD behind an ENTRYPOINT is handed over as arguments. */
function isBehindEntrypoint({ role, at }: ProcessUse): boolean {
  return role === 'cmd' && (!at.entrypoint.known || at.entrypoint.value !== null);
}

/** Without any execute bit even root may not start it; with the owner's alone, only root and the owner. */
function isRefused(stage: Stage, path: string, mode: ModeBits): boolean {
  if (hasNone(mode)) return true;
  const user = nonrootUser(stage);
  const owner = ownerMark(stage.end, path)?.value;
  if ((mode.off & 0o011) !== 0o011 || !user || user.uid === null || !owner || owner.uid === null) return false;
  return owner.uid !== user.uid;
}

function hasNone({ off }: ModeBits): boolean {
  return (off & 0o111) === 0o111;
}

/** Bits that are not known count as not set. */
function octal({ on }: ModeBits): string {
  return on.toString(8).padStart(4, '0');
}
