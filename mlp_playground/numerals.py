"""How numbers are written, on screen, in findings, reports and scripts: one way for all."""

from __future__ import annotations

_RAISED = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


def grouped(number: float, decimals: int = 0) -> str:
    """With narrow spaces between thousands: `12 345`."""
    return f"{number:,.{decimals}f}".replace(",", "\u202f")


def percent(share: float, digits: int = 1) -> str:
    """A share 0…1: `93.1 %`."""
    return f"{share * 100:.{digits}f}\u202f%"


def counted(count: int, what: str) -> str:
    """`1 neuron`, `2 neurons`."""
    return f"1 {what}" if count == 1 else f"{grouped(count)} {what}s"


def raised(power: int) -> str:
    """As it stands in 10⁻⁷."""
    return str(power).translate(_RAISED)


def with_power(value: float) -> str:
    """Two digits and a power of ten: `2.4·10⁻⁷`."""
    digits, power = f"{value:.1e}".split("e")
    return f"{digits}·10{raised(int(power))}"
