"""Code -> (English, Chinese). A test holds that both name the same values.

``{count:step|steps}`` is the first word for 1, the second for any other number.
"""

from __future__ import annotations

from concsim.model.words.input_phrases import INPUT
from concsim.model.words.run_phrases import RUN
from concsim.model.words.schedule_phrases import SCHEDULE
from concsim.model.words.step_phrases import STEP

PHRASES: dict[str, tuple[str, str]] = {**INPUT, **RUN, **STEP, **SCHEDULE}
