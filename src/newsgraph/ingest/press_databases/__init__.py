"""Read what press databases export: many articles in one file, each below a head of labelled lines."""
