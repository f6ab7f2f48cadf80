"""YAML as the product reads it: numbers keep their digits, no aliases, no key twice."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

from reporting.types import InputError


class _ExactLoader(yaml.SafeLoader):
    """YAML in which numbers stay text (exact), aliases are refused and a key may stand only once."""

    def compose_node(self, parent: Any, index: Any) -> Any:  # noqa: ANN401 - PyYAML's own signature
        if self.check_event(yaml.AliasEvent):
            raise yaml.YAMLError("anchors and aliases are not allowed")
        return super().compose_node(parent, index)

    def construct_mapping(self, node: Any, deep: bool = False) -> Any:  # noqa: ANN401 - PyYAML's own signature
        keys = [key.value for key, _ in node.value]
        for key in keys:
            if keys.count(key) > 1:
                raise yaml.YAMLError(f'key "{key}" stands twice, line {node.start_mark.line + 1}')
        return super().construct_mapping(node, deep=deep)


def _as_written(loader: yaml.SafeLoader, node: yaml.ScalarNode) -> str:
    return str(loader.construct_scalar(node))


_ExactLoader.add_constructor("tag:yaml.org,2002:float", _as_written)


def load_yaml(path: Path) -> Any:  # noqa: ANN401 - any YAML document
    """Read a YAML file with exact numbers; raises InputError naming the line."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise InputError(f"{path}: not found. fix: create it, or `ghg init DIR` makes a complete folder") from None
    except (UnicodeDecodeError, OSError) as error:
        raise InputError(f"{path}: cannot be read ({error}). fix: save it as UTF-8 text") from None
    try:
        return yaml.load(text, Loader=_ExactLoader)  # noqa: S506 - a SafeLoader with exact numbers
    except yaml.YAMLError as error:
        raise InputError(f"{path}: not valid YAML: {' '.join(str(error).split())}. fix: correct that line") from None
