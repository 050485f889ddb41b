import type { BuildContext } from '../context/context.js';
import { entirely } from '../fixes/lines.js';
import { ignoringFix } from '../fixes/ignore-line.js';
import { copiedModules, type CopiedModules } from '../interpret/node-copied.js';
import { baseName } from '../interpret/tree.js';
import { remove } from '../text/edit.js';
import { defineRule, dockerfile } from './rule.js';

export default defineRule<CopiedModules>({
  meta: {
    id: 'host-node-modules-copied',
    summary: 'The node_modules of the host copied into the image',
    category: 'files',
    severity: 'warning',
    fix: 'review',
  },

  docs: {
    why:
      'The node_modules of the build context are those of the machine that runs the build, with addons for its system ' +
      'and its C library. Over the installed ones, or on Alpine, they bring "Error: Error loading shared library ' +
      '.../sharp.node: Exec format error" or "Cannot find module \'../build/Release/sharp-linuxmusl-x64.node\'". Install ' +
      'the packages in the image, and list node_modules in .dockerignore. Where the folder is not there now (a fresh ' +
      'checkout has none), the finding is an information.',
    bad: dockerfile`
      FROM node:24-alpine
      WORKDIR /app
      COPY package.json package-lock.json ./
      RUN npm ci --omit=dev
      COPY node_modules ./node_modules
      COPY server.js ./
      USER node
      CMD ["node", "server.js"]
    `,
    good: dockerfile`
      FROM node:24-alpine
      WORKDIR /app
      COPY package.json package-lock.json ./
      RUN npm ci --omit=dev
      COPY server.js ./
      USER node
      CMD ["node", "server.js"]
    `,
    references: [
      'https://docs.docker.com/build/concepts/context/#dockerignore-files',
      'https://github.com/lovell/sharp/issues/3705',
    ],
  },

  *check(analysis) {
    for (const copied of copiedModules(analysis)) {
      const { installed, isMusl, instruction, within } = copied;
      if (!installed && !isMusl) continue;
      yield {
        span: instruction.span,
        message: wording(copied, analysis.context),
        because: copied.because,
        data: copied,
        severity: within && !(within.isThere && analysis.context.isSure) ? 'information' : 'warning',
      };
    }
  },

  fix({ data: { installed, instruction, within } }, { file, context }) {
    if (within) return ignoringFix(context, within.path === 'node_modules' ? 'node_modules' : '**/node_modules');
    const line = entirely(file.text, instruction.span);
    if (!installed || !line || instruction.sources.length > 1) return [];
    return [{ title: 'Keep the installed packages', edits: [remove(line)] }];
  },
});

function wording({ installed, path, within }: CopiedModules, { ignoreFile }: BuildContext): string {
  if (!installed) return 'The node_modules of the build context are made for the host, and this image has musl.';
  if (!within || within.isThere)
    return `The node_modules of the build context are copied over those that are installed in '${path}'.`;
  const nothingKeeps = ignoreFile?.file ? `${baseName(ignoreFile.path)} does not keep` : 'no .dockerignore keeps';
  return `A '${within.path}' in the build context would overwrite what is installed in '${path}'; ${nothingKeeps} it out.`;
}
