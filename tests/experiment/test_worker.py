"""The worker: the newest question is answered, stale ones are not, and the thread ends."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from time import monotonic, sleep

import pytest

from mlp_playground.experiment.worker import Answer, Worker


class Slow:
    """Squares numbers when it is let."""

    def __init__(self) -> None:
        self.let = threading.Event()
        self.begun: list[int] = []

    def __call__(self, number: int) -> int:
        self.begun.append(number)
        assert self.let.wait(5)
        if number < 0:
            raise ValueError(number)
        return number**2


def until(condition: Callable[[], object]) -> None:
    end = monotonic() + 5
    while not condition():
        assert monotonic() < end
        sleep(0.001)


@pytest.fixture
def slow() -> Slow:
    return Slow()


@pytest.fixture
def worker(slow: Slow) -> Iterator[Worker[int, int]]:
    worker = Worker("squares", slow)
    yield worker
    slow.let.set()
    assert worker.close()


def test_questions_in_between_are_dropped(worker: Worker[int, int], slow: Slow) -> None:
    assert worker.take() is None
    worker.ask(2)
    until(lambda: slow.begun == [2])
    for number in (3, 4, 5):
        worker.ask(number)
    assert worker.is_busy
    slow.let.set()
    until(lambda: not worker.is_busy)
    assert slow.begun == [2, 5]
    assert worker.take() == Answer(5, 25), "the newer answer has replaced the one of 2"
    assert worker.take() is None


def test_what_is_forgotten_is_not_answered(worker: Worker[int, int], slow: Slow) -> None:
    worker.ask(2)
    until(lambda: slow.begun == [2])
    worker.ask(3)
    worker.forget()
    slow.let.set()
    until(lambda: not worker.is_busy)
    assert worker.take() is None
    assert slow.begun == [2]
    worker.ask(4)
    until(lambda: not worker.is_busy)
    assert worker.take() == Answer(4, 16)


def test_an_error_is_an_answer_too(worker: Worker[int, int], slow: Slow) -> None:
    slow.let.set()
    worker.ask(-1)
    until(lambda: not worker.is_busy)
    answer = worker.take()
    assert answer is not None
    assert answer.value is None
    assert isinstance(answer.error, ValueError)
    with pytest.raises(ValueError, match=str(answer.error)):
        _ = answer.found


def test_it_waits_while_somebody_draws_but_not_for_ever(slow: Slow) -> None:
    gate = threading.Event()
    slow.let.set()
    worker = Worker("squares", slow, gate)
    began = monotonic()
    worker.ask(3)
    until(lambda: not worker.is_busy)
    assert monotonic() - began >= 0.1
    assert worker.take() == Answer(3, 9)
    assert worker.close()
    worker.ask(4)
    assert not worker.is_busy, "it is closed"


def test_after_each_answer_it_rests_in_proportion() -> None:
    begun: list[float] = []

    def compute(_question: int) -> None:
        begun.append(monotonic())
        sleep(0.02)

    worker: Worker[int, None] = Worker("squares", compute, share=0.25)
    worker.ask(1)
    until(lambda: worker.take() is not None)
    worker.ask(2)
    until(lambda: len(begun) == 2)
    assert begun[1] - begun[0] >= 0.079, "worked for 20 ms, rested for 60"
    until(lambda: worker.take() is not None)
    assert worker.close(), "also while it rests"
    lazy: Worker[int, None] = Worker("squares", compute, share=1e-6)
    lazy.ask(1)
    until(lambda: lazy.take() is not None)
    lazy.share = 1.0
    lazy.ask(2)
    until(lambda: lazy.take() is not None)  # it may go on at once
    lazy.share = 1e-6
    lazy.ask(3)
    until(lambda: lazy.take() is not None)
    closed = monotonic()
    assert lazy.close()
    assert monotonic() - closed < 5
