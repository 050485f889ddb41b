/** A package of a lock: `wheels` are the ends of file names (`cp313-cp313-manylinux_2_17_x86_64`). */
export type Locked = {
  readonly name: string;
  readonly wheels?: readonly string[];
  readonly hasSource?: boolean;
  /** Lines for the table of the package. */
  readonly lines?: string;
};

export const glibcWheels = ['cp313-cp313-manylinux_2_28_x86_64', 'cp313-cp313-manylinux_2_28_aarch64'];
export const muslWheels = ['cp313-cp313-musllinux_1_2_x86_64', 'cp313-cp313-musllinux_1_2_aarch64'];

/** A uv.lock; `project` are the lines of the project's own table. */
export function uvLock(project: string, packages: readonly Locked[]): string {
  const own = `[[package]]\nname = "app"\nversion = "1"\nsource = { virtual = "." }\n${project}\n`;
  return `version = 1\nrevision = 3\nrequires-python = ">=3.11"\n\n${own}\n${packages.map(uvPackage).join('\n')}`;
}

function uvPackage({ name, wheels = [], hasSource = false, lines = '' }: Locked): string {
  const listed = wheels.map((end) => `    { url = "https://example.org/${fileName(name, end)}" },\n`).join('');
  const source = hasSource ? `sdist = { url = "https://example.org/${name}-1.0.tar.gz" }\n` : '';
  const head = `[[package]]\nname = "${name}"\nversion = "1.0"\nsource = { registry = "https://example.org/simple" }\n`;
  return `${head}${lines}${source}wheels = [\n${listed}]\n`;
}

export function poetryLock(packages: readonly Locked[]): string {
  const blocks = packages.map(({ name, wheels = [], hasSource = false, lines = '' }) => {
    const names = [...wheels.map((end) => fileName(name, end)), ...(hasSource ? [`${name}-1.0.tar.gz`] : [])];
    const files = names.map((file) => `    {file = "${file}", hash = "sha256:1"},\n`).join('');
    const optional = lines.includes('optional =') ? '' : 'optional = false\n';
    return `[[package]]\nname = "${name}"\nversion = "1.0"\n${optional}files = [\n${files}]\n${lines}\n`;
  });
  return `${blocks.join('\n')}\n[metadata]\nlock-version = "2.1"\npython-versions = ">=3.11"\n`;
}

function fileName(name: string, end: string): string {
  return `${name.replace(/-/g, '_')}-1.0-${end}.whl`;
}
