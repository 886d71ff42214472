FROM python:3.11-slim AS build
WORKDIR /source
COPY pyproject.toml README.md LICENSE ./
COPY bot bot
COPY knowledge knowledge
RUN python -m venv /receipts && /receipts/bin/pip install --no-cache-dir .

FROM python:3.11-slim
ENV PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1
RUN useradd --system receipts && install -d -o receipts /data
COPY --from=build /receipts /receipts
USER receipts
ENTRYPOINT ["/receipts/bin/python", "-m", "bot"]
CMD ["run"]
