/**
 * The words of `ImageFacts.contents` and of `programsOf`. A program is called by its command; a library or a piece of
 * data by the word here. What a source does not say is missing, which means not known.
 */
export const vocabulary = {
  /** Libraries, without version: whichever release the distribution has. */
  libraries: {
    libc: 'The C library with its loader.',
    gcompat: 'The layer that lets simple glibc programs run on musl.',
    libssl: 'OpenSSL, TLS.',
    libcrypto: 'OpenSSL, algorithms.',
    'libstdc++': 'The C++ standard library of GCC.',
    libgcc: 'Support routines of GCC, needed by Rust and C++ programs.',
    libgomp: 'OpenMP.',
    libatomic: 'Atomic operations that the processor lacks.',
    zlib: 'Compression.',
    libzstd: 'Compression.',
    libffi: 'Foreign function calls.',
    icu: 'Unicode data and algorithms.',
    freetype: 'Font rendering.',
    fontconfig: 'Font selection.',
    'libc-dev': 'Headers of the C library.',
    'openssl-legacy-provider': 'Algorithms that OpenSSL 3 no longer loads by itself.',
  },
  data: {
    'ca-certificates': 'The bundle of certificate authorities.',
    cacerts: 'The same for Java.',
    tzdata: 'Time zones.',
    'tzdata-legacy': 'Old names of time zones.',
    passwd: 'The file /etc/passwd.',
    nsswitch: 'The file /etc/nsswitch.conf.',
    netbase: 'The files /etc/protocols and /etc/services.',
    'mime-types': 'The file /etc/mime.types.',
    '/tmp': 'The directory for temporary files.',
  },
} as const;

/** Whether a word names a library or data rather than a program. */
export function isProgram(word: string): boolean {
  return !Object.hasOwn(vocabulary.libraries, word) && !Object.hasOwn(vocabulary.data, word);
}
