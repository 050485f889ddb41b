import { createVendorFile, type VendorFile } from './vendor-file.js';

/** `FROM scratch` is not an image, but people ask about it as if it were one: it holds nothing. */
export function importScratch(read: string): VendorFile {
  const file = createVendorFile({ family: 'scratch', vendor: 'Docker', read, access: 'public', signing: null });
  file.add('docker.io/library/scratch', {
    title: 'scratch',
    purpose: 'static',
    docs: 'https://docs.docker.com/build/building/base-images/#create-a-minimal-base-image-using-scratch',
    scheme: 'strict',
    images: [
      {
        tags: 'latest',
        os: null,
        libc: 'none',
        shells: '',
        packageManager: null,
        user: '0',
        accounts: '',
        workdir: '/',
        env: file.environment({}),
        entrypoint: null,
        cmd: null,
        runtime: null,
        contents: file.contents(
          '-ca-certificates -libc -libgcc -libssl -libstdc++ -nsswitch -passwd -/tmp -tzdata -zlib',
        ),
        closed: true,
        status: 'supported',
        source: file.source(
          'https://docs.docker.com/build/building/base-images/#create-a-minimal-base-image-using-scratch',
        ),
      },
    ],
  });
  return file;
}
