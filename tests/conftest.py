"""Continuous integration judges a change, so it tries the same examples every time; elsewhere they are new ones."""

from __future__ import annotations

import os

from hypothesis import settings

settings.register_profile("continuous-integration", derandomize=True)
if os.environ.get("CI"):
    settings.load_profile("continuous-integration")
