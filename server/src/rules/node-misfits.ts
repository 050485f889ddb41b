import type { Evidence } from '../fact.js';
import { madeHere } from '../interpret/bundles.js';
import type { UsedModules } from '../interpret/node.js';
import type { Misfit, Misfits } from '../interpret/node-fit.js';
import { lockedAt } from '../interpret/node-lock.js';
import { baseName } from '../interpret/tree.js';
import { dockerfile } from './rule.js';

/** A program with packages that one image installs and another one runs. */
export function installedIn(image: string): string {
  const text = dockerfile`
    FROM IMAGE AS build
    WORKDIR /app
    COPY package.json package-lock.json ./
    RUN npm ci --omit=dev
    COPY server.js ./

    FROM gcr.io/distroless/nodejs24-debian13:nonroot
    WORKDIR /app
    COPY --from=build /app /app
    CMD ["server.js"]
  `;
  return text.replace('IMAGE', image);
}

/** The package to name, which is the gravest one; null where the lock file does not tell what was installed. */
export function namedMisfit(found: Misfits | null): Misfit | null {
  return found?.lock.isWhole ? (found.misfits[0] ?? null) : null;
}

/** `'sharp' will not load when it is used`; `count` is that of the packages that are as sure to fail. */
export function outcomeOf({ native: { name }, isCertain, load }: Misfit, count = 1): string {
  const all = `'${name}'${count > 1 ? ` (and ${count - 1} more)` : ''}`;
  if (!isCertain) return `'${name}' may not load`;
  return load
    ? `'${baseName(load.file.path)}' imports ${all}, which will not load`
    : `${all} will not load when it is used`;
}

/** Where the package is locked and imported, and what installs it. */
export function whyMisfit({ modules }: UsedModules, found: Misfits | null): Evidence[] {
  const named = namedMisfit(found);
  const own = found && named ? [lockedAt(found.lock, named.native.locked), ...(named.load?.because ?? [])] : [];
  return [...own, ...madeHere(modules)];
}
