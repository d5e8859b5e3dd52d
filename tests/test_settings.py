"""The settings of `.streamlit/config.toml` as Streamlit itself resolves them in the project's folder."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

WANTED = {
    "server.address": "localhost",
    "server.maxUploadSize": 20,
    "server.maxMessageSize": 50,
    "server.fileWatcherType": "none",
    "server.enableStaticServing": False,
    "server.enableXsrfProtection": True,
    "server.enableCORS": True,
    "server.enableAgentApi": False,
    "server.scriptHealthCheckEnabled": False,
    "server.disconnectedSessionTTL": 600,
    "browser.gatherUsageStats": False,
    "client.showErrorDetails": "none",
    "client.showErrorLinks": False,
    "client.toolbarMode": "viewer",
    "runner.postScriptGC": False,
    "runner.magicEnabled": False,
}
SHOW = "import json, sys; from streamlit import config; config.get_config_options(force_reparse=True); \
print(json.dumps({name: config.get_option(name) for name in sys.argv[1:]}))"


@pytest.fixture(scope="module")
def settings(ROOT):
    """The settings a server started in the project's folder has."""
    command = [sys.executable, "-c", SHOW, *WANTED]
    answer = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    return json.loads(answer.stdout)


@pytest.mark.parametrize("name", WANTED)
def test_setting_holds(settings, name):
    """Each setting that keeps visitors safe or the server quick has its value, whether we set it or Streamlit does."""
    assert settings[name] == WANTED[name]
