import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findImageByText, loadCatalog } from '../../server/src/catalog/catalog.js';
import type { ImageFacts } from '../../server/src/catalog/model.js';

/**
 * A truth read in the vendors' own sources: what must hold for an image. `has` and `lacks` are words of
 * the vocabulary; `?` means that the fact must stay unknown.
 */
export type Truth = {
  readonly os?: string | null;
  readonly libc?: string;
  readonly shells?: string;
  readonly manager?: string | null;
  readonly user?: string;
  readonly entrypoint?: readonly string[] | null | '?';
  readonly cmd?: readonly string[] | null | '?';
  readonly runtime?: string | null;
  readonly has?: string;
  readonly lacks?: string;
  readonly files?: string;
  readonly closed?: boolean;
  readonly status?: ImageFacts['status'];
  readonly eol?: string | null;
  readonly osEol?: string | null;
  readonly replacement?: string;
  readonly workdir?: string;
  readonly family?: string;
  readonly access?: ImageFacts['access'];
  readonly signing?: string | null;
  readonly attestations?: string | null;
  readonly packageCount?: number | null;
  readonly flavor?: ImageFacts['flavor'];
  readonly isFips?: boolean;
  readonly isWindows?: boolean;
  /** References to other images: the development twin, the production one and the validated one. */
  readonly dev?: string;
  readonly production?: string;
  readonly fips?: string;
};

export const debianShells = '/bin/sh /bin/dash /bin/bash';
export const alpineShells = '/bin/sh /bin/ash';

/** One test per image. */
export function checkTruths(truths: readonly (readonly [image: string, truth: Truth])[]): void {
  for (const [image, truth] of truths) {
    test(image, () => {
      const facts = findImageByText(loadCatalog(), image);
      assert.ok(facts, 'not known');
      for (const key of Object.keys(truth) as (keyof Truth)[])
        assert.deepEqual(actual(facts, key, truth), truth[key] ?? null, key);
    });
  }
}

function actual(facts: ImageFacts, key: keyof Truth, truth: Truth): unknown {
  if (key === 'has' || key === 'lacks') return holding(facts, truth[key] ?? '', key === 'has');
  if (key === 'files')
    return (truth.files ?? '')
      .split(' ')
      .filter((file) => facts.files.includes(file))
      .join(' ');
  if (key === 'dev' || key === 'fips') return facts.variants[key];
  if (key === 'production') return facts.variants.runtime;
  if (key === 'closed') return facts.closed.known && facts.closed.value;
  if (key === 'os') return facts.os.known ? facts.os.value && words(facts.os.value.id, facts.os.value.version) : '?';
  if (key === 'libc') return facts.libc.known ? words(facts.libc.value.kind, facts.libc.value.version) : '?';
  if (key === 'shells') return facts.shells.known ? facts.shells.value.join(' ') : '?';
  if (key === 'manager') return facts.packageManager.known ? facts.packageManager.value : '?';
  if (key === 'user') return facts.user.known ? userText(facts.user.value) : '?';
  if (key === 'runtime')
    return facts.runtime.known
      ? facts.runtime.value && words(facts.runtime.value.name, facts.runtime.value.version, facts.runtime.value.path)
      : '?';
  if (key === 'entrypoint' || key === 'cmd' || key === 'workdir') return facts[key].known ? facts[key].value : '?';
  return facts[key];
}

/** The words for which the expectation holds, so that a difference names the others. */
function holding({ contents }: ImageFacts, text: string, isThere: boolean): string {
  return text
    .split(' ')
    .filter((word) => {
      const fact = contents.get(word);
      return fact?.known && fact.value === isThere;
    })
    .join(' ');
}

function userText({ name, uid }: { name: string | null; uid: number | null }): string {
  return name === null ? String(uid) : `${name}:${uid ?? ''}`;
}

function words(...parts: readonly (string | null)[]): string {
  return parts.filter((part) => part !== null).join(' ');
}
