"""Published results and worked examples, row by row; another file of the same form runs through METHOD_VECTORS."""

from __future__ import annotations

from dataclasses import replace

import pytest

# Published ratings that the published rule does not give on the data published today. We assert what the rule gives.
_LATER_DATA = "the rating was given on figures that have been revised since"
PUBLISHED_DIFFERS = {
    ("8.5.a target 1", 2022): ("sun_with_cloud", "sun", _LATER_DATA),
    ("7.2.a target 1", 2019): ("sun", "sun_with_cloud", _LATER_DATA),
    ("7.2.a target 4", 2022): ("sun_with_cloud", "cloud", _LATER_DATA),
}


def test_row_conforms(row, vectors):
    """Value and status of the row come out; a method that we do not have fails its row."""
    try:
        found = vectors.complaints(row)
    except vectors.UnknownMethodError as error:
        pytest.fail(str(error), pytrace=False)
    assert not found, f"line {row.line}, {row.method}, {row.case}: {'; '.join(found)}"


def test_published_ratings_that_break_their_own_rule_are_the_known_ones(shipped_rows, vectors):
    """The table above is complete, and our functions give what the rule gives."""
    marked = [row for row in shipped_rows if "PUBLISHED DIFFERS FROM RULE" in row.case]
    listed = {
        (row.case.removeprefix("Germany DNS ").partition(";")[0], row.current[0]): (
            row.status,
            vectors.answer(row).category,
        )
        for row in marked
    }
    assert listed == {key: (published, rule) for key, (published, rule, _) in PUBLISHED_DIFFERS.items()}


def test_every_method_has_a_row(shipped_rows, vectors):
    """No method goes unchecked."""
    assert {row.method for row in shipped_rows} == set(vectors.METHODS)


def test_a_wrong_value_or_status_is_noticed(shipped_rows, vectors):
    """The comparison can fail: with every row's value or status spoiled, each that states one is complained about."""
    by_value = [row for row in shipped_rows if row.value]
    by_status = [row for row in shipped_rows if row.status]
    assert all(vectors.complaints(replace(row, value="12345.678")) for row in by_value)
    assert all(vectors.complaints(replace(row, case=_unmarked(row.case), status="no such word")) for row in by_status)


def _unmarked(case):
    """A case without the remark that the publisher's status breaks the rule."""
    return case.replace("PUBLISHED DIFFERS FROM RULE", "")


def test_a_wrong_number_in_a_sentence_is_noticed(shipped_rows, vectors):
    """A status in words is checked figure by figure."""
    row = next(row for row in shipped_rows if row.status.startswith("26.8% done at 60%"))
    for wrong in (row.status.replace("26.8", "26.9"), row.status.replace("60%", "61%"), f"{row.status}; ahead"):
        assert vectors.complaints(replace(row, status=wrong))


def test_an_unknown_method_names_itself(shipped_rows, vectors):
    """A row of a method that we do not have is refused by name, not skipped."""
    with pytest.raises(vectors.UnknownMethodError, match="no method is called 'tea leaves'"):
        vectors.complaints(replace(shipped_rows[0], method="tea leaves"))


def test_lists_of_rows_are_read_in_both_forms(shipped_rows):
    """Years alone, years with a series, a blank series, a quarter taken for its year."""
    row = replace(shipped_rows[0], case="x | rows: 2015/A/1.0; 2016Q2//-2.5; 2017/3")
    assert row.series() == {"A": [(2015, 1.0)], "": [(2016, -2.5), (2017, 3.0)]}
