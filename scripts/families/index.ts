import type { About } from './about.js';
import { distributions } from './distributions.js';
import { distroless } from './distroless.js';
import { further } from './further.js';
import { vendors } from './vendors.js';

export const abouts: readonly About[] = [...distroless, ...vendors, ...distributions, ...further];
