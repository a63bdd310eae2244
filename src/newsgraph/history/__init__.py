"""What became new, was gone or changed from build to build of one output folder: a record with days, bounded in size."""
