"""The places a store may be kept at: a folder, a converted folder, and a bucket of an S3 server on loopback."""

import os
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest

from lib.store import Store, convert

SERVER = Path(__file__).with_name("s3_server.py")
DELTA = "deltalake", "the extra delta is not installed"


@pytest.fixture(scope="session", name="bucket")
def s3_bucket():
    """Run moto's server and give the address of a bucket; deltalake finds it through its own variables."""
    pytest.importorskip(DELTA[0], reason=DELTA[1])
    pytest.importorskip("moto", reason="moto is not installed")
    with subprocess.Popen([sys.executable, SERVER], stdout=subprocess.PIPE, text=True) as server:
        endpoint = f"http://127.0.0.1:{int(server.stdout.readline())}"
        with pytest.MonkeyPatch.context() as patch:
            names = {"ACCESS_KEY_ID": "nobody", "SECRET_ACCESS_KEY": "nothing", "REGION": "us-east-1"}
            for name, value in {**names, "ENDPOINT_URL": endpoint, "ALLOW_HTTP": "true"}.items():
                patch.setenv(f"AWS_{name}", value)
            urllib.request.urlopen(urllib.request.Request(f"{endpoint}/uploads", method="PUT")).close()  # noqa: S310
            yield "s3://uploads"
        server.kill()


@pytest.fixture
def folder(tmp_path):
    """A store in a folder, which nobody has written to."""
    return Store(tmp_path / "actuals")


@pytest.fixture
def delta(tmp_path):
    """A store in a folder that was converted while empty."""
    pytest.importorskip(DELTA[0], reason=DELTA[1])
    return convert(tmp_path)


@pytest.fixture
def s3(bucket):
    """A store in a bucket, at an address of its own."""
    return Store(f"{bucket}/{os.urandom(8).hex()}")


@pytest.fixture(params=["folder", "delta", "s3"])
def store(request):
    """Give a store nobody has written to, at each place in turn: they keep the same promises."""
    return request.getfixturevalue(request.param)
