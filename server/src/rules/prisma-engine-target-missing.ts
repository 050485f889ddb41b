import { byFile } from '../fact.js';
import { copiedClients, engineTarget, isMuslTarget, type CopiedClient } from '../interpret/prisma.js';
import { baseName } from '../interpret/tree.js';
import { insert, replace } from '../text/edit.js';
import { defineRule, dockerfile, type Fix } from './rule.js';

type Data = CopiedClient & { readonly target: string };

const manifest = '{ "dependencies": { "@prisma/client": "^6.19.0" }, "devDependencies": { "prisma": "^6.19.0" } }\n';

function schemaWith(targets: string): string {
  return `generator client {
  provider      = "prisma-client-js"
  binaryTargets = [${targets}]
}
`;
}

const example = dockerfile`
  FROM node:24-alpine AS build
  WORKDIR /app
  COPY package.json ./
  COPY prisma ./prisma
  RUN npm install
  RUN npx prisma generate

  FROM gcr.io/distroless/nodejs24-debian13:nonroot
  WORKDIR /app
  COPY --from=build /app /app
  CMD ["server.js"]
`;

export default defineRule<Data>({
  meta: {
    id: 'prisma-engine-target-missing',
    summary: 'Prisma client generated without the engine of the final image',
    category: 'libc',
    severity: 'warning',
    fix: 'review',
  },

  docs: {
    why:
      'Up to version 6 the client of Prisma loads an engine of native code, which prisma generate picks for the libc and ' +
      'the OpenSSL of the stage it runs in. In an image with another libc the first query fails: "Prisma Client could ' +
      'not locate the Query Engine for runtime". Name the engine of the final image in binaryTargets, or generate on the ' +
      'same base image. Clients without that engine (version 7, or engineType "client") are not affected.',
    bad: example,
    good: example,
    files: { 'package.json': manifest, 'prisma/schema.prisma': schemaWith('"native"') },
    goodFiles: {
      'package.json': manifest,
      'prisma/schema.prisma': schemaWith('"native", "debian-openssl-3.0.x", "linux-arm64-openssl-3.0.x"'),
    },
    references: [
      'https://www.prisma.io/docs/orm/reference/prisma-schema-reference#binarytargets-options',
      'https://github.com/prisma/prisma/issues/16553',
    ],
  },

  *check(analysis) {
    for (const client of copiedClients(analysis)) {
      const { built, final, copy, schema, generator, command, isSure } = client;
      const [made, runs] = [built.end.libc, final.end.libc];
      const target = engineTarget(final.end);
      if (!made.known || !runs.known || target === null || hasOwnEngine(client)) continue;
      const isMusl = runs.value.kind === 'musl';
      if (![made.value.kind, runs.value.kind].every((kind) => kind === 'musl' || kind === 'glibc')) continue;
      const names = generator.targets?.names ?? ['native'];
      const kinds = names.map((name) => (name === 'native' ? made.value.kind === 'musl' : isMuslTarget(name)));
      if (kinds.some((kind) => kind === isMusl || kind === null)) continue;
      const span = generator.targets?.span ?? generator.span;
      yield {
        span: copy.span,
        message: `The Prisma client is generated without an engine for ${runs.value.kind}, which this image has.`,
        because: [
          byFile(schema, span, enginesNote(generator)),
          { kind: 'instruction', span: command.command.span, note: 'The client is generated here.' },
          ...made.because,
          ...runs.because,
        ],
        data: { ...client, target },
        severity: isSure ? 'warning' : 'information',
      };
    }
  },

  fix({ data: { schema, generator, target } }): Fix[] {
    const { targets, span } = generator;
    const arm = target.startsWith('linux-musl') ? 'linux-musl-arm64-openssl-3.0.x' : 'linux-arm64-openssl-3.0.x';
    const list = `[${[...(targets?.names ?? ['native']), target, arm].map((name) => `"${name}"`).join(', ')}]`;
    const edit = targets ? replace(targets.span, list) : insert(span.end, `\n  binaryTargets = ${list}`);
    return [
      {
        title: `Add '${target}' to binaryTargets in ${baseName(schema.path)}`,
        edits: [],
        files: [{ path: schema.path, file: schema, edits: [edit] }],
      },
    ];
  },
});

function enginesNote({ targets }: CopiedClient['generator']): string {
  if (!targets) return 'No binaryTargets here: the only engine is that of the image that generates the client.';
  return `binaryTargets names ${targets.names.map((name) => `'${name}'`).join(', ')} only.`;
}

/** An engine that the image names itself. */
function hasOwnEngine({ final }: CopiedClient): boolean {
  return final.end.env.get('PRISMA_QUERY_ENGINE_LIBRARY') !== undefined;
}
