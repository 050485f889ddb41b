import { readPackageCommand, packageName } from '../interpret/commands/packages.js';
import { basedOn, isWorkshop, lineage } from '../interpret/bases.js';
import { finalStage } from '../interpret/processes.js';
import type { CommandStep, Stage } from '../interpret/state.js';
import type { Span } from '../text/span.js';
import { defineRule, dockerfile } from './rule.js';

export default defineRule({
  meta: {
    id: 'glibc-shim-on-alpine',
    summary: 'glibc made to look as if it were on Alpine',
    category: 'libc',
    severity: 'warning',
    fix: 'none',
  },

  docs: {
    why:
      'gcompat gives programs for glibc a part of its functions on top of musl; the glibc packages of alpine-pkg-glibc ' +
      'put a second libc beside it, and a link from the loader of glibc to musl only changes the message. Programs start, ' +
      'and then end with "Error relocating ./app: __vfprintf_chk: symbol not found" or a crash in a native library. ' +
      'Take a program for musl, or a glibc image such as debian slim. For Node.js, whose documentation names ' +
      'libc6-compat, it is information; packages in a stage that only builds are left alone.',
    bad: dockerfile`
      FROM alpine:3.24
      RUN apk add --no-cache gcompat
      COPY agent /usr/local/bin/agent
      USER 65532:65532
      ENTRYPOINT ["/usr/local/bin/agent"]
    `,
    good: dockerfile`
      FROM debian:trixie-slim
      COPY agent /usr/local/bin/agent
      USER 65532:65532
      ENTRYPOINT ["/usr/local/bin/agent"]
    `,
    references: [
      'https://wiki.alpinelinux.org/wiki/Running_glibc_programs',
      'https://github.com/sgerrand/alpine-pkg-glibc/issues/182',
    ],
  },

  *check(analysis) {
    const final = finalStage(analysis);
    const shipped = new Set(final && !isWorkshop(final) ? lineage(final) : []);
    for (const stage of analysis.stages) {
      const found = firstShim(stage);
      // What a build needs does not end in the image.
      if (!found || (found.kind === 'package' && !shipped.has(stage))) continue;
      const { runtime } = stage.start;
      const isNode = runtime.known && runtime.value?.name === 'node' && found.kind === 'package';
      yield {
        span: found.span,
        message: wording(found),
        because: [...basedOn(stage), ...stage.start.libc.because],
        data: null,
        severity: shipped.has(stage) && !isNode ? 'warning' : 'information',
      };
    }
  },
});

type Shim = { readonly kind: 'package' | 'glibc' | 'link'; readonly name: string; readonly span: Span };

/** The first one of a stage; each further one belongs to the same attempt. */
function firstShim({ start, steps }: Stage): Shim | null {
  if (!start.libc.known || start.libc.value.kind !== 'musl') return null;
  for (const { instruction, commands } of steps) {
    if (instruction.kind === 'add') {
      const word = instruction.sources.find(({ value }) => isGlibcPackage(value));
      if (word) return { kind: 'glibc', name: '', span: word.span };
    }
    for (const command of commands) {
      const found = shimOf(command);
      if (found) return found;
    }
  }
  return null;
}

function shimOf({ words, wordSpans }: CommandStep): Shim | null {
  const at = (index: number, rest: Omit<Shim, 'span'>): Shim | null => {
    const span = wordSpans[index];
    return span ? { ...rest, span } : null;
  };
  const command = readPackageCommand(words);
  if (command?.action === 'install' && command.manager === 'apk') {
    const index = command.packages.find((each) => /^(gcompat|libc6-compat)$/.test(packageName(words[each] ?? '')));
    return index === undefined ? null : at(index, { kind: 'package', name: packageName(words[index] ?? '') });
  }
  const url = words.findIndex((word) => word !== null && isGlibcPackage(word));
  if (url > 0) return at(url, { kind: 'glibc', name: '' });
  const isLink = words[0] === 'ln' && /libc\.musl|ld-musl/.test(words.join(' ')) && /\/ld-linux/.test(words.join(' '));
  return isLink ? at(0, { kind: 'link', name: '' }) : null;
}

function isGlibcPackage(word: string): boolean {
  return /^https:.*\/alpine-pkg-glibc\/|^https:.*\/glibc-[\d.]+-r\d+\.apk/.test(word);
}

function wording({ kind, name }: Shim): string {
  if (kind === 'package') return `'${name}' lends musl some functions of glibc; programs that need others crash.`;
  if (kind === 'glibc') return 'This puts glibc beside musl, which Alpine does not support.';
  return 'This link gives programs for glibc the loader of musl, which lacks functions they need.';
}
