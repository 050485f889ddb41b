import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readProjectFile } from '../../server/src/context/dotnet/project-file.js';
import { propertiesOf } from '../../server/src/context/dotnet/properties.js';
import { frameworkVersion } from '../../server/src/context/dotnet/target-framework.js';
import { readGradleFile } from '../../server/src/context/gradle/build-file.js';
import { includedProjects } from '../../server/src/context/gradle/settings.js';
import { readVersionCatalog } from '../../server/src/context/gradle/version-catalog.js';
import { readPom } from '../../server/src/context/maven/pom.js';
import { isBelow } from '../../server/src/context/used-package.js';
import { readXml } from '../../server/src/context/xml/xml.js';

const file = (text: string) => ({ path: 'x', uri: null, text });

test('XML: spans are those of the text, and what is not well-formed is null', () => {
  const text = '<a>\r\n <!-- <b>no</b> --> <x:b>  hé &amp; 𝄞 </x:b><c d="e"/></a>';
  const root = readXml(file(text));
  const [b, c] = root?.children ?? [];
  assert.equal(b?.text, 'hé & 𝄞');
  assert.equal(text.slice(b?.span.start, b?.span.end), 'hé &amp; 𝄞');
  assert.equal(text.slice(c?.span.start, c?.span.end), '<c d="e"/>');
  for (const broken of ['', 'x', '<a>', '<a><b></a>', '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'])
    assert.equal(readXml(file(broken)), null, broken);
  assert.equal(readXml(file('<a>'.repeat(5000) + '</a>'.repeat(5000))), null);
});

test('MSBuild: conditions, defaults and references to other properties', () => {
  const read = (properties: string) => {
    const project = readProjectFile(file(`<Project><PropertyGroup>${properties}</PropertyGroup></Project>`));
    return propertiesOf(project ? [project] : [], new Map([['given', 'command']]));
  };
  const value = (properties: string, name: string) => {
    const fact = read(properties)(name);
    return fact.known ? fact.value : undefined;
  };
  assert.equal(value('<A>1</A>', 'a'), '1');
  assert.equal(value('<A>1</A><A>2</A>', 'A'), '2');
  assert.equal(value('<B>1</B><A>$(b).0</A>', 'A'), '1.0');
  assert.equal(value('<A>$(A)x</A>', 'A'), undefined);
  assert.equal(value('<A>$(B)</A><B>$(A)</B>', 'A'), undefined);
  assert.equal(value("<A Condition=\"'$(C)' == 'd'\">1</A>", 'A'), undefined);
  assert.equal(value("<A Condition=\"'$(A)' == ''\">1</A>", 'A'), '1');
  assert.equal(value('<Given>file</Given>', 'Given'), 'command');
  assert.equal(value('', 'A'), null);
});

test('target frameworks by their version', () => {
  assert.deepEqual(['net8.0', 'net10.0-linux', 'netcoreapp3.1', 'net48', 'netstandard2.0', ''].map(frameworkVersion), [
    '8.0',
    '10.0',
    '3.1',
    null,
    null,
    null,
  ]);
  assert.deepEqual(
    [isBelow('8.0', '10.0'), isBelow('10.0', '8.0'), isBelow('1.1.10.7', '1.1.10.8'), isBelow('3.0', '3')],
    [true, false, true, false],
  );
});

test('readers take anything', () => {
  for (const text of ['', '{', '[', '\0', 'include', 'implementation(', '"'.repeat(5000), '/*'.repeat(5000)]) {
    assert.equal(readPom(file(text)), null);
    assert.equal(readProjectFile(file(text)), null);
    assert.deepEqual(readGradleFile(file(text))?.dependencies, []);
    assert.deepEqual(includedProjects(file(text)), []);
  }
  assert.equal(readVersionCatalog(file('[versions')), null);
  const catalog = readVersionCatalog(file('[libraries]\n__proto__ = "a:b:1"\nx-y_z = { group = "g", name = "n" }\n'));
  assert.deepEqual(catalog?.libraries.get('x.y.z'), { name: 'g:n', version: null });
});

test('settings of Gradle name the projects', () => {
  assert.deepEqual(includedProjects(file('include(":a", ":b:c")\ninclude \'d\',\n  \'e\'\n// include("f")\n')), [
    'a',
    'b/c',
    'd',
    'e',
  ]);
});
