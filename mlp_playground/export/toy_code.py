"""The toy problems as NumPy functions for scripts: with the same generator they draw the program's own points."""

from __future__ import annotations

from mlp_playground.data.toy import TOYS
from mlp_playground.experiment.config import DataConfig
from mlp_playground.export.text import function


def toy_code(data: DataConfig) -> tuple[str, str]:
    """The function that draws the problem's points, and the call of it with the generator `rng`."""
    head, words, body = TOY_CODE["spiral" if data.name.startswith("spiral") else data.name]
    options = {"turns": data.turns, "bits": data.bits, "arms": len(TOYS[data.name].classes)}
    told = "".join(f", {name}={options[name]!r}" for name in ("turns", "arms", "bits") if f", {name}" in head)
    return function(head, words, body), f"{head.split('(')[0]}(rng, {data.samples}, noise={data.noise!r}{told})"


TOY_CODE = {
    "xor": (
        "xor(rng, n, noise)",
        "Opposite corners belong together.",
        """
X = rng.uniform(-5, 5, (2, n))
X += np.where(X > 0, 0.3, -0.3)
jitter = rng.uniform(-5, 5, (2, n)) * noise
return X, ((X + jitter).prod(axis=0) >= 0).astype(int)
""",
    ),
    "circle": (
        "circle(rng, n, noise)",
        "A disc of one class, and a ring of the other one around it.",
        """
inner = n // 2
radius = np.concatenate([rng.uniform(0, 2.5, inner), rng.uniform(3.5, 5, n - inner)])
angle = rng.uniform(0, 2 * np.pi, n)
X = radius * np.stack([np.sin(angle), np.cos(angle)])
jitter = rng.uniform(-5, 5, (2, n)) * noise
return X, (np.hypot(*(X + jitter)) < 2.5).astype(int)
""",
    ),
    "spiral": (
        "spiral(rng, n, noise, turns, arms)",
        "Arms wound around each other, a class for each.",
        """
sizes = [n // arms + (arm < n % arms) for arm in range(arms)]
points = []
for arm, size in enumerate(sizes):
    along = np.arange(size) / size
    angle = turns * 2 * np.pi * along + (arms - 1 - arm) * 2 * np.pi / arms
    points.append(5 * along * np.stack([np.sin(angle), np.cos(angle)]) + rng.uniform(-1, 1, (2, size)) * noise)
return np.concatenate(points, axis=1), np.repeat(np.arange(arms), sizes)
""",
    ),
    "gaussian": (
        "gaussian(rng, n, noise)",
        "Two clouds.",
        """
y = np.repeat([0, 1], [n - n // 2, n // 2])
return rng.normal(0, np.sqrt(0.5 + 7 * noise), (2, n)) + np.where(y, 2, -2), y
""",
    ),
    "moons": (
        "moons(rng, n, noise)",
        "Two crescents hooked into each other.",
        """
r = 10 / 3
y = np.repeat([0, 1], [n - n // 2, n // 2])
t = rng.uniform(0, np.pi, n)
X = (2 * y - 1) * np.stack([r * np.cos(t) - r / 2, r * np.sin(t) - r / 4])
return X + rng.uniform(-3, 3, (2, n)) * noise, y
""",
    ),
    "checkerboard": (
        "checkerboard(rng, n, noise)",
        "Fields of 2.5 by 2.5, each of which differs from its neighbours.",
        """
X = rng.uniform(-5, 5, (2, n))
middle = (np.floor(X / 2.5) + 0.5) * 2.5
X = middle + 0.8 * (X - middle)
jitter = rng.uniform(-2.5, 2.5, (2, n)) * noise
field = np.clip(np.floor((X + jitter) / 2.5), -2, 1)
return X, (field.sum(axis=0) % 2 == 0).astype(int)
""",
    ),
    "rings": (
        "rings(rng, n, noise)",
        "A ring between two of the other class.",
        """
inner, middle = n // 6, n // 2
radius = np.repeat([0.8, 2.5, 4.2], [inner, middle, n - inner - middle]) + rng.uniform(0, 0.8, n)
angle = rng.uniform(0, 2 * np.pi, n)
X = radius * np.stack([np.sin(angle), np.cos(angle)])
jitter = rng.uniform(-3, 3, (2, n)) * noise
seen = np.hypot(*(X + jitter))
return X, ((seen < 2.05) | (seen > 3.75)).astype(int)
""",
    ),
    "parity": (
        "parity(rng, n, noise, bits)",
        "Is the number of ones odd? Bits are −1 and 1, and every pattern comes as often as the others.",
        """
rounds = [rng.permutation(2**bits) for _ in range(-(-n // 2**bits))]
ones = np.concatenate(rounds)[:n] >> np.arange(bits)[:, None] & 1
return 2 * ones - 1 + rng.uniform(-2, 2, (bits, n)) * noise, ones.sum(axis=0) % 2
""",
    ),
    "plane": (
        "plane(rng, n, noise)",
        "A number that rises evenly from one corner to the other.",
        """
X = rng.uniform(-6, 6, (2, n))
jitter = rng.uniform(-6, 6, (2, n)) * noise
return X, (X + jitter).sum(axis=0) / 10
""",
    ),
    "hills": (
        "hills(rng, n, noise)",
        "Three hills and three hollows on flat ground.",
        """
tops = np.array([[-4, 2.5, 1], [0, 2.5, -1], [4, 2.5, 1], [-4, -2.5, -1], [0, -2.5, 1], [4, -2.5, -1]])
X = rng.uniform(-6, 6, (2, n))
jitter = rng.uniform(-6, 6, (2, n)) * noise
distance = np.hypot(X[0] + jitter[0] - tops[:, :1], X[1] + jitter[1] - tops[:, 1:2])
heights = tops[:, 2:] * np.clip(1 - distance / 2, 0, 1)
return X, np.take_along_axis(heights, np.abs(heights).argmax(axis=0)[None], axis=0)[0]
""",
    ),
    "sine": (
        "sine(rng, n, noise)",
        "One period of a sine.",
        """
x = rng.uniform(0, 2 * np.pi, n)
return x[None], np.sin(x) + rng.uniform(-1, 1, n) * noise
""",
    ),
    "step": (
        "step_curve(rng, n, noise)",
        "A jump from −1 to 1.",
        """
x = rng.uniform(0, 2 * np.pi, n)
return x[None], np.where(x < np.pi, -1.0, 1.0) + rng.uniform(-1, 1, n) * noise
""",
    ),
    "chirp": (
        "chirp(rng, n, noise)",
        "A wave that gets faster and faster.",
        """
x = rng.uniform(0, 2 * np.pi, n)
return x[None], np.sin(x * x / 2) + rng.uniform(-1, 1, n) * noise
""",
    ),
}
"""By name: the function's head, what it draws in words, and its body."""
