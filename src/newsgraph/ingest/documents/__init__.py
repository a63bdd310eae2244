"""Read files that people write or print: Word documents, PDF with text, RTF."""
