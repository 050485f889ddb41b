import type { RuntimeData, RuntimeProductData } from './data-model.js';
import type { ImageFacts } from './model.js';
import runtimes from './data/runtimes.json';

/**
 * A version line of a language runtime or a server, and how long its makers mend it. Days are YYYY-MM-DD; null is not
 * known. A distribution may mend its own package for longer.
 */
export type RuntimeCycle = {
  /** Whose dates they are, for people: `Node.js`, `Eclipse Temurin`. */
  readonly product: string;
  /** `3.13`, `22`. */
  readonly cycle: string;
  readonly released: string | null;
  /** Last day of security support. */
  readonly eol: string | null;
  /** Security support was over on the day of reading, since a day that is not known. */
  readonly hasEnded: boolean;
  /** Last day of active support: from then on only security problems are mended. */
  readonly support: string | null;
  /** Last day of support that is paid for. */
  readonly extended: string | null;
  /** Long-term support has begun or will. */
  readonly isLts: boolean;
  /** The day on which long-term support begins, where one was given. */
  readonly ltsFrom: string | null;
  /** The page for people. */
  readonly page: string;
  readonly source: string;
  readonly read: string;
};

export type JavaVendor =
  | 'corretto'
  | 'graalvm'
  | 'liberica'
  | 'microsoft'
  | 'oracle-openjdk'
  | 'red-hat'
  | 'sapmachine'
  | 'semeru'
  | 'temurin'
  | 'zulu';

const data: RuntimeData = runtimes;
let byName: ReadonlyMap<string, RuntimeProductData> | null = null;

/**
 * The version line a runtime of the catalog belongs to, at any precision: `3.13.5` is of 3.13, `22` and `22.11.0` of 22.
 * Null when it is not known, when the version does not tell (`3` of Python), and for Java without its vendor.
 */
export function findRuntimeCycle(
  name: string,
  version: string | null,
  vendor: JavaVendor | null = null,
): RuntimeCycle | null {
  const product = productOf(name, vendor);
  const numbers = /^v?(\d+(?:\.\d+)*)/.exec(version ?? '')?.[1]?.split('.');
  if (!product || !numbers) return null;
  // `1.8.0_402` is Java 8.
  if (name === 'java' && numbers[0] === '1') numbers.shift();
  for (let length = numbers.length; length > 0; length--) {
    const line = lineOf(product, numbers.slice(0, length).join('.'));
    if (line) return readCycle(product, line);
  }
  return null;
}

/** Every version line, the newest first. */
export function listRuntimeCycles(name: string, vendor: JavaVendor | null = null): readonly RuntimeCycle[] {
  const product = productOf(name, vendor);
  return product ? product.cycles.map((line) => readCycle(product, line)) : [];
}

/** Whether security support is over on a day (YYYY-MM-DD); null when that is not known. */
export function hasRuntimeEnded({ eol, hasEnded }: RuntimeCycle, today: string): boolean | null {
  if (eol !== null) return eol < today;
  return hasEnded ? true : null;
}

/**
 * The version line of the runtime an image exists for. Null also where a distribution mends the runtime itself, so that
 * the dates of its makers do not hold.
 */
export function runtimeCycleOf(facts: ImageFacts): RuntimeCycle | null {
  const runtime = facts.runtime.known ? facts.runtime.value : null;
  if (!runtime || isDistributionBuild(facts, runtime.name)) return null;
  return findRuntimeCycle(runtime.name, runtime.version, javaVendorOf(facts.name));
}

/** Whose build of Java an image has, told by its name. */
export function javaVendorOf(image: string): JavaVendor | null {
  return javaImages.find(([pattern]) => pattern.test(image))?.[1] ?? null;
}

/** Source of the last: GoogleContainerTools/distroless, whose java images on Debian 13 hold Temurin. */
const javaImages: readonly (readonly [RegExp, JavaVendor])[] = [
  [/(?:^|\/)eclipse-temurin$/, 'temurin'],
  [/(?:^|\/)amazon-?corretto(?:-j(?:re|dk))?$/, 'corretto'],
  [/(?:^|\/)(?:ibm-)?semeru-runtimes$/, 'semeru'],
  [/(?:^|\/)sapmachine$/, 'sapmachine'],
  [/(?:^|\/)azul(?:-zulu)?(?:\/|$)/, 'zulu'],
  [/(?:^|\/)bellsoft\/|(?:^|\/)liberica-/, 'liberica'],
  [/^mcr\.microsoft\.com\/openjdk\//, 'microsoft'],
  [/(?:^|\/)ubi\d+\/openjdk-\d+/, 'red-hat'],
  [/^ghcr\.io\/graalvm\//, 'graalvm'],
  [/^gcr\.io\/distroless\/java\d+-debian13$/, 'temurin'],
];

/** Families whose runtimes come from a distribution, or whose makers mend them on their own. */
const distributionFamilies = new Set([
  'alpine',
  'amazon-linux',
  'azure-linux',
  'debian',
  'echo',
  'iron-bank',
  // Where the runtime of an image comes from that the user described is not known.
  'private',
  'red-hat',
  'ubuntu',
  'ubuntu-chiselled',
]);

function isDistributionBuild({ family, name }: ImageFacts, runtime: string): boolean {
  if (runtime === 'java') return javaVendorOf(name) === null;
  return distributionFamilies.has(family) || (family === 'google-distroless' && runtime === 'python');
}

function productOf(name: string, vendor: JavaVendor | null): RuntimeProductData | undefined {
  byName ??= new Map(
    data.products.flatMap((product) => product.names.split(' ').map((each) => [each, product] as const)),
  );
  return byName.get(vendor && name === 'java' ? `${name}:${vendor}` : name);
}

function lineOf({ cycles }: RuntimeProductData, cycle: string): string | undefined {
  return cycles.find((line) => line.startsWith(`${cycle} `));
}

function readCycle({ title, page }: RuntimeProductData, line: string): RuntimeCycle {
  const [cycle = '', released, eol, support, extended, lts] = line.split(' ');
  return {
    product: title,
    cycle,
    released: day(released),
    eol: day(eol),
    hasEnded: eol === 'ended',
    support: day(support),
    extended: day(extended),
    isLts: lts !== undefined && lts !== '-',
    ltsFrom: day(lts),
    page: `https://endoflife.date/${page}`,
    source: data.source.replace('*', page),
    read: data.read,
  };
}

function day(text: string | undefined): string | null {
  return text && /^\d/.test(text) ? text : null;
}
