"""What a REST record type is: its fields, sublists and subrecords, and where their values live."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class FieldKind(StrEnum):
    """What a field's values are in JSON."""

    TEXT = "text"
    NUMBER = "number"
    INTEGER = "integer"
    BOOL = "bool"
    DATE = "date"
    DATETIME = "datetime"
    REF = "ref"
    ENUM = "enum"
    MULTI = "multi"  # several references, stored as "1, 2"


class Place(StrEnum):
    """Where a field's value lives."""

    ROW = "row"  # a column of the record's own row
    MAIN_LINE = "main_line"  # a column of the transaction's line 0
    EXTRA = "extra"  # the sparse JSON beside the columns
    COMPUTED = "computed"  # an SQL expression over the row `t` and its main line `m`
    WRITE_ONLY = "write_only"  # understood on write, never shown


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a record, a line or a subrecord.

    `column` is a column name, or the expression of a computed field. `target` names the record type a reference
    points to, or a family ("entity", "item", "transaction"); None is a type REST does not show. `sign` -1 shows the
    stored number turned round. `default` is a value in storage form that a new record has when none is sent.
    """

    name: str
    kind: FieldKind
    place: Place = Place.ROW
    column: str = ""
    scale: int = 0
    target: str | None = None
    labels: Mapping[str, str] | None = None
    required: bool = False
    read_only: bool = False
    filterable: bool = True
    label: str = ""
    maximum: int = 4_000
    sign: int = 1
    feature: str | None = None
    default: str | int | None = None

    @property
    def title(self) -> str:
        """What a person calls the field: `companyName` is "Company Name" unless a label says otherwise."""
        if self.label:
            return self.label
        spaced = "".join(f" {letter}" if letter.isupper() else letter for letter in self.name)
        return spaced[:1].upper() + spaced[1:]


@dataclass(frozen=True, slots=True)
class Subrecord:
    """A subrecord with a row of its own in `table`, found by the `nkey` that the owner's `column` holds."""

    name: str
    table: str
    column: str
    fields: tuple[Field, ...]


@dataclass(frozen=True, slots=True)
class Sublist:
    """Lines below a record: rows of `table` whose `parent` column holds the record's id and that meet `where`.

    The expressions see the line as `l`. `key` are the REST fields that tell lines apart in a write and in a path;
    without it the sublist is not keyed and `path` alone names a line. `members` is a condition over `l` and
    `:record` that takes the place of `parent`. `writable` False: shown only.
    """

    name: str
    table: str
    parent: str
    fields: tuple[Field, ...]
    key: tuple[str, ...] = ()
    path: str = ""
    source: str = ""
    members: str = ""
    where: str = ""
    order: str = ""
    subrecords: tuple[Subrecord, ...] = ()
    writable: bool = False
    mandatory: bool = False
    feature: str | None = None


class Family(StrEnum):
    """Records that share their ids, and the group in which external ids are unique."""

    ENTITY = "entity"
    ITEM = "item"
    TRANSACTION = "transaction"
    LIST = "list"
    CUSTOM = "custom"


@dataclass(frozen=True, slots=True)
class Owned:
    """Rows that exist only with their record: deleted with it, and no obstacle to deleting it."""

    table: str
    column: str


@dataclass(frozen=True, slots=True)
class RecordType:
    """One REST record type.

    `where` chooses its rows of `table` (alias `t`). `code` is what the family's `type` column holds for it.
    `created` and `modified` are the columns that hold those moments. `permission` is the permission's id,
    `permission_name` how a role page spells it.
    """

    name: str
    table: str
    family: Family
    fields: tuple[Field, ...]
    permission: str | None
    permission_name: str
    key: str = "id"
    where: str = ""
    code: str = ""
    feature: str | None = None
    sublists: tuple[Sublist, ...] = ()
    subrecords: tuple[Subrecord, ...] = ()
    owned: tuple[Owned, ...] = ()
    created: str | None = None
    modified: str | None = None
    writable: bool = False
