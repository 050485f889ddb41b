import type { VendorData } from './data-model.js';
import dotnet from './data/dotnet.json';
import google from './data/google.json';
import official from './data/official.json';
import scratch from './data/scratch.json';

/** Every vendor file; the later wins where two describe the same repository. */
export const vendors = [scratch, official, dotnet, google] as unknown as readonly VendorData[];
