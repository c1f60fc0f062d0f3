"""What a stepped program gets in place of ``threading``, ``queue``, ``time`` and so on: a file each."""
