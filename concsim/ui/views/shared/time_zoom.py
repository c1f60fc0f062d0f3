"""Which part of a round is shown. No Qt."""

from __future__ import annotations

from concsim.ui.views.shared.pixel_runs import TimeScale


def zoomed(scale: TimeScale, x: float, factor: float, limits: TimeScale) -> TimeScale:
    """*scale* widened by *factor* around *x*, within *limits* and no finer than a nanosecond a pixel."""
    shortest = min(scale.width, limits.end - limits.begin)
    length = min(max(int((scale.end - scale.begin) * factor), shortest), limits.end - limits.begin)
    begin = int(scale.time(x) - length * x / scale.width)
    return _within(TimeScale(begin, begin + length, scale.width), limits)


def moved(scale: TimeScale, pixels: float, limits: TimeScale) -> TimeScale:
    """*scale* with its contents moved right by *pixels*, within *limits*."""
    shift = int(pixels * (scale.end - scale.begin) / scale.width)
    return _within(TimeScale(scale.begin - shift, scale.end - shift, scale.width), limits)


def _within(scale: TimeScale, limits: TimeScale) -> TimeScale:
    length = scale.end - scale.begin
    begin = max(limits.begin, min(scale.begin, limits.end - length))
    return TimeScale(begin, begin + length, scale.width)


class TimeZoom:
    """A chosen part of one round; another round is shown whole."""

    def __init__(self) -> None:
        self._part: tuple[int, int] | None = None
        self._round = 0

    @property
    def is_on(self) -> bool:
        """Whether a part was chosen."""
        return self._part is not None

    def scale(self, whole: TimeScale) -> TimeScale:
        """What is shown of the *whole*."""
        if self._part is None or self._round != whole.begin:
            return whole
        return TimeScale(*self._part, whole.width)

    def zoom(self, factor: float, x: float | None, whole: TimeScale) -> None:
        """Show *factor* times the time shown, around *x* (the middle without)."""
        scale = self.scale(whole)
        self._show(zoomed(scale, scale.width / 2 if x is None else x, factor, whole), whole)

    def move(self, pixels: float, whole: TimeScale) -> None:
        """Move what is shown to the right."""
        self._show(moved(self.scale(whole), pixels, whole), whole)

    def _show(self, scale: TimeScale, whole: TimeScale) -> None:
        everything = (scale.begin, scale.end) == (whole.begin, whole.end)
        self._part, self._round = None if everything else (scale.begin, scale.end), whole.begin

    def reset(self) -> None:
        """Show everything."""
        self._part = None
