"""Read mails: newsletters, alerts and press releases as a mail program saves them."""
