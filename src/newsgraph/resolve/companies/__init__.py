"""Which company mentions are one company, and what each company is called."""
