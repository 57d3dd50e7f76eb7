"""Reads each type of field, strictly, and refuses all that is wrong at once."""

from collections.abc import Callable, Mapping
from dataclasses import is_dataclass
from types import NoneType
from typing import Any, get_args

import numpy as np
from cattrs import Converter
from cattrs.errors import BaseValidationError, ClassValidationError
from cattrs.gen import make_dict_structure_fn

from medalloc.errors import InputError
from medalloc.saved import kinds
from medalloc.saved.cells import Cells
from medalloc.saved.faults import Refused, WrongVersion, each_part
from medalloc.saved.kinds import LEAVES, rule_of, version_of
from medalloc.sentences import counted


class Reader:
    """Reads plain data; or looks through values that are `made` already, converting none."""

    def __init__(self, *, made: bool = False) -> None:
        self.made = made
        self._converter = Converter(detailed_validation=True, forbid_extra_keys=True)
        self._converter.register_structure_hook_factory(is_dataclass, self._form)
        for leaf in LEAVES:
            self._converter.register_structure_hook(leaf, self._leaf)
        for fits, hook in (
            (kinds.is_any, self._anything),
            (kinds.is_literal, self._literal),
            (kinds.is_annotated, self._ruled),
            (kinds.is_union, self._either),
            (kinds.is_list, self._list),
            (kinds.is_object, self._object),
        ):
            self._converter.register_structure_hook_func(fits, hook)

    def read(self, found: object, kind: Any) -> Any:
        """Return a value of a type; raises `Refused` or a group of what was refused."""
        return self._converter.structure(found, kind)

    def _anything(self, found: object, _: Any) -> Any:
        if self.made or found is None:
            return found
        if isinstance(found, list | tuple):
            return list(self._list(found, tuple[Any, ...]))
        if isinstance(found, Mapping):
            return self._object(found, Mapping[str, Any])
        if type(found) not in LEAVES:
            raise Refused(found, kinds.PLAIN)
        return self._leaf(found, type(found))

    def _leaf(self, found: object, kind: Any) -> Any:
        if not LEAVES[kind].hold(found) or (self.made and kind is int and isinstance(found, float)):
            raise Refused(found, LEAVES[kind])
        return found if self.made or found is None else kind(found)

    def _literal(self, found: object, kind: Any) -> Any:
        if not any(found == each and type(found) is type(each) for each in get_args(kind)):
            raise Refused(found, rule_of(kind))
        return found

    def _ruled(self, found: object, kind: Any) -> Any:
        rule, inner = rule_of(kind), get_args(kind)[0]
        if isinstance(rule, Cells):
            read: object = found if isinstance(found, np.ndarray) else rule.read(found)
        elif inner in LEAVES and not (LEAVES[inner].hold(found) and rule.hold(found)):
            raise Refused(found, rule)
        else:
            read = self.read(found, inner)
        if not rule.hold(read):
            raise Refused(found, rule)
        return read

    def _either(self, found: object, kind: Any) -> Any:
        members = get_args(kind)
        if found is None and NoneType in members:
            return None
        members = tuple(each for each in members if each is not NoneType)
        member = members[0] if len(members) == 1 else next((one for one in members if kinds.seems(found, one)), None)
        if member is None:
            raise Refused(found, rule_of(kind))
        return self.read(found, member)

    def _list(self, found: object, kind: Any) -> tuple[Any, ...]:
        each = get_args(kind) or (Any,)
        if not isinstance(found, tuple if self.made else list | tuple):
            raise Refused(found, kinds.LIST)
        if len(each) == 1 or each[-1] is ...:
            each = (each[0],) * len(found)
        if len(found) != len(each):
            raise Refused(
                found, kinds.Sort(counted("a list of {count} entry", "a list of {count} entries", count=len(each)))
            )
        return tuple(each_part(self.read, zip(range(len(found)), each, found, strict=True)))

    def _object(self, found: object, kind: Any) -> dict[Any, Any]:
        names, values = get_args(kind) or (str, Any)
        if not isinstance(found, Mapping):
            raise Refused(found, kinds.OBJECT)
        read = each_part(self.read, [(str(name), names, name) for name in found])
        return dict(zip(read, each_part(self.read, [(str(k), values, v) for k, v in found.items()]), strict=True))

    def _form(self, kind: type) -> Callable[[object, Any], Any]:
        entries: Callable[[Any, Any], Any] = make_dict_structure_fn(kind, self._converter)
        version, checks = version_of(kind), hasattr(kind, "own_faults")

        def read(found: object, _: Any) -> Any:
            if self.made and isinstance(found, kind):
                return found
            if self.made or not isinstance(found, Mapping):
                raise Refused(found, kinds.OBJECT)
            plain, refused = {str(name): value for name, value in found.items()}, list[Exception]()
            if version is not None and ((saved := plain.pop("version", None)) != version or isinstance(saved, bool)):
                earlier = getattr(kind, "earlier", {}).get(saved) if type(saved) is int else None
                if earlier is None:
                    refused.append(WrongVersion(saved, version))
                else:
                    plain = earlier(plain)
            try:
                form = entries(plain, kind)
                if checks and (faults := form.own_faults()):
                    refused.append(InputError(*faults))
            except BaseValidationError as error:
                refused.append(error)
            if refused:
                raise ClassValidationError("", refused, kind)
            return form

        return read
