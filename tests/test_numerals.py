"""Numbers as they are written."""

from __future__ import annotations

from mlp_playground.numerals import counted, grouped, percent, raised, with_power


def test_numbers_are_written_as_one_reads_them() -> None:
    assert (grouped(1234567), grouped(-1234.56, 1), grouped(999)) == ("1\u202f234\u202f567", "-1\u202f234.6", "999")
    shares = (percent(1.0), percent(0.0), percent(0.98765), percent(0.5, 0))
    assert shares == ("100.0\u202f%", "0.0\u202f%", "98.8\u202f%", "50\u202f%")
    assert (counted(1, "neuron"), counted(0, "epoch"), counted(5000, "sample")) == (
        "1 neuron",
        "0 epochs",
        "5\u202f000 samples",
    )
    assert (raised(-17), raised(20)) == ("⁻¹⁷", "²⁰")
    assert (with_power(0.000000238), with_power(-43210.0)) == ("2.4·10⁻⁷", "-4.3·10⁴")
