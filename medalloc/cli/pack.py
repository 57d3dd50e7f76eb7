"""From a study and its files to one file."""

from pathlib import Path

import click

from medalloc.cli.options import PATH, options
from medalloc.cli.output import in_its_folder


@click.command()
@options(
    click.argument("study", type=PATH),
    click.option("--title", default="", help="What the study is called; its file's name when left out."),
    click.option("--out", type=PATH, required=True, help="Write it here; a name that ends in .medalloc."),
)
def pack(study: Path, title: str, out: Path) -> None:
    """Pack STUDY, a file that `study` wrote, with all its files into one that Home and `run` open."""
    from medalloc.errors import InputError
    from medalloc.saved import read_form, write_file
    from medalloc.sentences import sentence
    from medalloc.study import Study
    from medalloc.study.files import NamedFiles
    from medalloc.workspace import packed

    if out.suffix != packed.SUFFIX:
        raise InputError(sentence("“{file}” must end in {suffix}.", file=str(out), suffix=packed.SUFFIX))
    found = read_form(study, Study, sentence("study"))
    made = packed.pack(found, title or study.stem, NamedFiles(study.parent).content)
    write_file(in_its_folder(out), made)
