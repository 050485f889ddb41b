import type { About } from './about.js';

export const further: readonly About[] = [
  {
    id: 'azul',
    what: 'Azul’s builds of OpenJDK. The distroless image stands on a file system without a shell and holds a whole JDK.',
    names: [
      '`azul/zulu-openjdk-distroless:<version>-latest`, `azul/zulu-openjdk-alpine:<version>-jre-headless-latest`, `azul/zulu-openjdk-debian:<version>`.',
      'The Docker Official Image is `azul-zulu`.',
    ],
    libc: 'glibc, but for the `-alpine` repository, which is musl.',
    shell: 'None in the distroless image, the distribution’s own in the others.',
    user: 'Root, in the distroless image too.',
    start: 'The distroless image starts `java` by its full path: CMD is its arguments.',
    access: 'Public on Docker Hub.',
    pitfalls: ['Distroless does not mean without root here: write `USER 65532:65532`.'],
    links: [['Dockerfiles', 'https://github.com/zulu-openjdk/zulu-openjdk']],
  },
  {
    id: 'echo',
    what: 'Rebuilds of well-known images on a distribution of its own, with apt.',
    names: ['`reg.echohq.com/<image>:<tag>`, with the tags of the Docker Official Image.'],
    libc: 'glibc; the version was not read.',
    access: 'Login.',
    pitfalls: ['Only a few images were read; of the others the guide knows the family and no more.'],
    links: [['Documentation', 'https://docs.echohq.com']],
  },
  {
    id: 'rapidfort',
    what: 'Hardened rebuilds of community images.',
    names: ['`rapidfort/<image>:<tag>` on Docker Hub, `quay.io/rfcurated/<image>:<tag>` for the curated line.'],
    pitfalls: ['What an image holds depends on its profile: the guide tells nothing that it has not read.'],
    links: [['Community images', 'https://github.com/rapidfort/community-images']],
  },
  {
    id: 'iron-bank',
    what: 'The hardened images of the US Department of Defense, many on Red Hat UBI.',
    names: ['`registry1.dso.mil/ironbank/<vendor>/<product>/<image>:<tag>`.'],
    access: 'Login.',
    pitfalls: ['What an image holds was not read: look with `docker inspect`.'],
    links: [['Source', 'https://repo1.dso.mil/']],
  },
  {
    id: 'windows',
    what: 'Windows base images. The guide is about Linux images: it knows these for what they are and says nothing more about them.',
    names: ['`mcr.microsoft.com/windows/<edition>:<release>`: `nanoserver`, `servercore`, `server`.'],
    access: 'Public, for use on Windows hosts.',
    pitfalls: ['A tag has to fit the release of the host unless it is run with Hyper-V isolation.'],
    links: [
      [
        'Windows container version compatibility',
        'https://learn.microsoft.com/virtualization/windowscontainers/deploy-containers/version-compatibility',
      ],
    ],
  },
];
