import { extendCatalog, findImageByText, loadCatalog, type CatalogAddition } from '../catalog/catalog.js';
import type { Mirror } from '../catalog/mirrors.js';
import type { VendorData } from '../catalog/data-model.js';
import type { Span } from '../text/span.js';
import { fileKeys, strayKey } from './fields.js';
import { readImages } from './images.js';
import { parseJson, type JsonNode } from './json.js';
import { readMirrors } from './mirrors.js';
import { firstProblem, type ConfigProblem, type Report } from './problem.js';
import { family, quoted, text as anyText, twice, wrong } from './values.js';

/** `addition` is null when nothing of the file counts, which `problem` then says; it may be there with a warning too. */
export type ConfigReading = { readonly addition: CatalogAddition | null; readonly problem: ConfigProblem | null };

/** What the text of a config file says. `source` is its path, as people should see it beside the facts. Never throws. */
export function readConfig(text: string, source: string): ConfigReading {
  const { report, first } = firstProblem();
  const root = parseJson(text, report);
  const addition = root && readRoot(root, source, report);
  const problem = first();
  if (problem || !root || !addition) return { addition: null, problem };
  return { addition, problem: unknownLikeness(root, addition) };
}

function readRoot(root: JsonNode, source: string, report: Report): CatalogAddition {
  let files: readonly VendorData[] = [];
  let mirrors: readonly Mirror[] = [];
  let prefer: readonly string[] = [];
  const seen = new Set<string>();
  if (root.kind !== 'object') report(root.span, () => "Write an object: '{}'.");
  for (const { key, keySpan, value } of root.kind === 'object' ? root.entries : []) {
    if (seen.has(key)) report(keySpan, () => twice(key));
    seen.add(key);
    if (key === '$schema') anyText(value, { key, report });
    else if (key === 'images') files = readImages(value, source, report);
    else if (key === 'mirrors') mirrors = readMirrors(value, source, report);
    else if (key === 'prefer') prefer = readFamilies(value, report);
    else report(keySpan, () => strayKey(key, fileKeys));
  }
  return { files, mirrors, prefer };
}

function readFamilies(node: JsonNode, report: Report): string[] {
  if (node.kind !== 'list') {
    wrong(node, 'a list of families, the most wanted first', { key: 'prefer', report });
    return [];
  }
  return [...new Set(node.items.map((item) => family(item, { key: 'prefer', report }) ?? ''))];
}

/** The first image that is `like` one of which nothing is known: most likely it is misspelt. */
function unknownLikeness(root: JsonNode, addition: CatalogAddition): ConfigProblem | null {
  const catalog = extendCatalog(loadCatalog(), addition);
  for (const { reference, span } of likenesses(root)) {
    // What the star stands for is known only when a Dockerfile names a tag.
    if (reference.includes('*') || findImageByText(catalog, reference)) continue;
    const message = `Nothing is known about ${quoted(reference)}, so nothing is taken over from it.`;
    return { span, message, severity: 'warning' };
  }
  return null;
}

function likenesses(node: JsonNode): { reference: string; span: Span }[] {
  if (node.kind === 'list') return node.items.flatMap(likenesses);
  if (node.kind !== 'object') return [];
  return node.entries.flatMap(({ key, value }) => {
    if (key !== 'like') return key === 'env' ? [] : likenesses(value);
    return value.kind === 'text' ? [{ reference: value.value, span: value.span }] : [];
  });
}
