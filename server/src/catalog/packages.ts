import type { PackageManager } from './model.js';

export type PackageFacts = { readonly role: string; readonly belongsInRuntime: boolean | null; readonly what: string; readonly runtimePackage: string | null };

export function findPackage(name: string, manager: PackageManager): PackageFacts | null {
  void manager;
  if (/^(gcc|g\+\+|make|cmake|build-essential|build-base|musl-dev|.*-dev|.*-devel)$/.test(name)) return { role: 'compiler', belongsInRuntime: false, what: 'compiler', runtimePackage: null };
  return null;
}

export function programsOf(name: string, manager: PackageManager): readonly string[] {
  void manager;
  if (name === 'build-essential' || name === 'build-base') return ['gcc', 'g++', 'make'];
  return [name];
}
