"""All layers side by side: what each has made of the data, as bars or as a map."""
