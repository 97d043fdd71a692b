"""Exponential and logarithm written so that the compiler turns a loop over them into vector instructions.

The C library's `exp` and `log` are calls that no loop can be vectorised across, and the equations of a day ask
for twenty of them. Here both are straight-line arithmetic: reduction by powers of two in the bits of the
number, then a polynomial fitted by Chebyshev interpolation in 40 digits. Largest relative error: float64
2e-15, float32 3e-7. NaN gives NaN, `exp` saturates at the ends of the range, `log` is for normal numbers above
zero only: what calls it makes sure of that.
"""

from __future__ import annotations

import math

from llvmlite import ir
from numba import njit, types
from numba.extending import intrinsic, overload

COMPILE = {"forceinline": True, "nogil": True, "error_model": "numpy", "fastmath": {"contract"}}
"""Only contraction to fused multiply-add is allowed: full fast math would turn a humidity of 100 % into NaN."""

_LOG2E = 1.4426950408889634
_MAGIC64, _MAGIC32 = 6755399441055744.0, 12582912.0  # 1.5 · 2^52 and 1.5 · 2^23: adding one rounds to integer
_LN2_HIGH, _LN2_LOW = 0.6931471803691238, 1.9082149292705877e-10
_LN2_HIGH32, _LN2_LOW32 = 0.693359375, -2.1219444005469057e-4


@intrinsic
def _bits(typing_context, value):
    """The bits of a float as a signed integer of the same width."""
    wide = value == types.float64
    target = types.int64 if wide else types.int32

    def build(context, builder, signature, arguments):
        return builder.bitcast(arguments[0], ir.IntType(64 if wide else 32))

    return target(value), build


@intrinsic
def _float(typing_context, bits):
    """The float that has these bits."""
    wide = bits == types.int64
    target = types.float64 if wide else types.float32

    def build(context, builder, signature, arguments):
        return builder.bitcast(arguments[0], ir.DoubleType() if wide else ir.FloatType())

    return target(bits), build


def _exp64(x):
    x = min(max(x, -708.0), 709.0)
    shifted = x * _LOG2E + _MAGIC64
    whole = shifted - _MAGIC64
    r = (x - whole * _LN2_HIGH) - whole * _LN2_LOW
    p = 2.7613806861538288e-7
    p = p * r + 2.7625115578287629e-6
    p = p * r + 2.4801536388690768e-5
    p = p * r + 1.9841208732536383e-4
    p = p * r + 1.3888888905881543e-3
    p = p * r + 8.3333333537293972e-3
    p = p * r + 4.1666666666651355e-2
    p = p * r + 1.6666666666648288e-1
    p = p * r + 0.5
    p = p * r * r + r + 1.0
    return p * _float((_bits(shifted) + types.int64(1023)) << types.int64(52))


def _log64(x):
    bits = _bits(x) - types.int64(0x3FE6A09E667F3BCD)
    exponent = bits >> types.int64(52)
    mantissa = _float(_bits(x) - (exponent << types.int64(52)))
    whole = _float(exponent + types.int64(0x4338000000000000)) - _MAGIC64
    f = mantissa - 1.0
    s = f / (2.0 + f)
    z = s * s
    p = 0.16624417444765519
    p = p * z + 0.18140021529648081
    p = p * z + 0.22222866224748364
    p = p * z + 0.28571424102043218
    p = p * z + 0.40000000011320872
    p = p * z + 0.66666666666662027
    return whole * _LN2_HIGH + (s * z * p + (2.0 * s + whole * _LN2_LOW))


_F = types.float32


def _exp32(x):
    x = min(max(x, _F(-87.0)), _F(88.0))
    shifted = x * _F(_LOG2E) + _F(_MAGIC32)
    whole = shifted - _F(_MAGIC32)
    r = (x - whole * _F(_LN2_HIGH32)) - whole * _F(_LN2_LOW32)
    p = _F(0.0013926183587713495)
    p = p * r + _F(0.0083631790527225774)
    p = p * r + _F(0.041666554617204574)
    p = p * r + _F(0.16666576969098776)
    p = p * r + _F(0.5)
    p = p * r * r + r + _F(1.0)
    return p * _float(types.int32((_bits(shifted) + types.int32(127)) << types.int32(23)))


def _log32(x):
    bits = types.int32(_bits(x) - types.int32(0x3F3504F3))
    exponent = types.int32(bits >> types.int32(23))
    mantissa = _float(types.int32(_bits(x) - types.int32(exponent << types.int32(23))))
    whole = _float(types.int32(exponent + types.int32(0x4B400000))) - _F(_MAGIC32)
    f = mantissa - _F(1.0)
    s = f / (_F(2.0) + f)
    z = s * s
    p = _F(0.29582023562036557)
    p = p * z + _F(0.39988734820244164)
    p = p * z + _F(0.66666685151452771)
    return whole * _F(_LN2_HIGH32) + (s * z * p + (_F(2.0) * s + whole * _F(_LN2_LOW32)))


def exp(x: float) -> float:
    """Return e to the power x; in compiled loops a vector instruction stream."""
    return math.exp(x)


def log(x: float) -> float:
    """Return the natural logarithm of a normal number above zero; in compiled loops vectorised."""
    return math.log(x)


_compiled = {
    "exp": {types.float64: njit(**COMPILE)(_exp64), types.float32: njit(**COMPILE)(_exp32)},
    "log": {types.float64: njit(**COMPILE)(_log64), types.float32: njit(**COMPILE)(_log32)},
}


@overload(exp, jit_options=COMPILE)
def _exp_overload(x):
    function = _compiled["exp"].get(x)
    return (lambda x: function(x)) if function else None


@overload(log, jit_options=COMPILE)
def _log_overload(x):
    function = _compiled["log"].get(x)
    return (lambda x: function(x)) if function else None
