"""From a study and its files to one file."""

from pathlib import Path

import click

from medalloc.cli.answering import submitted
from medalloc.cli.options import PATH, options
from medalloc.cli.output import in_its_folder
from medalloc.cli.progress import Told
from medalloc.errors import refused
from medalloc.jobs.here import JobsHere
from medalloc.saved import read_form, write_file
from medalloc.sentences import sentence
from medalloc.study import Answers, Study
from medalloc.study.files import FilesInMemory, NamedFiles
from medalloc.study.steps import needs


@click.command()
@options(
    click.argument("study", type=PATH),
    click.option("--title", default="", help="What the study is called; its file's name when left out."),
    click.option("--train", is_flag=True, help="Train its models and pack them, too, so that nobody need train again."),
    click.option("--out", type=PATH, required=True, help="Write it here; a name that ends in .medalloc."),
)
def pack(study: Path, title: str, train: bool, out: Path) -> None:
    """Pack STUDY, a file that `study` wrote, with all its files into one that Home and `run` open."""
    from medalloc.workspace import packed

    if out.suffix != packed.SUFFIX:
        raise refused("“{file}” must end in {suffix}.", file=str(out), suffix=packed.SUFFIX)
    found = read_form(study, Study, sentence("study"))
    made = packed.pack(found, title or study.stem, NamedFiles(study.parent).content)
    if train:
        made = _with_models(made, out.name)
    write_file(in_its_folder(out), made)


def _with_models(made: bytes, name: str) -> bytes:
    """Return a packed study with models, trained as whoever opens it would train them."""
    from medalloc.workspace import packed
    from medalloc.workspace.trained import trained_files

    files, jobs = FilesInMemory(), JobsHere(Told())
    found = packed.unpack(made, name, files.keep)
    tickets = submitted(Answers(found.study, files, jobs), needs.training)
    return packed.pack(found.study, found.title, files.content, trained_files(tickets, jobs))
