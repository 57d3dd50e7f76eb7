"""From the options about need to a table of patients, a recipe and a model."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from medalloc.cli.named import with_roles
from medalloc.errors import InputError
from medalloc.sentences import sentence
from medalloc.tables.table import Table


def learning(file: Path, chosen: Mapping[str, Any]) -> tuple[Table, Any, Any]:
    """Return the patients in a file, how they are prepared, and what learns from them."""
    from medalloc.need.models.choice import ModelChoice
    from medalloc.preparation.recipe import recipe_named
    from medalloc.tables.reading import read_file

    named = {"need": chosen["target"], "region": chosen["region"], "patient id": chosen["patient_id"]}
    table = with_roles(read_file(file), {name: role for role, name in named.items() if name})
    recipe = _recipe_file(chosen["recipe"]) if chosen["recipe"].endswith(".json") else recipe_named(chosen["recipe"])
    return table, recipe, ModelChoice(chosen["model"], seed=chosen["seed"], options=_model_options(chosen))


def _model_options(chosen: Mapping[str, Any]) -> dict[str, float | str]:
    from medalloc.need.models.options import MODEL_KINDS

    if chosen["optimizer"] is None:
        return {}
    if "optimizer" not in MODEL_KINDS[chosen["model"]]:
        raise InputError(
            sentence(
                "Model “{kind}” learns without an optimiser; leave --optimizer out, or use one of the models: {known}.",
                kind=chosen["model"],
                known=", ".join(kind for kind, options in MODEL_KINDS.items() if "optimizer" in options),
            )
        )
    return {"optimizer": chosen["optimizer"]}


def _recipe_file(path: str) -> Any:
    from medalloc.preparation.recipe import Recipe

    try:
        return Recipe.from_json(json.loads(Path(path).read_text(encoding="utf-8")))
    except OSError as error:
        raise InputError(
            sentence("The recipe “{file}” cannot be opened: {reason}.", file=path, reason=error.strerror)
        ) from error
    except ValueError as error:
        raise InputError(
            sentence(
                "The recipe “{file}” is not JSON ({reason}); save it from the Prepare screen.", file=path, reason=error
            )
        ) from error
