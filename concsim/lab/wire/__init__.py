"""What the lab writes and hears: the journal, the channel, commands, and how a process of the run joins."""
