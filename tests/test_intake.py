"""The one door for figures: what an upload would change, and the shipped files let in once."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pandas as pd
import pytest

from lib.access import Role, User, owner
from lib.ingest.told import Told
from lib.intake import (
    SHIPPED_BY,
    check_upload,
    describe_form,
    is_held,
    keep_rows,
    point_out_foreign,
    preview_changes,
    seed_store,
    what_if,
)
from lib.schema import CODE_COLUMNS, STORED_COLUMNS, DataError
from lib.store import Store
from lib.tables import read_tables, shipped_files
from lib.verdict.judge import select_figures

TODAY = date(2026, 11, 22)
HEADER = "region,indicator,period,basis,value,unit,status,published,source\n"


@pytest.fixture(scope="module", name="tables")
def read(ROOT):
    """The shipped tables."""
    return read_tables(ROOT / "data")


@pytest.fixture(name="store")
def make_store(tmp_path):
    """An empty store."""
    return Store(tmp_path / "actuals")


def check(tables, *lines):
    """The rows of an upload made of these lines."""
    checked = check_upload((HEADER + "\n".join(lines)).encode(), tables, today=TODAY)
    assert checked.ok
    return checked.rows


FIRST = "210100,gdp,2023,annual,8122.1,亿元,preliminary,2024-01-25,沈阳市统计局"


def test_a_file_is_held_against_the_figures_in_the_store(tables, store):
    """A figure ten thousand times as large as the year before is pointed out, and can be kept nevertheless."""
    store.append(check(tables, FIRST), b"first", name="first.csv", user=owner("u"))
    raw = (HEADER + "210100,gdp,2024,annual,90271000,亿元,preliminary,2025-01-25,s").encode()
    assert check_upload(raw, tables, today=TODAY).problems == []
    checked = check_upload(raw, tables, today=TODAY, known=store.read())
    assert [problem.code for problem in checked.problems] == ["magnitude_jump"]
    assert checked.ok


def test_a_preview_tells_new_revised_and_unchanged_apart(tables, store):
    """Each row of an upload is set beside the figure in use, in the upload's order, none dropped."""
    held = what_if(store.read(), check(tables, FIRST, "210200,gdp,2023,annual,8752.9,亿元,preliminary,2024-01-25,s"))
    rows = check(
        tables,
        "210300,gdp,2023,annual,2011.9,亿元,preliminary,2024-01-25,s",
        "210200,gdp,2023,annual,8751.0,亿元,revised,2025-01-25,s",
        "210100,gdp,2023,annual,81221000,万元,preliminary,2024-01-25,s",
        "210100,gdp,2023Q3,ytd,5700,亿元,preliminary,2023-10-25,s",
    )
    preview = preview_changes(rows, select_figures(held, tables, TODAY))
    assert preview["change"].tolist() == ["new", "revised", "unchanged", "new"]
    assert preview["region"].tolist() == ["210300", "210200", "210100", "210100"]
    assert preview["old_value"].fillna(-1).tolist() == [-1, 8752.9, 8122.1, -1]


def test_a_preview_against_an_empty_store_is_all_new(tables, store):
    """Before anything was received every row is new."""
    preview = preview_changes(check(tables, FIRST), select_figures(store.read(), tables, TODAY))
    assert preview["change"].tolist() == ["new"]


def test_a_preview_does_not_set_a_zone_beside_our_own_sum(tables, store):
    """A zone's figure received for the first time is new, although we had summed its members."""
    belt = ("210200", "210600", "210700", "210800", "211100", "211400")
    held = what_if(
        store.read(), check(tables, *(f"{city},gdp,2023,annual,1,亿元,preliminary,2024-01-25,s" for city in belt))
    )
    figures = select_figures(held, tables, TODAY)
    assert figures["derived"].any()
    rows = check(tables, "CO,gdp,2023,annual,6,亿元,preliminary,2024-01-25,s")
    assert preview_changes(rows, figures)["change"].tolist() == ["new"]


def test_two_rows_about_one_figure_are_both_previewed(tables, store):
    """A first figure and its revision in one file are two rows of the preview."""
    held = what_if(store.read(), check(tables, FIRST))
    rows = check(tables, FIRST, "210100,gdp,2023,annual,8200,亿元,revised,2025-01-25,s")
    assert preview_changes(rows, select_figures(held, tables, TODAY))["change"].tolist() == ["unchanged", "revised"]


def test_what_if_writes_nothing(tables, store):
    """The figures as they would be are a new frame: the store, its folder and the frame given stay as they were."""
    store.append(check(tables, FIRST), b"first", name="first.csv", user=owner("u"))
    before, version, files = store.read(), store.version(), sorted(store.root.rglob("*"))
    given = before.copy()
    future = what_if(given, check(tables, "210100,gdp,2023,annual,8200,亿元,revised,2025-01-25,s"))
    assert (len(before), len(future)) == (1, 2)
    pd.testing.assert_frame_equal(given, before)
    pd.testing.assert_frame_equal(store.read(), before)
    assert (store.version(), sorted(store.root.rglob("*"))) == (version, files)


def test_what_if_is_what_an_append_would_give(tables, store):
    """The preview's figures are those that the store gives once the upload is kept."""
    store.append(check(tables, FIRST), b"first", name="first.csv", user=owner("u"))
    rows = check(tables, "210100,gdp,2023,annual,8200,亿元,revised,2025-01-25,s")
    future = what_if(store.read(), rows)
    assert list(future.columns) == list(STORED_COLUMNS)
    assert all(str(future[name].dtype) == "category" for name in CODE_COLUMNS)
    store.append(rows, b"second", name="second.csv", user=owner("u"))
    columns = ["region", "period", "value", "status", "known_from", "dated"]
    previewed = select_figures(future, tables, TODAY)[columns]
    kept = select_figures(store.read(), tables, TODAY)[columns]
    pd.testing.assert_frame_equal(previewed, kept, check_dtype=False)
    assert kept["value"].tolist() == [8200.0]


def test_the_shipped_files_enter_once(ROOT, tables, store):
    """Each shipped file is one upload, whole, and seeding again adds nothing."""
    folder = ROOT / "data"
    seed_store(store, folder, tables, today=TODAY)
    names = [upload.name for upload in reversed(store.history())]
    assert names == list(shipped_files(folder))
    assert {upload.user for upload in store.history()} == {SHIPPED_BY}
    lines = sum(len(check_upload(raw, tables, today=TODAY).rows) for raw in shipped_files(folder).values())
    assert len(store.read()) == lines > 790
    version = store.version()
    seed_store(store, folder, tables, today=TODAY)
    assert store.version() == version


def test_an_older_store_receives_only_what_it_lacks(data_dir, tables, store):
    """A file that ships later enters beside what is there; a withdrawn shipped file does not come back."""
    late = data_dir / "actuals/shipped/plan_note.csv"
    content = late.read_bytes()
    late.unlink()
    seed_store(store, data_dir, tables, today=TODAY)
    store.undo(store.history()[0].upload, user=owner("u"))
    late.write_bytes(content)
    seed_store(store, data_dir, tables, today=TODAY)
    appended = [upload.name for upload in reversed(store.history()) if upload.action == "append"]
    assert appended == ["gdp.csv", "other.csv", "plan_note.csv"]


def test_a_shipped_file_with_a_fault_is_refused(data_dir, tables, store):
    """A shipped file that does not pass stops the seeding, and nothing of it is kept."""
    faulty = data_dir / "actuals/shipped/aaa.csv"
    faulty.write_text(HEADER + "210100,gdp,2023,annual,many,亿元,preliminary,2024-01-25,s\n", encoding="utf-8")
    with pytest.raises(DataError) as caught:
        seed_store(store, data_dir, tables, today=TODAY)
    assert (caught.value.code, caught.value.hint["name"]) == ("shipped_file_refused", "aaa.csv")
    assert store.history() == []


def test_the_form_fills_in_what_rows_leave_out(tables):
    """Publication day and source given once stand for the rows that give none."""
    raw = b"region,indicator,period,value,unit\n210100,gdp,2023,8122.1,100m_cny\n"
    checked = check_upload(raw, tables, today=TODAY, published=date(2024, 1, 25), source="bureau")
    row = checked.rows.iloc[0]
    assert (row["published"], row["source"]) == (pd.Timestamp("2024-01-25"), "bureau")


def lines_of(tables, *lines):
    """A file of lines, checked, errors and all."""
    return check_upload((HEADER + "\n".join(lines)).encode(), tables, today=TODAY)


def test_errors_refuse_all_or_on_request_their_own_lines(tables):
    """The default is all or nothing."""
    checked = lines_of(tables, FIRST, FIRST.replace("210100", "999999"))
    assert keep_rows(checked) is None
    kept = keep_rows(checked, skip_errors=True)
    assert (kept.rows["row"].tolist(), kept.left_out) == ([2], (3,))
    whole = keep_rows(lines_of(tables, FIRST), skip_errors=True)
    assert (whole.rows["row"].tolist(), whole.left_out) == ([2], ())


def test_lines_that_contradict_each_other_are_left_out_together(tables):
    """Keeping one of them would be a choice nobody made; of two equal lines one is kept."""
    other = FIRST.replace("210100", "210200")
    kept = keep_rows(lines_of(tables, FIRST, FIRST.replace("8122.1", "8000"), other, other), skip_errors=True)
    assert (kept.rows["row"].tolist(), kept.left_out) == ([4], (2, 3, 5))


def test_nothing_is_kept_of_a_file_whose_shape_is_wrong(tables):
    """Behind an open quote an unknown number of lines is lost."""
    checked = lines_of(tables, FIRST, FIRST + ',"open')
    assert len(checked.rows) == 1
    assert keep_rows(checked, skip_errors=True) is None
    assert keep_rows(lines_of(tables, FIRST.replace("210100", "999999")), skip_errors=True) is None


def test_a_line_of_one_sheet_is_not_left_out_of_all(tables):
    """In a workbook of several sheets the number of a line names several lines."""
    checked = lines_of(tables, FIRST, FIRST.replace("210100", "999999"))
    problems = [replace(item, column=f"Sheet2!{item.column}") for item in checked.problems]
    assert keep_rows(replace(checked, problems=problems, encoding="XLSX"), skip_errors=True) is None


def test_a_row_is_held_with_value_status_date_and_source(tables, store):
    """A date alone makes another vintage; a figure no longer in use is unchanged when it comes again."""
    later = FIRST.replace("8122.1", "8200").replace("preliminary", "revised").replace("2024-01-25", "2025-01-25")
    store.append(check(tables, FIRST, later), b"first", name="first.csv", user=owner("u"))
    held = store.read()
    rows = check(tables, FIRST, later, FIRST.replace("2024-01-25", "2024-02-01"), FIRST.replace("2024-01-25", ""))
    assert is_held(rows, held).tolist() == [True, True, False, False]
    figures = select_figures(held, tables, TODAY)
    assert preview_changes(rows, figures, held)["change"].tolist() == ["unchanged", "unchanged", "revised", "revised"]
    assert not is_held(rows, store.read(0)).any()


def test_what_was_said_beside_a_file_tells_uploads_apart():
    """Without cures and lines left out it is as it was for uploads kept before."""
    day = date(2025, 1, 20)
    assert describe_form(day, "s") == "2025-01-20|s"
    said = {describe_form(day, "s", {(2, "数值", "1"): fix}, out) for fix in ("2", "3") for out in ((), (4,))}
    assert len(said | {describe_form(day, "s")}) == 5
    told = {describe_form(day, "s", told=Told(columns={"a": column})) for column in ("value", "note")}
    assert len(told | said) == 6
    assert describe_form(day, "s", told=Told()) == describe_form(day, "s")


def test_growth_is_not_held_against_levels_across_the_census(tables):
    """The breaks of the tables reach the check."""
    years = [FIRST, "210100,gdp,2024,annual,9027.1,亿元,preliminary,2025-01-25,s"]
    rate = "210100,gdp_growth_real,2024,annual,5.2,%,preliminary,2025-01-25,s"
    assert lines_of(tables, *years, rate).problems == []


OFFICE = User("office@a.example", Role.UPLOADER, frozenset({"210100"}))
OTHERS = "210200,gdp,2023,annual,8752.9,亿元,preliminary,2024-01-25,made up"


def checked_by(user, tables, *lines, raw=None):
    """What checking tells a user about these lines."""
    checked = check_upload(raw or (HEADER + "\n".join(lines)).encode(), tables, today=TODAY)
    return checked, point_out_foreign(checked, user, lambda code: f"<{code}>", "mine")


def test_lines_of_others_regions_are_errors_with_their_numbers(tables):
    """The rest of the file stands, and can be kept without them."""
    _, told = checked_by(OFFICE, tables, OTHERS, FIRST, OTHERS.replace("2023", "2022"))
    assert [(item.code, item.row, item.value, item.hint) for item in told.problems] == [
        ("region_not_yours", row, "<210200>", {"own": "mine"}) for row in (2, 4)
    ]
    assert (list(told.rows["region"]), told.ok, keep_rows(told)) == (["210100"], False, None)
    part = keep_rows(told, skip_errors=True)
    assert (list(part.rows["row"]), part.left_out) == ([3], (2, 4))


@pytest.mark.parametrize(
    "user",
    [owner("u"), User("a", Role.READER), User("a", Role.UPLOADER), replace(OFFICE, regions=frozenset({"210200"}))],
)
def test_who_answers_for_every_region_of_a_file_is_told_nothing(tables, user):
    """The same check comes back; a reader, who keeps nothing anyway, is not bothered with regions."""
    checked, told = checked_by(user, tables, OTHERS)
    assert told is checked


def test_an_uploader_without_regions_may_keep_nothing(tables):
    """No line is left to keep."""
    _, told = checked_by(replace(OFFICE, regions=frozenset()), tables, FIRST, OTHERS)
    assert [item.row for item in told.problems] == [2, 3]
    assert keep_rows(told, skip_errors=True) is None


def test_a_line_number_that_two_regions_share_leaves_out_neither_unseen(tables):
    """Where a number does not say which line is meant, as in a workbook of several sheets, nothing is kept in part."""
    checked, _ = checked_by(OFFICE, tables, FIRST, OTHERS)
    told = point_out_foreign(replace(checked, rows=checked.rows.assign(row=2)), OFFICE, str, "mine")
    assert len(told.rows) == 1
    assert keep_rows(told, skip_errors=True) is None
