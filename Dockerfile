# One image for web, worker, beat and migrate; docker-compose.yml says which is which.
ARG BASE=python:3.13-slim-bookworm
FROM ${BASE}

ENV LANG=C.UTF-8 \
    PYTHONUTF8=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    SOURCE_DATE_EPOCH=0 \
    DJANGO_SETTINGS_MODULE=config.settings \
    AMPARO_DATA_DIR=/data

# hadolint ignore=DL3008
RUN apt-get update \
 && apt-get install -y --no-install-recommends libharfbuzz-subset0 libpango-1.0-0 libpangoft2-1.0-0 \
 && rm -rf /var/lib/apt/lists/*

WORKDIR /app
COPY vendor vendor
COPY requirements.txt ./
RUN python -m venv --without-pip /venv \
 && /venv/bin/python vendor/pip-26.3-py3-none-any.whl/pip install --no-cache-dir --disable-pip-version-check \
    --require-hashes --only-binary :all: -r requirements.txt
ENV PATH=/venv/bin:$PATH

COPY . .
RUN useradd --system --uid 10001 --home-dir /data --no-create-home amparo \
 && install -d -o amparo -g amparo -m 0700 /data \
 && python -m compileall -q config web advocacy materials safety casework directory work accounts audit sealing

USER amparo
VOLUME /data
EXPOSE 8000
ENTRYPOINT ["/app/docker-entrypoint"]
CMD ["web"]
