import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readPyproject } from '../../server/src/context/python/pyproject.js';
import { readRequirements } from '../../server/src/context/python/requirements.js';
import type { SourceFile } from '../../server/src/text/source-file.js';

const file = (text: string): SourceFile => ({ path: 'a', uri: null, text });

test('reads lists of requirements', () => {
  const text = `# a comment
-r base.txt
--requirement=more/other.txt
-c constraints.txt
--index-url https://example.org/simple
Flask[async]==3.1.0  # why
python_magic >=0.4 ; sys_platform != "win32"
tzdata==2025.2 \\
    --hash=sha256:1 \\
    --hash=sha256:2
lib @ https://example.org/lib.tar.gz ; os_name == "posix"
uvloop
`;
  const { packages, includes } = readRequirements(file(text));
  assert.deepEqual(includes, ['base.txt', 'more/other.txt']);
  assert.deepEqual(
    packages.map(({ name, marker }) => [name, marker]),
    [
      ['flask', null],
      ['python-magic', 'sys_platform != "win32"'],
      ['tzdata', null],
      ['lib', 'os_name == "posix"'],
      ['uvloop', null],
    ],
  );
  assert.deepEqual(
    packages.map(({ span }) => text.slice(span.start, span.end)),
    ['Flask', 'python_magic', 'tzdata', 'lib', 'uvloop'],
  );
  for (const line of ['-e .', './lib', 'git+https://example.org/a', '$NAME', 'a-1.0.whl'])
    assert.deepEqual(readRequirements(file(line)).packages, [], line);
});

test('reads pyproject.toml', () => {
  const project = readPyproject(
    file(`[project]
name = "My_App"
dependencies = ["Flask[async]>=3", "uvicorn"]
scripts = { serve = "app:main" }

[tool.uv]
default-groups = ["dev", "lint"]

[tool.poetry.dependencies]
python = "^3.12"
Redis = "*"
torch = { version = "*", optional = true }

[tool.poetry.group.docs]
optional = true
`),
  );
  assert.deepEqual(project, {
    scripts: ['serve'],
    dependencies: ['flask', 'uvicorn', 'redis'],
    uvGroups: ['dev', 'lint'],
    optionalGroups: ['docs'],
  });
});

test('gives up on a pyproject.toml that is something else', () => {
  assert.equal(readPyproject(file('[project\n')), null);
  assert.equal(readPyproject(file('project = 3'))?.scripts.length, 0);
  assert.equal(readPyproject(file(`a = "${'x'.repeat(600_000)}"`)), null);
});
