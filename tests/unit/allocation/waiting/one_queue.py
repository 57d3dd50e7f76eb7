"""What waits say of a single queue, or of several: numbers where numbers were given."""

import numpy as np

from medalloc.allocation.waiting.waits import waits


def mean_wait(arrivals, service_time, servers):
    return np.squeeze(waits(arrivals, service_time, servers, period=1).mean_wait)


def queue_length(load, servers):
    return np.squeeze(waits(load, 1, servers, period=1).queue)


def share_waiting_longer(arrivals, service_time, servers, *, target_wait):
    return np.squeeze(waits(arrivals, service_time, servers, target_wait=target_wait, period=1).share_longer)


def occupancy(load, servers):
    return np.squeeze(waits(load, 1, servers, period=1).occupancy)
