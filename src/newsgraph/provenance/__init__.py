"""Why a graph says what it says: claims, the rows and rules behind them, and the sentences that state them."""
