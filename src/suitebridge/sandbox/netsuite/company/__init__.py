"""A generated company whose books add up: the same size, seed and date give the same one."""

from suitebridge.sandbox.netsuite.company.generate import GENERATOR_VERSION, REFERENCE_DATE, generate
from suitebridge.sandbox.netsuite.company.rows import Sink
from suitebridge.sandbox.netsuite.company.sizes import SIZES, Size, SizeName

__all__ = ["GENERATOR_VERSION", "REFERENCE_DATE", "SIZES", "Sink", "Size", "SizeName", "generate"]
