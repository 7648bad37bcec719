"""An experiment as a value and as a run: config, trainer, snapshot, mailbox, runner; as a file, as text, recovered."""
