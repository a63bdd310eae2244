"""The relations that last between what a text names: owners, subsidiaries, suppliers, rivals, brands, exchanges and regulators."""
