//! verify.py, one run a book.

use std::process::Command;

use crate::support::Bundle;

use super::{Said, read};

pub(crate) fn python(python: &str, bundle: &Bundle) -> Said {
    let folder = tempfile::tempdir().unwrap();
    bundle.write(folder.path());
    let held = tempfile::tempdir().unwrap();
    let program = concat!(env!("CARGO_MANIFEST_DIR"), "/src/export/verifiers/verify.py");
    let mut command = Command::new(python);
    command.arg(program).arg(folder.path()).arg("--json");
    command.args(["--at", &bundle.now.unix().to_string()]);
    if let Some(policy) = &bundle.policy {
        let file = held.path().join("policy");
        std::fs::write(&file, policy).unwrap();
        command.arg("--policy").arg(file);
    }
    for (n, base) in bundle.bases.iter().enumerate() {
        let path = held.path().join(format!("base-{n}"));
        base.write(&path);
        command.arg("--base").arg(path);
    }
    for file in &bundle.against {
        let path = held.path().join(&file.name);
        std::fs::write(&path, &file.bytes).unwrap();
        command.arg("--against").arg(path);
    }
    let output = command.output().unwrap();
    let complaint = String::from_utf8_lossy(&output.stderr);
    assert!(matches!(output.status.code(), Some(0 | 4)), "{complaint}");
    read(&serde_json::from_slice(&output.stdout).unwrap())
}
