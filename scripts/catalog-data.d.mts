import type { Plugin } from 'esbuild';

export function catalogData(change?: (text: string) => string): Plugin;
