#!/bin/bash
set -euo pipefail

for name in DATABASE_URL SECRET_FILE; do
  [[ -n "${!name:-}" ]] || echo "$name is not set." >&2
done
exec "$@"
