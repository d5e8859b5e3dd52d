"""Labels find a clear place, or stand apart at the end of a line, or stay away."""

from __future__ import annotations

from lib.charts.labels import Ground, Label, place_labels

GROUND = Ground(across=(2020.0, 2026.0), up=(0.0, 100.0))


def test_label_stands_on_the_side_it_prefers():
    """With nothing in the way a label is in one line on its own side."""
    notes = place_labels(
        [Label("9,027.1", ((2023.0, 50.0),), 13), Label("trend 8", ((2022.0, 20.0),), 12, first="right")], GROUND
    )
    assert [(note["yanchor"], note["xanchor"]) for note in notes] == [("top", "center"), ("middle", "left")]


def test_labels_of_one_place_stand_apart():
    """Two labels of the same point choose two sides of it."""
    first, second = place_labels([Label("8,544.4", ((2023.0, 50.0),), 13)] * 2, GROUND)
    assert (first["xanchor"], first["yanchor"]) != (second["xanchor"], second["yanchor"])


def test_label_too_long_beside_an_upright_mark_is_led_to_the_other_side():
    """Behind a break near the edge a long label stands before the break, and a line leads to its point."""
    walled = Ground(across=(2020.0, 2026.0), up=(0.0, 100.0), walls=(2024.5,))
    label = Label("at least ten thousand hundred million", ((2025.0, 50.0),), 13, led=True)
    (note,) = place_labels([label], walled)
    assert note["showarrow"]
    assert (note["ax"], note["xanchor"]) == (2024.5, "right")


def test_optional_label_without_a_clear_place_stays_away():
    """Among points on every side an optional label is left out; one that must be read is not."""
    crowd = tuple((2020.0 + n / 40, float(m)) for n in range(240) for m in range(0, 100, 8))
    crowded = Ground(across=(2020.0, 2026.0), up=(0.0, 100.0), points=crowd)
    assert place_labels([Label("Path", ((2023.0, 50.0),), 12, optional=True)], crowded) == []
    assert len(place_labels([Label("Path", ((2023.0, 50.0),), 12)], crowded)) == 1


def test_nothing_to_place():
    """A chart without a label is a chart."""
    assert place_labels([], GROUND) == []
