"""Wind measured below or above 10 m becomes 10 m wind by a named formula, and 10 m wind stays as it is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fenghuo.core.danger import wind

heights, speeds = st.floats(1, 100), st.floats(0, 60)


@given(speeds, st.sampled_from(["log", "power"]))
def test_wind_at_ten_metres_is_unchanged_to_the_last_bit(speed, method):
    assert wind.to_ten_metres(speed, method=method) == speed


def test_the_formulas_give_what_the_guides_print():
    # ln(10/0.03)/ln(2/0.03) and (10/2)^(1/7), worked by hand.
    assert wind.to_ten_metres(3.0, 2.0) == pytest.approx(3.0 * 5.80914 / 4.19971, rel=1e-5)
    assert wind.to_ten_metres(3.0, 2.0, "power") == pytest.approx(3.0 * 1.25850, rel=1e-5)
    # Turner & Lawson (1978): 20 ft wind times 1.15; a roughness between low and high crops.
    rough = wind.factor(6.096, roughness=0.23)
    assert rough == pytest.approx(wind.TWENTY_FEET_FACTOR, abs=0.005)
    assert wind.factor(6.096) < rough < wind.factor(6.096, roughness=0.5)


@given(heights, heights, st.sampled_from(["log", "power"]))
def test_the_lower_the_mast_the_more_is_added(low, high, method):
    low, high = sorted((low, high))
    assert wind.factor(low, method) >= wind.factor(high, method) > 0
    assert (wind.factor(low, method) >= 1) == (low <= 10)


@pytest.mark.parametrize(
    "wrong",
    [
        {"height": 0.5},
        {"height": 500.0},
        {"height": float("nan")},
        {"speed": -1.0},
        {"speed": float("nan")},
        {"height": 2.0, "roughness": 0.0},
        {"height": 2.0, "roughness": 1.5},
        {"height": 2.0, "displacement": 1.99},
        {"height": 2.0, "method": "power", "exponent": 2.0},
        {"height": 2.0, "method": "guess"},
    ],
)
def test_what_the_formula_does_not_hold_for_is_refused(wrong):
    with pytest.raises(ValueError, match=r"corrected|stand|method|holds?|lies"):
        wind.to_ten_metres(**{"speed": 1.0, **wrong})
