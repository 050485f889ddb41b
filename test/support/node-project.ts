/** Packages of a package-lock.json by name, as far as a test needs them. */
export type Locked = Readonly<
  Record<
    string,
    {
      readonly dependencies?: readonly string[];
      readonly choices?: readonly string[];
      readonly script?: boolean;
      readonly os?: string;
      readonly libc?: string;
      readonly isDev?: boolean;
      readonly isOptional?: boolean;
      readonly isIndirect?: boolean;
    }
  >
>;

/** A project of Node.js with a package.json, a package-lock.json of version 3, and a program that loads what it asks for. */
export function project(packages: Locked): Readonly<Record<string, string>> {
  const direct = Object.entries(packages).filter(([, { isDev, isOptional, isIndirect }]) => {
    return !isDev && !isOptional && !isIndirect;
  });
  const dependencies = versions(direct.map(([name]) => name));
  const entries = Object.entries(packages).map(([name, one]) => [
    `node_modules/${name}`,
    {
      version: '1.0.0',
      ...(one.dependencies && { dependencies: versions(one.dependencies) }),
      ...(one.choices && { optionalDependencies: versions(one.choices) }),
      ...(one.script && { hasInstallScript: true }),
      ...(one.os && { os: [one.os] }),
      ...(one.libc && { libc: [one.libc] }),
      ...(one.isDev && { dev: true }),
      ...(one.isOptional && { optional: true }),
    },
  ]);
  const lock = { lockfileVersion: 3, packages: { '': { dependencies }, ...Object.fromEntries(entries) } };
  return {
    'package.json': JSON.stringify({ dependencies }),
    'package-lock.json': JSON.stringify(lock, null, 2),
    'server.js': programOf(Object.keys(dependencies)),
  };
}

export const distrolessNode = 'gcr.io/distroless/nodejs24-debian13';

/** A Dockerfile that installs such a project in one image and copies its packages into another. */
export function nodeApp(builder: string, final: string, install = 'RUN npm ci'): string {
  return `
FROM ${builder} AS build
WORKDIR /app
COPY package.json package-lock.json ./
${install}
COPY . .
FROM ${final}
WORKDIR /srv
COPY --from=build /app/node_modules ./node_modules
COPY server.js ./
CMD ["server.js"]
`;
}

/** A script that imports packages, and opens a database with those that load their code only then. */
export function programOf(names: readonly string[]): string {
  const lines = names.flatMap((name, index) => {
    const imported = `const part${index} = require('${name}');`;
    return name === 'better-sqlite3' ? [imported, `const database = new part${index}(':memory:');`] : [imported];
  });
  return `${lines.join('\n')}\n`;
}

function versions(names: readonly string[]): Readonly<Record<string, string>> {
  return Object.fromEntries(names.map((name) => [name, '1.0.0']));
}
