"""Who handed the thread to whom."""

VIEW = "sequence_view.SequenceView"
NEEDS = ("generators",)
