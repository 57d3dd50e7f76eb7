"""An object store for tests: S3 as moto plays it, on this machine alone."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from unittest.mock import patch

ACCESS = {"AWS_ACCESS_KEY_ID": "testing", "AWS_SECRET_ACCESS_KEY": "testing", "AWS_DEFAULT_REGION": "us-east-1"}


@contextmanager
def s3(bucket: str = "kept") -> Iterator[dict[str, str]]:
    """Start one that has a bucket, and give the variables by which it is found, which hold here, too."""
    import boto3
    from moto.server import ThreadedMotoServer

    server = ThreadedMotoServer("127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    found = {**ACCESS, "AWS_ENDPOINT_URL": f"http://{host}:{port}", "AWS_EC2_METADATA_DISABLED": "true"}
    try:
        with patch.dict(os.environ, found):
            boto3.client("s3").create_bucket(Bucket=bucket)
            forget()
            yield found
    finally:
        forget()
        server.stop()


def forget() -> None:
    """Have whoever asks S3 next look at its variables again."""
    from s3fs import S3FileSystem

    S3FileSystem.clear_instance_cache()
