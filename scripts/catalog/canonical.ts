import type { ImageData } from '../../server/src/catalog/data-model.js';
import { groupByRepository } from './common-schema.js';
import { aliasesOf, hubName, readUnreadImage, type RawUnreadFile, type RawUnreadImage } from './unread-image.js';
import { createVendorFile, type VendorFile } from './vendor-file.js';

/** Canonical's chiselled images; Microsoft's .NET images of the same file are read from Microsoft's own facts. */
export function importCanonical(raw: RawUnreadFile): VendorFile {
  const file = createVendorFile({
    family: 'ubuntu-chiselled',
    vendor: 'Canonical',
    read: raw.compiled,
    access: 'public',
    signing: null,
  });
  const own = raw.images.filter(({ repository }) => /^ubuntu\/[a-z0-9-]+$/.test(repository));
  for (const [name, images] of groupByRepository(own)) {
    const [first] = images;
    if (!first) continue;
    const names = aliasesOf(name, images);
    file.add(hubName(name), {
      title: name,
      purpose: first.purpose,
      ...(first.runtime && first.purpose !== 'app' ? { language: first.runtime.name } : {}),
      ...(first.docs ? { docs: first.docs } : {}),
      ...(names.length > 0 ? { names } : {}),
      scheme: 'strict',
      images: images.flatMap((image) => rowsOf(file, image)),
    });
  }
  addUbuntu(file);
  return file;
}

/** Ubuntu itself in Canonical's own registries: .NET builds on the first of them and installs with apt there. */
function addUbuntu(file: VendorFile): void {
  const releases = { '22.04': 'jammy', '24.04': 'noble', '26.04': 'resolute' };
  const shared = {
    ofRelease: true,
    user: '0',
    source: file.source('dotnet/dotnet-docker@3ed00b61:src/runtime-deps'),
  };
  file.add('ubuntu.azurecr.io/ubuntu', {
    title: 'Ubuntu',
    family: 'ubuntu',
    purpose: 'base',
    docs: 'https://gallery.ecr.aws/ubuntu/ubuntu',
    names: ['public.ecr.aws/ubuntu/ubuntu'],
    scheme: 'strict',
    images: Object.entries(releases).map(([version, name]) => ({
      tags: `${version} ${name}`,
      os: `ubuntu:${version}`,
      ...shared,
    })),
  });
}

/** Named as the twin of the runtime, but in none of the release lists. */
const unpublished = 'ubuntu/jdk:25-26.04';

/** What an entry says is true of its own Ubuntu release; of tags on another only the release is told. */
function rowsOf(file: VendorFile, raw: RawUnreadImage): ImageData[] {
  const others = new Map<string, string[]>();
  const own: string[] = [];
  for (const tag of raw.tags) {
    const release = /-(\d\d\.\d\d)(?=_|$)/.exec(tag)?.[1] ?? raw.os?.version ?? '';
    if (release === raw.os?.version) own.push(tag);
    else others.set(release, [...(others.get(release) ?? []), tag]);
  }
  const known = raw.devVariant === unpublished ? { ...raw, devVariant: null } : raw;
  const full = own.length > 0 ? [{ ...readUnreadImage(file, known, own), ...noteOf(file, raw) }] : [];
  const source = full[0]?.source ?? 0;
  return [
    ...full,
    ...[...others].map(([release, tags]) => ({ tags: tags.join(' '), os: `ubuntu:${release}`, source })),
  ];
}

function noteOf(file: VendorFile, { repository, entrypoint }: RawUnreadImage): ImageData {
  if (repository === 'ubuntu/node')
    return { note: file.note('Never left its edge channel: Ubuntu offers no supported chiselled image of Node.js.') };
  if (repository === 'ubuntu/chiselled-python') return { note: file.note("The old name of 'ubuntu/python'.") };
  if (!entrypoint?.includes('enter')) return {};
  return { note: file.note('Starts through Pebble: CMD gives the arguments of pebble enter, such as exec.') };
}
