"""Which company mentions are the same company, and what each company is called."""
