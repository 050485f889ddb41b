/** What travels between a webview and the extension. Types only. */
import type { Comparison, Position, StageGraph } from '../../server/src/protocol.js';

/** `file` is a name to show; `position` is what the comparison was asked for, null for the final stage. */
export type ShowComparison = {
  readonly kind: 'comparison';
  readonly comparison: Comparison;
  readonly file: string;
  readonly position: Position | null;
};

export type ShowStages = { readonly kind: 'stages'; readonly graph: StageGraph; readonly file: string };

/** There is nothing to show, and why. */
export type ShowNothing = { readonly kind: 'nothing'; readonly text: string };

export type ToCompareView = ShowComparison | ShowNothing;
export type ToStagesView = ShowStages | ShowNothing;

/** Each view says `ready` once it listens; what it shows is sent again then. `line` counts from 0. */
export type FromView =
  | { readonly kind: 'ready' }
  | { readonly kind: 'goTo'; readonly line: number }
  | { readonly kind: 'openPage'; readonly page: string }
  | { readonly kind: 'showChange'; readonly reference: string };

/** What a view of a document keeps over a reload of the window. */
export type ViewState = { readonly uri: string; readonly position: Position | null };
