"""What the driver asks of dbt's manifest class."""


class WritableManifest:
    @staticmethod
    def is_compatible_version(schema):
        return schema.endswith("/v12.json")

    @staticmethod
    def read_and_check_versions(path):
        return path
