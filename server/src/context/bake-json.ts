import type { Span } from '../text/span.js';
import { asObject, entriesOf, type DataObject } from './data.js';
import type { HclAttribute, HclBlock, HclValue } from './hcl.js';
import { readJson } from './json.js';

const deepest = 20;

/** A bake file in JSON as the blocks that the same file in HCL has; null where it cannot be read. */
export function readBakeJson(text: string): Pick<HclBlock, 'attributes' | 'blocks'> | null {
  const root = readJson(text);
  if (!root) return null;
  const blocks = entriesOf(root).flatMap(([type, named]) =>
    entriesOf(named).map(([label, body]) => blockOf(text, { type, label, body })),
  );
  return { attributes: new Map(), blocks };
}

function blockOf(text: string, { type, label, body }: { type: string; label: string; body: unknown }): HclBlock {
  const span = spanOf(text, label, 0);
  const attributes = fieldsOf(text, asObject(body) ?? {}, { from: span.start, depth: 0 });
  return { type, labels: [label], span, attributes, blocks: [] };
}

type Place = { readonly from: number; readonly depth: number };

function fieldsOf(text: string, value: DataObject, { from, depth }: Place): ReadonlyMap<string, HclAttribute> {
  return new Map(
    entriesOf(value).map(([key, inner]) => {
      const span = spanOf(text, key, from);
      return [key, { value: valueOf(text, inner, { from: span.start, depth: depth + 1 }), span }];
    }),
  );
}

function valueOf(text: string, value: unknown, place: Place): HclValue {
  if (place.depth > deepest) return { kind: 'other' };
  if (typeof value === 'string') return { kind: /[$%]\{/.test(value) ? 'template' : 'text', text: value };
  if (typeof value === 'number' || typeof value === 'boolean') return { kind: 'text', text: String(value) };
  if (Array.isArray(value))
    return { kind: 'list', items: value.map((item) => valueOf(text, item, { ...place, depth: place.depth + 1 })) };
  const object = asObject(value);
  return object ? { kind: 'object', fields: fieldsOf(text, object, place) } : { kind: 'other' };
}

/** The key where it first stands after an offset. */
function spanOf(text: string, key: string, from: number): Span {
  const quoted = JSON.stringify(key);
  const at = text.indexOf(quoted, from);
  return at < 0 ? { start: from, end: from } : { start: at, end: at + quoted.length };
}
