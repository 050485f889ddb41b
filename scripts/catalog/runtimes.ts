import type { RuntimeData, RuntimeProductData } from '../../server/src/catalog/data-model.js';

type RawCycle = {
  cycle: string;
  releaseDate: string;
  /** Null where the source gives yes or no in place of a day: then `eolFlag`. */
  eol: string | null;
  eolFlag?: boolean;
  eoas?: string | boolean;
  eoes?: string | boolean;
  lts?: string | boolean;
};
type RawRuntime = { product: string; cycles: RawCycle[] };
export type RawRuntimes = {
  sources: { repo: string; commit: string; note: string }[];
  runtimes: Record<string, RawRuntime>;
};

/**
 * The products that have images of their own: the key in the raw file to the names the catalog and people use, and the
 * title. Builds of Java are apart, for each ends on a day of its own.
 */
const products: readonly (readonly [key: string, names: string, title: string])[] = [
  ['python', 'python', 'Python'],
  ['node', 'node nodejs', 'Node.js'],
  ['go', 'go golang', 'Go'],
  ['java-temurin', 'java:temurin', 'Eclipse Temurin'],
  ['java-corretto', 'java:corretto', 'Amazon Corretto'],
  ['java-semeru', 'java:semeru', 'IBM Semeru'],
  ['java-zulu', 'java:zulu', 'Azul Zulu'],
  ['java-sapmachine', 'java:sapmachine', 'SapMachine'],
  ['java-liberica', 'java:liberica', 'BellSoft Liberica'],
  ['java-microsoft', 'java:microsoft', 'Microsoft Build of OpenJDK'],
  ['java-redhat', 'java:red-hat', 'Red Hat build of OpenJDK'],
  ['java-openjdk-oracle', 'java:oracle-openjdk', 'OpenJDK builds from Oracle'],
  ['graalvm-ce', 'java:graalvm', 'GraalVM Community Edition'],
  ['dotnet', 'dotnet aspnetcore aspnet', '.NET'],
  ['ruby', 'ruby', 'Ruby'],
  ['jruby', 'jruby', 'JRuby'],
  ['php', 'php', 'PHP'],
  ['rust', 'rust', 'Rust'],
  ['perl', 'perl', 'Perl'],
  ['bun', 'bun', 'Bun'],
  ['deno', 'deno', 'Deno'],
  ['elixir', 'elixir', 'Elixir'],
  ['erlang', 'erlang', 'Erlang/OTP'],
  ['haskell-ghc', 'haskell-ghc haskell ghc', 'GHC'],
  ['julia', 'julia', 'Julia'],
  ['powershell', 'powershell', 'PowerShell'],
  ['maven', 'maven', 'Apache Maven'],
  ['gradle', 'gradle', 'Gradle'],
  ['composer', 'composer', 'Composer'],
  ['nginx', 'nginx', 'nginx'],
  ['httpd', 'httpd', 'Apache HTTP Server'],
  ['caddy', 'caddy', 'Caddy'],
  ['haproxy', 'haproxy', 'HAProxy'],
  ['traefik', 'traefik', 'Traefik Proxy'],
  ['envoy', 'envoy', 'Envoy'],
  ['tomcat', 'tomcat', 'Apache Tomcat'],
  ['jetty', 'jetty', 'Eclipse Jetty'],
  ['postgres', 'postgres postgresql', 'PostgreSQL'],
  ['mysql', 'mysql', 'MySQL'],
  ['mariadb', 'mariadb', 'MariaDB'],
  ['mongo', 'mongo mongodb', 'MongoDB'],
  ['redis', 'redis', 'Redis'],
  ['valkey', 'valkey', 'Valkey'],
  ['memcached', 'memcached', 'Memcached'],
  ['rabbitmq', 'rabbitmq', 'RabbitMQ'],
  ['wordpress', 'wordpress', 'WordPress'],
  ['elasticsearch', 'elasticsearch', 'Elasticsearch'],
];

/** A product that the file does not hold is left out. Node's `lts` is false for the day before it starts. */
export function importRuntimes({ sources, runtimes }: RawRuntimes): RuntimeData {
  const [source] = sources;
  const day = /\d{4}-\d\d-\d\d/.exec(source?.note ?? '')?.[0];
  if (!source || !day) throw new Error('runtime-eol.json does not name its snapshot.');
  return {
    read: day,
    source: `${source.repo}@${source.commit.slice(0, 12)}:products/*.md`,
    products: products.flatMap(([key, names, title]): RuntimeProductData[] => {
      const raw = runtimes[key];
      return raw ? [{ names, title, page: raw.product, cycles: raw.cycles.map(toLine) }] : [];
    }),
  };
}

function toLine({ cycle, releaseDate, eol, eolFlag, eoas, eoes, lts }: RawCycle): string {
  const end = eol ?? (eolFlag ? 'ended' : '-');
  const columns = [cycle, releaseDate, end, word(eoas, 'ended'), word(eoes, 'ended'), word(lts, 'yes')];
  return columns.join(' ').replace(/(?: -)+$/, '');
}

function word(value: string | boolean | undefined, yes: string): string {
  if (typeof value === 'string') return value;
  return value ? yes : '-';
}
