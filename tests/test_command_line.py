"""The command line says in words what the pages say, and its exit code what a script needs to know."""

from __future__ import annotations

import io
import json
import subprocess
import sys

import pandas as pd
import pytest

from lib.store import Store
from lib.tables import data_dir

pytestmark = pytest.mark.usefixtures("data_dir")
HEADER = "region,indicator,period,basis,value,unit,status,published,source\n"
FIGURE = "210100,gdp,2026Q3,ytd,7001,亿元,preliminary,2026-10-25,made up\n"


@pytest.fixture(name="run_bytes")
def run_in_process(ROOT):
    """Run a command in a process of its own and give back its bytes."""

    def start(*arguments):
        command = [sys.executable, "-m", "lib", *arguments]
        return subprocess.run(command, cwd=ROOT, capture_output=True, check=True).stdout

    return start


@pytest.fixture(name="file")
def make_file(tmp_path):
    """A file with one made-up figure of a period that has ended."""
    path = tmp_path / "quarter.csv"
    path.write_text(HEADER + FIGURE.replace("2026", "2025"), encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("lang", "sentence"),
    [("en", "There is no region with the code 999999. Codes in use: 000000, "), ("zh", "没有代码为999999的地区。")],
)
def test_an_unknown_region_fails_in_words(run, lang, sentence):
    """Nothing is printed as if the plan were empty."""
    code, out, err = run("status", "--region", "999999", "--lang", lang)
    assert (code, out) == (1, "")
    assert err.startswith(sentence)


def test_a_region_shows_only_its_own_targets(run):
    """A region's targets are those on it and those under its heading; one without any is said to have none."""
    code, out, _ = run("status", "--region", "210200", "--as-of", "2026-01-31")
    assert code == 0
    assert [line.split()[0] for line in out.splitlines()[1:] if not line.startswith(" ")] == ["CO-4", "CO-5a"]
    code, out, _ = run("status", "--region", "210300")
    assert (code, out.splitlines()[1]) == (0, "No target matches this choice.")
    assert json.loads(run("status", "--region", "210300", "--json")[1]) == []


def test_an_unknown_plan_fails_in_words(run):
    """A plan is asked for by its code, and the codes in use are named."""
    code, out, err = run("status", "--plan", "nowhere")
    assert (code, out) == (1, "")
    assert err.strip().startswith("There is no plan with the code nowhere. Codes in use: LN3Y, ")
    assert run("status", "--plan", "LN3Y")[0] == 0


def test_the_status_as_json_holds_every_point(run):
    """One object a target: status, marks, every number, the sentence in both languages, and the whole inference."""
    code, out, _ = run("status", "--as-of", "2024-06-30", "--format", "json")
    records = {record["target"]: record for record in json.loads(out)}
    assert (code, len(records)) == (0, 28)
    record = records["SY-4"]
    assert (record["status"], record["value"], record["baseline"]["value"]) == ("off_track", 8122.1, 7249.7)
    assert record["pace"] == pytest.approx(record["gap_closed"] / record["elapsed"])
    assert record["expected"] < record["expected_today"] < record["goal"]
    assert record["required"]["amount"] == pytest.approx(10000 - 8122.1)
    assert record["forecast"]["low"] < record["forecast"]["value"] < record["forecast"]["high"]
    assert set(record["finding"]) == {"en", "zh"}
    assert record["trace"][-1] == {
        "step": "status",
        "inputs": {"reason": "pace", "pace": record["pace"], "on_track_from": 0.95, "at_risk_from": 0.6},
        "result": "off_track",
    }
    assert {opinion["method"] for opinion in record["opinions"]} >= {"open_sdg", "destatis", "time_progress"}


def test_the_status_as_csv_has_a_line_a_target(run_bytes):
    """The numbers for a spreadsheet, with a header in the reader's language."""
    table = pd.read_csv(io.BytesIO(run_bytes("status", "--format", "csv", "--as-of", "2024-06-30")))
    row = table.set_index("Target").loc["SY-4"]
    assert len(table) == 28
    assert (row["Value used"], row["Status"]) == (8122.1, "Off track")
    assert row["Pace ratio"] == pytest.approx(0.475803)


def test_likely_members_are_counted_on_request(run):
    """Which members of the western zone have reported is known once its likely members are taken for its members."""
    certain, likely = (
        {record["target"]: record for record in json.loads(run("status", "--json", *extra)[1])}
        for extra in ((), ("--likely",))
    )
    assert certain["WL-2"]["reported"] is None
    assert likely["WL-2"]["reported"]["missing"] == ["211300", "210900"]
    assert "incomplete" in likely["WL-2"]["marks"]


def test_export_does_not_take_a_region(run):
    """It writes the whole board; an option that changed nothing would be a lie."""
    with pytest.raises(SystemExit) as caught:
        run("export", "--region", "210200")
    assert caught.value.code == 2


@pytest.mark.parametrize(
    ("lang", "sound", "faulty"),
    [
        ("en", "The tables hold together.", "targets.csv, line 2, column region: “nowhere” is no code of regions.csv."),
        ("zh", "各数据表一致。", "targets.csv第2行region列：“nowhere”不是regions.csv中的代码。"),
    ],
)
def test_faults_of_the_tables_are_words(run, data_dir, lang, sound, faulty):
    """Without a file the tables are checked: the file, the line, the column, and what would be right."""
    assert run("check", "--lang", lang)[:2] == (0, f"{sound}\n")
    path = data_dir / "targets.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("LN3Y,SY,", "LN3Y,nowhere,", 1), encoding="utf-8")
    code, out, _ = run("check", "--lang", lang)
    assert code == 1
    assert out.startswith(faulty)
    problem = json.loads(run("check", "--lang", lang, "--json")[1])["problems"][0]
    assert (problem["code"], problem["message"].startswith(faulty)) == ("code_unknown", True)


def test_an_upload_is_undone_by_its_number(run, data_dir, file):
    """The number that `import` gives withdraws the upload; the history says who did so."""
    code, _, err = run("import", file, "--user", "officer")
    store = Store(data_dir / "actuals")
    upload = store.history()[0]
    assert code == 0
    assert upload.upload in err
    code, _, err = run("undo", upload.upload, "--user", "head", "--lang", "zh")
    assert (code, err) == (0, f"已撤销{upload.upload}，其数据不再采用。\n")
    entry = store.history()[0]
    assert (entry.action, entry.undoes, entry.user) == ("undo", upload.upload, "head")


def test_an_unknown_upload_cannot_be_undone(run):
    """It says so and fails."""
    assert run("undo", "u00000099-abcdefgh", "--user", "head") == (
        1, "", "This upload does not exist or was undone before.\n",
    )  # fmt: skip


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_store_is_converted_and_copied(run, data_dir, file, tmp_path, monkeypatch, lang):
    """One command makes the folder a Delta table, another copies it; one setting opens the copy."""
    pytest.importorskip("deltalake", reason="the extra delta is not installed")
    run("import", file, "--user", "officer")
    before = Store(data_dir / "actuals").history()
    code, _, err = run("convert", "--lang", lang)
    assert code == 0
    assert str(len(before)) in err
    assert (data_dir / "actuals" / "store" / "_delta_log").is_dir()
    copy = tmp_path / "copy"
    assert run("convert", copy, "--lang", lang)[0] == 0
    monkeypatch.setenv("TRACKER_STORE", str(copy))
    assert Store(copy).history() == Store(data_dir / "actuals").history() == before
    assert run("undo", before[0].upload, "--user", "head")[0] == 0
    assert (Store(copy).version(), Store(data_dir / "actuals").history()) == (f"{len(before) + 1:08d}", before)


def test_an_address_cannot_be_converted_in_place(run, monkeypatch):
    """It says what can be."""
    monkeypatch.setenv("TRACKER_STORE", "s3://bucket/name")
    code, _, err = run("convert")
    assert (code, err.startswith("The uploads are kept at s3://bucket/name already.")) == (1, True)


def test_a_file_is_held_against_the_store(run, tmp_path):
    """A figure of another size than those held is pointed out, once there is a store."""
    run("status")
    path = tmp_path / "wrong-unit.csv"
    path.write_text(HEADER + "210100,gdp,2025,annual,92000000,亿元,preliminary,2026-01-25,made up\n", encoding="utf-8")
    code, out, _ = run("check", path)
    assert code == 0
    assert out.startswith("Notice magnitude_jump: Line 2: 92000000 differs about 10,000-fold from the ")


def test_a_reader_who_stops_early_sees_no_traceback(ROOT):
    """`python -m lib status | head -1` ends quietly."""
    command = [sys.executable, "-m", "lib", "status", "--json"]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        process.stdout.close()
        said = process.stderr.read()
        assert process.wait(timeout=120) == 1
    assert said == b""


BAD = "999999,gdp,2025Q3,ytd,1,亿元,preliminary,2025-10-25,made up\n"


@pytest.fixture(name="mixed")
def make_mixed(file):
    """The file with a line of a region that does not exist and one with a cure."""
    lines = [BAD, FIGURE.replace("2026", "2025").replace("7001", "７００２").replace("210100", "210200")]
    file.write_text(file.read_text(encoding="utf-8") + "".join(lines), encoding="utf-8")
    return file


def test_a_check_as_json_has_canonical_rows_and_problems(run, mixed):
    """Codes and units of the tables; each problem with place, words and its certain cure; errors fail."""
    code, out, _ = run("check", mixed, "--json")
    said = json.loads(out)
    assert code == 1
    first = {
        "region": "210100",
        "indicator": "gdp",
        "period": "2025Q3",
        "basis": "ytd",
        "value": 7001.0,
        "unit": "100m_cny",
    }
    assert list(said["rows"][0].items())[:6] == list(first.items())
    assert [list(item) for item in said["problems"]] == [
        ["severity", "code", "row", "column", "value", "message", "fix"]
    ] * 2
    assert [(item["severity"], item["code"], item["row"], item["fix"]) for item in said["problems"]] == [
        ("error", "region_not_listed", 3, ""), ("warning", "number_reformatted", 4, "7002"),
    ]  # fmt: skip


@pytest.mark.parametrize(("lang", "words"), [("en", "fix: 7002"), ("zh", "改为：7002")])
def test_a_certain_cure_stands_below_its_problem(run, mixed, lang, words):
    """For reading too."""
    assert words in run("check", mixed, "--lang", lang)[1]


@pytest.mark.parametrize(("lang", "words"), [("en", "Left out: 1 line(s): 3"), ("zh", "未采用1行：第3行")])
def test_lines_with_errors_are_left_out_on_request(run, data_dir, mixed, lang, words):
    """All or nothing by default; what is left out is listed."""
    assert run("import", mixed, "--user", "officer")[0] == 1
    before = len(Store(data_dir / "actuals").read())
    code, out, err = run("import", mixed, "--user", "officer", "--skip-errors", "--lang", lang)
    assert (code, words in err) == (0, True)
    assert "region_not_listed" in out
    assert len(Store(data_dir / "actuals").read()) == before + 2


def test_an_error_of_the_whole_file_is_not_left_out(run, file):
    """It says so and fails."""
    file.write_text(file.read_text(encoding="utf-8") + '210100,"open\n', encoding="utf-8")
    code, _, err = run("import", file, "--user", "officer", "--skip-errors")
    assert (code, err) == (1, "An error concerns the file as a whole, so no part of it can be kept.\n")


@pytest.mark.parametrize("command", [("check",), ("import", "--user", "officer")])
def test_figures_without_a_date_are_pointed_out(run, file, command):
    """Neither the day of upload nor anything else stands in for it; a date given does."""
    file.write_text(file.read_text(encoding="utf-8").replace("2025-10-25", ""), encoding="utf-8")
    assert "1 figure(s) have no date of publication and none was given" in run(*command, file)[2]
    assert "no date" not in run(*command, file, "--published", "2025-10-25")[2]


def test_a_file_is_told_what_it_does_not_say(run, tmp_path):
    """Headings, names and what all figures are of are given as options; without them the file is refused."""
    path = tmp_path / "told.csv"
    path.write_text("单位名,实绩,备用\n新区,7001,x\n合计,1,y\n", encoding="utf-8")
    assert run("check", path)[0] == 1
    options = [
        "--column",
        "单位名=region",
        "--column",
        "实绩=value",
        "--column",
        "备用=ignore",
        "--column",
        "新区=210100",
    ]
    options += ["--column", "合计=ignore", "--indicator", "gdp", "--period", "2025年前三季度", "--unit", "亿元"]
    code, out, _ = run("check", path, "--json", *options)
    answer = json.loads(out)
    assert code == 0
    assert [item["code"] for item in answer["problems"]] == ["column_ignored", "source_missing", "lines_ignored"]
    wanted = {
        "region": "210100",
        "indicator": "gdp",
        "period": "2025Q3",
        "basis": "ytd",
        "value": 7001,
        "unit": "100m_cny",
    }
    assert {name: answer["rows"][0][name] for name in wanted} == wanted
    assert run("import", path, "--user", "office", *options)[0] == 0
    assert run("import", path, "--user", "office", *options)[2].endswith("nothing was changed.\n")


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize(
    ("option", "value"),
    [("--region", "999999"), ("--indicator", "x"), ("--unit", "斤"), ("--period", "2024Q5"), ("--column", "实绩=x")],
)
def test_what_is_told_must_be_known(run, file, lang, option, value):
    """An unknown code is refused in words, with those in use."""
    code, out, err = run("check", file, option, value, "--lang", lang)
    assert (code, out) == (1, "")
    assert value in err


@pytest.mark.parametrize("name", ["shipped", "", " office", "of\u202efice"])
@pytest.mark.parametrize("command", ["import", "undo"])
def test_nobody_writes_under_the_trackers_own_name(run, file, command, name):
    """Figures under it would count as pages read; a name that is none is refused too, and nothing is kept."""
    version = Store(data_dir() / "actuals").version()
    code, _, err = run(command, file, "--user", name)
    assert code == 1
    assert "cannot stand in the history as a name" in err
    assert Store(data_dir() / "actuals").version() in {version, "00000003"}


def test_check_names_the_faults_of_the_table_of_roles(run):
    """The maintainer's own table is checked with the plan's."""
    (data_dir() / "roles.csv").write_text("who,role,regions\noffice,uploader,210100\n", encoding="utf-8")
    code, out, _ = run("check")
    assert code == 1
    assert out.startswith("roles.csv, line 2, column who: “office” names nobody.")
