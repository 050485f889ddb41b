/** A package that holds C code. */
export type CgoPackage = {
  /** The import path, without a major version at its end. */
  readonly path: string;
  /**
   * What is left of it without cgo. `nothing`: a program that imports it cannot be compiled. `name`: nor can one that
   * uses it. `little`: nor one that uses more of it than some constants. `stub`: the program is compiled, and opening
   * a database fails.
   */
  readonly left: 'nothing' | 'name' | 'little' | 'stub';
};

/** The C code behind an import path; null for a package that is not known to hold any. */
export function cgoPackage(path: string): CgoPackage | null {
  const bare = path.replace(/\/v\d+(?=\/|$)/, '').replace(/^(gopkg\.in\/[^.]+(?:\/[^.]+)?)\.v\d+/, '$1');
  const left = cgoPackages.get(bare);
  return left ? { path, left } : null;
}

/** The C code that a required module is known to hold; null where none of its packages is known to. */
export function cgoModule(path: string): CgoPackage | null {
  const found = cgoPackage(path);
  if (found) return found;
  const bare = path.replace(/\/v\d+$/, '');
  const [name, left] = [...cgoPackages].find(([name]) => name.startsWith(`${bare}/`)) ?? [];
  return name && left && !manyPackages.has(bare) ? { path, left } : null;
}

/** Modules of which most packages hold no C code. */
const manyPackages = new Set(['github.com/google/gopacket', 'github.com/gopacket/gopacket']);

/** Built with CGO_ENABLED=0 and Go 1.26, each by itself. */
const cgoPackages = new Map<string, CgoPackage['left']>([
  ['github.com/mattn/go-sqlite3', 'stub'],
  // Imports the package above, and nothing else that opens a database.
  ['gorm.io/driver/sqlite', 'stub'],
  ['github.com/mutecomm/go-sqlcipher', 'stub'],
  ['github.com/confluentinc/confluent-kafka-go/kafka', 'name'],
  ['github.com/linxGnu/grocksdb', 'little'],
  ['github.com/tecbot/gorocksdb', 'little'],
  ['github.com/otiai10/gosseract', 'little'],
  ['github.com/miekg/pkcs11', 'little'],
  ['crawshaw.io/sqlite', 'little'],
  ['github.com/veandco/go-sdl2/sdl', 'little'],
  ['github.com/marcboeker/go-duckdb', 'nothing'],
  ['github.com/godror/godror', 'nothing'],
  ['github.com/google/gopacket/pcap', 'nothing'],
  ['github.com/gopacket/gopacket/pcap', 'nothing'],
  ['gocv.io/x/gocv', 'nothing'],
  ['github.com/DataDog/zstd', 'nothing'],
  ['github.com/valyala/gozstd', 'nothing'],
  ['github.com/pebbe/zmq4', 'nothing'],
  ['github.com/tursodatabase/go-libsql', 'nothing'],
  ['github.com/chai2010/webp', 'nothing'],
  ['github.com/ThalesIgnite/crypto11', 'nothing'],
  ['github.com/smacker/go-tree-sitter', 'nothing'],
  ['github.com/supranational/blst/bindings/go', 'nothing'],
]);

/** Whether a program that imports the package is linked against libc where cgo is on. */
export function loadsLibc(path: string): boolean {
  return libcPackages.has(path) || cgoPackage(path) !== null || serverModules.test(path);
}

/** Whether a package is one of Go's own. */
export function isStandard(path: string): boolean {
  return standardRoots.has(path.replace(/\/.*$/, ''));
}

const standardRoots = new Set(
  (
    'archive bufio bytes cmp compress container context crypto database debug embed encoding errors expvar flag fmt go ' +
    'hash html image index io iter log maps math mime net os path plugin reflect regexp runtime slices sort strconv ' +
    'strings structs sync syscall testing text time unicode unique unsafe weak'
  ).split(' '),
);

/** Packages of Go that use net or os/user, or that are these: `go list -deps std` of Go 1.26. */
const libcPackages = new Set(
  (
    'archive/tar crypto/tls crypto/x509 expvar log/syslog mime/multipart net net/http net/http/cgi net/http/cookiejar ' +
    'net/http/fcgi net/http/httptest net/http/httptrace net/http/httputil net/http/pprof net/mail net/rpc ' +
    'net/rpc/jsonrpc net/smtp net/textproto os/user plugin runtime/cgo C'
  ).split(' '),
);

/** Frameworks whose package imports net/http, or net. */
const serverModules =
  /^github\.com\/(gin-gonic\/gin|labstack\/echo(\/v\d+)?|go-chi\/chi(\/v\d+)?|gorilla\/mux|gofiber\/fiber(\/v\d+)?|valyala\/fasthttp)$|^google\.golang\.org\/grpc$/;

/** Whether a package of Go itself may open a TLS connection, or run something that does. */
export function speaksTls(path: string): boolean {
  return libcPackages.has(path) || path === 'os/exec' || path === 'syscall';
}

/** SQLite without C code. */
export function isPureSqlite(path: string): boolean {
  return /^(modernc\.org\/sqlite|github\.com\/(ncruces\/go-sqlite3|glebarez\/(go-)?sqlite)|zombiezen\.com\/go\/sqlite)(\/|$)/.test(
    path,
  );
}

/** Drivers of other databases. */
export function isOtherDriver(path: string): boolean {
  return otherDrivers.test(path);
}

const otherDrivers =
  /^(github\.com\/(lib\/pq|jackc\/pgx|go-sql-driver\/mysql|microsoft\/go-mssqldb|denisenkom\/go-mssqldb|sijms\/go-ora|ClickHouse\/clickhouse-go|tursodatabase\/libsql-client-go|libsql\/libsql-client-go|cockroachdb\/cockroach-go)|gorm\.io\/driver\/(postgres|mysql|sqlserver|clickhouse))(\/|$)/;

/** Packages that bring a list of certificate authorities along. */
export function bringsCertificates(path: string): boolean {
  return /^(golang\.org\/x\/crypto\/x509roots\/fallback|github\.com\/(breml|gwatts)\/rootcerts)(\/|$)/.test(path);
}
