"""Any view as a picture or a film to take home: how it looks, how it is asked for, and the file."""
