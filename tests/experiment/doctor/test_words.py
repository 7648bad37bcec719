"""How the doctor writes numbers."""

from __future__ import annotations

from math import inf, nan

from mlp_playground.experiment.doctor.words import loss_words


def test_a_loss_has_digits_or_a_power_of_ten_or_is_endless() -> None:
    assert [loss_words(value) for value in (0.0472, 2.08, 5.41e-7, 1.25e36)] == [
        "0.0472",
        "2.08",
        "5.4·10⁻⁷",
        "1.2·10³⁶",
    ]
    assert (loss_words(inf), loss_words(nan)) == ("∞", "∞")
