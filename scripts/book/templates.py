"""Keep compiled templates on disk: compiling the theme's takes a quarter of a build."""

from importlib.metadata import version
from pathlib import Path

from jinja2 import BytecodeCache, Environment
from jinja2.bccache import Bucket

from . import cache

CACHE = Path(__file__).resolve().parents[2] / ".cache" / "templates"


class Compiled(BytecodeCache):
    """Templates as code, by their names and texts, for one kind of environment."""

    def __init__(self, kind: str) -> None:
        self._made_for = f"{kind} {version('jinja2')}"

    def load_bytecode(self, bucket: Bucket) -> None:
        data = cache.load(self._path(bucket))
        if data is not None:
            bucket.bytecode_from_string(data)

    def dump_bytecode(self, bucket: Bucket) -> None:
        cache.store(self._path(bucket), bucket.bytecode_to_string())

    def _path(self, bucket: Bucket) -> Path:
        return CACHE / cache.key(self._made_for, bucket.key, bucket.checksum)


def keep(environment: Environment, kind: str) -> None:
    """Have an environment look for its templates in the cache; `kind` tells apart those with other extensions."""
    environment.bytecode_cache = Compiled(kind)
