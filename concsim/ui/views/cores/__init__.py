"""Who was on which core when."""

VIEW = "cores_view.CoresView"
NEEDS = ("system",)
