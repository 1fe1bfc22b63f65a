"""What a delivered batch becomes, as Dagster's graph names it; orchestration says how and when."""

import dagster as dg

# One partition a delivered batch: `<delivery folder>-<first 8 hex of the manifest's digest>`.
scan_batch = dg.DynamicPartitionsDefinition(name="scan_batch")

OWNER = "team:digitization"


# What is compared is all there is, so these are no part of a batch's run.
_COMPARED = ["digitization__files", "digitization__documents", "digitization__pages",
             "digitization__fields"]  # fmt: skip


def _relation(table: str, description: str, *, kinds: set[str], deps: list[str]) -> dg.AssetSpec:
    return dg.AssetSpec(
        key=["raw", table],
        description=description,
        group_name="digitization",
        owners=[OWNER],
        kinds=kinds,
        partitions_def=scan_batch,
        deps=[["raw", name] for name in deps],
    )


FILES = _relation(
    "digitization__files",
    "The files of a delivered batch held against its manifest: received, missing or undeclared, "
    "with the digest of the received bytes. One row per file.",
    kinds={"python", "postgres"},
    deps=[],
)
DOCUMENTS = _relation(
    "digitization__documents",
    "What became of each file, refusals included: outcome and reason, judges' verdicts on the "
    "PDF/A copy, digest of that copy in the file store. One row per file.",
    kinds={"python", "postgres", "pdf"},
    deps=["digitization__files", "catalog__agencies"],
)
PARTS = _relation(
    "digitization__parts",
    "Parts of files that are stacks of documents, found between separator sheets: their pages in "
    "the stack, and the digest of what was cut out. One row per part.",
    kinds={"python", "postgres", "pdf"},
    deps=["digitization__files"],
)
PAGES = _relation(
    "digitization__pages",
    "Pages as they were read: resolution, turn, confidence, text. State secrets have no text "
    "here. One row per page.",
    kinds={"python", "postgres", "pdf"},
    deps=["digitization__files", "catalog__agencies"],
)
FIELDS = _relation(
    "digitization__fields",
    "Number, date, issuer, type, abstract, signer and the further values found on documents, each "
    "with its place on the page, what each reader saw there, and how surely it was read and found. "
    "One row per value found.",
    kinds={"python", "postgres", "pdf"},
    deps=["digitization__files", "catalog__agencies"],
)
SIGNATURES = _relation(
    "digitization__signatures",
    "Digital signatures of received files: whole or broken, by whom and of when, and what was "
    "changed after them. One row per signature of a file.",
    kinds={"python", "postgres", "pdf"},
    deps=["digitization__files", "catalog__agencies"],
)
SKETCHES = dg.AssetSpec(
    key=["raw", "duplicates__sketches"],
    description="Documents as they are searched for duplicates: a sketch of the text, the looks of "
    "the first page, the name. One row per received content.",
    group_name="duplicates",
    owners=[OWNER],
    kinds={"python", "postgres"},
    deps=[["raw", name] for name in _COMPARED],
)
PAIRS = dg.AssetSpec(
    key=["raw", "duplicates__pairs"],
    description="Contents that look alike, read alike or bear one name, with the evidence and what "
    "it amounts to by a written rule. Proposals: people decide. One row per pair of contents.",
    group_name="duplicates",
    owners=[OWNER],
    kinds={"python", "postgres"},
    deps=[["raw", name] for name in _COMPARED],
)
# Made from what a batch left behind, before each build.
_SUGGESTED = ["digitization__files", "digitization__documents", "digitization__fields",
              "digitization__readings"]  # fmt: skip


def _suggested(table: str, description: str, *, deps: list[list[str]]) -> dg.AssetSpec:
    return dg.AssetSpec(
        key=["raw", table],
        description=description,
        group_name="suggestions",
        owners=[OWNER],
        kinds={"python", "postgres"},
        deps=deps,
    )


PROPOSALS = _suggested(
    "suggestions__proposals",
    "Retention groups, keywords, a summarising sentence and kinds of personal data, proposed by "
    "rule with their places. One row per proposal for a received content.",
    deps=[["raw", name] for name in _SUGGESTED],
)
EMBEDDINGS = _suggested(
    "suggestions__embeddings",
    "Documents as vectors of meaning, with the model that made them. One row per received content.",
    deps=[["raw", name] for name in _SUGGESTED],
)
NEIGHBOURS = _suggested(
    "suggestions__neighbours",
    "Retention groups that people decided for the most alike documents. One row per received "
    "content.",
    deps=[["ledger", "suggestion_decisions"], *(["raw", name] for name in _SUGGESTED)],
)
READINGS = _relation(
    "digitization__readings",
    "Readings in numbers: words in doubt, words asked twice, words the second reader changed; the "
    "words themselves lie in the file store as Parquet. One row per page that was read.",
    kinds={"python", "postgres", "parquet"},
    deps=["digitization__files", "catalog__agencies"],
)
