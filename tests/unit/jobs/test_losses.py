from pathlib import Path

from medalloc.jobs.losses import LossLog, losses
from medalloc.jobs.run import Run
from medalloc.networks.network import Epoch


def test_every_pass_of_every_training_is_read_as_it_was_told(tmp_path: Path) -> None:
    log = LossLog(Run(tmp_path))
    told = {
        "mlp": [[Epoch(1, 0.7, 0.8), Epoch(2, 0.6, 0.7)], [Epoch(1, 0.5, 0.6)]],
        "cnn": [[Epoch(1, 0.9, None)]],
    }
    for kind, trainings in told.items():
        log.kind = kind
        for training in trainings:
            for epoch in training:
                log(epoch)
    log.write()
    assert losses(Run(tmp_path).told()) == told


def test_the_first_pass_can_be_seen_at_once(tmp_path: Path) -> None:
    log = LossLog(Run(tmp_path))
    log.kind = "mlp"
    log(Epoch(1, 0.7, 0.8))
    assert losses(Run(tmp_path).told()) == {"mlp": [[Epoch(1, 0.7, 0.8)]]}


def test_a_run_without_networks_has_no_losses(tmp_path: Path) -> None:
    LossLog(Run(tmp_path)).write()
    assert losses(Run(tmp_path).told()) == {} and not list(tmp_path.iterdir())
