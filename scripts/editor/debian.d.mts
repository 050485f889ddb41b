export function ensureDebianPackages(packages: Record<string, () => boolean>, purpose: string): void;
export function findOnPath(program: string): string | null;
export function hasLibrary(name: string): boolean;
