"""Each activation and head as it is written in other people's languages: NumPy, PyTorch, Keras."""

from __future__ import annotations

from dataclasses import dataclass

from mlp_playground.registry import Registry


@dataclass(frozen=True)
class FoldCode:
    """An activation in code. `numpy` is what f(Z) returns for an array Z, `slope` what f′(Z) returns, or the body of
    that function; both may call sigmoid if `needs_sigmoid`. `torch` makes a module, `keras` is what a Dense layer takes
    as its activation."""

    name: str
    numpy: str
    slope: str
    torch: str
    keras: str
    needs_sigmoid: bool = False

    @property
    def function(self) -> str:
        """The function's name in NumPy."""
        return self.name.replace("-", "_")


GELU_SLOPE = """
share = sigmoid(np.sqrt(8 / np.pi) * (Z + 0.044715 * Z**3))
return share + Z * share * (1 - share) * np.sqrt(8 / np.pi) * (1 + 3 * 0.044715 * Z**2)
"""

FOLDS: Registry[FoldCode] = Registry(
    "activation",
    FoldCode("tanh", "np.tanh(Z)", "1 - np.tanh(Z) ** 2", "nn.Tanh()", '"tanh"'),
    FoldCode("relu", "np.maximum(Z, 0)", "Z > 0", "nn.ReLU()", '"relu"'),
    FoldCode(
        "leaky-relu",
        "np.where(Z > 0, Z, 0.01 * Z)",
        "np.where(Z > 0, 1, 0.01)",
        "nn.LeakyReLU(0.01)",
        "layers.LeakyReLU(negative_slope=0.01)",
    ),
    FoldCode(
        "elu",
        "np.where(Z > 0, Z, np.expm1(np.minimum(Z, 0)))",
        "np.exp(np.minimum(Z, 0))",
        "nn.ELU()",
        '"elu"',
    ),
    FoldCode(
        "selu",
        "1.0507009873554805 * np.where(Z > 0, Z, 1.6732632423543772 * np.expm1(np.minimum(Z, 0)))",
        "1.0507009873554805 * np.where(Z > 0, 1, 1.6732632423543772 * np.exp(np.minimum(Z, 0)))",
        "nn.SELU()",
        '"selu"',
    ),
    FoldCode(
        "gelu",
        "Z * sigmoid(np.sqrt(8 / np.pi) * (Z + 0.044715 * Z**3))",
        GELU_SLOPE,
        'nn.GELU(approximate="tanh")',
        "lambda z: keras.activations.gelu(z, approximate=True)",
        True,
    ),
    FoldCode(
        "silu",
        "Z * sigmoid(Z)",
        "sigmoid(Z) * (1 + Z * (1 - sigmoid(Z)))",
        "nn.SiLU()",
        '"silu"',
        True,
    ),
    FoldCode("softplus", "np.logaddexp(0, Z)", "sigmoid(Z)", "nn.Softplus()", '"softplus"', True),
    FoldCode("sigmoid", "(1 + np.tanh(Z / 2)) / 2", "sigmoid(Z) * (1 - sigmoid(Z))", "nn.Sigmoid()", '"sigmoid"', True),
    FoldCode("linear", "Z", "np.ones_like(Z)", "nn.Identity()", "None"),
    FoldCode("sign", "np.where(Z >= 0, 1.0, -1.0)", "np.zeros_like(Z)", "Sign()", "sign"),
)
"""1 / (1 + e^−z) is written as (1 + tanh(z / 2)) / 2 as that can't overflow; so GELU's tanh can be a sigmoid."""
