import { isBelow, type UsedPackage } from '../context/used-package.js';

/** A Java library that unpacks native code when it runs. */
type NativeLibrary = {
  /** The artifact that the native code comes with. */
  readonly name: RegExp;
  /** The first version with code for musl; null where there is none. */
  readonly muslSince: string | null;
  /** A classifier under which there is code for musl. */
  readonly muslClassifier?: RegExp;
};

/** Each is from the issues of its project, see `references` of the rule about them. */
const libraries: readonly NativeLibrary[] = [
  // https://github.com/xerial/snappy-java/pull/632
  { name: /^org\.xerial\.snappy:snappy-java$/, muslSince: '1.1.10.8' },
  // https://github.com/xerial/sqlite-jdbc/pull/480, https://github.com/xerial/sqlite-jdbc/issues/623
  { name: /^org\.xerial:sqlite-jdbc$/, muslSince: '3.31.1' },
  // https://github.com/facebook/rocksdb/issues/3848; where between 6 and 7 musl came is not known.
  { name: /^org\.rocksdb:rocksdbjni$/, muslSince: '6.0' },
  // https://github.com/duckdb/duckdb-java/pull/226, https://github.com/motherduckdb/metabase_duckdb_driver/issues/97
  { name: /^org\.duckdb:duckdb_jdbc$/, muslSince: '1.5', muslClassifier: /musl/ },
  // https://github.com/microsoft/onnxruntime/issues/22539
  { name: /^com\.microsoft\.onnxruntime:onnxruntime(_gpu)?$/, muslSince: null },
  // https://github.com/langchain4j/langchain4j/issues/1203
  { name: /^dev\.langchain4j:langchain4j-embeddings-(all-minilm|bge|e5)-[\w-]+$/, muslSince: null },
  // https://github.com/bytedeco/javacpp-presets/issues/1306
  { name: /^org\.bytedeco:[\w-]+-platform(-gpu)?$/, muslSince: null },
  // https://github.com/bytedeco/javacpp/issues/329
  { name: /^org\.nd4j:nd4j-(native|cuda[\w.-]*)-platform$/, muslSince: null },
];

/** The library whose native code surely does not load on musl; a version that is not known decides nothing. */
export function lacksMusl({ name, version, classifier }: UsedPackage): boolean {
  const library = libraries.find((one) => one.name.test(name));
  if (!library || (classifier && library.muslClassifier?.test(classifier))) return false;
  return library.muslSince === null || (version !== null && /^\d/.test(version) && isBelow(version, library.muslSince));
}

/** RocksDB is in C++ and links to its library. Source: https://github.com/facebook/rocksdb/issues/10651 */
export function loadsCpp({ name }: UsedPackage): boolean {
  return name === 'org.rocksdb:rocksdbjni';
}

/** Libraries that draw text or measure it, for which Java asks fontconfig. */
const drawing = new Set([
  'org.apache.poi:poi-ooxml',
  'net.sf.jasperreports:jasperreports',
  'org.jfree:jfreechart',
  'com.github.penggle:kaptcha',
  'com.openhtmltopdf:openhtmltopdf-java2d',
  'org.apache.xmlgraphics:batik-transcoder',
  'com.alibaba:easyexcel',
]);

export function drawsText({ name }: UsedPackage): boolean {
  return drawing.has(name);
}
