"""Lists of records, which can become tables of other libraries where these are installed."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Any, Dict, Iterable, List, Tuple, Type, TypeVar

if TYPE_CHECKING:
    import pandas
    import pyarrow

T = TypeVar("T")


class Results(Tuple[T, ...]):
    """A tuple of records of one kind, `of`."""

    of: Type[T]

    def __new__(cls, records: Iterable[T], of: Type[T]) -> "Results[T]":
        results = super().__new__(cls, tuple(records))
        results.of = of
        return results

    def columns(self) -> List[str]:
        """The names of the columns, also where there are no rows."""
        return [field.name for field in dataclasses.fields(self.of)]  # type: ignore[arg-type]

    def to_dicts(self) -> List[Dict[str, Any]]:
        """Each record as a dictionary, with what is in it as dictionaries and lists."""
        return [{name: _plain(getattr(record, name)) for name in self.columns()} for record in self]

    def to_arrow(self) -> "pyarrow.Table":
        """A table of Arrow; needs `pyarrow`."""
        import pyarrow

        rows = self.to_dicts()
        return pyarrow.table({name: pyarrow.array([row[name] for row in rows]) for name in self.columns()})

    def to_pandas(self) -> "pandas.DataFrame":
        """A data frame; needs `pandas`."""
        import pandas

        return pandas.DataFrame(self.to_dicts(), columns=self.columns())


def _plain(value: Any) -> Any:
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {field.name: _plain(getattr(value, field.name)) for field in dataclasses.fields(value)}
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    return value
