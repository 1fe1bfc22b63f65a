"""Searching pages as an analyst sees them: how long it takes, and what row security costs.

Pages of made-up text (syllables as often as in the legal texts of the corpus, or evenly where it is
absent), each of 80 syllables, ten a document, fifty agencies that deliver 200 documents at a time.
Every query is asked without a vector: by the owner, who sees everything, by an analyst of one
agency, and by one of all agencies. The last sees what the owner does, so what differs is row
security. Beside it: the same words looked for by an analyst with ``@@`` on a mart under the
server's own row security, both after a first round that warms.
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
PAGES, SYLLABLES, AGENCIES, BATCH = 10, 80, 50, 200
SEARCH = "select * from marts.search_documents(%(query)s)"
PLAIN = """
select document_key, ts_rank_cd(words, search.asked(%(query)s)) from marts.pages
where words @@ search.asked(%(query)s) limit 20
"""
EXPLAINED = {
    "auto_explain.log_min_duration": 0, "auto_explain.log_nested_statements": "on",
    "auto_explain.log_analyze": "on", "auto_explain.log_buffers": "on",
    "auto_explain.log_timing": "off", "client_min_messages": "log",
}  # fmt: skip
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
select document_key, agency_code, page_number, 1, search.words(page_text) || search.owned_by(agency_code)
from intermediate.int_pages__latest;

insert into intermediate.int_documents__findable
select
    document_key, agency_code, null, null, '10', 'Kế hoạch',
    (n % 900 + 1) || '/' || upper(notation), (n % 900 + 1)::text, notation,
    date '2015-01-01' + n % 3900, extract(year from date '2015-01-01' + n % 3900)::integer,
    'ỦY BAN NHÂN DÂN PHƯỜNG ' || n % 126, abstract, abstract, search.folded(abstract),
    setweight(search.words((n % 900 + 1) || ' ' || notation || ' ' || abstract), 'A')
    || setweight(search.words('ỦY BAN NHÂN DÂN PHƯỜNG ' || n % 126), 'C') || search.owned_by(agency_code),
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

insert into intermediate.int_fields__bounded
select document_key, field_name, 1, 0.1, 0.1, 0.4, 0.2
from intermediate.int_documents__findable
cross join unnest(array['number', 'date', 'type', 'issuer', 'abstract', 'signer']) as field_name;
create unique index on intermediate.int_fields__bounded (document_key, field_name);

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
                agency = f"H26.{document // BATCH % AGENCIES:02}"
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
        f"{documents * PAGES} pages of {len(words)} syllables in {time.perf_counter() - begun:.0f} s,"
        f" words of pages {size[0]}"
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


def ask(login: sa.URL, statement: str, asked: list[str]) -> list[float]:
    """Return milliseconds each query took for a login, in their order."""
    times = []
    url = connection_string(login.render_as_string(hide_password=False))
    with psycopg.connect(url, autocommit=True) as connection:
        for query in asked:
            begun = time.perf_counter()
            connection.execute(statement, {"query": query}).fetchall()
            times.append((time.perf_counter() - begun) * 1000)
    return times


def plans(superuser: str, role: str, asked: list[str]) -> str:
    """Return what the server did for one query of each kind, as seen by an analyst's session."""
    told = []
    with psycopg.connect(connection_string(superuser), autocommit=True) as connection:
        connection.add_notice_handler(lambda notice: told.append(notice.message_primary or ""))
        connection.execute("load 'auto_explain'")
        for setting, value in EXPLAINED.items():
            connection.execute(f"set {setting} = {value}")
        connection.execute(f"set session authorization {role}")
        for query in asked:
            told.append(f"# {query}")
            connection.execute(SEARCH, {"query": query}).fetchall()
    kept = (text if text.startswith("# ") else steps(text) for text in told)
    return "\n\n".join(text for text in kept if text) + "\n"


def steps(plan: str) -> str:
    """Return the steps of a plan that touch a table or an index, of statements that read words."""
    if "int_pages__findable" not in plan or "Function Scan on search_documents" in plan:
        return ""
    kept = []
    for line in plan.splitlines():
        step = re.search(
            r"-> +(.* (?:on|using) .*?) +\(cost.*?(rows=[0-9.]+ loops=[0-9]+|never)", line
        )
        if step:
            kept.append(f"{step[1]}: {step[2]}")
        elif "Index Cond" in line:
            kept.append("    " + line.strip()[:110])
    return "\n".join(kept)


def tell(name: str, times: list[float]) -> None:
    """Print how long queries took."""
    middle, worst = statistics.median(times), max(times)
    print(f"{name:60} p50 {middle:7.1f} ms  p95 {p95(times):7.1f} ms  worst {worst:7.1f} ms")


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


def run(url: str, superuser: str, options: argparse.Namespace) -> list[dict]:
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
    times: dict[str, list[float]] = {name: [] for name in logins}
    for _ in range(2):  # the first round warms what a server has in memory anyway
        for name, login in logins.items():
            times[name] = ask(login, SEARCH, asked)
    for name, each in times.items():
        tell(name, each)
    with owner.begin() as connection:
        connection.exec_driver_sql("grant usage on schema search to kho_analyst")
    few = asked[: options.reference_queries]
    everything = logins["analyst of all"]
    ask(everything, PLAIN, few[:4])
    server, beside = ask(everything, PLAIN, few), ask(everything, SEARCH, few)
    tell(f"{len(few)} of them by @@ under the server's row security", server)
    tell("the same by search", beside)
    if options.plans:
        options.plans.write_text(plans(superuser, everybody, asked[:4]), encoding="utf-8")
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
            p95(beside),
            p95(server),
            1.0,
        ),
    ]


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--documents", type=int, default=100_000)
    arguments.add_argument("--queries", type=int, default=400)
    arguments.add_argument("--reference-queries", type=int, default=40)
    arguments.add_argument("--plans", type=Path, help="write plans of one query of each kind here")
    options = arguments.parse_args()
    with tempfile.TemporaryDirectory(prefix="kho-bench-") as folder:
        Path(folder).chmod(0o755)
        server = EmbeddedServer(Path(folder) / "home", seats=Path(folder) / "seats")
        server.start()
        try:
            prepare(server.url(), admin_url=server.superuser_url())
            superuser = sa.make_url(server.superuser_url())
            superuser = superuser.set(database=sa.make_url(server.url()).database)
            found = run(server.url(), superuser.render_as_string(hide_password=False), options)
        finally:
            server.stop()
    for one in found:
        print(
            f"{one['measure']:70} {one['ours']:9.2f} {one['ratio']:8.3f}  goal {one['goal']}  met {one['met']}"
        )
    OUT.parent.mkdir(exist_ok=True)
    OUT.write_text(json.dumps(found, indent=1, ensure_ascii=False))


if __name__ == "__main__":
    main()
