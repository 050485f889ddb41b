import type { SourceFile } from '../../text/source-file.js';
import type { Span } from '../../text/span.js';
import { memo } from '../memo.js';

/** Which SDK a global.json asks for. */
export type SdkRequest = {
  /** `9.0.100`; null when any will do. */
  readonly version: string | null;
  /** `latestPatch` when nothing is written. */
  readonly rollForward: string;
  readonly span: Span;
};

/** No real one is longer. */
const longest = 20_000;

/** Null when the file cannot be read, or says nothing of the SDK. Comments are allowed there. */
export const readGlobalJson = memo(({ text }: SourceFile): SdkRequest | null => {
  if (text.length > longest) return null;
  const plain = text.replace(/("(?:[^"\\\n]|\\.)*")|\/\/[^\n]*|\/\*[\s\S]*?\*\//g, (all, string?: string) => {
    return string ?? all.replace(/[^\n]/g, ' ');
  });
  const sdk = /"sdk"\s*:\s*\{([^{}]*)\}/.exec(plain);
  const body = sdk?.[1];
  // Since .NET 10 it may name folders where SDKs are looked for.
  if (!sdk || body === undefined || /"paths"\s*:/.test(body)) return null;
  const from = sdk.index + sdk[0].length - body.length - 1;
  const version = /"version"\s*:\s*"([^"]*)"/.exec(body);
  const rollForward = /"rollForward"\s*:\s*"([^"]*)"/.exec(body)?.[1] ?? 'latestPatch';
  if (!version) return { version: null, rollForward, span: { start: from, end: from + body.length } };
  const start = from + version.index;
  return { version: version[1] ?? null, rollForward, span: { start, end: start + version[0].length } };
});
