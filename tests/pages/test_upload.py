"""The officer's page: what is refused and why, what would change, confirm, history, undo."""

from __future__ import annotations

import re

import pytest

from lib.store import Store
from lib.verdict.board import build_board
from lib.views import cached

NOTHING = {"zh": "未保存任何内容。", "en": "Nothing was kept."}
# File -> row and column of its first problem, and what the message says in Chinese and English.
REFUSED = {
    "nonsense-bytes": ("", "", "无法可靠识别文件的字符编码", "cannot be read with certainty"),
    "zip-renamed": ("", "", "该文件为压缩文件（ZIP）", "This is a compressed file (ZIP)"),
    "missing-column": ("1", "value", "缺少必填列：数值", "is missing. The header in line 1 has"),
    "unknown-region": ("2", "地区", "未识别地区“沈阴市”。是否应为沈阳市", "Line 2: the region “沈阴市” is not known"),
    "unknown-period": ("2", "时期", "时期“46112”无法识别", "Line 2: “46112” cannot be read as a period"),
    "text-for-number": ("2", "数值", "中的“一亿二千万”不是数值", "Line 2: “一亿二千万” in “数值” is not a number"),
    "share-850": ("2", "数值", "第2行：数值850超出", "Line 2: 850 is outside the range of"),
    "duplicate-different": ("3", "数值", "第2行与第3行为同一数据", "Lines 2 and 3 give the same figure two values"),
}
QUARTER = "made-up-quarter.csv"


@pytest.fixture
def example(ROOT):
    """The bytes of an example file."""
    return lambda name: (ROOT / "data/examples" / name).read_bytes()


@pytest.fixture
def upload(visit):
    """Open the page of uploads and choose a file."""

    def run(name, raw, lang="en", data=None, **address):
        visitor = visit("upload", lang, data, **address)
        return visitor.file_uploader[0].upload(name, raw).run()

    return run


def problems_of(visitor):
    """The table of problems as a person reads it, without markdown's escapes."""
    return visitor.table[0].value.map(lambda cell: re.sub(r"\\([^\w\s])", r"\1", str(cell)))


def table_with(visitor, column):
    """The table that has a column."""
    return next(table.value for table in visitor.dataframe if column in table.value)


def confirm(visitor, user="沈阳市统计局"):
    """Fill in the name and keep the file."""
    visitor.text_input(key="upload-user").input(user).run()
    return visitor.button(key="confirm").click().run()


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("fault", REFUSED)
def test_faulty_file_is_refused_with_row_and_column(ROOT, upload, shipped, version, fault, lang):
    """A file with a fault is refused in the officer's language, with row, column and what would be right; nothing is stored."""
    visitor = upload(f"{fault}.csv", (ROOT / f"tests/files/made-up/{fault}.csv").read_bytes(), lang)
    assert not visitor.exception
    assert visitor.error[0].value.startswith(NOTHING[lang])
    row, column, *messages = REFUSED[fault]
    first = list(problems_of(visitor).iloc[0])
    assert first[0] == {"zh": "错误", "en": "Error"}[lang]
    assert first[1:3] == [row, column]
    assert messages[lang == "en"] in first[4]
    assert not visitor.button, "nothing to confirm"
    assert version(shipped) == "00000003"


@pytest.mark.parametrize("lang", ["zh", pytest.param("en", marks=pytest.mark.soak)])
def test_example_with_faults_names_each_of_them(upload, example, shipped, version, lang):
    """The example with four faults shows all four at once, each with its line."""
    visitor = upload("made-up-with-faults.csv", example("made-up-with-faults.csv"), lang)
    problems = problems_of(visitor)
    assert list(problems.iloc[:, 1]) == ["2", "3", "4", "5"]
    assert list(problems.iloc[:, 2]) == ["时期", "地区", "数值", "数值"]
    assert {"zh": "共4处错误、0条提示", "en": "4 error(s) and 0 notice(s)"}[lang] in visitor.error[0].value
    assert version(shipped) == "00000003"


@pytest.mark.parametrize("lang", ["en", pytest.param("zh", marks=pytest.mark.soak)])
def test_preview_says_what_would_change_before_anything_is_kept(upload, example, said, shipped, version, lang):
    """A good file shows its figures as read, how many are new, and that a name is needed; nothing is stored yet."""
    visitor = upload(QUARTER, example(QUARTER), lang)
    words = said(visitor)
    counts, need, moves = {
        "zh": ("**4** 新增 · **0** 修订 · **0** 未变", "请先在上方填写报送人或单位", "各项结论不受影响。"),
        "en": ("**4** new · **0** revised · **0** unchanged", "Enter your name or office", "No verdict would change."),
    }[lang]
    assert all(text in words for text in (counts, need, moves))
    preview = table_with(visitor, {"zh": "变化", "en": "Change"}[lang])
    assert list(preview.iloc[:, 6]) == [7001.0, 4.9, 7502.0, 5.8]
    assert visitor.button(key="confirm").disabled
    assert version(shipped) == "00000003"


def test_preview_names_the_verdict_that_would_move(upload, example, said):
    """Figures that would turn a target green say so before they are kept; GB18030 is recognised."""
    words = said(upload("years.csv", example("made-up-years-gb18030.csv")))
    assert "Read as GB18030." in words
    assert re.search(r"- SY-5a \w[^\n]+: — No data → ✔ Achieved", words)


def test_revision_shows_the_value_so_far(upload):
    """A figure that is already known with another value is a revision, one with the same value is unchanged."""
    rows = "region,indicator,period,value,unit,published,source\n"
    rows += "沈阳市,地区生产总值,2024,9100,亿元,2026-11-01,made up\n大连市,地区生产总值,2025,10002.1,亿元,2026-11-01,made up\n"
    preview = table_with(upload("revision.csv", rows.encode()), "Change")
    assert list(preview["Change"]) == ["revised", "unchanged"]
    assert list(preview["Value so far"]) == [9027.1, 10002.1]
    assert list(preview["Published"]) == ["2026-11-01"] * 2
    assert list(preview["Vintage"]) == ["Preliminary"] * 2
    assert all(preview["Source so far"])


@pytest.mark.parametrize("lang", ["zh", pytest.param("en", marks=pytest.mark.soak)])
def test_upload_is_kept_listed_and_undone(upload, example, said, data_dir, version, lang):
    """Confirmed figures are on the disk and in the history; undoing withdraws them and deletes nothing."""
    visitor = confirm(upload(QUARTER, example(QUARTER), lang, data_dir))
    saved, active, undone = {
        "zh": ("已保存：4条数据，编号u00000004-", "**有效**", "**已撤销**"),
        "en": ("Saved: 4 figure(s), upload u00000004-", "**in use**", "**undone**"),
    }[lang]
    assert visitor.success[0].value.startswith(saved)
    assert version(data_dir) == "00000004"
    line = next(text for text in said(visitor).splitlines() if text.startswith(QUARTER))
    assert "沈阳市统计局" in line
    assert line.endswith(active)
    visitor.button[0].click().run()
    assert version(data_dir) == "00000005"
    line = next(text for text in said(visitor).splitlines() if text.startswith(QUARTER))
    assert line.endswith(undone)
    assert not visitor.button


@pytest.mark.parametrize("lang", ["en", pytest.param("zh", marks=pytest.mark.soak)])
def test_made_up_figures_are_announced_with_their_source(visit, upload, example, data_dir, lang):
    """The warning names the source as it stands in the file, whose own brackets are not bracketed once more."""
    confirm(upload(QUARTER, example(QUARTER), data=data_dir))
    words = {
        "zh": "来源标注为：虚构示例（made-up example）。",
        "en": "whose source reads: 虚构示例（made-up example）.",
    }
    assert words[lang] in visit(lang=lang, data=data_dir).warning[0].value


def test_kept_figures_reach_every_page_and_leave_it_again(visit, upload, example, said, data_dir):
    """A kept share turns its target's verdict on the overview; undone, the verdict is as before."""
    before = said(visit(data=data_dir))
    visitor = confirm(upload("years.csv", example("made-up-years-gb18030.csv"), data=data_dir))
    assert "✔ Achieved Shenyang: Strategic emerging industries" in said(visit(data=data_dir))
    visitor.button[0].click().run()
    assert said(visit(data=data_dir)) == before


def test_same_file_twice_is_kept_once(upload, example, data_dir, version):
    """A second upload of the same file is told that nothing would change, and there is nothing to confirm."""
    confirm(upload(QUARTER, example(QUARTER), data=data_dir))
    visitor = upload("again.csv", example(QUARTER) + b"\n", data=data_dir)
    assert any(note.value.startswith("Nothing would change") for note in visitor.info)
    assert list(table_with(visitor, "Change")["Change"]) == ["unchanged"] * 4
    assert "confirm" not in {button.key for button in visitor.button}
    assert version(data_dir) == "00000004"


def test_figures_kept_by_somebody_else_meanwhile_are_a_conflict(upload, example, data_dir, version):
    """If another office kept one of the figures after the preview, the click stops, says so, and a second click keeps it."""
    slow = upload(QUARTER, example(QUARTER), data=data_dir)
    confirm(upload("other.csv", example(QUARTER).replace(b"7001.0", b"7003.0"), data=data_dir))
    confirm(slow)
    assert any(note.value.startswith("Somebody else kept 4 of these figures since") for note in slow.warning)
    assert version(data_dir) == "00000004"
    slow.button(key="confirm").click().run()
    assert slow.success[0].value.startswith("Saved: 4 figure(s)")
    assert version(data_dir) == "00000005"


def test_hostile_names_stay_text(upload, example, said, data_dir):
    """A file name and a user's name with markdown, formulas and tags stand in the history as they were typed."""
    name, user = "<b>x</b> $x$ [a](http://b).csv", "**bold** <script>alert(1)</script>"
    visitor = confirm(upload(name, example(QUARTER), data=data_dir), user)
    assert f"{name} · 4 figures · {user}" in said(visitor)
    raw = next(node.value for node in visitor.markdown if "u00000004" in node.value)
    assert "\\<script\\>" in raw
    assert "\\$x\\$" in raw
    assert "\\[a\\]\\(http" in raw


def test_past_day_in_the_address_does_not_change_what_is_new(upload, data_dir):
    """A figure already in the store is unchanged even where the page shows the knowledge of a day before it came out."""
    rows = "region,indicator,period,value,unit,published,source\n大连市,地区生产总值,2025,10002.1,亿元,2026-01-20,made up\n"
    preview = table_with(upload("known.csv", rows.encode(), data=data_dir, as_of="2025-06-30"), "Change")
    assert list(preview["Change"]) == ["unchanged"]


FIXABLE = (
    "地区,指标,时期,口径,数值,单位,数据性质,发布日期,来源\n210100.0,GDP,2026Q3,累计,７００１,亿元,初步,20/10/2026,s\n"
)


@pytest.mark.parametrize("lang", ["zh", pytest.param("en", marks=pytest.mark.soak)])
def test_certain_cures_are_applied_with_one_click(upload, said, data_dir, version, lang):
    """The file is checked again with the cells replaced, which are shown; the bytes kept are the file as it came."""
    raw = FIXABLE.encode()
    visitor = upload("fix.csv", raw, lang, data_dir)
    assert list(problems_of(visitor).iloc[:, 5]) == ["210100", "7001", "2026-10-20"]
    assert "confirm" not in {button.key for button in visitor.button}
    visitor.button(key="apply-fixes").click().run()
    replaced = problems_of(visitor)
    assert replaced.iloc[:, :4].to_numpy().tolist() == [
        ["2", "地区", "210100.0", "210100"], ["2", "数值", "７００１", "7001"], ["2", "发布日期", "20/10/2026", "2026-10-20"],
    ]  # fmt: skip
    assert {"zh": "已替换3个单元格", "en": "3 cell(s) were replaced"}[lang] in said(visitor)
    confirm(visitor)
    assert version(data_dir) == "00000004"
    store = Store(data_dir / "actuals")
    assert store.raw(store.history()[0].upload) == raw
    row = store.read().iloc[-1]
    assert (row["value"], row["value_text"]) == (7001.0, "７００１")
    assert row["note"] == "[地区: 210100.0 → 210100; 数值: ７００１ → 7001; 发布日期: 20/10/2026 → 2026-10-20]"


def test_replacements_are_taken_back(upload):
    """The file is then read as it stands."""
    visitor = upload("fix.csv", FIXABLE.encode())
    visitor.button(key="apply-fixes").click().run()
    assert not visitor.error
    visitor.button(key="take-back").click().run()
    assert visitor.error[0].value.startswith(NOTHING["en"])


@pytest.mark.parametrize("lang", ["en", pytest.param("zh", marks=pytest.mark.soak)])
def test_lines_with_errors_are_left_out_on_request_only(upload, example, said, data_dir, lang):
    """All or nothing, unless a box is ticked; the lines left out are counted and listed, here and in the preview."""
    raw = example(QUARTER) + "沈阴市,地区生产总值,2026Q3,累计,1,亿元,初步核算,虚构示例,\n".encode()
    visitor = upload("part.csv", raw, lang, data_dir)
    box = visitor.checkbox(key="skip-errors")
    assert not box.value
    assert {"zh": "保留无误的行（4条数据），不采用其余1行", "en": "(4 figure(s)), leave out 1 line(s)"}[
        lang
    ] in box.label
    assert "confirm" not in {button.key for button in visitor.button}
    box.check().run()
    assert {"zh": "未采用1行：第6行", "en": "Left out: 1 line(s): 6"}[lang] in said(visitor)
    changes = table_with(visitor, {"zh": "变化", "en": "Change"}[lang]).iloc[:, 1]
    assert list(changes)[-1] == {"zh": "未采用", "en": "left out"}[lang]
    assert confirm(visitor).success[0].value.startswith({"zh": "已保存：4条", "en": "Saved: 4 figure(s)"}[lang])


def test_figures_of_a_region_that_no_plan_speaks_of_say_so(upload, said):
    """They would be kept and then be found in the history only."""
    raw = "地区,指标,时期,口径,数值,单位,来源\n印度尼西亚,地区生产总值,2025,累计,1.0,亿元,虚构示例\n"
    assert "No plan speaks of Indonesia" in said(upload("unspoken.csv", raw.encode()))


def test_an_error_of_the_whole_file_cannot_be_left_out(ROOT, upload, said):
    """There is no box to tick, and the page says why."""
    visitor = upload("quote.csv", (ROOT / "tests/files/made-up/unclosed-quote.csv").read_bytes())
    assert not visitor.checkbox
    assert "no part of it can be kept" in said(visitor)


def test_the_date_of_publication_is_shown_and_may_be_left_open(upload, example, said, data_dir):
    """Today stands in the form and the page says what that does; emptied, figures have no date, as on the command line."""
    visitor = upload(QUARTER, example(QUARTER), data=data_dir)
    assert "Lines that give no date of publication count as published on" in said(visitor)
    assert "4 of these figures count as published on" in said(visitor)
    visitor.date_input(key="upload-published").set_value(None).run()
    assert "4 figure(s) have no date of publication" in said(visitor)
    confirm(visitor)
    assert Store(data_dir / "actuals").read()["published"].tail(4).isna().all()


def test_drawing_the_preview_again_judges_nothing_anew(upload, example, said, monkeypatch):
    """The verdicts as they would be are kept until the file, what is said of it or the store changes."""
    built = []
    monkeypatch.setattr(cached, "build_board", lambda *args, **more: built.append(args) or build_board(*args, **more))
    visitor = upload(QUARTER, example(QUARTER))
    cached._open_boards_with.clear()
    visitor.run()
    assert len(built) > 0
    before, shown = len(built), said(visitor)
    visitor.run()
    assert (len(built), said(visitor)) == (before, shown)
    visitor.text_input(key="upload-source").input("made-up source").run()
    assert len(built) > before
