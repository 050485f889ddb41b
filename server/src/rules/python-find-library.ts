import { byInstruction } from '../fact.js';
import { finalStage } from '../interpret/processes.js';
import { basePython } from '../interpret/python/places.js';
import { pythonPackages } from '../interpret/python/packages.js';
import type { Stage, StageState } from '../interpret/state.js';
import type { Copy } from '../syntax/model.js';
import { insert, newlineOf } from '../text/edit.js';
import { defineRule, dockerfile, type Fix } from './rule.js';

type Data = { readonly copy: Copy; readonly stage: Stage };

export default defineRule<Data>({
  meta: {
    id: 'python-find-library',
    summary: 'Copied library that Python cannot look up by name',
    category: 'files',
    severity: 'information',
    fix: 'review',
  },

  docs: {
    why:
      'Packages such as python-magic ask ctypes.util.find_library() for a library by its short name, and that reads ' +
      '/etc/ld.so.cache. The distroless images bring this file ready-made and cannot run ldconfig, so a library that is ' +
      'copied in is not listed: find_library() returns None, and the import ends with "failed to find libmagic. Check ' +
      'your installation". Copy the cache from the stage that installed the library as well, or load the library by its ' +
      'full name.',
    bad: dockerfile`
      FROM python:3.13-slim-trixie AS build
      RUN apt-get update && apt-get install -y --no-install-recommends libmagic1t64
      RUN pip install --target=/deps python-magic

      FROM gcr.io/distroless/python3-debian13:nonroot
      COPY --from=build /usr/lib/x86_64-linux-gnu/libmagic.so.1 /usr/lib/x86_64-linux-gnu/
      COPY --from=build /deps /deps
      ENV PYTHONPATH=/deps
      COPY app.py /app/
      CMD ["/app/app.py"]
    `,
    good: dockerfile`
      FROM python:3.13-slim-trixie AS build
      RUN apt-get update && apt-get install -y --no-install-recommends libmagic1t64
      RUN pip install --target=/deps python-magic

      FROM gcr.io/distroless/python3-debian13:nonroot
      COPY --from=build /usr/lib/x86_64-linux-gnu/libmagic.so.1 /usr/lib/x86_64-linux-gnu/
      COPY --from=build /etc/ld.so.cache /etc/ld.so.cache
      COPY --from=build /deps /deps
      ENV PYTHONPATH=/deps
      COPY app.py /app/
      CMD ["/app/app.py"]
    `,
    references: [
      'https://github.com/GoogleContainerTools/distroless/blob/main/python3/README.md#ldconfig-and-ctypes',
      'https://docs.python.org/3/library/ctypes.html#finding-shared-libraries',
      'https://github.com/ahupp/python-magic/issues/114',
    ],
  },

  *check(analysis) {
    const stage = finalStage(analysis);
    if (!stage || !hasFixedCache(stage.end)) return;
    const installed = pythonPackages(stage.end, analysis.context);
    for (const { instruction } of stage.steps) {
      if (instruction.kind !== 'copy' || !instruction.flags.some(({ name }) => name === 'from')) continue;
      const library = instruction.sources.map(({ text }) => libraryName(text)).find((name) => name && users[name]);
      const user = installed.find(({ name, isCertain }) => isCertain && library && users[library]?.includes(name));
      if (!library || !user) continue;
      yield {
        span: instruction.span,
        message: `'${user.name}' looks up '${library}' in /etc/ld.so.cache, which does not list what is copied here.`,
        because: [...user.because, byInstruction(instruction.span, `Copies '${library}'.`)],
        data: { copy: instruction, stage },
      };
    }
  },

  fix: ({ data }, { file }) => withCache(data, file.text),
});

/** The packages that look a library up by its short name. */
const users: Readonly<Partial<Record<string, readonly string[]>>> = {
  libmagic: ['python-magic'],
  'libusb-1.0': ['pyusb'],
  libcairo: ['cairocffi'],
  libzbar: ['pyzbar'],
  libudev: ['pyudev'],
  libvlc: ['python-vlc'],
};

/** `libmagic` of `/usr/lib/x86_64-linux-gnu/libmagic.so.1` and of `/usr/lib/*\/libmagic*`. */
function libraryName(path: string): string | null {
  return /\/(lib[\w.+-]+?)(\.so[\w.*]*|\*)$/.exec(path)?.[1] ?? null;
}

/** Distroless: Debian's Python without a package manager or a shell. Another cache may have been brought along. */
function hasFixedCache(state: StageState): boolean {
  const { packageManager, files, env } = state;
  const isBare = packageManager.known && packageManager.value === null && !state.blur;
  return (
    isBare &&
    basePython(state)?.packages === 'dist-packages' &&
    !files.get('/etc/ld.so.cache') &&
    !env.get('LD_LIBRARY_PATH')
  );
}

function withCache({ copy }: Data, text: string): Fix[] {
  const from = copy.flags.find(({ name }) => name === 'from')?.value;
  if (!from || !/^[ \t]*(\r?\n|$)/.test(text.slice(copy.span.end))) return [];
  const newline = newlineOf(text);
  const line = `${newline}COPY --from=${from} /etc/ld.so.cache /etc/ld.so.cache`;
  return [{ title: 'Copy the cache of the linker too', edits: [insert(copy.span.end, line)] }];
}
