import assert from 'node:assert/strict';
import { test } from 'node:test';
import { markerHolds } from '../../server/src/context/python/marker.js';

const place = { minor: 13, machine: 'x86_64' } as const;

function check(answer: boolean | null, ...markers: readonly string[]): void {
  for (const marker of markers) assert.equal(markerHolds(marker, place), answer, marker);
}

test('no marker always holds', () => {
  assert.equal(markerHolds(null, place), true);
  check(true, '', ' ');
});

test('knows the system', () => {
  check(true, "sys_platform == 'linux'", "os_name != 'nt'", "'linux' in sys_platform", 'platform_system == "Linux"');
  check(true, "platform_machine == 'x86_64'", "platform_python_implementation == 'CPython'");
  check(true, "platform_machine in 'x86_64 amd64'");
  check(false, "sys_platform == 'win32'", "platform_machine == 'aarch64'", "implementation_name == 'pypy'");
  check(false, "platform_machine not in 'x86_64 amd64'");
});

test('compares the minor version of Python', () => {
  check(
    true,
    "python_version >= '3.9'",
    "python_version < '3.14'",
    "python_version == '3.13'",
    "'3.10' < python_version",
  );
  check(
    true,
    "python_full_version >= '3.13'",
    "python_full_version < '3.14'",
    "python_version > '2.7'",
    "python_version >= '3'",
  );
  check(true, "python_version in '3.12 3.13'", "python_version == '3.13.*'", "python_version < '4'");
  check(
    false,
    "python_version < '3.13'",
    "python_full_version < '3.13'",
    "python_version == '3.12'",
    "python_version < '3'",
  );
  check(false, "python_version != '3.13'", "python_version not in '3.12, 3.13'", "python_version == '2.7'");
});

test('does not know what the patch version decides', () => {
  check(null, "python_full_version < '3.13.4'", "python_full_version == '3.13.1'", "python_version ~= '3.13'");
  assert.equal(markerHolds("python_version < '3.9'", { ...place, minor: null }), null);
});

test('joins conditions', () => {
  check(true, "sys_platform == 'win32' or python_version >= '3.9'", "(sys_platform == 'linux') and os_name == 'posix'");
  check(false, "sys_platform == 'win32' and extra == 'a'", "extra == 'a' and sys_platform == 'win32'");
  check(true, "extra == 'a' or sys_platform == 'linux'");
  check(null, "extra == 'a'", "extra == 'a' and sys_platform == 'linux'", "extra == 'a' or sys_platform == 'win32'");
  check(false, "sys_platform == 'win32' or sys_platform == 'darwin' and python_version >= '3'");
});

test('gives up on what it cannot read', () => {
  check(null, 'nonsense', "sys_platform == 'linux' ]", "sys_platform == 'linux' 'x'", '(', "platform_release >= '5'");
  check(null, `${'('.repeat(3000)}sys_platform == 'linux'${')'.repeat(3000)}`, `${'('.repeat(100)}os_name == 'nt'`);
});
