"""Searching pages as an analyst sees them: how long it takes, and what row security costs.

Pages of made-up text (syllables as often as in the legal texts of the corpus, or evenly where it is
absent), each of 80 syllables, ten a document, fifty agencies. Every query is asked by the owner,
who sees everything, by an analyst of one agency, and by one of all agencies: the last sees what the
owner does, so what differs is row security. Beside it: the same words looked for by an analyst with
``@@`` on a mart under the server's own row security.
"""
# ruff: noqa: E501, S311, S608

import argparse
import gzip
import itertools
import json
import os
import random
import re
import statistics
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import psycopg
import sqlalchemy as sa

from warehouse.database import connection_string, prepare
from warehouse.embedded import EmbeddedServer
from warehouse.roles import ensure_analyst

OUT = Path(__file__).parent / "out" / "search.json"
CORPUS = Path(os.environ.get("KHO_CORPUS", Path(__file__).parents[2] / "shared" / "corpus"))
PAGES, SYLLABLES, AGENCIES = 10, 80, 50
PASSWORD = "measured"  # noqa: S105 - of a server that ends with the measurement
TABLES = """
create table intermediate.int_documents__findable (
    document_key text, agency_code text, dossier_code text, box_code text, type_code text,
    type_name text, document_number text, code_number text, notation text, issued_date date,
    issued_year integer, issuer_name text, abstract text, title text, title_folded text,
    words tsvector, embedding real[], model_name text, model_version text
);
create table intermediate.int_pages__findable (
    document_key text, agency_code text, page_number integer, part_number integer, words tsvector
);
create table intermediate.int_pages__latest (
    document_key text, agency_code text, page_number integer, page_text text
);
create table intermediate.int_fields__bounded (
    document_key text, field_name text, page_number integer,
    box_left numeric, box_top numeric, box_right numeric, box_bottom numeric
);
"""
FILLING = """
insert into intermediate.int_pages__findable
select document_key, agency_code, page_number, 1, search.words(page_text)
from intermediate.int_pages__latest;

insert into intermediate.int_documents__findable
select
    document_key, agency_code, null, null, '10', 'Kế hoạch',
    (n % 900 + 1) || '/' || upper(notation), (n % 900 + 1)::text, notation,
    date '2015-01-01' + n % 3900, extract(year from date '2015-01-01' + n % 3900)::integer,
    'ỦY BAN NHÂN DÂN PHƯỜNG ' || n % 126, abstract, abstract, search.folded(abstract),
    setweight(search.words((n % 900 + 1) || ' ' || notation || ' ' || abstract), 'A')
    || setweight(search.words('ỦY BAN NHÂN DÂN PHƯỜNG ' || n % 126), 'C'),
    null, null, null
from (
    select
        document_key, agency_code, (row_number() over ())::integer as n,
        (array['kh-ubnd', 'qd-ubnd', 'tb-vp', 'bc-ubnd', 'ttr-stc'])[row_number() over () % 5 + 1] as notation,
        (regexp_match(page_text, '^((?:\\S+ ){14})'))[1] as abstract
    from intermediate.int_pages__latest where page_number = 1
) as first_pages;

create unique index on intermediate.int_documents__findable (document_key);
create index on intermediate.int_documents__findable (code_number);
create index on intermediate.int_documents__findable (notation);
create index on intermediate.int_documents__findable (issued_date);
create index on intermediate.int_documents__findable using gin (words);
create index on intermediate.int_documents__findable using gin (title_folded gin_trgm_ops);
create unique index on intermediate.int_pages__findable (document_key, page_number, part_number);
create index on intermediate.int_pages__findable using gin (words);
create unique index on intermediate.int_pages__latest (document_key, page_number);
create index on intermediate.int_fields__bounded (document_key);

create table marts.pages as select * from intermediate.int_pages__findable;
create index on marts.pages using gin (words);
create index on marts.pages (agency_code);
alter table marts.pages enable row level security;
alter table marts.pages force row level security;
create policy agency_rows on marts.pages for select to kho_analyst
    using (pages.agency_code = any ((select sec.current_agencies())::text[]));
create policy owner_rows on marts.pages to kho using (true);
grant select on marts.pages to kho_analyst;
"""


def syllables() -> tuple[list[str], list[int]]:
    """Return syllables and how often each comes, cumulated."""
    texts = CORPUS / "vn_text" / "docs.jsonl.gz"
    if not texts.exists():
        made = [
            "".join(pair)
            for pair in itertools.product(
                "bcdđghklmnstv", ("a", "ả", "ê", "ô", "ương", "inh", "ạc")
            )
        ]
        return made, list(range(1, len(made) + 1))
    found: Counter[str] = Counter()
    with gzip.open(texts, "rt", encoding="utf-8") as lines:
        for line in lines:
            for value in json.loads(line).values():
                if isinstance(value, str):
                    found.update(re.findall(r"[^\W\d_]{1,7}", value.lower()))
    words = [word for word, _ in found.most_common(6000)]
    return words, list(itertools.accumulate(found[word] for word in words))


def fill(url: str, documents: int) -> list[str]:
    """Make the tables search reads; return texts of pages that queries are taken from."""
    chance = random.Random(7)
    words, often = syllables()
    asked = []
    with psycopg.connect(connection_string(url), autocommit=True) as connection:
        connection.execute(TABLES)
        begun = time.perf_counter()
        with (
            connection.cursor() as cursor,
            cursor.copy("copy intermediate.int_pages__latest from stdin") as copy,
        ):
            for document in range(documents):
                agency = f"H26.{document % AGENCIES:02}"
                for page in range(1, PAGES + 1):
                    text = " ".join(chance.choices(words, cum_weights=often, k=SYLLABLES))
                    copy.write_row((f"{agency}:{document:064x}", agency, page, text))
                    if page == 3 and document % max(1, documents // 400) == 0:
                        asked.append(text)
        connection.execute("set maintenance_work_mem = '1GB'")
        for statement in FILLING.split(";\n"):
            if statement.strip():
                connection.execute(statement)
        connection.execute("vacuum analyze")
        size = connection.execute(
            "select pg_size_pretty(pg_total_relation_size('intermediate.int_pages__findable'))"
        ).fetchone()
    print(
        f"{documents * PAGES} pages in {time.perf_counter() - begun:.0f} s, words of pages {size[0]}"
    )
    return asked


def queries(texts: list[str], count: int) -> Iterator[str]:
    """Yield what people type: a few words in a row, some in quotes, numbers, words from two places."""
    chance = random.Random(11)
    for at in range(count):
        words = chance.choice(texts).split()
        start = chance.randrange(len(words) - 6)
        few = " ".join(words[start : start + chance.randint(2, 4)])
        yield (
            few, f'"{few}"', f"{chance.randint(1, 900)}/KH-UBND", " ".join(chance.sample(words, 3)),
        )[at % 4]  # fmt: skip


def ask(connection: psycopg.Connection, statement: str, asked: list[str]) -> list[float]:
    """Return milliseconds each query took, in their order."""
    times = []
    for query in asked:
        begun = time.perf_counter()
        connection.execute(statement, [query]).fetchall()
        times.append((time.perf_counter() - begun) * 1000)
    return times


def p95(times: list[float]) -> float:
    return statistics.quantiles(times, n=20)[-1]


def measure(name: str, ours: float, reference: float, goal: float | None) -> dict:
    ratio = round(ours / reference, 3)
    met = None if goal is None else ratio <= goal
    return {
        "measure": name,
        "ours": ours,
        "reference": reference,
        "ratio": ratio,
        "goal": goal,
        "met": met,
    }


def run(url: str, options: argparse.Namespace) -> list[dict]:
    asked = list(queries(fill(url, options.documents), options.queries))
    owner = sa.create_engine(url)
    one = ensure_analyst(owner, "H26.07", PASSWORD)
    everybody = ensure_analyst(owner, "H26.00", PASSWORD)
    with owner.begin() as connection:
        for number in range(AGENCIES):
            connection.exec_driver_sql(
                f"insert into sec.role_agency values ('{everybody}', 'H26.{number:02}') on conflict do nothing"
            )
    logins = {"owner": sa.make_url(url), "analyst of one": sa.make_url(url).set(username=one, password=PASSWORD),
              "analyst of all": sa.make_url(url).set(username=everybody, password=PASSWORD)}  # fmt: skip
    search = "select * from marts.search_documents(%s)"
    plain = "select document_key, ts_rank_cd(words, search.asked(%s)) from marts.pages where words @@ search.asked(%s) limit 20"
    times: dict[str, list[float]] = {name: [] for name in logins}
    for _ in range(2):  # the first round warms what a server has in memory anyway
        for name, login in logins.items():
            with psycopg.connect(
                connection_string(login.render_as_string(hide_password=False)), autocommit=True
            ) as connection:
                times[name] = ask(connection, search, asked)
    for name, each in times.items():
        print(
            f"{name:16} p50 {statistics.median(each):7.1f} ms  p95 {p95(each):7.1f} ms  worst {max(each):7.1f} ms"
        )
    with owner.begin() as connection:
        connection.exec_driver_sql("grant usage on schema search to kho_analyst")
    few = asked[: max(20, len(asked) // 20)]
    with psycopg.connect(
        connection_string(logins["analyst of all"].render_as_string(hide_password=False)),
        autocommit=True,
    ) as connection:
        server = []
        for query in few:
            begun = time.perf_counter()
            connection.execute(plain, [query, query]).fetchall()
            server.append((time.perf_counter() - begun) * 1000)
    print(
        f"words @@ under the server's row security, analyst of all: p50 {statistics.median(server):.1f} ms  p95 {p95(server):.1f} ms"
    )
    owner.dispose()
    return [
        measure(
            "p95 of a search, analyst of one agency, ms (goal 50 ms)",
            p95(times["analyst of one"]),
            50,
            1.0,
        ),
        measure(
            "p95 of a search, analyst of all agencies, ms (goal 50 ms)",
            p95(times["analyst of all"]),
            50,
            1.0,
        ),
        measure(
            "p95 with row security against without",
            p95(times["analyst of all"]),
            p95(times["owner"]),
            1.2,
        ),
        measure(
            "p95 against @@ under the server's row security",
            p95(times["analyst of all"]),
            p95(server),
            1.0,
        ),
    ]


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--documents", type=int, default=100_000)
    arguments.add_argument("--queries", type=int, default=400)
    options = arguments.parse_args()
    with tempfile.TemporaryDirectory(prefix="kho-bench-") as folder:
        Path(folder).chmod(0o755)
        server = EmbeddedServer(Path(folder) / "home", seats=Path(folder) / "seats")
        server.start()
        try:
            prepare(server.url(), admin_url=server.superuser_url())
            found = run(server.url(), options)
        finally:
            server.stop()
    for one in found:
        print(
            f"{one['measure']:70} {one['ours']:9.2f} {one['ratio']:8.3f}  goal {one['goal']}  met {one['met']}"
        )
    OUT.write_text(json.dumps(found, indent=1, ensure_ascii=False))


if __name__ == "__main__":
    main()
