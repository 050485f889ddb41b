import { sound, type Sound } from './sound.js';

export const pythons: readonly Sound[] = [
  sound('python environment at the same path')`
FROM python:3.13-slim-trixie AS build
RUN python -m venv /venv
COPY requirements.txt .
RUN /venv/bin/pip install --no-cache-dir -r requirements.txt

FROM python:3.13-slim-trixie
COPY --from=build /venv /venv
ENV PATH=/venv/bin:$PATH
WORKDIR /app
COPY main.py .
USER 65532:65532
CMD ["gunicorn", "main:app"]
`,
  sound('python environment on distroless, through a link')`
FROM python:3.13-slim-trixie AS build
RUN ln -s /usr/local/bin/python /usr/bin/python && /usr/bin/python -m venv /venv
COPY requirements.txt .
RUN /venv/bin/pip install --no-cache-dir -r requirements.txt

FROM gcr.io/distroless/python3-debian13:nonroot
COPY --from=build /venv /venv
COPY main.py /app/
WORKDIR /app
ENTRYPOINT ["/venv/bin/python", "main.py"]
`,
  sound('python packages of an environment on distroless')`
FROM python:3.13-slim-trixie AS build
ENV VIRTUAL_ENV=/venv PATH=/venv/bin:$PATH
RUN python -m venv $VIRTUAL_ENV
COPY requirements.txt .
RUN pip install --no-cache-dir -r requirements.txt

FROM gcr.io/distroless/python3-debian13:nonroot
COPY --from=build /venv /venv
ENV PYTHONPATH=/venv/lib/python3.13/site-packages
WORKDIR /app
COPY main.py .
CMD ["-m", "uvicorn", "main:app"]
`,
  sound('python with uv and the interpreter of the image')`
FROM python:3.13-slim-trixie AS build
COPY --from=ghcr.io/astral-sh/uv:0.9 /uv /usr/local/bin/uv
ENV UV_LINK_MODE=copy UV_PYTHON_DOWNLOADS=0
WORKDIR /app
COPY pyproject.toml uv.lock main.py ./
RUN uv sync --locked --no-dev

FROM python:3.13-slim-trixie
WORKDIR /app
COPY --from=build /app /app
ENV PATH=/app/.venv/bin:$PATH
USER 65532:65532
CMD ["python", "main.py"]
`,
  sound('python that uv downloaded')`
FROM debian:trixie-slim AS build
COPY --from=ghcr.io/astral-sh/uv:0.9 /uv /usr/local/bin/uv
ENV UV_PYTHON_INSTALL_DIR=/python UV_PYTHON_PREFERENCE=only-managed
WORKDIR /app
COPY pyproject.toml uv.lock main.py ./
RUN uv sync --locked --no-dev --no-editable

FROM gcr.io/distroless/cc-debian13:nonroot
COPY --from=build /python /python
COPY --from=build /app /app
WORKDIR /app
CMD ["/app/.venv/bin/python", "main.py"]
`,
  sound('python with poetry')`
FROM python:3.13-slim-trixie AS build
ENV POETRY_VIRTUALENVS_IN_PROJECT=1
RUN pip install --no-cache-dir poetry==2.2.1
WORKDIR /app
COPY pyproject.toml poetry.lock ./
RUN poetry install --only main --no-root

FROM python:3.13-slim-trixie
WORKDIR /app
COPY --from=build /app/.venv /app/.venv
COPY main.py .
USER 65532:65532
CMD ["/app/.venv/bin/uvicorn", "main:app"]
`,
  sound('python with pip --user')`
FROM python:3.13-slim-trixie AS build
COPY requirements.txt .
RUN pip install --no-cache-dir --user -r requirements.txt

FROM python:3.13-slim-trixie
RUN useradd --uid 10001 --create-home app
COPY --from=build --chown=app /root/.local /home/app/.local
ENV PATH=/home/app/.local/bin:$PATH
WORKDIR /home/app
COPY main.py .
USER 10001:10001
CMD ["gunicorn", "main:app"]
`,
  sound('python with pip --prefix')`
FROM python:3.13-alpine3.24 AS build
COPY requirements.txt .
RUN pip install --no-cache-dir --prefix=/install -r requirements.txt

FROM python:3.13-alpine3.24
COPY --from=build /install /usr/local
WORKDIR /app
COPY main.py .
USER 65532:65532
CMD ["gunicorn", "main:app"]
`,
  sound('python with a library that is looked up')`
FROM python:3.13-slim-trixie AS build
RUN apt-get update && apt-get install -y --no-install-recommends libmagic1t64 && rm -rf /var/lib/apt/lists/*
RUN pip install --no-cache-dir --target=/deps python-magic

FROM gcr.io/distroless/python3-debian13:nonroot
COPY --from=build /usr/lib/x86_64-linux-gnu/libmagic.so.1 /usr/lib/x86_64-linux-gnu/
COPY --from=build /usr/share/misc/magic.mgc /usr/share/misc/
COPY --from=build /etc/ld.so.cache /etc/ld.so.cache
COPY --from=build /deps /deps
ENV PYTHONPATH=/deps
COPY main.py /app/
CMD ["/app/main.py"]
`,
  sound('python copied as a whole')`
FROM python:3.12-slim-trixie AS build
COPY requirements.txt .
RUN pip install --no-cache-dir -r requirements.txt

FROM python:3.13-slim-trixie
COPY --from=build /usr/local /usr/local
WORKDIR /app
COPY main.py .
USER 65532:65532
CMD ["gunicorn", "main:app"]
`,
];
