"""``kg build``, ``kg remove`` and ``kg extract``."""

from __future__ import annotations

from contextlib import closing
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kg.cli.terminal import Stopped, is_terminal, print_notice, print_result, show_progress
from kg.errors import InputError

if TYPE_CHECKING:
    from kg.pipeline import Report
    from kg.readers import ReadOptions

SEOUL = timezone(timedelta(hours=9))
FIELDS = ("text", "id", "title", "published", "url", "outlet", "authors")
SOME_SKIPPED = 3
ENGINES = ("processes", "spark")

Inputs = Annotated[
    list[str],
    typer.Argument(metavar="INPUT", help="Files, folders, patterns, URLs, or - for standard input.", show_default=False),
]
Published = Annotated[
    str | None,
    typer.Option(
        metavar="TIME",
        help="When the articles appeared, where they do not say it: 2024-10-10 or 2024-10-10T14:06:18 (Korean time). "
        "Without it, words like 내년 stay words.",
    ),
]
FieldMap = Annotated[
    str | None, typer.Option("--map", metavar="OURS=YOURS,...", help="Your names of our fields in rows: title=headline,text=body.")
]
Gazetteer = Annotated[
    Path | None, typer.Option(metavar="FILE", help="Names of your own: a TSV of name, kind, aliases, codes, source.", show_default=False)
]
Follow = Annotated[bool, typer.Option("--follow", help="Read the pages that feeds link to, not the feeds' own texts.")]
Jobs = Annotated[
    int, typer.Option(metavar="N", min=1, max=256, help="Processes that read; each takes 0.6 GB and some seconds to begin.")
]
AllowPrivate = Annotated[bool, typer.Option("--allow-private", help="Let URLs lead to private addresses, like your own server's.")]


def read_moment(text: str | None) -> datetime | None:
    """The moment that ``--published`` means, in Korean time unless it says otherwise."""
    if text is None:
        return None
    try:
        moment = datetime.fromisoformat(text.strip())
    except ValueError as error:
        raise typer.BadParameter(f"{text!r} is no time: write 2024-10-10 or 2024-10-10T14:06:18.", param_hint="--published") from error
    return moment if moment.tzinfo is not None else moment.replace(tzinfo=SEOUL)


def read_field_map(text: str | None) -> dict[str, str]:
    """The field map that ``--map`` means: ``text=body`` is ``{"text": "body"}``."""
    pairs: dict[str, str] = {}
    for part in (text or "").split(","):
        if not part.strip():
            continue
        ours, sign, theirs = (piece.strip() for piece in part.partition("="))
        if not sign or not theirs:
            raise typer.BadParameter(f"{part!r}: write our field, =, and yours: title=headline,text=body.", param_hint="--map")
        if ours not in FIELDS:
            raise typer.BadParameter(f"{ours!r} is no field of ours; they are {', '.join(FIELDS)}.", param_hint="--map")
        pairs[ours] = theirs
    return pairs


def build_options(published: str | None, fields: str | None = None, follow: bool = False, allow_private: bool = False) -> ReadOptions:
    """The readers' options of a command line."""
    moment, pairs = read_moment(published), read_field_map(fields)
    from kg.readers import ReadOptions

    return ReadOptions(published=moment, field_map=pairs, follow=follow, allow_private=allow_private)


def build(
    inputs: Inputs,
    out: Annotated[Path, typer.Option(metavar="DIR", help="The folder that the graph goes to.")] = Path("output"),
    published: Published = None,
    fields: FieldMap = None,
    gazetteer: Gazetteer = None,
    identity: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Your decisions of who is one and who is not, in TOML.", show_default=False)
    ] = None,
    follow: Follow = False,
    allow_private: AllowPrivate = False,
    infer: Annotated[bool, typer.Option("--infer", help="Write also what follows from the facts, apart from them.")] = False,
    resume: Annotated[
        bool, typer.Option("--resume/--anew", help="Keep what the store has read of unchanged articles, or read all inputs again.")
    ] = True,
    jobs: Jobs = 1,
    engine: Annotated[str, typer.Option(metavar="ENGINE", help="Who does the work: processes of this machine, or spark.")] = "processes",
    master: Annotated[
        str | None, typer.Option(metavar="URL", help="Spark's master: local[4], spark://host:7077, yarn ...", show_default="local[*]")
    ] = None,
) -> int:
    """Read articles and build their graph.

    Inputs are newswire text, HTML, JSON, JSON lines, CSV, Parquet and RSS, also in .gz, .zst and .zip, in UTF-8 or
    EUC-KR/CP949; a folder is read with all that is in it. A bad input is named and skipped, the rest is built.

    \b
    Written to --out:
      graph.html    the network, one page to open in a browser
      graph.ttl     the graph in Turtle
      facts.jsonl   one line for each fact and sentence that says it
      report.json   what was read, what was skipped and why
      store/        the graph on disk, for kg query

    A later build adds to the store, and all outputs cover the whole of it. An article that the store holds is not read
    again, and is replaced where its text has changed. A build that is stopped keeps what it has read: the same command
    goes on from there (--resume, as always; --anew reads all again). The outputs are the same for any number of --jobs.

    Of more than 100,000 facts, graph.nq (sorted N-Quads) takes the place of graph.ttl, and graph.html shows the 20,000
    weightiest facts: Turtle and the page are for graphs that fit in memory. kg view makes pages of other parts.

    --infer adds what follows by the ontology from direct triples: who is a CEO leads and works for the firm, a part of a
    part is a part. It goes to inferred.ttl and to the named graph kgr:inferred of the store, never among what articles
    report: a query sees it only in GRAPH kgr:inferred { ... }. A build without --infer drops it.

    --identity takes a TOML file with entries such as

    \b
      [[same]]
      of = ["새울전자", "Saewool Electronics"]
      [[different]]
      of = [{name = "한도윤", article = "news-1"}, {name = "한도윤", article = "news-2"}]

    A name alone means all that bear it; the decisions are kept in the store and hold until another file is given.

    --engine spark does the same on a Spark cluster, for more articles than one machine can hold, and writes the graph alone:
    nquads/part-00000.nq and so on, sorted, the same bytes as kg export --format nquads. --out must lie where all of the
    cluster see it. It needs pip install 'korean-news-kg[spark]' and Java 17.

    \b
    Examples:
      kg build seeds/ --out output/
      kg build 기사.txt news.jsonl 'archive/**/*.html'
      kg build rows.jsonl --map text=body,title=headline --jobs 4
      kg build archive/ --engine spark --master local[4] --out graph/
      curl -s https://example.com/1.html | kg build - --out output/

    Exit status: 0 all read, 1 nothing usable, 2 usage, 3 some inputs skipped.
    """
    if engine not in ENGINES:
        raise typer.BadParameter(f"{engine!r}: choose one of {', '.join(ENGINES)}.", param_hint="--engine")
    if engine != "spark" and master is not None:
        raise typer.BadParameter("a master is for --engine spark.", param_hint="--master")
    if engine == "spark" and jobs != 1:
        raise typer.BadParameter("--engine spark has its processes by --master: local[4] is four.", param_hint="--jobs")
    if engine == "spark" and infer:
        raise typer.BadParameter("--engine spark does not infer; the store that the graph is loaded into may.", param_hint="--infer")
    options = build_options(published, fields, follow, allow_private)
    from kg.pipeline import ReadingOptions, build_graph

    try:
        with show_progress(then="writing the graph") as advance:
            if engine == "spark":
                from kg.cluster import build_partitions

                report = build_partitions(
                    inputs,
                    out,
                    master=master or "local[*]",
                    reading=ReadingOptions(gazetteer=gazetteer),
                    source=options,
                    progress=advance,
                    identity=identity,
                    anew=not resume,
                )
                return _say(report, out)
            report = build_graph(
                inputs,
                out,
                reading=ReadingOptions(gazetteer=gazetteer),
                source=options,
                progress=advance,
                jobs=jobs,
                infer=infer,
                identity=identity,
                anew=not resume,
            )
    except (Stopped, KeyboardInterrupt):
        print_notice(f"what was read so far is kept in {out}; the same command goes on from there.")
        raise
    return _say(report, out)


def _say(report: Report, out: Path) -> int:
    for row in report.skipped:
        print_notice(f"skipped {row['input']}: {row['reason']}")
    if report.shown is not None:
        print_notice(
            f"{report.counts['facts']:,} facts are more than one page or Turtle file holds: {out / 'graph.nq'} has them all, "
            f"{out / 'graph.html'} the {report.shown:,} weightiest; `kg view --focus NAME --graph {out}` makes pages of others."
        )
    if not report.read:
        print_notice(f"nothing usable among the inputs; {out / 'report.json'} says why for each.")
    elif is_terminal():
        counts = report.counts
        print_notice(
            f"{counts['articles']} articles, {counts['entities']} entities, {counts['facts']} facts in {report.seconds:.1f} s.\n"
            + (f"Load {out / 'nquads'} into a store." if "quads" in counts else f"Open {out / 'graph.html'} in a browser, or ask: kg query --list")
        )
    return report.exit_code


def remove(
    articles: Annotated[list[str], typer.Argument(metavar="ARTICLE", help="Ids of articles, as facts.jsonl has them.", show_default=False)],
    graph: Annotated[Path, typer.Option(metavar="DIR", help="The output folder of a build.")] = Path("output"),
) -> int:
    """Withdraw articles from the graph.

    Their facts go, and so does what only they told; a fact that another article reports keeps that evidence. graph.ttl,
    graph.html, facts.jsonl, report.json and store/ are written anew, as if the articles had never been read. Of several
    ids the known ones are removed and the others named.

    \b
    Examples:
      kg remove gaon-20241011
      kg remove news-12 news-13 --graph output/
      kg query articles          which articles there are

    Exit status: 0 all removed, 1 none of them is there or it failed, 2 usage, 3 some are not there.
    """
    from kg.pipeline.removing import remove_articles

    try:
        report = remove_articles(graph, articles)
    except (Stopped, KeyboardInterrupt):
        print_notice("the articles may still be there; the same command removes them.")
        raise
    for row in report.skipped:
        print_notice(f"{row['input']}: {row['reason']}; `kg query articles` lists them all.")
    if report.removed and is_terminal():
        print_notice(f"{len(report.removed)} removed; {report.counts['articles']} articles and {report.counts['facts']} facts are left.")
    return report.exit_code


def extract(
    inputs: Inputs,
    published: Published = None,
    fields: FieldMap = None,
    gazetteer: Gazetteer = None,
    follow: Follow = False,
    allow_private: AllowPrivate = False,
    jobs: Jobs = 1,
) -> int:
    """Read articles and print their facts as JSON lines, as they come.

    Nothing but facts goes to standard output, and nothing is written to disk; what is skipped is named on standard error.
    Each article is read by itself: names are not matched across articles as kg build does. The order is that of the
    inputs for any number of --jobs.

    \b
    Examples:
      kg extract 기사.txt
      kg extract news.jsonl | head -1
      cat 기사.txt | kg extract - --published 2024-10-10
      kg extract seeds/ | jq -r '[.subject.name, .predicate.en, .object.name] | @tsv'

    Exit status: 0 all read, 1 nothing usable, 2 usage, 3 some inputs skipped.
    """
    options = build_options(published, fields, follow, allow_private)
    from kg.pipeline import ReadingOptions, extract_lines
    from kg.readers import Skipped

    usable, skipped = 0, 0
    with closing(extract_lines(inputs, reading=ReadingOptions(gazetteer=gazetteer), source=options, jobs=jobs)) as results:
        for lines in results:
            if isinstance(lines, Skipped):
                skipped += 1
                print_notice(f"skipped {lines.input}: {lines.reason}")
                continue
            usable += 1
            for line in lines:
                print_result(line + "\n")
            print_result("", flush=True)
    if not usable:
        raise InputError("nothing usable among the inputs; see above why, for each.")
    return SOME_SKIPPED if skipped else 0
