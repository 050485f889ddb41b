/** What it takes to find images of the same language in the catalog. */
export type Language = {
  /** How the catalog calls it. */
  readonly names: readonly string[];
  /** How many numbers of a version decide whether a program still runs. */
  readonly parts: number;
  /** What the last part of an image's name holds; it leaves out frameworks and tools that are built on the language. */
  readonly named: RegExp;
};

const table: Readonly<Record<string, Language>> = {
  node: { names: ['node', 'nodejs'], parts: 1, named: /node/ },
  python: { names: ['python'], parts: 2, named: /python/ },
  java: {
    names: ['java'],
    parts: 1,
    named: /java|jdk|jre|temurin|corretto|azul|zulu|liberica|semeru|sapmachine/,
  },
  aspnetcore: { names: ['aspnetcore', 'dotnet'], parts: 1, named: /aspnet/ },
  dotnet: { names: ['dotnet'], parts: 1, named: /^(?!.*(?:aspnet|sdk|deps)).*(?:dotnet|runtime)/ },
  ruby: { names: ['ruby'], parts: 2, named: /ruby/ },
  php: { names: ['php'], parts: 2, named: /php/ },
  perl: { names: ['perl'], parts: 2, named: /perl/ },
  go: { names: ['go'], parts: 2, named: /^(?:go|golang)/ },
  rust: { names: ['rust'], parts: 2, named: /rust/ },
  deno: { names: ['deno'], parts: 1, named: /deno/ },
  bun: { names: ['bun'], parts: 1, named: /bun/ },
  elixir: { names: ['elixir'], parts: 2, named: /elixir/ },
  nginx: { names: ['nginx'], parts: 0, named: /nginx/ },
};

/** The row of a language by the catalog's name; one that has no row of its own is looked for by that name. */
export function languageOf(name: string): Language {
  return (Object.hasOwn(table, name) ? table[name] : null) ?? plain(name);
}

function plain(name: string): Language {
  return { names: [name], parts: 1, named: new RegExp(`^${name.replace(/[^a-z0-9]/gi, '.')}`) };
}
