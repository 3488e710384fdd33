"""Static files under hashed names once `collectstatic` has run; under plain names before it (demo, tests)."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class HashedWhenCollected(CompressedManifestStaticFilesStorage):
    """A missing manifest is not an error: WhiteNoise then serves the files from the apps themselves."""

    manifest_strict = False

    def stored_name(self, name):
        return super().stored_name(name) if self.hashed_files else name
