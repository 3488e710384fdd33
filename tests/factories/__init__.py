"""The least that is valid, one file per app. Factories take what matters to a test and fill in the rest."""
