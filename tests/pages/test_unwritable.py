"""A data folder that cannot be written: every page reads on, the upload page says it, and nobody sees a traceback."""

from __future__ import annotations

import shutil

import pytest

from lib.store import Store

PAGES = ("overview", "regions", "indicators", "targets", "upload", "history", "methodology")
TOLD = {"zh": "数据文件夹无法写入。", "en": "The folder of the uploads cannot be written."}


@pytest.fixture(scope="module")
def blocked(copy_data, tmp_path_factory):
    """A fresh copy of the data in which nothing can be staged: permissions would not stop root, a file in the way does."""
    folder = copy_data(tmp_path_factory.mktemp("blocked"))
    (folder / "actuals/staging").write_bytes(b"")
    return folder


def block(folder):
    """From now on nothing can be staged in a folder."""
    shutil.rmtree(folder / "actuals/staging")
    (folder / "actuals/staging").write_bytes(b"")


@pytest.mark.parametrize("lang", ["zh", pytest.param("en", marks=pytest.mark.soak)])
@pytest.mark.parametrize("page", PAGES)
def test_first_start_without_a_writable_folder_shows_the_shipped_figures(visit, said, shipped, blocked, page, lang):
    """Each page says what it says elsewhere; the upload page adds that nothing can be kept, and what to do."""
    usual, visitor = visit(page, lang, shipped), visit(page, lang, blocked)
    assert not visitor.exception
    assert [error.value.startswith(TOLD[lang]) for error in visitor.error] == [True] * (page == "upload")
    if page not in ("upload", "history"):  # what was never kept has no history
        assert said(visitor) == said(usual)
    assert not (blocked / "actuals/store").exists()


def test_a_store_that_became_read_only_still_shows_its_history(visit, data_dir):
    """What was kept before is listed, and the page says that nothing can be added."""
    block(data_dir)
    visitor = visit("upload", "en", data_dir)
    assert not visitor.exception
    assert visitor.error[0].value.startswith(TOLD["en"])
    assert len(visit("history", "en", data_dir).table[0].value) == 3


def test_confirming_an_upload_that_cannot_be_kept_says_so(ROOT, visit, data_dir):
    """The disk fills up between preview and confirmation: a sentence, nothing kept, and the file is still there to retry."""
    visitor = visit("upload", "en", data_dir)
    raw = (ROOT / "data/examples/made-up-quarter.csv").read_bytes()
    visitor.file_uploader[0].upload("q.csv", raw).run()
    visitor.text_input(key="upload-user").input("a").run()
    before = Store(data_dir / "actuals").version()
    block(data_dir)
    visitor.button(key="confirm").click().run()
    assert not visitor.exception
    assert all(error.value.startswith(TOLD["en"]) for error in visitor.error)
    assert visitor.error
    assert Store(data_dir / "actuals").version() == before
    (data_dir / "actuals/staging").unlink()
    assert visitor.button(key="confirm").click().run().success[0].value.startswith("Saved")


def test_once_it_can_be_written_the_shipped_figures_enter_the_store(visit, copy_data, tmp_path):
    """No restart is needed."""
    folder = copy_data(tmp_path)
    (folder / "actuals/staging").write_bytes(b"")
    visit(data=folder)
    (folder / "actuals/staging").unlink()
    assert not visit(data=folder).error
    assert Store(folder / "actuals").version() == "00000003"
