"""An experiment as a value and as a run: config, trainer, snapshot, mailbox, runner, document."""
