import { throughMirror, type ImageReference } from '../catalog/reference.js';
import type { Catalog } from '../catalog/catalog.js';
import type { Analysis } from '../interpret/state.js';
import { fromWords } from '../stages/link.js';
import type { Word } from '../syntax/model.js';
import type { Span } from '../text/span.js';
import { registryPage } from './links/registry-page.js';

/** Where the name of an image leads. */
export type Link = {
  readonly span: Span;
  /** An https address. */
  readonly target: string;
  /** Registry as written or implied: `gcr.io`, `docker.io`. */
  readonly registry: string;
  readonly isFrom: boolean;
};

/** The pages of all images that the file names, in FROM, COPY --from and mounts. */
export function links({ file, stages, sources, catalog }: Analysis): readonly Link[] {
  if (file.isTemplate) return [];
  return stages.flatMap(({ base, syntax }) => {
    const { image } = syntax.from;
    const own = base.kind === 'image' && image ? linkTo(catalog, { reference: base.reference, word: image }) : null;
    const copied = syntax.instructions.flatMap(fromWords).flatMap((word) => {
      const source = sources.get(word.span.start);
      const link = source?.kind === 'image' ? linkTo(catalog, { reference: source.reference, word }) : null;
      return link ? [{ ...link, isFrom: false }] : [];
    });
    return own ? [{ ...own, isFrom: true }, ...copied] : copied;
  });
}

type Named = { readonly reference: ImageReference | null; readonly word: Word };

function linkTo(catalog: Catalog, { reference, word }: Named): Omit<Link, 'isFrom'> | null {
  const target = reference && pageOf(catalog, reference);
  return reference && target ? { span: nameSpan(word, reference), target, registry: reference.registry } : null;
}

function pageOf(catalog: Catalog, reference: ImageReference): string | null {
  const plain = throughMirror(reference, catalog.mirrors);
  const docs = catalog.repositories.get(`${plain.registry}/${plain.repository}`)?.data.docs;
  return docs !== undefined && isAddress(docs) ? docs : registryPage(plain);
}

function isAddress(text: string): boolean {
  return /^https:\/\/[\w.-]+(?:\/[^\s()<>"'\\]*)?$/.test(text);
}

/** The tag and digest are left out where the name is written as it is meant. */
function nameSpan({ text, span }: Word, reference: ImageReference): Span {
  const isPlain = text === reference.text && span.end - span.start === text.length;
  return isPlain ? { start: span.start, end: span.start + reference.parts.repository[1] } : span;
}
