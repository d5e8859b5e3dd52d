"""The Current Status Index: what must hold for any values."""

from __future__ import annotations

import math

from hypothesis import assume, given
from hypothesis import strategies as st

from lib.verdict.methods.escap import current_status, current_status_parity
from lib.verdict.methods.reading import NOT_AVAILABLE

VALUES = st.floats(-1e6, 1e6).filter(lambda value: value == 0 or abs(value) > 1e-6)
DIRECTIONS = st.sampled_from([1, -1])


@given(VALUES, VALUES, VALUES, DIRECTIONS, st.integers(-8, 8))
def test_mirror_and_unit_do_not_matter(base, current, target, direction, power):
    """The same index for values turned round with the direction, and in another unit."""
    scaled = [math.ldexp(value, power) for value in (base, current, target)]
    mirrored = current_status(-base, -current, -target, -direction)
    assert current_status(base, current, target, direction) == mirrored
    assert current_status(*scaled, direction) == mirrored
    assert current_status_parity(*scaled) == current_status_parity(base, current, target)


@given(VALUES, VALUES, VALUES, VALUES, DIRECTIONS)
def test_a_better_value_has_no_lower_index(base, one, other, target, direction):
    """Monotone in the current value."""
    assume(base != target)
    worse, better = sorted((one, other), key=lambda value: value * direction)
    low, high = (current_status(base, value, target, direction).value for value in (worse, better))
    assert low <= high


@given(st.floats(0.1, 1), st.floats(0, 1), st.floats(0, 1))
def test_parity_is_best_at_the_target(way, one, other):
    """Nearer to the target is better, from either side."""
    near, far = sorted((one, other))
    for side in (1, -1):
        values = [current_status_parity(1 - way, 1 + side * apart, 1.0).value for apart in (far, near)]
        assert values[0] <= values[1] <= 10


def test_no_way_to_go_has_no_answer():
    """Base equal to target."""
    assert current_status(5.0, 6.0, 5.0, 1) == current_status_parity(5.0, 6.0, 5.0) == NOT_AVAILABLE
