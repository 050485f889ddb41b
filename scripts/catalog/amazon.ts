import { readUnreadImage, type RawUnreadFile } from './unread-image.js';
import { createVendorFile, type VendorFile } from './vendor-file.js';

const gallery = 'public.ecr.aws/amazonlinux/amazonlinux';

/** Amazon's own registry, which has the images of Docker Hub and a minimal one besides. */
export function importAmazonLinux({ compiled, images }: RawUnreadFile): VendorFile {
  const file = createVendorFile({
    family: 'amazon-linux',
    vendor: 'Amazon',
    read: compiled,
    access: 'public',
    signing: null,
  });
  const hub = images.filter(({ repository }) => repository === 'amazonlinux');
  file.add(gallery, {
    title: 'Amazon Linux',
    purpose: 'base',
    docs: 'https://gallery.ecr.aws/amazonlinux/amazonlinux',
    scheme: 'strict',
    images: [
      ...hub.map((raw) => ({ ...readUnreadImage(file, raw), entrypoint: null, workdir: '/' })),
      {
        tags: '2023-minimal minimal',
        os: 'amazonlinux:2023',
        libc: 'glibc:2.34',
        packageManager: 'microdnf',
        files: '/bin/sh /bin/bash',
        contents: file.contents('libc sh bash'),
        source: file.source('https://docs.aws.amazon.com/linux/al2023/ug/container.html'),
      },
    ],
  });
  addLambda(file);
  return file;
}

const lambda = 'public.ecr.aws/lambda';

/** Images for AWS Lambda, of which the Dockerfiles of two languages were read; all of them are on Amazon Linux. */
function addLambda(file: VendorFile): void {
  const source = file.source('https://github.com/aws/aws-lambda-base-images');
  const shared = { os: 'amazonlinux', libc: 'glibc', files: '/bin/sh', source };
  const started = {
    user: '0',
    workdir: '/var/task',
    entrypoint: ['/lambda-entrypoint.sh'],
    cmd: null,
    contents: file.contents('libc sh'),
  };
  const read = [
    { name: 'python', language: 'python', tag: '3.13' },
    { name: 'nodejs', language: 'node', tag: '22' },
  ];
  for (const { name, language, tag } of read) {
    file.add(`${lambda}/${name}`, {
      title: `AWS Lambda ${name}`,
      purpose: 'runtime',
      language,
      docs: `https://gallery.ecr.aws/lambda/${name}`,
      scheme: 'any',
      unlisted: { ...shared, ...started },
      images: [{ tags: tag, ...shared, ...started, env: file.environment(lambdaEnvironment) }],
    });
  }
  file.add(`${lambda}/*`, {
    title: 'AWS Lambda base image',
    purpose: 'runtime',
    docs: 'https://gallery.ecr.aws/lambda',
    scheme: 'any',
    unlisted: shared,
    images: [],
  });
}

const lambdaEnvironment = {
  LANG: 'en_US.UTF-8',
  TZ: ':/etc/localtime',
  PATH: '/var/lang/bin:/usr/local/bin:/usr/bin/:/bin:/opt/bin',
  LD_LIBRARY_PATH: '/var/lang/lib:/lib64:/usr/lib64:/var/runtime:/var/runtime/lib:/var/task:/var/task/lib:/opt/lib',
  LAMBDA_TASK_ROOT: '/var/task',
  LAMBDA_RUNTIME_DIR: '/var/runtime',
};
