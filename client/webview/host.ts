import type { FromView } from '../src/messages.js';

declare function acquireVsCodeApi(): {
  postMessage(message: FromView): void;
  getState(): unknown;
  setState(state: unknown): void;
};

export type Host = ReturnType<typeof acquireVsCodeApi>;

/** Connects the page with the extension and asks for what there is to show. */
export function connect<Shown>(receive: (shown: Shown, host: Host) => void): Host {
  const host = acquireVsCodeApi();
  window.addEventListener('message', ({ data }: MessageEvent<Shown>) => receive(data, host));
  host.postMessage({ kind: 'ready' });
  return host;
}
