import type { VendorData } from './data-model.js';
import canonical from './data/canonical.json';
import chainguard from './data/chainguard.json';
import dhi from './data/dhi.json';
import dotnet from './data/dotnet.json';
import google from './data/google.json';
import official from './data/official.json';
import redHat from './data/red-hat.json';
import scratch from './data/scratch.json';

/** Every vendor file; the later wins where two describe the same repository. */
export const vendors = [
  scratch,
  official,
  dotnet,
  google,
  chainguard,
  dhi,
  redHat,
  canonical,
] as unknown as readonly VendorData[];
