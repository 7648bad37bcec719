"""A thread for what takes longer than a picture: it answers the newest question, and nobody waits for it."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from time import perf_counter
from typing import Generic, TypeVar

Q = TypeVar("Q")
A = TypeVar("A")


@dataclass(frozen=True)
class Answer(Generic[Q, A]):
    """What came of a question: a value, or the error that came instead."""

    question: Q
    value: A | None = None
    error: Exception | None = None

    @property
    def found(self) -> A:
        """The value. Raises the error that came instead, for whoever reports what nobody caught."""
        if self.error is not None:
            raise self.error
        assert self.value is not None
        return self.value


class Worker(Generic[Q, A]):
    """Answers questions with `compute`, one at a time, on a thread that begins with the first of them.

    There is one slot for questions and one for answers: a newer question replaces one that was not begun, and a newer
    answer one that was not taken. Before each question it waits for `gate`, so that it does not slow down drawing.
    `forget` makes what is being computed stale: its answer is dropped. Questions and answers cross threads and must be
    frozen. It works `share` of the time at most, which may be changed at any time, and rests after each answer as long
    as that takes.
    """

    def __init__(
        self, name: str, compute: Callable[[Q], A], gate: threading.Event | None = None, share: float = 1.0
    ) -> None:
        self._name, self._compute, self._gate = name, compute, gate
        self.share = share
        self._changed = threading.Condition()
        self._question: tuple[Q] | None = None
        self._answer: Answer[Q, A] | None = None
        self._generation = 0
        self._busy = self._closing = False
        self._thread: threading.Thread | None = None

    @property
    def is_busy(self) -> bool:
        """Whether a question is asked or being worked on."""
        with self._changed:
            return self._busy or self._question is not None

    def ask(self, question: Q) -> None:
        """Ask; a former question that was not begun is dropped. After `close` nothing is asked any more."""
        with self._changed:
            if self._closing:
                return
            self._question = (question,)
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name=self._name, daemon=True)
                self._thread.start()
            self._changed.notify()

    def take(self) -> Answer[Q, A] | None:
        """The newest answer, once."""
        with self._changed:
            answer, self._answer = self._answer, None
            return answer

    def forget(self) -> None:
        """Drop all that was asked and answered, also what is just being computed."""
        with self._changed:
            self._generation += 1
            self._question = self._answer = None

    def close(self, timeout: float = 5.0) -> bool:
        """End the thread and wait for it, `timeout` seconds at most. Returns whether it ended."""
        self.forget()
        with self._changed:
            self._closing = True
            self._changed.notify()
        if self._thread is None:
            return True
        self._thread.join(timeout)
        return not self._thread.is_alive()

    def _run(self) -> None:
        while (asked := self._next()) is not None:
            question, generation = asked
            if self._gate is not None:
                self._gate.wait(0.1)  # bounded, as whoever draws may end without opening it
            began = perf_counter()
            try:
                answer = Answer[Q, A](question, self._compute(question))
            except Exception as error:  # what it is worth knows who asked
                answer = Answer[Q, A](question, error=error)
            with self._changed:
                self._busy = False
                if generation == self._generation:
                    self._answer = answer
                self._rest(began, perf_counter())

    def _rest(self, began: float, ended: float) -> None:
        """Wait in proportion to the work just done; a question may come with another share."""

        def left() -> float:
            return (ended - began) * (1 / self.share - 1) - (perf_counter() - ended)

        self._changed.wait_for(lambda: self._closing or left() <= 0, left())

    def _next(self) -> tuple[Q, int] | None:
        """The next question and its generation; None: there will be no more."""
        with self._changed:
            self._changed.wait_for(lambda: self._closing or self._question is not None)
            if self._closing or self._question is None:
                return None
            (question,), self._question = self._question, None
            self._busy = True
            return question, self._generation
