//! The Python module, by its own tests, where pytest is installed (`.ci/run` does).

use std::path::PathBuf;
use std::process::{Command, Stdio};

#[test]
fn the_python_module_keeps_what_its_tests_promise() {
    let named = std::env::var_os("SAYSO_READERS").map(PathBuf::from);
    let readers = concat!(env!("CARGO_MANIFEST_DIR"), "/../../target/readers/bin/python");
    let python = named.unwrap_or_else(|| PathBuf::from(readers));
    let has_pytest = Command::new(&python).args(["-c", "import pytest"]).stderr(Stdio::null()).status();
    if !has_pytest.is_ok_and(|status| status.success()) {
        eprintln!("NOTICE: {} has no pytest; the Python module is not tested", python.display());
        return;
    }
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../python");
    let output = Command::new(&python)
        .args(["-B", "-m", "pytest", "-q", "-p", "no:cacheprovider", "tests"])
        .current_dir(folder)
        .env("PYTHONPATH", folder)
        .env("SAYSO_BIN", env!("CARGO_BIN_EXE_sayso"))
        .env_remove("SAYSO_LEDGER")
        .output()
        .unwrap();
    let told = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{told}{}", String::from_utf8_lossy(&output.stderr));
}
