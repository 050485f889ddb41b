import type { ImageFacts } from '../catalog/model.js';
import { hasRuntimeEnded, javaVendorOf, runtimeCycleOf, type RuntimeCycle } from '../catalog/runtimes.js';

/** A language runtime, or an image for one, that gets no security fixes any more. */
export type RuntimeEnd =
  | { readonly kind: 'cycle'; readonly cycle: RuntimeCycle }
  /** The image itself is deprecated. */
  | { readonly kind: 'image' };

const languages = /^(?:python|node|nodejs|go|golang|java|dotnet|aspnet|aspnetcore|ruby|php)$/;

/** Null when it is supported, when that is not known, and for Google Distroless, whose images end on days of their own. */
export function runtimeEnd(facts: ImageFacts, today: string): RuntimeEnd | null {
  const runtime = facts.runtime.known ? facts.runtime.value : null;
  if (!runtime || !languages.test(runtime.name) || facts.family === 'google-distroless') return null;
  const isUnnamedJava = runtime.name === 'java' && javaVendorOf(facts.name) === null;
  if (isUnnamedJava && facts.family === 'docker-official' && isGivenUp(facts)) return { kind: 'image' };
  const cycle = runtimeCycleOf(facts);
  return cycle && hasRuntimeEnded(cycle, today) ? { kind: 'cycle', cycle } : null;
}

/** Of openjdk only early-access builds are still made. */
function isGivenUp({ status, tag }: ImageFacts): boolean {
  return (status === 'retired' || status === 'deprecated') && !/(^|-)(ea|rc)(-|$)/.test(tag);
}
