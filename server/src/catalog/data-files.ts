import type { VendorData } from './data-model.js';
import amazonLinux from './data/amazon-linux.json';
import azul from './data/azul.json';
import azureLinux from './data/azure-linux.json';
import bellsoft from './data/bellsoft.json';
import bitnami from './data/bitnami.json';
import canonical from './data/canonical.json';
import chainguard from './data/chainguard.json';
import cleanstart from './data/cleanstart.json';
import dhi from './data/dhi.json';
import dotnet from './data/dotnet.json';
import dotnetCore from './data/dotnet-core.json';
import echo from './data/echo.json';
import google from './data/google.json';
import ironBank from './data/iron-bank.json';
import microsoftOpenjdk from './data/microsoft-openjdk.json';
import minimus from './data/minimus.json';
import nativeImage from './data/native-image.json';
import official from './data/official.json';
import rapidfort from './data/rapidfort.json';
import publishers from './data/publishers.json';
import redHat from './data/red-hat.json';
import scratch from './data/scratch.json';
import windows from './data/windows.json';

/** Every vendor file; the later wins where two describe the same repository. */
export const vendors = [
  scratch,
  official,
  publishers,
  dotnet,
  google,
  chainguard,
  dhi,
  redHat,
  canonical,
  azureLinux,
  amazonLinux,
  minimus,
  cleanstart,
  bellsoft,
  azul,
  bitnami,
  echo,
  rapidfort,
  ironBank,
  windows,
  dotnetCore,
  nativeImage,
  microsoftOpenjdk,
] as unknown as readonly VendorData[];
