"""What is drawn of a space, against a singular value decomposition, scikit-learn and hand-made points."""

from __future__ import annotations

import numpy as np
import pytest

from mlp_playground.analysis.space.projection import along, chosen, components, everything, facing, followed, turned

NAMES = tuple("abcdefgh")


def cloud(n: int, N: int, seed: int = 0) -> np.ndarray:
    rng = np.random.default_rng(seed)
    return np.asarray(rng.normal(size=(n, n)) @ rng.normal(size=(n, N)) + rng.normal(size=(n, 1)))


@pytest.mark.parametrize(("n", "N", "count"), [(5, 60, 2), (5, 60, 3), (40, 12, 3), (6, 2, 1)])
def test_components_are_the_singular_vectors(n: int, N: int, count: int) -> None:
    A = cloud(n, N)
    centred = A - A.mean(axis=1, keepdims=True)
    U, s, _ = np.linalg.svd(centred, full_matrices=False)
    found = components(A, count)
    assert np.abs(U[:, :count].T @ found.basis) == pytest.approx(np.eye(count), abs=1e-8)
    assert found.share == pytest.approx((s[:count] ** 2).sum() / (s**2).sum())
    assert found.basis.T @ found.offset == pytest.approx(np.zeros(count), abs=1e-9)
    biggest = np.abs(found.basis).argmax(axis=0)
    assert (found.basis[biggest, range(count)] > 0).all()
    drawn = found.flat(A)
    assert (drawn[count:] == 0).all()
    nearest = found.points(drawn[:count])
    residue = A - nearest
    assert found.basis.T @ residue == pytest.approx(np.zeros((count, N)), abs=1e-8), "at right angles to what is drawn"


def test_components_are_scikit_learns() -> None:
    decomposition = pytest.importorskip("sklearn.decomposition", reason="scikit-learn is not installed")
    A = cloud(6, 50)
    theirs = decomposition.PCA(3).fit(A.T)
    found = components(A, 3)
    assert found.share == pytest.approx(theirs.explained_variance_ratio_.sum())
    assert np.abs(theirs.components_ @ found.basis) == pytest.approx(np.eye(3), abs=1e-8)


def test_some_neurons_as_they_are_and_the_others_at_their_mean() -> None:
    A = cloud(4, 30)
    found = chosen(A, (3, 1), NAMES[:4])
    assert found.axes == ("d", "b")
    assert found.flat(A)[:2] == pytest.approx(A[[3, 1]])
    assert found.points(np.array([[2.0], [-1.0]]))[:, 0] == pytest.approx([A[0].mean(), -1, A[2].mean(), 2])
    assert found.share == pytest.approx(A.var(axis=1)[[1, 3]].sum() / A.var(axis=1).sum())


def test_up_to_three_numbers_are_drawn_whole() -> None:
    for n in (1, 2, 3):
        A = cloud(n, 10)
        found = everything(n, NAMES[:n])
        assert found.dimensions == n
        assert found.share == 1
        assert found.flat(A)[:n] == pytest.approx(A)
        assert found.points(found.flat(A)[: found.basis.shape[1]]) == pytest.approx(A)


def test_axes_turn_towards_others_and_the_picture_stays() -> None:
    A = cloud(5, 40)
    main = components(A, 2)
    angle = 2.1
    wanted = main.basis @ np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    found = turned(main, main.basis.T @ wanted)
    assert found.basis == pytest.approx(wanted), "a rotation within the piece is found again"
    mirrored = turned(main, main.basis.T @ (main.basis * [-1, 1]))
    assert mirrored.basis == pytest.approx(main.basis * [-1, 1]), "and so is a mirror"
    other = np.linalg.qr(np.random.default_rng(3).normal(size=(5, 2)))[0]
    best = turned(main, main.basis.T @ other)
    distance = np.linalg.norm(best.basis - other)
    for turn in np.linspace(0, 2 * np.pi, 90):
        for flip in (1, -1):
            R = np.array([[np.cos(turn), -np.sin(turn) * flip], [np.sin(turn), np.cos(turn) * flip]])
            assert np.linalg.norm(main.basis @ R - other) >= distance - 1e-9
    assert best.share == main.share


def test_a_shift_keeps_the_directions() -> None:
    A = cloud(5, 40)
    main = components(A, 2)
    shift = np.arange(5.0)[:, None]
    found = along(A + shift, main)
    assert found.share == pytest.approx(main.share)
    assert found.flat(A + shift) - main.flat(A) == pytest.approx(np.repeat(main.flat(shift), 40, axis=1))


def test_points_on_one_spot_lose_nothing() -> None:
    A = np.ones((5, 9))
    for found in (components(A, 2), components(np.ones((9, 3)), 3), chosen(A, (0, 1), NAMES)):
        assert found.share == 1
        assert np.isfinite(found.basis).all()
    few = components(cloud(5, 2), 3)
    assert few.basis.T @ few.basis == pytest.approx(np.eye(3), abs=1e-9), "three directions, also of two points"


def test_facing_the_answer_the_first_axis_is_its_direction_and_the_rest_varies_most_besides() -> None:
    A, w = cloud(6, 50), np.random.default_rng(5).normal(size=6)
    found = facing(A, w[None], 3)
    assert found.basis.T @ found.basis == pytest.approx(np.eye(3), abs=1e-9)
    assert found.basis[:, 0] == pytest.approx(w / np.linalg.norm(w))
    beside = A - np.outer(found.basis[:, 0], found.basis[:, 0] @ A)
    U, _, _ = np.linalg.svd(beside - beside.mean(axis=1, keepdims=True))
    assert np.abs(U[:, :2].T @ found.basis[:, 1:]) == pytest.approx(np.eye(2), abs=1e-8)
    assert found.share == pytest.approx((found.basis.T @ A).var(axis=1).sum() / A.var(axis=1).sum())
    flipped = facing(A, w[None], 3, found.basis * [1, -1, -1])
    assert flipped.basis == pytest.approx(found.basis * [1, -1, -1]), "what varies keeps its side"
    gently = facing(A, w[None], 3, np.linalg.qr(np.random.default_rng(6).normal(size=(6, 3)))[0], gently=True)
    assert gently.basis[:, 0] == pytest.approx(found.basis[:, 0])
    assert gently.basis.T @ gently.basis == pytest.approx(np.eye(3), abs=1e-9)
    assert np.isfinite(facing(A, np.zeros((1, 6)), 2).basis).all(), "an output that looks nowhere yet"


def test_directions_that_change_places_are_followed_without_a_jump() -> None:
    rng = np.random.default_rng(2)
    raw = rng.normal(size=(200, 5))
    points, Q = np.linalg.qr(raw - raw.mean(axis=0))[0].T, np.linalg.qr(rng.normal(size=(5, 5)))[0]
    points[2] += 0.002 * points[1]  # hardly correlated: the two that cross are nearly the components themselves

    def moment(t: float) -> np.ndarray:
        return np.asarray(Q @ (np.array([4.0, 2.5 - t, 1.5 + t, 0.3, 0.1])[:, None] * points))

    shown, jump, exact_jump, exact = components(moment(0), 2), 0.0, 0.0, components(moment(0), 2)
    for t in np.linspace(0, 1, 60):
        A = moment(float(t))
        after, best = followed(A, shown.basis), components(A, 2)
        jump = max(jump, float(np.linalg.norm(after.basis - shown.basis)))
        best = turned(best, best.basis.T @ exact.basis)
        exact_jump = max(exact_jump, float(np.linalg.norm(best.basis - exact.basis)))
        assert after.basis.T @ after.basis == pytest.approx(np.eye(2), abs=1e-9)
        assert after.share > 0.8 * best.share
        shown, exact = after, best
    assert exact_jump > 1.2, "the best ones do jump"
    assert jump < 0.4
    for _ in range(20):
        shown = followed(moment(1), shown.basis)
    assert shown.share == pytest.approx(components(moment(1), 2).share, rel=1e-3)
    spot = followed(np.ones((5, 9)), shown.basis)
    assert spot.basis == pytest.approx(shown.basis), "what doesn't vary stays as it is drawn"


def test_of_several_sums_the_directions_are_those_in_which_they_differ() -> None:
    A, M = cloud(6, 50), np.random.default_rng(5).normal(size=(3, 6))
    for count in (2, 3):
        found = facing(A, M, count)
        assert found.basis.T @ found.basis == pytest.approx(np.eye(count), abs=1e-9)
        differences = np.stack([M[0] - M[1], M[1] - M[2]], axis=1)
        within = found.basis[:, :2] @ (found.basis[:, :2].T @ differences)
        assert within == pytest.approx(differences)
        shift = np.random.default_rng(7).normal(size=(6, count))
        turned_back = facing(A, M, count, found.basis + 0.01 * shift)
        assert turned_back.basis == pytest.approx(found.basis, abs=0.1), "turned as it was before"
    assert found.axes == ("answer 1", "answer 2", "direction 1")
